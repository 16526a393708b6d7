"""The pattern of all closed cuts of a snapshot, worked out level by level so that it only ever grows at its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sipa_data.disclosure.closing import closed
from sipa_data.disclosure.cube import Cube, Flags, Step, Whole
from sipa_data.disclosure.panel import REST, TOTAL, Panel, Way
from sipa_data.disclosure.rules import DISTRICTS_IN_ONE_HAND
from sipa_data.disclosure.ways import ways_among

CITY_AREA = 0
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, eq=False)
class ClosedCuts:
    """What protected readers do not receive, both of the cube's shape.

    ``hidden`` : cells that nobody can work out
    ``withheld`` : cells of steps that are not published at all for a series, zeros included
    """

    hidden: Flags
    withheld: Flags


def protect_cuts(cube: Cube) -> ClosedCuts:
    """Which cells of the closed cuts are hidden.

    Every hidden cell can be moved by two, up, down or both together, so that all that is published stays as it is and
    nobody who knows the true counts of any two districts sees the difference: at least three whole numbers are possible
    for it. The proof is constructive, and where none is found another cell is hidden; so at worst one cell too many is
    hidden, never one too few.

    The order is that of time. Months come first, then what they make up; at each level only cells that end together
    with the step in question are hidden in addition. So what was published before a new quarter or year stays as it
    was, and the pattern of a snapshot does not depend on how many snapshots led to it.

    A step whose city count is hidden is not published by district at all, nor are longer steps that hold it.
    """
    kept = cube.settled & cube.hidden_before & cube.published & (cube.counts > 0)
    work = _Work(cube, cube.small | kept, np.zeros_like(cube.published))
    ways = ways_among(cube.relations)
    for areas, balanced in ((slice(0, 1), False), (slice(1, None), True)):
        withheld_before = -1
        while np.count_nonzero(work.withheld) > withheld_before:
            withheld_before = int(np.count_nonzero(work.withheld))
            work.close(areas, ways, balanced=balanced)
        work.withhold_where_the_city_is_hidden()
    work.hidden[work.withheld] = False
    return ClosedCuts(work.hidden, work.withheld)


@dataclass(frozen=True, eq=False)
class _Work:
    cube: Cube
    hidden: Flags
    withheld: Flags

    def close(self, areas: slice, ways: tuple[Way, ...], *, balanced: bool) -> None:
        """Close the city's row, or the districts' table, from the shortest steps to the longest."""
        published = self.cube.published[:, :, areas].any(axis=(0, 2))
        levels = list(_levels(self.cube.steps, np.flatnonzero(published).tolist()))
        for number, level in enumerate(levels):
            finer = _finer(self.cube.steps, level, levels[0]) if number == 1 else None
            shorter = [at for earlier in levels[:number] for at in earlier]
            listed = self.cube.published & ~self.withheld
            if number and finer is None:
                listed &= ~self._open(areas, level, shorter)
            self._close_level(areas, level, finer, listed, ways, balanced=balanced)

    def withhold_where_the_city_is_hidden(self) -> None:
        gone = self.hidden[:, :, CITY_AREA] | self.withheld[:, :, CITY_AREA]
        self._withhold(np.argwhere(gone & self.cube.by_district), slice(1, None))

    def _withhold(self, places: Whole, areas: slice) -> None:
        """Do not publish a series' step, nor any step that holds it."""
        for series, at in places.tolist():
            step = self.cube.steps[at]
            for longer, other in enumerate(self.cube.steps):
                if other.holds(step) or longer == at:
                    self.withheld[series, longer, areas] = self.cube.published[series, longer, areas]

    def _open(self, areas: slice, level: Sequence[int], shorter: Sequence[int]) -> Flags:
        """Hide every step that holds a hidden one, so that it says nothing about it; gives the steps that hold any."""
        holding = np.zeros_like(self.cube.published)
        for at in level:
            within = [other for other in shorter if self.cube.steps[at].holds(self.cube.steps[other])]
            if within:
                known = self.cube.published[:, within][:, :, areas]
                holding[:, at, areas] = np.asarray(known.any(axis=(1, 2)))[:, None]
                touched = (self.hidden[:, within][:, :, areas] & known).any(axis=1)
                self.hidden[:, at, areas] |= touched & self.cube.published[:, at, areas]
        return holding

    def _close_level(
        self,
        areas: slice,
        level: Sequence[int],
        finer: Whole | None,
        listed: Flags,
        ways: tuple[Way, ...],
        *,
        balanced: bool,
    ) -> None:
        columns = np.zeros((len(level), 0), dtype=np.int64) if finer is None else finer
        take = partial(_columns, steps=np.array(level), finer=columns, areas=areas)
        published, values = take(listed), take(self.cube.counts)
        in_cut = np.asarray(published.any(axis=3))
        shown = np.where(in_cut[:, :, :REST, None], values[:, :, :REST], 0)
        values[:, :, REST] = values[:, :, TOTAL] - shown.sum(axis=2)
        candidates = published & ~take(self.cube.settled)
        candidates[:, :, : max(columns.shape[1] - 1, 0)] = False
        panel = Panel(
            values, take(self.hidden) & published, in_cut, np.maximum(take(self._floor(areas)), 1),
            self.cube.relations, ways, balanced,
        )  # fmt: skip
        found = closed(panel, candidates)
        for column, steps in enumerate((*columns.T, np.array(level))):
            known, place = steps >= 0, TOTAL if column == columns.shape[1] else column
            self.hidden[:, steps[known], areas] |= found.hidden[:, known, place]
        self._withhold(_places(found.given_up, level), areas)

    def _floor(self, areas: slice) -> Whole:
        """The least a hidden cell can be: 1, and for the city what two councils know of it."""
        floor = np.ones_like(self.cube.counts)
        if areas == slice(0, 1):
            districts = -np.sort(-self.cube.counts[:, :, 1:-1], axis=2)[:, :, :DISTRICTS_IN_ONE_HAND]
            floor[:, :, CITY_AREA] = np.maximum(districts.sum(axis=2), 1)
        return floor


def _places(given_up: Flags, level: Sequence[int]) -> Whole:
    """Series and step of what is given up."""
    places = np.argwhere(given_up)
    places[:, 1] = np.array(level)[places[:, 1]]
    return places


def _columns(block: NDArray[Number], steps: Whole, finer: Whole, areas: slice) -> NDArray[Number]:
    """Cells of a level as a panel has them: finer steps, an empty column for the rest, and the step itself."""
    total = block[:, steps][:, :, areas]
    parts: list[NDArray[Any]] = [np.where((at >= 0)[:, None], block[:, at][:, :, areas], 0) for at in finer.T]
    return np.stack([*parts, np.zeros_like(total), total], axis=2).astype(block.dtype)


def _levels(steps: Sequence[Step], used: Sequence[int]) -> Iterator[list[int]]:
    """Steps of one length that do not overlap, the shortest first; then those that do."""
    for length in sorted({steps[at].months for at in used}):
        if level := [at for at in used if steps[at].months == length and steps[at].first % length == 0]:
            yield level
    if overlapping := [at for at in used if steps[at].first % steps[at].months]:
        yield overlapping


def _finer(steps: Sequence[Step], level: Sequence[int], base: Sequence[int]) -> Whole | None:
    """Of each step the shorter ones that make it up, shape (level, columns), −1 where there is none.

    None where the level is one of overlapping steps.
    """
    if any(steps[at].first % steps[at].months for at in level):
        return None
    length, shortest = steps[level[0]].months, steps[base[0]].months
    found = np.full((len(level), length // shortest), -1)
    for row, at in enumerate(level):
        for other in base:
            if steps[at].holds(steps[other]):
                found[row, (steps[other].first - steps[at].first) // shortest] = other
    return found

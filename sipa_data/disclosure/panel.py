"""One level of a published block: steps, the finer steps they are made of, and what could be moved without being seen.

A *move* adds whole numbers to some hidden cells so that everything published stays as it is: every area's steps still
make up the longer step, the areas still make up the city, and no series holds less than its parts. Moves are built
from *ways*. A way runs through one area: some series, up or down together, in a step and in one finer step below it,
or in two finer steps against each other. What it changes in one area another area takes back. How often a way can be
gone in an area is its *room*, counted up to two: two further values are all that has to be shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from sipa_data.disclosure.cube import Flags, Relation, Whole
from sipa_data.disclosure.rules import DISTRICTS_IN_ONE_HAND, FEASIBLE_VALUES

STEPS: Final = FEASIBLE_VALUES - 1
UNBOUND: Final = 99
"""Room that nothing limits: no published relation stands against it."""
REST, TOTAL = -2, -1
"""The last two columns of a panel: what no published finer step holds, and the step itself."""

Way = Mapping[int, int]
"""Series → +1 or −1."""


class Gains(NamedTuple):
    """How far each cell can be moved for whoever reads, shape of the panel's values."""

    up: Whole
    down: Whole

    @property
    def enough(self) -> Flags:
        return np.asarray(self.up + self.down >= STEPS)


@dataclass(frozen=True, eq=False)
class Panel:
    """``values``, ``hidden``, ``floor`` : shape (series, steps, columns, areas), columns as named above.

    ``listed`` : shape (series, steps, columns), whether the column is published for the series at all
    ``floor`` : the least a reader knows a hidden cell to be
    ``balanced`` : the areas make up a published city, so that what one gains another must lose; the last area is
        known to nobody
    """

    values: Whole
    hidden: Flags
    listed: Flags
    floor: Whole
    relations: tuple[Relation, ...]
    ways: tuple[Way, ...]
    balanced: bool

    @cached_property
    def open_rest(self) -> Flags:
        """Shape (series, steps): whether part of the step is in no published finer one."""
        if self.values.shape[2] == -REST:
            return np.asarray(self.listed[:, :, TOTAL])
        return np.asarray(self.listed[:, :, TOTAL] & ~self.listed[:, :, :REST].all(axis=2))

    @cached_property
    def slack(self) -> tuple[Whole, ...]:
        """Per relation, shape (steps, columns, areas): what the total holds beyond its published parts."""
        found = []
        for total, parts, _ in self.relations:
            beside = np.where(self.listed[list(parts)][..., None], self.values[list(parts)], 0).sum(axis=0)
            room = self.values[total] - beside
            known = self.listed[total] & self.listed[list(parts)].any(axis=0)
            known[:, REST] = False
            found.append(np.where(known[..., None] & (room >= 0), room, UNBOUND))
        return tuple(found)

    def gains(self) -> Gains:
        """What can be moved, by the ways of single series first, by those of several where these are not enough."""
        up, down = self._raw
        single_up, single_down = self._limited(up, down)
        found = Gains(np.zeros_like(self.values), np.zeros_like(self.values))
        for columns, rise, fall in self._single_ways(single_up, single_down):
            forth, back = np.minimum(rise, self._taken(fall)), np.minimum(fall, self._taken(rise))
            for column, sign in columns:
                _raise(found, (slice(None), slice(None), column), forth, back, sign)
        for way in self.ways:
            series = list(way)
            lacking = (self.held[series] & self.hidden[series] & ~found.enough[series]).any(axis=(0, 2, 3))
            if lacking.any():
                self._go(way, np.flatnonzero(lacking), found)
        return found

    @cached_property
    def held(self) -> Flags:
        """Cells that a relation leaves less room than it takes, here or in any other column of their area."""
        tight = np.zeros_like(self.hidden)
        for (total, parts, _), slack in zip(self.relations, self.slack, strict=True):
            tight[[total, *parts]] |= np.asarray((slack < STEPS).any(axis=(1, 2)))[:, None, None]
        return tight

    @cached_property
    def _raw(self) -> tuple[Whole, Whole]:
        """Room of single cells, up and down."""
        up = np.where(self.hidden, STEPS, 0)
        down = np.where(self.hidden, np.clip(self.values - self.floor, 0, STEPS), 0)
        up[:, :, REST] = np.where(self.open_rest[..., None], STEPS, 0)
        down[:, :, REST] = np.where(self.open_rest[..., None], np.clip(self.values[:, :, REST], 0, STEPS), 0)
        return up, down

    def _limited(self, up: Whole, down: Whole) -> tuple[Whole, Whole]:
        """The same where a series moves alone: no further up than its totals hold, no further down than its parts."""
        up, down = up.copy(), down.copy()
        for (total, parts, exact), slack in zip(self.relations, self.slack, strict=True):
            complete = exact & np.asarray(self.listed[[total, *parts]].all(axis=0))[..., None]
            room = np.where(complete & (slack < UNBOUND), 0, slack)
            down[total] = np.minimum(down[total], room)
            for part in parts:
                up[part] = np.where(self.listed[part][..., None], np.minimum(up[part], room), up[part])
                down[part] = np.where(complete & (slack < UNBOUND), 0, down[part])
            up[total] = np.where(complete & (slack < UNBOUND), 0, up[total])
        return up, down

    def _single_ways(self, up: Whole, down: Whole) -> Iterator[tuple[tuple[tuple[int, int], ...], Whole, Whole]]:
        columns = self.values.shape[2]
        finer = range(columns - 2)
        for column in (*finer, columns + REST):
            cells = ((column, 1), (columns + TOTAL, 1))
            yield (
                cells,
                np.minimum(up[:, :, column], up[:, :, TOTAL]),
                np.minimum(down[:, :, column], down[:, :, TOTAL]),
            )
        for first in finer:
            for second in range(first):
                rise = np.minimum(up[:, :, first], down[:, :, second])
                yield ((first, 1), (second, -1)), rise, np.minimum(down[:, :, first], up[:, :, second])

    def _go(self, way: Way, steps: Whole, found: Gains) -> None:
        """Add what one way of several series moves, in the steps where something is lacking."""
        columns = self.values.shape[2]
        touched = [at for at, relation in enumerate(self.relations) if {relation.total, *relation.parts} & set(way)]
        listed = self.listed[list(way)][:, steps]
        finer = np.flatnonzero(listed[:, :, :REST].any(axis=(0, 1))).tolist()
        for column in (*finer, columns + REST):
            rise, fall = self._rooms(way, column, steps, touched, with_total=True)
            forth, back = np.minimum(rise, self._taken(fall)), np.minimum(fall, self._taken(rise))
            for series, sign in way.items():
                here = self.listed[series, steps, column] if column < columns - 2 else np.zeros(steps.size, dtype=bool)
                forth_here, back_here = np.where(here[:, None], forth, 0), np.where(here[:, None], back, 0)
                _raise(found, (series, steps, column), forth_here, back_here, sign)
                _raise(found, (series, steps, columns + TOTAL), forth, back, sign)
        for first in finer:
            for second in (at for at in finer if at < first and listed[:, :, [first, at]].all(axis=(0, 2)).any()):
                one, other = (self._rooms(way, column, steps, touched, with_total=False) for column in (first, second))
                rise, fall = np.minimum(one[0], other[1]), np.minimum(one[1], other[0])
                forth, back = np.minimum(rise, self._taken(fall)), np.minimum(fall, self._taken(rise))
                for series, sign in way.items():
                    _raise(found, (series, steps, first), forth, back, sign)
                    _raise(found, (series, steps, second), back, forth, sign)

    def _rooms(
        self, way: Way, column: int, steps: Whole, touched: list[int], *, with_total: bool
    ) -> tuple[Whole, Whole]:
        """How often several series can go together, forth and back, shape (steps, areas)."""
        up, down = self._raw
        shape = (steps.size, self.values.shape[3])
        rise, fall = np.full(shape, STEPS), np.full(shape, STEPS)
        at_rest = column == self.values.shape[2] + REST
        for series, sign in way.items():
            in_finer = np.zeros(steps.size, dtype=bool) if at_rest else self.listed[series, steps, column]
            in_rest = ~self.listed[series, steps, :REST].any(axis=1) if with_total else np.zeros(steps.size, dtype=bool)
            if at_rest:
                in_rest = self.open_rest[series, steps]
            rooms = []
            for room in (up, down):
                finer = np.where(in_finer[:, None], room[series, steps, column], 0)
                other = np.where((in_rest & ~in_finer)[:, None], room[series, steps, REST], finer)
                rooms.append(np.minimum(other, room[series, steps, TOTAL]) if with_total else other)
            forth, back = rooms if sign > 0 else rooms[::-1]
            rise, fall = np.minimum(rise, forth), np.minimum(fall, back)
        for number in touched:
            for at in (() if at_rest else (column,)) + ((TOTAL,) if with_total else ()):
                self._bound(number, way, at, steps, rise, fall)
        return rise, fall

    def _bound(self, number: int, way: Way, column: int, steps: Whole, rise: Whole, fall: Whole) -> None:
        """Hold a way against one relation, in one column."""
        total, parts, exact = self.relations[number]
        listed = self.listed[:, steps, column].astype(np.int64)
        change = way.get(total, 0) * listed[total] - sum(way.get(part, 0) * listed[part] for part in parts)
        slack = self.slack[number][steps, column]
        known = slack < UNBOUND
        if exact:
            complete = np.asarray(listed[[total, *parts]].all(axis=0))
            slack = np.where(known & complete[:, None] & (change != 0)[:, None], 0, slack)
        per_step = slack // np.maximum(np.abs(change), 1)[:, None]
        for room, direction in ((rise, -1), (fall, 1)):
            bounds = known & (np.sign(change) == direction)[:, None]
            bounds |= known & exact & (change != 0)[:, None]
            np.minimum(room, np.where(bounds, per_step, room), out=room)

    def _taken(self, room: Whole) -> Whole:
        """What the other areas can take back, whichever two of them the reader knows; areas last."""
        if not self.balanced:
            return np.full_like(room, STEPS)
        districts, nobodys = room[..., :-1], room[..., -1:]
        count = min(DISTRICTS_IN_ONE_HAND + 1, districts.shape[-1])
        largest = -np.sort(-districts, axis=-1)[..., :count]
        known = largest[..., :DISTRICTS_IN_ONE_HAND].sum(axis=-1, keepdims=True)
        first_left = largest[..., DISTRICTS_IN_ONE_HAND:].sum(axis=-1, keepdims=True)
        among = districts >= np.maximum(first_left, largest[..., count - 1 : count])
        all_of = districts.sum(axis=-1, keepdims=True)
        rest = np.where(among, all_of - known - first_left, all_of - districts - known)
        return np.concatenate([np.clip(rest, 0, None) + nobodys, all_of - known], axis=-1)


def _raise(found: Gains, where: tuple[object, ...], forth: Whole, back: Whole, sign: int) -> None:
    up, down = (forth, back) if sign > 0 else (back, forth)
    found.up[where] = np.maximum(found.up[where], up)  # type: ignore[index]
    found.down[where] = np.maximum(found.down[where], down)  # type: ignore[index]

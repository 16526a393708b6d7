"""What a reader could work out about the hidden cells of all closed cuts, exactly: the audit of the pattern.

Everything public counts at once: districts make the city, shorter steps the longer ones, and no series holds less than
its parts. Each hidden cell is asked for the smallest and the largest whole number it could be (scipy.optimize.milp,
HiGHS). That takes milliseconds per cell, so a sample is audited with every change and all of them in ``make soak``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from sipa_data.disclosure.closed_cuts import ClosedCuts
from sipa_data.disclosure.cube import Cube, Flags, Whole
from sipa_data.disclosure.rules import FEASIBLE_VALUES, UnsafeTable

NARROW: Final = FEASIBLE_VALUES
"""So far around the true counts a proof is looked for first; where none is found, the search is opened wide."""
WIDE: Final = 10_000_000


@dataclass(frozen=True, eq=False)
class Attack:
    """One reader in front of the published cuts.

    ``knows`` : places of districts (from 1) whose true counts the reader has, in every step
    """

    cube: Cube
    cuts: ClosedCuts
    knows: tuple[int, ...] = ()

    @cached_property
    def unknown(self) -> Flags:
        """Cells of cuts that this reader is not told."""
        found = self.cube.published & (self.cuts.hidden | self.cuts.withheld)
        found[:, :, list(self.knows)] = False
        return found

    @cached_property
    def secret(self) -> Flags:
        """Hidden cells with cases of others: a number made of own cases only is the reader's own."""
        foreign = self.cube.counts.copy()
        if self.knows:
            foreign[:, :, 0] -= self.cube.counts[:, :, list(self.knows)].sum(axis=2)
        return self.cuts.hidden & self.unknown & (foreign > 0)

    def narrow_cells(self, cells: Iterable[tuple[int, int, int]] | None = None) -> list[tuple[int, int, int]]:
        """Of these secret cells (of all) those for which fewer than three whole numbers are possible."""
        asked = [(one, step, area) for one, step, area in np.argwhere(self.secret).tolist()] if cells is None else cells
        return [cell for cell in asked if self.secret[cell] and not self._is_open(cell)]

    def range_of(self, cell: tuple[int, int, int]) -> tuple[int, int]:
        """The smallest and the largest possible number of a cell, the latter up to far above the true one."""
        return self._extremes(cell, WIDE)

    def _is_open(self, cell: tuple[int, int, int]) -> bool:
        for reach in (NARROW, WIDE):
            lowest, highest = self._extremes(cell, reach)
            if highest - lowest >= FEASIBLE_VALUES - 1:
                return True
        return False

    def _extremes(self, cell: tuple[int, int, int], reach: int) -> tuple[int, int]:
        number = int(self._numbers[cell])
        cluster = self._cluster[number]
        members = np.flatnonzero(self._cluster == cluster)
        rows = np.flatnonzero(self._cluster_of_row == cluster)
        values = self.cube.counts[self.unknown][members]
        floor = self._floor[self.unknown][members]
        bounds = (np.maximum(floor, values - reach), values + reach)
        objective = np.zeros(members.size)
        place = int(np.searchsorted(members, number))
        constraint = LinearConstraint(
            self._equations[rows][:, members], self._least[rows], self._most[rows]
        )  # fmt: skip
        found = []
        for direction in (1, -1):
            objective[place] = direction
            solution = milp(
                objective, constraints=constraint if rows.size else None, bounds=bounds,
                integrality=np.ones(members.size),
            )  # fmt: skip
            if not solution.success:
                raise UnsafeTable(f"the solver found no possible table: {solution.message}")
            found.append(round(solution.fun) * direction)
        return found[0], found[1]

    @cached_property
    def _floor(self) -> Whole:
        """Hidden counts are at least 1, because zeros are shown; of the city at least what the reader has in it."""
        floor = self.cuts.hidden.astype(np.int64)
        if self.knows:
            own = self.cube.counts[:, :, list(self.knows)].sum(axis=2)
            floor[:, :, 0] = np.maximum(floor[:, :, 0], own)
        return floor

    @cached_property
    def _numbers(self) -> Whole:
        numbers = np.full(self.unknown.shape, -1)
        numbers[self.unknown] = np.arange(np.count_nonzero(self.unknown))
        return numbers

    @cached_property
    def _rows(self) -> list[tuple[Whole, NDArray[np.int64], int, float]]:
        """Unknown cells, their signs, and between which bounds the signed sum lies."""
        return list(self._all_rows())

    def _all_rows(self) -> Iterator[tuple[Whole, NDArray[np.int64], int, float]]:
        published = self.cube.published
        for series, step in np.argwhere(self.cube.by_district).tolist():
            areas = [(series, step, area) for area in range(1, published.shape[2])]
            yield from self._row((series, step, 0), areas, exact=True)
        for total, parts in _splits(self.cube):
            for series, area in np.argwhere(published[:, total] & published[:, parts].all(axis=1)).tolist():
                yield from self._row((series, total, area), [(series, part, area) for part in parts], exact=True)
        for relation in self.cube.relations:
            for step, area in np.argwhere(published[relation.total]).tolist():
                inside = [(part, step, area) for part in relation.parts if published[part, step, area]]
                if not inside:
                    continue
                exact = relation.exact and len(inside) == len(relation.parts)
                held = sum(self.cube.counts[one] for one in inside) <= self.cube.counts[relation.total, step, area]
                if held:
                    yield from self._row((relation.total, step, area), inside, exact=exact)

    def _row(
        self, total: tuple[int, int, int], parts: list[tuple[int, int, int]], *, exact: bool
    ) -> Iterator[tuple[Whole, NDArray[np.int64], int, float]]:
        cells = [(total, 1), *((part, -1) for part in parts)]
        unknown = [(self._numbers[cell], sign) for cell, sign in cells if self.unknown[cell]]
        if unknown:
            known = sum(sign * int(self.cube.counts[cell]) for cell, sign in cells if not self.unknown[cell])
            numbers, signs = zip(*unknown, strict=True)
            yield np.array(numbers), np.array(signs), -known, -known if exact else np.inf

    @cached_property
    def _equations(self) -> csr_array:
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *(row[0] for row in self._rows)])
        signs = np.concatenate([np.zeros(0, dtype=np.int64), *(row[1] for row in self._rows)])
        lines = np.repeat(np.arange(len(self._rows)), [row[0].size for row in self._rows])
        shape = (len(self._rows), int(np.count_nonzero(self.unknown)))
        return csr_array((signs.astype(float), (lines, columns)), shape=shape)

    @cached_property
    def _least(self) -> NDArray[np.float64]:
        return np.array([row[2] for row in self._rows], dtype=float)

    @cached_property
    def _most(self) -> NDArray[np.float64]:
        return np.array([row[3] for row in self._rows], dtype=float)

    @cached_property
    def _cluster(self) -> Whole:
        touching = abs(self._equations)
        found: Whole = connected_components(touching.T @ touching, directed=False)[1].astype(np.int64)
        return found

    @cached_property
    def _cluster_of_row(self) -> Whole:
        return self._cluster[[int(row[0][0]) for row in self._rows]] if self._rows else np.zeros(0, dtype=np.int64)


def readers(cube: Cube) -> list[tuple[int, ...]]:
    """Everybody who might read: from outside, each council, and every two of them together."""
    councils = range(1, cube.counts.shape[2] - 1)
    return [(), *((one,) for one in councils), *combinations(councils, 2)]


def _splits(cube: Cube) -> Iterator[tuple[int, list[int]]]:
    """Steps and the shorter ones of one length that make them up without gap or overlap."""
    for total, step in enumerate(cube.steps):
        for length in sorted({other.months for other in cube.steps if step.holds(other)}):
            parts = [at for at, other in enumerate(cube.steps) if step.holds(other) and other.months == length]
            parts = [at for at in parts if (cube.steps[at].first - step.first) % length == 0]
            if len(parts) * length == step.months:
                yield total, parts

"""Which published cells add up to which: the linear relations of a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sipa_data.disclosure.rules import UnsafeTable

Whole = NDArray[np.int64]
NOWHERE = -1
"""In a column of totals: this cell is part of no such sum."""


class Line(NamedTuple):
    """One sum: ``cell[total] = Σ cell[parts]``."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Lines:
    """Sums among the cells 0 … n−1 of a published table: ``cell[total] = Σ cell[parts]``, once per line.

    Districts and what is not locatable make the city, the keys of a group the group, four quarters the year. A cell may
    be a part of several lines and the total of others.

    ``totals`` : shape (k,), the total's cell of each line
    ``parts`` : the parts' cells of all lines, one line after the other
    ``starts`` : shape (k,), where each line begins in ``parts``
    """

    totals: Whole
    parts: Whole
    starts: Whole

    def __post_init__(self) -> None:
        """Refuse lines that are no sums: without parts, with a part twice, or with the total among the parts."""
        if self.totals.size != self.starts.size or (self.lengths < 1).any():
            raise UnsafeTable("every line needs a total and at least one part")
        if self.totals.size and min(self.totals.min(), self.parts.min()) < 0:
            raise UnsafeTable("cells are counted from 0")
        members = np.stack([self.line_of_entry, self.cell_of_entry])
        if np.unique(members, axis=1).shape[1] != members.shape[1]:
            raise UnsafeTable("a cell stands twice in one line")

    @classmethod
    def of(cls, lines: "Lines | Iterable[Line | tuple[int, Sequence[int]]]") -> "Lines":
        """From single lines, each a total and its parts; Lines stay as they are."""
        if isinstance(lines, Lines):
            return lines
        pairs = list(lines)
        lengths = np.array([0, *(len(parts) for _, parts in pairs)], dtype=np.int64)
        return cls(
            np.array([total for total, _ in pairs], dtype=np.int64),
            np.array([part for _, parts in pairs for part in parts], dtype=np.int64),
            np.cumsum(lengths)[:-1],
        )

    @classmethod
    def from_totals(cls, *total_of_cell: ArrayLike) -> Self:
        """From columns of the table itself: for every cell the cell of its total, or NOWHERE.

        One column per kind of relation, for instance one that leads from the district to the city and one that leads
        from the key to its group; each of shape (n,).
        """
        columns = [_whole(column) for column in total_of_cell]
        orders = [np.argsort(column, kind="stable")[np.count_nonzero(column < 0) :] for column in columns]
        sorted_totals = [column[order] for column, order in zip(columns, orders, strict=True)]
        firsts = [np.flatnonzero(np.diff(totals, prepend=NOWHERE)) for totals in sorted_totals]
        offsets = np.cumsum([0, *(order.size for order in orders)])
        return cls(
            np.concatenate([NONE, *(totals[first] for totals, first in zip(sorted_totals, firsts, strict=True))]),
            np.concatenate([NONE, *orders]),
            np.concatenate([NONE, *(first + offset for first, offset in zip(firsts, offsets, strict=False))]),
        )

    @cached_property
    def lengths(self) -> Whole:
        """Number of parts of each line."""
        return np.diff(self.starts, append=self.parts.size)

    @cached_property
    def line_of_entry(self) -> Whole:
        """Line of each entry: all parts in their order, then all totals."""
        numbers = np.arange(self.totals.size)
        return np.concatenate([np.repeat(numbers, self.lengths), numbers])

    @cached_property
    def cell_of_entry(self) -> Whole:
        return np.concatenate([self.parts, self.totals])

    def sums(self, values: NDArray[Any]) -> Whole:
        """Per line, the sum of something over its parts; shape (k,)."""
        return np.add.reduceat(values[self.parts].astype(np.int64), self.starts) if self.totals.size else NONE

    def check(self, values: Whole) -> None:
        """Refuse a table that does not add up: what is hidden in it could not be judged."""
        if self.totals.size and max(self.totals.max(), self.parts.max()) >= values.size:
            raise UnsafeTable(f"a line names a cell beyond the {values.size} of the table")
        wrong = np.flatnonzero(self.sums(values) != values[self.totals])
        if wrong.size:
            line = wrong[0]
            raise UnsafeTable(
                f"{wrong.size} lines do not add up; line {line}: cell {self.totals[line]} is "
                f"{values[self.totals[line]]}, its parts make {self.sums(values)[line]}"
            )

    def heights(self, number_of_cells: int) -> Whole:
        """Per cell, how many levels of sums lie below it: 0 for a cell that is no total."""
        height = np.zeros(number_of_cells, dtype=np.int64)
        for _ in range(number_of_cells + 1):
            before = height.copy()
            if self.totals.size:
                np.maximum.at(height, self.totals, np.maximum.reduceat(height[self.parts], self.starts) + 1)
            if (height == before).all():
                return height
        raise UnsafeTable("a total is among its own parts, over some steps")


def _whole(column: ArrayLike) -> Whole:
    numbers = np.asarray(column)
    if numbers.ndim != 1 or (numbers.size and not np.issubdtype(numbers.dtype, np.integer)):
        raise UnsafeTable("a column of cells is one-dimensional and whole")
    return numbers.astype(np.int64)


NONE: Whole = np.zeros(0, dtype=np.int64)

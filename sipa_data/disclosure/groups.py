"""Counts, and who knows them anyway."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from sipa_data.disclosure.lines import Line, Lines, Whole
from sipa_data.disclosure.rules import UnsafeTable

NOBODY = -1
"""In a column of groups: nobody knows this cell from elsewhere."""


def own_totals(values: ArrayLike, lines: Lines | Iterable[Line], known_groups: ArrayLike) -> Whole:
    """Groups of cells, extended to what consists of one group's cells and published zeros only.

    Where a single district has all cases of a city, the city's total tells its council nothing but its own number; it
    belongs to the council, and need not be hidden from it. So do the parts of such a total that are no district's,
    as the months of the city: they are the council's cases, too. ``values``, ``lines``, ``known_groups`` and errors as
    for ``hide``; gives the new groups, shape (n,).
    """
    counts, sums = counts_of(values), Lines.of(lines)
    groups = groups_of(known_groups, counts.size)
    sums.check(counts)
    sums.heights(counts.size)  # refuses a total that is among its own parts
    line_of_part = sums.line_of_entry[: sums.parts.size]
    while sums.totals.size:
        before = groups.copy()
        least = np.where(counts > 0, groups, np.iinfo(np.int64).max)[sums.parts]
        most = np.where(counts > 0, groups, NOBODY)[sums.parts]
        first = np.minimum.reduceat(least, sums.starts)
        one = (first == np.maximum.reduceat(most, sums.starts)) & (first != NOBODY)
        groups[sums.totals[one]] = first[one]
        inherited = groups[sums.totals][line_of_part]
        heirs = (groups[sums.parts] == NOBODY) & (counts[sums.parts] > 0) & (inherited != NOBODY)
        groups[sums.parts[heirs]] = inherited[heirs]
        if (groups == before).all():
            break
    return groups


def counts_of(values: ArrayLike) -> Whole:
    numbers = np.asarray(values)
    if numbers.ndim != 1 or (numbers.size and not np.issubdtype(numbers.dtype, np.integer)):
        raise UnsafeTable("values: whole numbers in one column are needed")
    if (numbers < 0).any():
        raise UnsafeTable(f"values: {numbers.min()} is no count")
    return numbers.astype(np.int64)


def groups_of(known_groups: ArrayLike, size: int) -> Whole:
    groups = np.asarray(known_groups)
    if groups.shape != (size,) or (size and not np.issubdtype(groups.dtype, np.integer)):
        raise UnsafeTable("known_groups: one whole number per cell is needed")
    if (groups < NOBODY).any():
        raise UnsafeTable("known_groups: groups are counted from 0, NOBODY is −1")
    return groups.astype(np.int64)

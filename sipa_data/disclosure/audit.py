"""Can the hidden cells be worked out after all? The published table as its reader sees it, as an integer program.

The line rule looks at one sum at a time. Here all sums count at once, and each hidden cell is asked for the smallest
and the largest whole number it could be.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import LinearConstraint, milp

from sipa_data.disclosure.groups import NOBODY, counts_of, groups_of, own_totals
from sipa_data.disclosure.lines import Line, Lines, Whole
from sipa_data.disclosure.moves import equations_of, joined
from sipa_data.disclosure.rules import FEASIBLE_VALUES, UnsafeTable
from sipa_data.disclosure.table import Flags

OPEN_ABOVE: Final = 10
"""So far above the largest count of the table the search for a largest possible value ends."""


class Ranges(NamedTuple):
    """What a reader can work out: ``cells`` hidden from them, and the ``lowest`` and ``highest`` each could be."""

    cells: Whole
    lowest: Whole
    highest: Whole

    @property
    def too_narrow(self) -> Whole:
        """Cells for which fewer than three whole numbers are possible."""
        return self.cells[self.highest - self.lowest < FEASIBLE_VALUES - 1]


def feasible_ranges(
    values: ArrayLike, hidden: Flags, lines: Lines | Iterable[Line], known: Flags | None = None
) -> Ranges:
    """Smallest and largest possible value of every hidden cell, exactly.

    Parameters
    ----------
    values : shape (n,), the true counts
    hidden : shape (n,), the pattern to be tried
    lines : the sums among the cells
    known : shape (n,), hidden cells whose true value this reader knows anyway

    Returns
    -------
    Ranges, for the hidden cells that the reader does not know. A cell that nothing bounds above ends at the largest
    count of the table and 10.

    Raises
    ------
    UnsafeTable (a ValueError) : a table that does not add up, or a solver that finds nothing

    Assumes a reader who knows that hidden counts are whole numbers of at least 1. Two integer programs per cell
    (scipy.optimize.milp, HiGHS): for tables of up to some hundred hidden cells.
    """
    counts, sums_of = counts_of(values), Lines.of(lines)
    sums_of.check(counts)
    unknown = hidden & ~known if known is not None else hidden.copy()
    cells = np.flatnonzero(unknown)
    lowest, highest = counts[cells].copy(), counts[cells].copy()
    equations = equations_of(sums_of, unknown)
    ceiling = int(counts.max(initial=0)) + OPEN_ABOVE
    count, cluster = joined(equations)
    for together in (np.flatnonzero(cluster == number) for number in range(count)):
        part = equations[:, together]
        sums = part @ counts[cells[together]]
        bounded = LinearConstraint(part, sums, sums)
        for place, column in enumerate(together):
            lowest[column] = _extreme(bounded, together.size, place, 1, ceiling)
            highest[column] = -_extreme(bounded, together.size, place, -1, ceiling)
    return Ranges(cells, lowest, highest)


def weak_cells(
    values: ArrayLike, hidden: Flags, lines: Lines | Iterable[Line], known_groups: ArrayLike | None = None
) -> Whole:
    """Hidden cells for which a reader from outside, or a group that knows its own, finds fewer than three values.

    Parameters and errors as for ``feasible_ranges`` and ``hide``; gives the cells, in order, each once.
    """
    counts, sums_of = counts_of(values), Lines.of(lines)
    groups = np.full(counts.size, NOBODY) if known_groups is None else groups_of(known_groups, counts.size)
    groups = own_totals(counts, sums_of, groups)
    readers = np.unique(groups[hidden & (groups != NOBODY)]).tolist()
    narrow = [feasible_ranges(counts, hidden, sums_of, groups == reader).too_narrow for reader in readers]
    outside = feasible_ranges(counts, hidden, sums_of).too_narrow
    return np.unique(np.concatenate([outside, *narrow]))


def _extreme(bounded: LinearConstraint, size: int, place: int, direction: int, ceiling: int) -> int:
    """The smallest (direction 1) or negated largest (direction −1) value of one unknown."""
    objective = np.zeros(size)
    objective[place] = direction
    solution = milp(objective, constraints=bounded, bounds=(1, ceiling), integrality=np.ones(size))
    if not solution.success:
        raise UnsafeTable(f"the solver found no possible table: {solution.message}")
    extreme: int = round(solution.fun)
    return extreme

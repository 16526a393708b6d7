"""The pattern that holds against all sums at once: the line rule, proven cell by cell, and mended where it does not."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from sipa_data.disclosure.groups import NOBODY
from sipa_data.disclosure.lines import Line, Lines, Whole
from sipa_data.disclosure.moves import Moves
from sipa_data.disclosure.rules import SMALLEST_SHOWN_INCIDENTS, UnsafeTable
from sipa_data.disclosure.table import Flags, Previous, Table


def protect(
    values: ArrayLike,
    lines: Lines | Iterable[Line],
    *,
    smallest: int = SMALLEST_SHOWN_INCIDENTS,
    known_groups: ArrayLike | None = None,
    previous: Previous | None = None,
) -> Flags:
    """Which cells are hidden, so that every reader finds three possible whole numbers for every hidden cell.

    Parameters, result and errors as for ``hide``, whose pattern this one contains.

    Several sums together can give away what each alone does not. So for every hidden cell and every reader, from
    outside and each group that knows its own cells, other tables are looked for that fit all that is published and
    give the cell two further values. Where none are found, another cell of one of its sums is hidden, the line rule
    closes the pattern again, and the search goes on. A cell that is safe but for which no proof was found is treated as
    unsafe: at worst one cell too many is hidden, never one too few. The random choices are seeded: the same table
    has the same pattern.
    """
    table = Table.of(values, lines, known_groups, previous)
    pattern = table.closed((table.values > 0) & (table.values < smallest) | table.kept)
    moves = Moves.none_yet(table.values, table.lines, table.groups)
    while True:
        unproven = moves.search(pattern)
        if not unproven.any():
            return pattern
        further = _further(table, pattern, unproven)
        if not further.size:
            raise UnsafeTable("the table cannot be protected: all its counts are hidden, and that is not enough")
        pattern[further] = True
        pattern = table.closed(pattern)


def _further(table: Table, pattern: Flags, unproven: Flags) -> Whole:
    """For every unproven cell a further one in one of its sums; where these are exhausted, one step further out."""
    weak: Flags = np.asarray(unproven.any(axis=1))
    reader = np.where(weak, unproven.argmax(axis=1) - 1, NOBODY)
    line, cell = table.lines.line_of_entry, table.lines.cell_of_entry
    while True:
        touched = np.bincount(line, weak[cell], table.lines.totals.size) > 0
        knower = np.full(touched.size, NOBODY)
        np.maximum.at(knower, line, np.where(weak[cell], reader[cell], NOBODY))
        chosen, helped = table.companions(pattern, touched, knower)
        if helped.any():
            return chosen
        wider: Flags = weak.copy()
        wider[cell[touched[line] & (table.values[cell] > 0)]] = True
        if (wider == weak).all():
            return chosen
        reader = np.where(wider & ~weak, NOBODY, reader)
        weak = wider

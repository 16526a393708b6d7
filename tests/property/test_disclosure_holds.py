"""Whatever the table: the rule of the domain page, held against an attacker who solves for every hidden cell."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.disclosure import (
    NOBODY,
    SMALLEST_SHOWN_INCIDENTS,
    SMALLEST_SHOWN_PERSONS,
    Line,
    Lines,
    Previous,
    feasible_ranges,
    hide,
    protect,
    weak_cells,
)

counts = st.one_of(st.sampled_from([0, 0, 1, 1, 2, 3]), st.integers(0, 60))
thresholds = st.sampled_from([SMALLEST_SHOWN_INCIDENTS, SMALLEST_SHOWN_PERSONS])


def two_way(table: np.ndarray) -> tuple[np.ndarray, Lines, np.ndarray]:
    """Districts × keys with sums over both; each district's row is known to its council."""
    rows, columns = table.shape
    full = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    full[:rows, :columns] = table
    full[rows, :columns] = table.sum(0)
    full[:, columns] = full[:, :columns].sum(1)
    cell = np.arange(full.size).reshape(full.shape)
    to_city, to_all_keys = np.full((2, *full.shape), NOBODY)
    to_city[:rows] = cell[rows]
    to_all_keys[:, :columns] = cell[:, [columns]]
    councils = np.full(full.shape, NOBODY)
    councils[:rows] = np.arange(rows)[:, None]
    return full.ravel(), Lines.from_totals(to_city.ravel(), to_all_keys.ravel()), councils.ravel()


@st.composite
def tables(draw, most: int = 5):
    rows, columns = draw(st.integers(2, most)), draw(st.integers(1, most))
    return np.array(draw(st.lists(counts, min_size=rows * columns, max_size=rows * columns))).reshape(rows, columns)


def holds(values: np.ndarray, lines: Lines, hidden: np.ndarray, known: np.ndarray) -> bool:
    """The line rule, line by line, in plain Python."""
    ends = [*lines.starts[1:], lines.parts.size]
    for total, start, end in zip(lines.totals, lines.starts, ends, strict=True):
        unknown = [part for part in lines.parts[start:end] if hidden[part] and not known[part]]
        total_unknown = hidden[total] and not known[total]
        if len(unknown) + total_unknown == 1:
            return False
        if unknown and not total_unknown and sum(values[part] for part in unknown) < len(unknown) + 2:
            return False
    return True


@given(tables(), thresholds)
def test_small_counts_are_hidden_zeros_are_shown_and_every_sum_keeps_its_rule_for_everybody(table, smallest):
    values, lines, councils = two_way(table)
    hidden = hide(values, lines, smallest=smallest, known_groups=councils)
    assert hidden[(values > 0) & (values < smallest)].all()
    assert not hidden[values == 0].any()
    assert holds(values, lines, hidden, np.zeros_like(hidden))
    for council in range(table.shape[0]):
        # A sum of own cases and zeros is the council's own number, see own_totals.
        foreign = np.where(councils == council, 0, values)
        own_sums = np.isin(np.arange(values.size), [t for t in lines.totals if _only_own(t, lines, foreign, values)])
        assert holds(values, lines, hidden, (councils == council) | own_sums)


def _only_own(total: int, lines: Lines, foreign: np.ndarray, values: np.ndarray) -> bool:
    ends = [*lines.starts[1:], lines.parts.size]
    return values[total] > 0 and any(
        found == total and not foreign[lines.parts[start:end]].any()
        for found, start, end in zip(lines.totals, lines.starts, ends, strict=True)
    )


@given(st.lists(counts, min_size=1, max_size=25), thresholds)
def test_in_a_single_sum_the_rule_alone_leaves_three_possible_numbers(parts, smallest):
    values = np.array([*parts, sum(parts)])
    lines = Lines.of([Line(len(parts), tuple(range(len(parts))))])
    hidden = hide(values, lines, smallest=smallest)
    unknown = values[:-1][hidden[:-1]]
    if unknown.size and not hidden[-1]:
        # each part is at least 1, so at most the known sum less 1 for every other
        assert unknown.size >= 2
        assert unknown.sum() - (unknown.size - 1) >= 3


@settings(max_examples=20)
@given(tables(most=4))
def test_an_attacker_who_solves_for_it_finds_three_possible_numbers_for_every_hidden_cell(table):
    values, lines, _ = two_way(table)
    hidden = protect(values, lines)
    assert not hidden[values == 0].any()
    found = feasible_ranges(values, hidden, lines)
    assert (found.lowest >= 1).all()
    assert (found.lowest <= values[found.cells]).all()
    assert (values[found.cells] <= found.highest).all()
    assert found.too_narrow.size == 0


@settings(max_examples=8)
@given(tables(most=4))
def test_nor_does_a_council_that_knows_its_own_district(table):
    values, lines, councils = two_way(table)
    hidden = protect(values, lines, known_groups=councils)
    assert weak_cells(values, hidden, lines, known_groups=councils).size == 0


@given(tables(), tables())
def test_the_same_table_always_has_the_same_pattern_and_an_unchanged_one_keeps_it(table, other):
    values, lines, councils = two_way(table)
    hidden = hide(values, lines, known_groups=councils)
    assert (hide(values, lines, known_groups=councils) == hidden).all()
    again = hide(values, lines, known_groups=councils, previous=Previous(values, hidden))
    assert (again == hidden).all()
    if other.shape == table.shape:
        later, _, _ = two_way(other)
        kept = hide(later, lines, previous=Previous(values, hidden))
        assert kept[(later == values) & hidden].all()

"""The pattern that holds against all sums at once."""

import numpy as np

from sipa_data.disclosure import NOBODY, Line, Previous, feasible_ranges, hide, protect, weak_cells


def three_by_three(table: list[list[int]]) -> tuple[np.ndarray, list[Line]]:
    """Nine cells with sums over rows and columns, sixteen in all."""
    full = np.zeros((4, 4), dtype=np.int64)
    full[:3, :3] = table
    full[3, :3], full[:3, 3] = full[:3, :3].sum(0), full[:3, :3].sum(1)
    full[3, 3] = full[:3, 3].sum()
    cell = np.arange(16).reshape(4, 4)
    lines = [Line(int(row[3]), tuple(row[:3].tolist())) for row in cell]
    lines += [Line(int(column[3]), tuple(column[:3].tolist())) for column in cell.T]
    return full.ravel(), lines


# Hidden is a ring of six cells: 1 3 · / · 3 1 / 3 · 3. Each sum hides two cells that make at least four, so each alone
# leaves three numbers. But a step round the ring raises every other cell and lowers those between, and whichever way it
# goes, one of the two that are 1 would fall to 0: there is only the true table.
RING = [[1, 3, 90], [90, 3, 1], [3, 80, 3]]


def ring_hidden_before() -> tuple[np.ndarray, list[Line], Previous]:
    values, lines = three_by_three(RING)
    ring = np.isin(np.arange(16), [0, 1, 5, 6, 10, 8])
    return values, lines, Previous(np.where(ring, values, -1), ring)


def test_a_ring_that_the_line_rule_lets_pass_is_worked_out_completely():
    values, lines, before = ring_hidden_before()
    by_line = hide(values, lines, previous=before)
    assert (by_line == before.hidden).all()
    found = feasible_ranges(values, by_line, lines)
    assert (found.lowest == found.highest).all()


def test_protection_breaks_the_ring_open():
    values, lines, before = ring_hidden_before()
    hidden = protect(values, lines, previous=before)
    assert hidden[before.hidden].all()
    assert feasible_ranges(values, hidden, lines).too_narrow.size == 0


def test_a_pattern_that_holds_already_stays_as_it_is():
    values, lines = three_by_three([[1, 30, 40], [50, 60, 70], [80, 90, 95]])
    assert (protect(values, lines) == hide(values, lines)).all()


def test_councils_are_kept_out_as_well():
    values, lines = three_by_three(RING)
    councils = np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, NOBODY, NOBODY, NOBODY, NOBODY])
    hidden = protect(values, lines, known_groups=councils)
    assert weak_cells(values, hidden, lines, known_groups=councils).size == 0


def test_a_table_of_one_small_count_hides_it_with_its_sums():
    values, lines = three_by_three([[1, 0, 0], [0, 0, 0], [0, 0, 0]])
    assert values[protect(values, lines)].tolist() == [1, 1, 1, 1]  # the cell, its row, its column, the city


def test_what_was_hidden_and_did_not_change_stays_hidden():
    values, lines = three_by_three(RING)
    before = protect(values, lines)
    after = protect(values, lines, previous=Previous(values, before))
    assert (after == before).all()

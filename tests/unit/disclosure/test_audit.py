"""What a reader can work out about a hidden cell, exactly."""

import numpy as np
import pytest

from sipa_data.disclosure import NOBODY, Line, UnsafeTable, feasible_ranges, weak_cells

# Three districts and their city: 1 + 2 + 50 = 53
VALUES = np.array([1, 2, 50, 53])
LINES = [Line(3, (0, 1, 2))]


def flags(*cells: int, size: int = 4) -> np.ndarray:
    hidden = np.zeros(size, dtype=np.bool_)
    hidden[list(cells)] = True
    return hidden


def test_one_and_two_hidden_alone_are_known_to_be_one_and_two():
    found = feasible_ranges(VALUES, flags(0, 1), LINES)
    assert (found.lowest.tolist(), found.highest.tolist()) == ([1, 1], [2, 2])
    assert found.too_narrow.tolist() == [0, 1]


def test_a_cell_hidden_alone_is_worked_out_by_subtraction():
    found = feasible_ranges(VALUES, flags(1), LINES)
    assert (found.lowest.tolist(), found.highest.tolist()) == ([2], [2])


def test_a_third_hidden_cell_leaves_all_three_open():
    found = feasible_ranges(VALUES, flags(0, 1, 2), LINES)
    assert (found.lowest.tolist(), found.highest.tolist()) == ([1, 1, 1], [51, 51, 51])
    assert found.too_narrow.size == 0


def test_a_hidden_total_is_open_above():
    found = feasible_ranges(VALUES, flags(0, 1, 3), LINES)
    assert found.lowest.tolist() == [1, 1, 52]
    assert (found.highest == 53 + 10).sum() == 1  # the largest count and ten: where the search ends


def test_what_a_council_knows_is_taken_from_it():
    hidden = flags(0, 1, 2)
    assert feasible_ranges(VALUES, hidden, LINES, known=flags(2)).too_narrow.tolist() == [0, 1]
    assert weak_cells(VALUES, hidden, LINES).tolist() == []
    assert weak_cells(VALUES, hidden, LINES, known_groups=[0, 1, 2, NOBODY]).tolist() == [0, 1]


def test_a_table_without_hidden_cells_has_nothing_to_work_out():
    assert feasible_ranges(VALUES, flags(), LINES).cells.size == 0
    assert weak_cells(VALUES, flags(), LINES).size == 0


def test_a_table_that_does_not_add_up_is_refused():
    with pytest.raises(UnsafeTable):
        feasible_ranges(np.array([1, 2, 50, 54]), flags(0), LINES)

"""Sums among published cells."""

import numpy as np
import pytest

from sipa_data.disclosure import NOWHERE, Line, Lines, UnsafeTable

# cells 0–2: three districts, 3: not locatable, 4: the city
CITY = Lines.of([Line(4, (0, 1, 2, 3))])


def as_sets(lines: Lines) -> set[tuple[int, frozenset[int]]]:
    ends = [*lines.starts[1:], lines.parts.size]
    return {
        (int(total), frozenset(lines.parts[start:end].tolist()))
        for total, start, end in zip(lines.totals, lines.starts, ends, strict=True)
    }


def test_lines_can_be_read_off_the_columns_of_a_table():
    # two districts × two keys (cells 0–3), their sums over keys (4, 5), over districts (6, 7), and the city (8)
    over_keys = [4, 4, 5, 5, NOWHERE, NOWHERE, 8, 8, NOWHERE]
    over_districts = [6, 7, 6, 7, 8, 8, NOWHERE, NOWHERE, NOWHERE]
    lines = Lines.from_totals(over_keys, over_districts)
    assert as_sets(lines) == {
        (4, frozenset({0, 1})),
        (5, frozenset({2, 3})),
        (8, frozenset({6, 7})),
        (6, frozenset({0, 2})),
        (7, frozenset({1, 3})),
        (8, frozenset({4, 5})),
    }
    assert lines.heights(9).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2]


def test_a_table_that_adds_up_passes():
    CITY.check(np.array([1, 2, 3, 4, 10]))


def test_a_table_that_does_not_add_up_is_refused_and_the_line_is_named():
    with pytest.raises(UnsafeTable, match="line 0: cell 4 is 9, its parts make 10"):
        CITY.check(np.array([1, 2, 3, 4, 9]))


def test_a_table_without_sums_has_no_lines():
    assert Lines.of([]).totals.size == 0
    assert Lines.from_totals().totals.size == 0
    assert Lines.from_totals([NOWHERE, NOWHERE]).totals.size == 0
    Lines.of([]).check(np.array([1, 2]))


@pytest.mark.parametrize(
    "lines",
    [
        [Line(0, ())],
        [Line(0, (1, 1))],
        [Line(0, (0, 1))],
        [Line(-1, (1, 2))],
        [Line(0, (1, -2))],
    ],
)
def test_what_is_no_sum_is_refused(lines):
    with pytest.raises(UnsafeTable):
        Lines.of(lines)


def test_a_line_beyond_the_table_is_refused():
    with pytest.raises(UnsafeTable, match="beyond"):
        CITY.check(np.array([1, 2, 3]))


def test_a_total_among_its_own_parts_over_two_steps_is_refused():
    with pytest.raises(UnsafeTable, match="own parts"):
        Lines.of([Line(0, (1, 2)), Line(1, (0, 3))]).heights(4)


def test_cells_are_whole_numbers():
    with pytest.raises(UnsafeTable):
        Lines.from_totals([1.0, 2.0])

"""The pattern of the closed cuts at its boundaries. Tables small enough to check by hand."""

import numpy as np
import pytest

from sipa_data.disclosure import DISTRICTS_IN_ONE_HAND, FEASIBLE_VALUES, Cube, Relation, Step, UnsafeTable, protect_cuts
from tests.unit.disclosure.cubes import YEAR, cube_of, quarters_of, told, weak, years_of


def test_the_numbers_of_the_house_rule():
    assert (FEASIBLE_VALUES, DISTRICTS_IN_ONE_HAND) == (3, 2)


def test_a_table_of_large_counts_and_zeros_is_shown_whole():
    assert told(years_of([3, 40, 0, 7, 5, 0])) == [["55", "3", "40", "0", "7", "5", "0"]]


def test_two_small_counts_take_three_more_with_them():
    # 1 + 2 are known by subtraction; with 9 hidden, its own council still knows the other two; with 9 and 12 these two
    # councils together do. With 30 as well, whichever two know theirs, the other three could be three other numbers.
    assert told(years_of([1, 2, 9, 12, 30, 80, 0])) == [["134", "•", "•", "•", "•", "•", "80", "0"]]


def test_what_is_not_locatable_is_known_to_nobody():
    # Whichever two councils know theirs, the third and the six cases without a district remain.
    assert told(years_of([1, 9, 12, 30, 80, 6])) == [["138", "•", "•", "•", "30", "80", "•"]]


def test_zeros_are_shown_even_where_they_are_the_smallest_companions():
    (found,) = told(years_of([1, 0, 0, 30, 0, 40, 50, 60, 0]))
    assert [area for area, mark in enumerate(found) if mark == "0"] == [2, 3, 5, 9]


def test_a_table_with_cases_in_three_districts_cannot_be_shown_and_the_city_can():
    assert told(years_of([1, 20, 30, 0, 0])) == [["51", "×", "×", "×", "×", "×"]]


def test_a_small_city_count_takes_the_whole_table_with_it():
    assert told(years_of([1, 1, 0, 0, 0])) == [["•", "×", "×", "×", "×", "×"]]


def test_the_threshold_can_be_switched_off():
    assert told(years_of([1, 2, 9, 12, 0], smallest=1)) == [["24", "1", "2", "9", "12", "0"]]


def test_companions_are_chosen_by_order_of_magnitude_so_the_choice_says_little():
    one, other = (told(years_of([2, first, second, 70, 80, 90, 0]))[0] for first, second in ((20, 17), (17, 20)))
    assert [mark == "•" for mark in one] == [mark == "•" for mark in other]


def test_the_same_table_always_has_the_same_pattern():
    cube = years_of([1, 5, 9, 12, 30, 80, 3])
    assert (protect_cuts(cube).hidden == protect_cuts(cube).hidden).all()


def test_a_hidden_quarter_is_not_what_the_year_leaves():
    table = [[1, 9, 8, 7], [12, 30, 11, 9], [4, 12, 14, 20], [8, 7, 6, 9], [22, 25, 28, 29], [9, 9, 9, 9]]
    cube = quarters_of(table)
    cuts = protect_cuts(cube)
    assert cuts.hidden[0, 0, 1]
    assert not cuts.withheld.any()
    assert cuts.hidden[0, [3, 4], 1].any()  # the last quarter or the year, which end together
    assert not cuts.hidden[0, [1, 2], 1].any()  # never a quarter that had been seen before the year was over
    assert not cuts.hidden[0, :, 0].any()
    assert weak(cube, cuts) == []


def test_quarters_keep_their_status_when_the_year_is_added():
    table = [[1, 9, 2, 7], [12, 30, 11, 9], [4, 2, 14, 20], [8, 7, 6, 9], [22, 25, 1, 29], [9, 9, 9, 9], [5, 6, 7, 0]]
    whole = quarters_of(table)
    first = Cube(
        whole.steps[:3], whole.counts[:, :3], whole.published[:, :3], (), whole.smallest, whole.settled[:, :3],
        whole.hidden_before[:, :3],
    )  # fmt: skip
    before, after = protect_cuts(first), protect_cuts(whole)
    assert before.hidden.any()
    assert (after.hidden[:, :3] == before.hidden).all()
    assert (after.withheld[:, :3] == before.withheld).all()


def test_a_part_is_not_what_a_sum_key_leaves():
    # Robbery 1, assault 11, and the sum key 12 of which nothing else is counted: robbery is 12 less 11.
    robbery, assault, violence = [1, 20, 9, 8, 7, 30, 3], [11, 40, 19, 21, 26, 35, 6], [12, 60, 28, 29, 33, 65, 9]
    cube = years_of(robbery, assault, violence, relations=(Relation(2, (0, 1)),))
    cuts = protect_cuts(cube)
    assert cuts.hidden[0, 0, 1]
    assert cuts.hidden[1, 0, 1] or cuts.hidden[2, 0, 1]
    assert weak(cube, cuts) == []


def test_a_sum_key_with_enough_else_in_it_takes_nothing_along():
    part, total = [1, 20, 9, 8, 7, 30, 3], [40, 90, 60, 55, 44, 99, 20]
    cuts = protect_cuts(years_of(part, total, relations=(Relation(1, (0,)),)))
    assert not cuts.hidden[1].any()


def test_series_that_add_up_exactly_are_held_against_each_other():
    one, other = [1, 20, 9, 8, 7, 30, 3], [11, 40, 19, 21, 26, 35, 6]
    both = [first + second for first, second in zip(one, other, strict=True)]
    cube = years_of(one, other, both, relations=(Relation(2, (0, 1), exact=True),))
    assert weak(cube, protect_cuts(cube)) == []


def test_months_of_the_city_are_not_what_the_quarter_leaves():
    months = tuple(Step(number, number) for number in range(3))
    counts = np.zeros((1, 4, 6), dtype=np.int64)
    counts[0, :, 1:] = [[0, 1, 0, 0, 0], [3, 2, 4, 1, 2], [9, 4, 5, 2, 8], [12, 7, 9, 3, 10]]
    counts[:, :, 0] = counts.sum(axis=2)
    published = np.zeros(counts.shape, dtype=np.bool_)
    published[:, :, 0] = True
    nothing = np.zeros_like(published)
    cube = Cube((*months, Step(0, 2)), counts, published, (), np.array([3]), nothing, nothing)
    cuts = protect_cuts(cube)
    assert cuts.hidden[0, :, 0].tolist() == [True, False, True, False]  # 1, 12, 28 and the quarter's 41
    assert weak(cube, cuts) == []


def test_cells_that_did_not_change_keep_their_status():
    before = years_of([2, 30, 9, 80, 70, 60, 0])
    cuts = protect_cuts(before)
    after = years_of([2, 3, 9, 80, 70, 60, 0])  # 3 would now be the smallest companion
    unchanged = before.counts == after.counts
    kept = Cube((YEAR,), after.counts, after.published, (), after.smallest, unchanged, cuts.hidden & unchanged)
    found = protect_cuts(kept)
    assert found.hidden[unchanged & cuts.hidden].all()
    assert not found.hidden[unchanged & ~cuts.hidden].any()


@pytest.mark.parametrize(
    "counts",
    [[[[3, 1, 3, -1]]], [[[5, 1, 2, 0]]]],
)
def test_what_is_no_table_of_a_city_is_refused(counts):
    with pytest.raises(UnsafeTable):
        cube_of(np.array(counts), (YEAR,))

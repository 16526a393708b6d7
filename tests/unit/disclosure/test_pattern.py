"""The line rule at its boundaries. Tables small enough to check by hand."""

from time import perf_counter

import numpy as np
import pytest

from sipa_data.disclosure import (
    FEASIBLE_VALUES,
    NOBODY,
    SMALLEST_SHOWN_INCIDENTS,
    SMALLEST_SHOWN_PERSONS,
    Line,
    Previous,
    UnsafeTable,
    close,
    hide,
    own_totals,
)


def one_line(*parts: int) -> tuple[np.ndarray, list[Line]]:
    """The parts, then their total."""
    return np.array([*parts, sum(parts)]), [Line(len(parts), tuple(range(len(parts))))]


def hidden_parts(*parts: int, **how: object) -> set[int]:
    """Values that are hidden in a single line; the total stays shown."""
    values, lines = one_line(*parts)
    hidden = hide(values, lines, **how)
    assert not hidden[-1]
    return set(values[hidden].tolist())


def test_the_numbers_of_the_house_rule():
    assert (SMALLEST_SHOWN_INCIDENTS, SMALLEST_SHOWN_PERSONS, FEASIBLE_VALUES) == (3, 5, 3)


def test_a_table_of_large_counts_and_zeros_is_shown_whole():
    assert hidden_parts(3, 40, 0, 7, 0) == set()


def test_counts_of_one_and_two_are_hidden_three_is_not():
    assert hidden_parts(1, 2, 50, 60, 3) == {1, 2, 3}  # the 3 only because 1 and 2 alone would give themselves away
    assert hidden_parts(2, 2, 3, 50) == {2}  # two cells that sum to four: 1 + 3, 2 + 2 or 3 + 1


def test_persons_are_hidden_up_to_four():
    assert hidden_parts(4, 5, 60, smallest=SMALLEST_SHOWN_PERSONS) == {4, 5}
    assert hidden_parts(5, 6, 60, smallest=SMALLEST_SHOWN_PERSONS) == set()


def test_a_single_small_count_takes_a_second_cell_with_it():
    assert hidden_parts(2, 30, 9, 80) == {2, 9}


def test_one_and_two_take_a_third_cell_with_them_although_they_are_two():
    assert hidden_parts(1, 2, 30, 9, 80) == {1, 2, 9}


def test_zeros_are_shown_even_where_they_are_the_smallest_companions():
    assert hidden_parts(1, 0, 0, 30, 0) == {1, 30}


def test_of_equally_large_cells_the_first_is_taken_so_the_pattern_is_always_the_same():
    values, lines = one_line(20, 17, 2, 18)
    assert np.flatnonzero(hide(values, lines)).tolist() == [0, 2]  # 16–31 is one order of magnitude
    assert (hide(values, lines) == hide(values, lines)).all()


def test_where_no_other_part_is_above_zero_the_total_goes_not_a_zero():
    values = np.array([4, 0, 4, 30, 34])  # 0, 1: districts of one key; 2: their total; 3: another key; 4: all keys
    hidden = close(np.array([True, False, False, False, False]), values, [Line(2, (0, 1)), Line(4, (2, 3))])
    assert hidden.tolist() == [True, False, True, True, False]


def test_a_small_total_is_hidden_with_its_parts_and_the_zeros_stay():
    values, lines = one_line(0, 2, 0)
    assert hide(values, lines).tolist() == [False, True, False, True]


def test_a_cell_that_is_hidden_opens_its_other_sums_and_these_are_closed_as_well():
    # Three districts × three keys, sums over both. Only the first cell is small.
    table = np.array([[1, 30, 40], [50, 60, 70], [80, 90, 95]])
    full = np.zeros((4, 4), dtype=np.int64)
    full[:3, :3], full[3, :3], full[:3, 3], full[3, 3] = table, table.sum(0), table.sum(1), table.sum()
    cell = np.arange(16).reshape(4, 4)
    lines = [Line(cell[row, 3], tuple(cell[row, :3])) for row in range(4)]
    lines += [Line(cell[3, column], tuple(cell[:3, column])) for column in range(4)]
    hidden = hide(full.ravel(), lines).reshape(4, 4)
    assert not hidden[3].any()
    assert not hidden[:, 3].any()
    assert hidden.sum() == 4  # the corners of a rectangle: no smaller pattern protects one cell of such a table
    assert set(hidden.sum(0).tolist()) | set(hidden.sum(1).tolist()) == {0, 2}


def test_a_council_that_subtracts_its_own_count_must_not_be_left_with_too_few():
    values, lines = one_line(1, 2, 5, 6, 400)
    councils = np.array([0, 1, 2, 3, 4, NOBODY])
    outside = hide(values, lines)
    assert values[outside].tolist() == [1, 2, 5]
    # The council of 5 would know that 1 + 2 make 3. A fourth cell helps.
    assert values[hide(values, lines, known_groups=councils)].tolist() == [1, 2, 5, 6]


def test_a_council_is_never_protected_from_by_its_own_cells():
    # Two cells of the same council beside one of another: for the council only the other one is unknown.
    values, lines = one_line(2, 4, 2, 60, 70)
    councils = np.array([0, 0, 1, 2, NOBODY, NOBODY])
    hidden = hide(values, lines, known_groups=councils)
    for council in (0, 1, 2):
        unknown = hidden & (councils != council)
        assert unknown.sum() >= 2
        assert values[unknown].sum() - unknown.sum() >= FEASIBLE_VALUES - 1


def test_a_total_of_own_cases_and_zeros_is_the_councils_own_number():
    values = np.array([2, 0, 0, 2, 7, 9])  # districts 0, 1, not locatable, their city total; another key; both keys
    lines = [Line(3, (0, 1, 2)), Line(5, (3, 4))]
    groups = own_totals(values, lines, np.array([0, 1, NOBODY, NOBODY, NOBODY, NOBODY]))
    assert groups.tolist() == [0, 1, NOBODY, 0, NOBODY, NOBODY]


def test_the_months_of_a_total_that_is_one_councils_are_its_own_cases_too():
    # Two cases in the city's quarter, both in district 0, one in July and one in September; months are not published
    # by district. Nothing more could be hidden, and from this council nothing needs to be.
    values = np.array([2, 0, 2, 1, 0, 1, 40, 42])  # districts 0 and 1, the city's quarter, its July, August, September,
    lines = [Line(2, (0, 1)), Line(2, (3, 4, 5)), Line(7, (3, 4, 5, 6))]  # October; the year of these four months
    groups = np.array([0, 1, *[NOBODY] * 6])
    assert own_totals(values, lines, groups).tolist() == [0, 1, 0, 0, NOBODY, 0, NOBODY, NOBODY]
    # In the year 1 + 1 is too little to be left open, so October goes, too; and because the council knows all but
    # October, so does the year.
    assert hide(values, lines, known_groups=groups).tolist() == [True, False, True, True, False, True, True, True]


def test_a_total_with_cases_of_nobody_belongs_to_nobody():
    values = np.array([2, 0, 1, 3])
    groups = own_totals(values, [Line(3, (0, 1, 2))], np.array([0, 1, NOBODY, NOBODY]))
    assert groups[3] == NOBODY


def test_cells_that_did_not_change_keep_their_status():
    values, lines = one_line(2, 30, 9, 80)
    before = hide(values, lines)  # 2 and 9
    after, _ = one_line(2, 3, 9, 80)  # 3 would now be the smaller companion
    kept = hide(after, lines, previous=Previous(values, before))
    assert after[kept].tolist() == [2, 9]


def test_a_cell_seen_before_is_no_companion_while_there_is_another():
    values, lines = one_line(5, 30, 9, 80)
    nothing = hide(values, lines)
    assert not nothing.any()
    after, _ = one_line(2, 30, 9, 81)
    assert after[hide(after, lines)].tolist() == [2, 9]
    # 9 was shown and is still 9: hiding it now would protect nothing. 81 and the total are new.
    kept = hide(after, lines, previous=Previous(values, nothing))
    assert after[kept].tolist() == [2, 81]


def test_new_cells_have_no_past():
    values, lines = one_line(2, 30, 9)
    previous = Previous(np.full(4, -1), np.zeros(4, dtype=np.bool_))
    assert (hide(values, lines, previous=previous) == hide(values, lines)).all()


def test_cells_without_any_sum_are_hidden_by_their_count_alone():
    assert hide(np.array([0, 1, 2, 3]), []).tolist() == [False, True, True, False]
    assert hide(np.array([], dtype=np.int64), []).tolist() == []


def test_the_pattern_of_twenty_three_districts_sixty_keys_and_twelve_years_is_worked_out_at_once():
    values, lines, councils = city_table(districts=23, keys=60, groups=8, years=12)
    begin = perf_counter()
    hidden = hide(values, lines, known_groups=councils)
    assert perf_counter() - begin < 2  # about 0.05 s on an idle machine
    assert hidden[(values > 0) & (values < 3)].all()
    assert not hidden[values == 0].any()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: hide([1, -1], []),
        lambda: hide([1.5, 2], []),
        lambda: hide([[1, 2]], []),
        lambda: hide([1, 2, 4], [Line(2, (0, 1))]),
        lambda: hide([1, 2, 3], [Line(2, (0, 1))], known_groups=[0, 1]),
        lambda: hide([1, 2, 3], [Line(2, (0, 1))], known_groups=[0, 1, -2]),
        lambda: hide([1, 2, 3], [Line(2, (0, 1))], previous=Previous(np.array([1]), np.array([True]))),
        lambda: close(np.array([True, False]), [0, 5], []),
        lambda: close(np.array([True]), [3, 5], []),
    ],
)
def test_a_table_that_cannot_be_judged_is_refused(ask):
    with pytest.raises(UnsafeTable) as refused:
        ask()
    assert isinstance(refused.value, ValueError)


def city_table(districts: int, keys: int, groups: int, years: int) -> tuple[np.ndarray, list[Line], np.ndarray]:
    """A city of skewed counts: districts and not locatable make the city, keys their group, groups all offences."""
    random = np.random.default_rng(2026)
    size = np.exp(random.normal(0, 0.7, districts + 1))[:, None, None]
    usual = np.exp(random.normal(1.5, 1.6, keys))[None, :, None]
    counts = random.poisson(size * usual * np.exp(random.normal(0, 0.1, (districts + 1, keys, years))))
    group_of_key = np.arange(keys) % groups
    grouped = np.stack([counts[:, group_of_key == group].sum(1) for group in range(groups)], axis=1)
    with_sums = np.concatenate([counts, grouped, counts.sum(1, keepdims=True)], axis=1)
    full = np.concatenate([with_sums, with_sums.sum(0, keepdims=True)])
    cell = np.arange(full.size).reshape(full.shape)
    sums = [
        (cell[-1, column, year], cell[:-1, column, year])
        for year in range(years)
        for column in range(keys + groups + 1)
    ]
    for year in range(years):
        for row in cell[:, :, year]:
            sums.append((row[-1], row[keys : keys + groups]))
            sums += [(row[keys + group], row[:keys][group_of_key == group]) for group in range(groups)]
    lines = [Line(int(total), tuple(parts.tolist())) for total, parts in sums]
    councils = np.full(full.shape, NOBODY)
    councils[:districts] = np.arange(districts)[:, None, None]
    return full.ravel(), lines, councils.ravel()

"""What a reader can work out about a hidden cell, exactly."""

import numpy as np

from sipa_data.disclosure import Attack, ClosedCuts, Cube, Relation, readers
from tests.unit.disclosure.cubes import quarters_of, years_of


def hiding(cube: Cube, *cells: tuple[int, int, int]) -> ClosedCuts:
    hidden = np.zeros_like(cube.published)
    for cell in cells:
        hidden[cell] = True
    return ClosedCuts(hidden, np.zeros_like(hidden))


def test_one_and_two_hidden_alone_are_known_to_be_one_and_two():
    cube = years_of([1, 2, 50, 0])
    attack = Attack(cube, hiding(cube, (0, 0, 1), (0, 0, 2)))
    assert [attack.range_of((0, 0, area)) for area in (1, 2)] == [(1, 2), (1, 2)]
    assert attack.narrow_cells() == [(0, 0, 1), (0, 0, 2)]


def test_a_third_hidden_cell_leaves_all_three_open():
    cube = years_of([1, 2, 50, 0])
    attack = Attack(cube, hiding(cube, *((0, 0, area) for area in (1, 2, 3))))
    assert [attack.range_of((0, 0, area)) for area in (1, 2, 3)] == [(1, 51)] * 3


def test_what_councils_know_is_taken_from_them():
    cube = years_of([1, 2, 50, 60, 0])
    cuts = hiding(cube, *((0, 0, area) for area in (1, 2, 3)))
    assert Attack(cube, cuts, (3,)).narrow_cells() == [(0, 0, 1), (0, 0, 2)]
    assert Attack(cube, cuts, (1, 3)).range_of((0, 0, 2)) == (2, 2)


def test_a_number_made_of_own_cases_alone_is_no_secret():
    cube = years_of([2, 0, 0, 0])
    cuts = hiding(cube, (0, 0, 0), (0, 0, 1))
    assert not Attack(cube, cuts, (1,)).secret.any()
    assert Attack(cube, cuts, (2,)).secret.sum() == 2


def test_quarters_and_their_year_are_held_together():
    cube = quarters_of([[1, 9, 8, 7], [12, 30, 11, 9], [5, 5, 5, 5]])
    alone = hiding(cube, (0, 0, 1), (0, 0, 2))
    assert Attack(cube, alone).range_of((0, 0, 1)) == (1, 1)  # 25 in the year less 9, 8 and 7
    ring = hiding(cube, *((0, step, area) for step in (0, 3) for area in (1, 2)))
    assert Attack(cube, ring).range_of((0, 0, 1)) == (1, 7)  # up to six of the seven of the last quarter


def test_a_sum_key_bounds_its_parts():
    cube = years_of([2, 20, 9, 8, 7], [4, 40, 30, 30, 30], relations=(Relation(1, (0,)),))
    cuts = hiding(cube, *((0, 0, area) for area in (1, 2, 3, 4)))
    assert Attack(cube, cuts).range_of((0, 0, 1)) == (1, 4)


def test_readers_are_everybody_outside_each_council_and_every_two():
    assert readers(years_of([1, 2, 3, 0])) == [(), (1,), (2,), (3,), (1, 2), (1, 3), (2, 3)]

"""Whatever the table: the rule of the domain page, held against an attacker who solves for every hidden cell."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.disclosure import Attack, ClosedCuts, Cube, Relation, protect_cuts, readers
from tests.unit.disclosure.cubes import QUARTERS, YEAR, cube_of, quarters_of, years_of

counts = st.one_of(st.sampled_from([0, 0, 1, 1, 2, 3]), st.integers(0, 60))


@st.composite
def rows(draw, columns: int, fewest: int = 4, most: int = 7) -> list[list[int]]:
    """Districts and, last, what is not locatable."""
    areas = draw(st.integers(fewest, most))
    return draw(st.lists(st.lists(counts, min_size=columns, max_size=columns), min_size=areas, max_size=areas))


def narrow(cube: Cube, cuts: ClosedCuts, draw: int) -> list[object]:
    """Cells that are narrow for somebody: from outside, and for one of all councils and pairs of them, by lot."""
    whoever = readers(cube)
    chosen = {(), whoever[draw % len(whoever)]}
    return [(reader, cell) for reader in sorted(chosen) for cell in Attack(cube, cuts, reader).narrow_cells()]


def is_sound(cube: Cube, cuts: ClosedCuts) -> None:
    assert (cuts.hidden | cuts.withheld)[cube.small].all()
    assert not cuts.hidden[cube.counts == 0].any()
    assert not (cuts.hidden & cuts.withheld).any()


@settings(max_examples=12, deadline=None)
@given(rows(4), st.integers(0, 1000), st.sampled_from([3, 5]))
def test_quarters_and_years_of_districts_cannot_be_worked_out(table, lot, smallest):
    cube = quarters_of(table, smallest)
    cuts = protect_cuts(cube)
    is_sound(cube, cuts)
    assert narrow(cube, cuts, lot) == []


@settings(max_examples=12, deadline=None)
@given(rows(4), st.integers(0, 1000))
def test_neither_can_parts_of_sum_keys(table, lot):
    """Three series, of which the second holds the first, and a fourth that holds the second and the third."""
    part, rest, beside, other = zip(*table, strict=True)
    inner = [one + more for one, more in zip(part, rest, strict=True)]
    outer = [first + second + third // 20 for first, second, third in zip(inner, beside, other, strict=True)]
    cube = years_of(part, inner, beside, outer, relations=(Relation(1, (0,)), Relation(3, (1, 2))))
    cuts = protect_cuts(cube)
    is_sound(cube, cuts)
    assert narrow(cube, cuts, lot) == []


@settings(max_examples=6, deadline=None)
@given(rows(8), st.integers(0, 1000))
def test_nor_can_both_at_once(table, lot):
    """A series by quarter and year that is held by another by quarter and year, with little else in it."""
    part = np.array([row[:4] for row in table])
    whole = part + np.array([row[4:] for row in table]) // 20
    both = [quarters_of(one.tolist()).counts for one in (part, whole)]
    cube = cube_of(np.concatenate(both), (*QUARTERS, YEAR), (Relation(1, (0,)),))
    cuts = protect_cuts(cube)
    is_sound(cube, cuts)
    assert narrow(cube, cuts, lot) == []


@settings(max_examples=15, deadline=None)
@given(rows(4, most=9))
def test_what_was_published_by_quarter_stays_as_it_was_when_the_year_is_over(table):
    whole = quarters_of(table)
    for known in (1, 2, 3):
        first = Cube(
            whole.steps[:known], whole.counts[:, :known], whole.published[:, :known], (), whole.smallest,
            whole.settled[:, :known], whole.hidden_before[:, :known],
        )  # fmt: skip
        before, after = protect_cuts(first), protect_cuts(whole)
        assert (after.hidden[:, :known] == before.hidden).all()
        assert (after.withheld[:, :known] == before.withheld).all()

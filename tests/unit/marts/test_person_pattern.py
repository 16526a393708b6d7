"""Which counts of persons stay hidden: small ones, and others where districts would give them away."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.ages import AgeGroup
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import PersonRateMeasure
from sipa_data.disclosure import SMALLEST_SHOWN_PERSONS, protect_cuts
from sipa_data.marts import PersonCounts, PersonSeries, person_series_of
from sipa_data.marts.person_pattern import _hidden_in
from sipa_data.marts.persons import PersonCell
from sipa_data.periods import Period
from tests.support.facts import Facts
from tests.unit.disclosure.cubes import weak, years_of

YEAR = Period.year(2025)
YOUTHS = PersonSeries("pks", "892000", "suspect", (AgeGroup(14, 17),))
DISTRICTS = ("01", "02", "03", "04")


def delivered(counts: dict[str, int]) -> PersonCounts:
    days = {"period_start": YEAR.start, "period_end": YEAR.end}
    return PersonCounts.of(
        days | {"area": area, "age_group": "14-17", "sex": None, "persons": persons}
        for area, persons in counts.items()
        if persons
    )


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=4, max_size=6), st.integers(0, 6))
def test_no_reader_can_tell_a_hidden_count_of_additive_persons(counts, elsewhere):
    """The published table as attackers see it, any two councils that know their own districts among them."""
    areas = (CITY, *(f"{number:02}" for number in range(1, len(counts) + 1)), NOT_LOCATABLE)
    row = (sum(counts) + elsewhere, *counts, elsewhere)
    small = {
        PersonCell(YOUTHS, area, YEAR)
        for area, count in zip(areas, row, strict=True)
        if 0 < count < SMALLEST_SHOWN_PERSONS
    }
    found = {cell.area for cell in _hidden_in([(YOUTHS, YEAR, row)], areas, small, SMALLEST_SHOWN_PERSONS)}
    assert {cell.area for cell in small} <= found
    cube = years_of([*counts, elsewhere], smallest=SMALLEST_SHOWN_PERSONS)
    assert weak(cube, protect_cuts(cube), [(), (1,), (1, 2), (3, 4)]) == []


def test_a_group_that_was_delivered_elsewhere_on_the_level_has_no_persons_here():
    counts = delivered({CITY: 60, "01": 50})
    assert counts.of_area(YOUTHS, "02", YEAR) == 0
    other = PersonSeries("pks", "892000", "suspect", (AgeGroup(18, 20),))
    assert counts.of_area(other, "02", YEAR) is None
    assert counts.of_area(YOUTHS, "01", Period.year(2024)) is None


def test_months_of_persons_do_not_make_a_year():
    counts = PersonCounts.of(
        {
            "period_start": month.start,
            "period_end": month.end,
            "area": CITY,
            "age_group": None,
            "sex": None,
            "persons": 9,
        }
        for month in YEAR.months()
    )
    assert len(counts.periods()) == 12
    assert counts.of_area(PersonSeries("pks", "892000", "suspect"), CITY, YEAR) is None


def test_only_measures_of_persons_have_series_of_persons():
    measure = PersonRateMeasure(
        kind="person_rate", source="pks", offence_key="892000", persons="suspect", age_groups=("14-17",)
    )
    assert person_series_of(measure) == (YOUTHS,)
    assert person_series_of(object()) == ()


def test_a_mart_without_persons_hides_none():
    assert Facts().mart().person_pattern.hidden == frozenset()

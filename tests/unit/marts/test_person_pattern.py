"""Which counts of persons stay hidden: small ones, and others where districts would give them away."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.ages import AgeGroup
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import PersonRateMeasure
from sipa_data.disclosure import SMALLEST_SHOWN_PERSONS, weak_cells
from sipa_data.disclosure.lines import Line
from sipa_data.marts import PersonCounts, PersonSeries, person_series_of
from sipa_data.marts.person_pattern import _hidden_of
from sipa_data.periods import Period
from tests.support.facts import Facts

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


def hidden(counts: dict[str, int]) -> set[str]:
    return {cell.area for cell in _hidden_of(YOUTHS, delivered(counts), YEAR, DISTRICTS)} - {NOT_LOCATABLE}


def test_one_to_four_persons_are_hidden_and_five_are_not():
    assert hidden({CITY: 60, "01": 50, "02": 5, "03": 4, "04": 20}) == {"03"}
    assert hidden({CITY: 4, "01": 4}) == {CITY, "01"}


def test_suspects_of_several_districts_hide_what_the_rest_would_be():
    """79 in districts, 60 in the city: how many came to notice twice is nowhere published."""
    assert hidden({CITY: 60, "01": 50, "02": 25, "03": 4}) == {"03"}


def test_where_districts_make_up_the_city_another_one_is_hidden_too():
    found = hidden({CITY: 59, "01": 50, "02": 5, "03": 4})
    assert "03" in found
    assert len(found) > 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=4, max_size=4), st.integers(0, 6))
def test_no_reader_can_tell_a_hidden_count_of_additive_persons(counts, elsewhere):
    """The published table as an attacker sees it, a council that knows its own district among them."""
    city = sum(counts) + elsewhere
    found = dict(zip(DISTRICTS, counts, strict=True)) | {CITY: city}
    cells = [*DISTRICTS, CITY, NOT_LOCATABLE]
    values = [*counts, city, elsewhere]
    pattern = {cell.area for cell in _hidden_of(YOUTHS, delivered(found), YEAR, DISTRICTS)} if city else set()
    flags = [area in pattern for area in cells]
    assert all(flag for flag, value in zip(flags[:5], values[:5], strict=True) if 0 < value < SMALLEST_SHOWN_PERSONS)
    line = Line(4, (0, 1, 2, 3, 5))
    weak = weak_cells(np.array(values), np.array(flags), [line], np.array([0, 1, 2, 3, -1, -1]))
    assert weak.size == 0


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
    assert Facts().mart().hidden == frozenset()

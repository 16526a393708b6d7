"""Spec tables of young suspects: what a protected reader is told, and what else is hidden for it."""

from sipa_data.areas import CITY
from sipa_data.marts.persons import PersonCell
from sipa_data.periods import Period
from tests.support.facts import Facts

YEAR = Period.year(2025)
DISTRICTS = ("01", "02", "03", "04")


def persons(counts: dict[str, int], every_kind) -> dict[str, str]:
    """Per area what a protected reader is told of the young suspects."""
    spec = "district_id|age_group|persons\n" + "\n".join(
        f"{'' if area == CITY else area}|{ages}|{persons}"
        for area, count in counts.items()
        for ages, persons in (("14-17", count), ("18-20", 0))
    )
    days = {"period_start": "2025-01-01", "period_end": "2025-12-31"}
    facts = Facts().add("person_counts", spec, source="pks", offence_key="892000", kind="suspect", **days)
    pattern = facts.mart(every_kind).person_pattern
    (series,) = {cell.series for cell in pattern.delivered if cell.series.kind == "suspect"}
    areas = (CITY, *DISTRICTS)
    return {
        area: str(pattern.delivered[PersonCell(series, area, YEAR)]) if pattern.shows(series, area, YEAR) else "•"
        for area in areas
    }


def test_one_to_four_persons_are_hidden_and_five_are_not(every_kind):
    found = persons({CITY: 60, "01": 50, "02": 5, "03": 4, "04": 20}, every_kind)
    assert found == {CITY: "60", "01": "50", "02": "5", "03": "•", "04": "20"}
    assert persons({CITY: 4, "01": 4}, every_kind)[CITY] == "•"


def test_suspects_of_several_districts_hide_what_the_rest_would_be(every_kind):
    """79 in districts, 60 in the city: how many came to notice twice is nowhere published."""
    assert list(persons({CITY: 60, "01": 50, "02": 25, "03": 4}, every_kind).values()).count("•") == 1


def test_where_districts_make_up_the_city_others_are_hidden_too(every_kind):
    found = persons({CITY: 89, "01": 50, "02": 5, "03": 4, "04": 30}, every_kind)
    assert found == {CITY: "89", "01": "•", "02": "•", "03": "•", "04": "•"}

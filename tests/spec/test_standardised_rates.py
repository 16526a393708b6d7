"""Rates of persons as if every place were as old as the standard population, through ``ask``."""

from dataclasses import replace

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator, PersonRateMeasure
from tests.spec import count_reference, reference
from tests.support.facts import Facts

STANDARD = {"0-13": 15.0, "14-17": 5.0, "18+": 80.0}
PEOPLE = {CITY: (9_000, 3_000, 48_000), "01": (2_000, 1_500, 6_500), "02": (7_000, 1_500, 41_500)}
VICTIMS = {
    2024: {CITY: (30, 60, 240), "01": (10, 30, 60), "02": (20, 30, 180)},
    2025: {CITY: (30, 90, 330), "01": (10, 45, 90), "02": (20, 45, 240), "03": (0, 2, 5)},
}


@pytest.fixture(scope="module")
def catalogue(every_kind):
    measure = PersonRateMeasure(
        kind="person_rate", source="pks", offence_key="222000", persons="victim", standard=STANDARD,
        standard_title="Musterbevölkerung",
    )  # fmt: skip
    like = every_kind.indicators["opfer-kinder"]
    one = Indicator.model_validate({**like.model_dump(), "id": "opfer-standard", "measure": measure})
    return replace(every_kind, indicators={**every_kind.indicators, one.id: one})


def facts(victims=VICTIMS):
    found = Facts()
    for year, areas in victims.items():
        lines = [
            f"{'' if area == CITY else area}|{age}|{count}"
            for area, counts in areas.items()
            for age, count in zip(STANDARD, counts, strict=True)
        ]
        found.add(
            "person_counts", "district_id|age_group|persons\n" + "\n".join(lines), source="pks", offence_key="222000",
            kind="victim", period_start=f"{year}-01-01", period_end=f"{year}-12-31",
        )  # fmt: skip
        living = [
            f"{area}|{age}|{count}"
            for area, counts in PEOPLE.items() if area != CITY
            for age, count in zip(STANDARD, counts, strict=True)
        ]  # fmt: skip
        found.add(
            "population", "district_id|age_group|inhabitants\n" + "\n".join(living), source="amt", basis="register",
            reference_date=f"{year - 1}-12-31",
        )  # fmt: skip
    return found


def ask(mart, scope=None, **question):
    return Reader(mart, scope or Scope.chair()).ask(Question("opfer-standard", **question))


def only(answer, district=CITY):
    return answer.observations.set_index("district").loc[district]


@pytest.mark.parametrize("area", [CITY, "01", "02"])
def test_the_rate_is_weighted_by_the_standard_population(catalogue, area):
    row = only(ask(facts().mart(catalogue), by_district=True), area)
    expected = count_reference.standardised_rate(VICTIMS[2025][area], PEOPLE[area], list(STANDARD.values()))
    assert (row.value, row.lower, row.upper) == pytest.approx(expected)
    assert row.n == sum(VICTIMS[2025][area])
    assert row.basis == (
        f"{row.n}\u00a0Personen; Musterbevölkerung; {sum(PEOPLE[area]):,}".replace(",", ".")
        + "\u00a0Einwohner am 31.12.2024 (Melderegister)"
    )


def test_fewer_than_ten_persons_or_no_inhabitants_give_no_rate_and_say_why(catalogue):
    found = ask(facts().mart(catalogue), by_district=True)
    assert only(found, "03").status == Status.not_collected
    assert "keine Einwohnerzahl" in only(found, "03").reason
    few = {2025: {CITY: (3, 3, 3)}}
    row = only(ask(facts(few).mart(catalogue)))
    assert (row.status, row.reason) == (Status.unreliable, "weniger als 10 Personen")


def test_a_change_is_judged_as_that_of_a_count_that_says_equally_much(catalogue):
    verdict = ask(facts().mart(catalogue)).verdict_on()

    def equally_much(year):
        weights = [people / living for people, living in zip(STANDARD.values(), PEOPLE[CITY], strict=True)]
        pairs = list(zip(weights, VICTIMS[year][CITY], strict=True))
        rate = sum(weight * count for weight, count in pairs)
        return rate, round(rate**2 / sum(weight**2 * count for weight, count in pairs))

    (old, before), (new, after) = equally_much(2024), equally_much(2025)
    prior = catalogue.indicators["opfer-kinder"].dispersion_prior or 0.10
    _, _, p, _, _ = reference.change(before, after, prior, 6, before / old, after / new)
    assert verdict.code is VerdictCode.rose
    assert verdict.p == pytest.approx(p, rel=1e-6)


def test_protected_readers_get_the_city_only_and_only_where_each_age_group_may_be_told(catalogue):
    council = Scope(Role.district, full_detail=False, own_districts=frozenset({"01"}))
    for scope in (Scope.public(), council):
        found = ask(facts().mart(catalogue), scope, by_district=True)
        assert only(found).status == Status.ok
        assert only(found, "02").status == Status.suppressed
    assert only(ask(facts().mart(catalogue), council, by_district=True), "01").status == Status.ok
    small = {2025: {CITY: (3, 90, 330)}}
    assert only(ask(facts(small).mart(catalogue), Scope.public())).status == Status.suppressed
    assert only(ask(facts(small).mart(catalogue))).status == Status.ok


def test_a_rate_is_not_given_where_an_age_group_was_not_delivered(catalogue):
    mart = facts().mart(catalogue)
    measure = catalogue.indicators["opfer-standard"].measure.model_copy(
        update={"standard": {"0-17": 20.0, "18+": 80.0}}
    )
    indicator = catalogue.indicators["opfer-standard"].model_copy(update={"measure": measure})
    assert only(ask(mart)).status == Status.ok
    finer = replace(catalogue, indicators={**catalogue.indicators, "opfer-standard": indicator})
    assert only(ask(facts().mart(finer))).status == Status.ok  # 0 to 13 and 14 to 17 make up 0 to 17
    other = measure.model_copy(update={"standard": {"0-9": 10.0, "10+": 90.0}})
    indicator = indicator.model_copy(update={"measure": other})
    row = only(ask(facts().mart(replace(catalogue, indicators={**catalogue.indicators, indicator.id: indicator}))))
    assert (row.status, row.reason) == (Status.not_collected, "nicht für diese Altersgruppen geliefert")

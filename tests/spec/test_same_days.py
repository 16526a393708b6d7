"""A part of a year, a month, twelve months: each is held against the same days of an earlier year only."""

from datetime import date

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.periods import Period
from tests.spec import reference
from tests.support.facts import Facts

FIRST_YEAR, LAST = 2015, Period(date(2025, 1, 1), date(2025, 5, 31))


def cases_of(year, month):
    """20 a month in 2015, one more each year, twice as many in December; 60 a month in 2025."""
    ordinary = 20 + (year - FIRST_YEAR) if year < 2025 else 60
    return 2 * ordinary if month == 12 else ordinary


def cases_in(period):
    return sum(cases_of(step.start.year, step.start.month) for step in period.months())


@pytest.fixture(scope="module")
def mart():
    steps = Period(date(FIRST_YEAR, 1, 1), LAST.end).months()
    lines = [f"{step.start}|{step.end}|01|892000|{cases_in(step)}" for step in steps]
    spec = "period_start|period_end|district_id|offence_key|cases\n" + "\n".join(lines)
    facts = Facts().add("incident_counts", spec, source="pks")
    people = "\n".join(f"{year - 1}-12-31|01|100000" for year in range(FIRST_YEAR, 2026))
    facts.add("population", f"reference_date|district_id|inhabitants\n{people}", source="amt", basis="register")
    return facts.mart()


def ask(mart, period, indicator="gewalt-faelle", scope=None, **question) -> Answer:
    return Reader(mart, scope or Scope.chair()).ask(Question(indicator, period=period, **question))


@pytest.mark.parametrize(
    ("asked", "compared"),
    [
        (Period(date(2025, 1, 1), date(2025, 5, 31)), Period(date(2024, 1, 1), date(2024, 5, 31))),
        (Period.month(2025, 5), Period.month(2024, 5)),
        (Period.quarter(2025, 1), Period.quarter(2024, 1)),
        (Period.twelve_months_to(2025, 3), Period.twelve_months_to(2024, 3)),
        (Period.twelve_months_to(2025, 5), Period.twelve_months_to(2024, 5)),
        (Period.twelve_months_to(2020, 2), Period.twelve_months_to(2019, 2)),  # the 29th beside the 28th of February
        (Period.year(2024), Period.year(2023)),
    ],
    ids=str,
)
@pytest.mark.parametrize("indicator", ["gewalt-faelle", "gewalt-rate"])
def test_a_period_is_held_against_the_same_days_of_the_year_before(mart, asked, compared, indicator):
    answer = ask(mart, asked, indicator)
    verdict = answer.verdict_on()
    assert answer.period == asked
    assert verdict.compared_period == compared
    assert verdict.difference == pytest.approx(cases_in(asked) - cases_in(compared))
    assert f"({compared.german}) auf" in verdict.sentence


def test_the_part_of_a_year_is_named_as_one(mart):
    answer = ask(mart, LAST)
    assert LAST.german == "Januar bis Mai 2025"
    assert answer.observations["value"].to_list() == [300]
    assert any("Januar bis Mai 2025 ist ein Teil eines Jahres" in note for note in answer.notes)
    assert "von 145 (Januar bis Mai 2024) auf 300\u00a0Fälle (Januar bis Mai 2025)" in answer.verdict_on().sentence


def test_a_year_that_is_not_over_is_not_answered_but_what_there_is_of_it_is_named(mart):
    row = ask(mart, Period.year(2025)).observations.iloc[0]
    assert row.status == Status.not_collected
    assert row.reason == "für 2025 liegt keine vollständige Lieferung vor, nur Januar bis Mai 2025"
    assert LAST in Reader(mart, Scope.chair()).periods()


def test_the_history_of_a_part_of_a_year_holds_the_same_part_of_every_year(mart):
    found = ask(mart, LAST, history=True).observations
    assert [when.year for when in found.period_end] == list(range(FIRST_YEAR, 2026))
    assert found.value.to_list() == [cases_in(LAST.years_earlier(back)) for back in range(10, -1, -1)]


def test_the_swing_of_a_month_is_learned_from_the_same_month_of_other_years(mart):
    # Mays of 2015 to 2024 but without 2019→2020, 2020→2021, 2021→2022 (the pandemic of Musterstadt): six changes
    counts = [cases_of(year, 5) for year in range(FIRST_YEAR, 2025)]
    sigma, freedom = reference.sigma(0.05, counts, left_out=(4, 5, 6))
    verdict = ask(mart, Period.month(2025, 5)).verdict_on()
    _, _, p, _, _ = reference.change(counts[-1], 60, round(sigma, 3), freedom)
    assert verdict.p == pytest.approx(p, rel=1e-6)
    assert verdict.code is VerdictCode.rose


def test_where_the_year_before_is_missing_the_swing_grows_with_the_distance():
    spec = "year|district_id|offence_key|cases\n2021|01|892000|1000\n2025|01|892000|1160"
    verdict = ask(Facts().yearly(spec).mart(), Period.year(2025)).verdict_on()
    _, _, p, _, _ = reference.change(1000, 1160, 0.05 * 4**0.5, 6)  # four steps of 5 %
    assert verdict.compared_period == Period.year(2021)
    assert verdict.p == pytest.approx(p, rel=1e-6)
    assert verdict.code is VerdictCode.within_usual_swing


def test_a_protected_reader_sees_a_part_of_a_year_only_where_every_month_in_it_may_be_shown(mart):
    public = Scope.public()
    assert ask(mart, LAST, scope=public).observations.value.to_list() == [300]  # city × month is published
    found = ask(mart, LAST, scope=public, by_district=True).observations.set_index("district")
    assert found.status["01"] == Status.suppressed  # district × month is not
    assert found.status[CITY] == Status.ok


def test_a_hidden_month_hides_the_part_of_the_year_around_it():
    months = "\n".join(f"2025-0{month}-01|2025-0{month}-28|01|892000|{cases}" for month, cases in ((1, 9), (2, 1)))
    facts = Facts().add(
        "incident_counts", f"period_start|period_end|district_id|offence_key|cases\n{months}", source="pks"
    )
    facts._connection.execute("update incident_counts set period_end = last_day(period_start)")
    asked = Period(date(2025, 1, 1), date(2025, 2, 28))
    mart = facts.mart()
    assert ask(mart, asked).observations.value.to_list() == [10]
    assert ask(mart, asked, scope=Scope.public()).observations.status.to_list() == [Status.suppressed]

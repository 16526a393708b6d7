"""Spec tables of rates on a denominator of their own, and of the share that remained attempts."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.periods import Period
from tests.spec import reference
from tests.support.facts import Facts

VIOLENCE = """
    year | district_id | offence_key | place_kind | cases | attempts
    2024 | 01          | 892000      | oepnv      | 30    |  6
    2024 | 02          | 892000      | oepnv      | 14    |  2
    2024 | 01          | 892000      | wohnung    | 90    | 10
    2025 | 01          | 892000      | oepnv      | 41    | 11
    2025 | 02          | 892000      | oepnv      |  9    |  1
    2025 |             | 892000      | oepnv      |  2    |  0
    2025 | 01          | 892000      | wohnung    | 80    | 20
"""
PASSENGERS = """
    period_start | period_end | district_id | value
    2024-01-01   | 2024-06-30 |             | 21000000
    2024-07-01   | 2024-12-31 |             | 19000000
    2025-01-01   | 2025-06-30 |             | 26000000
    2025-07-01   | 2025-12-31 |             | 24000000
"""
PER = 1_000_000


@pytest.fixture(scope="module")
def mart(every_kind):
    facts = Facts().yearly(VIOLENCE).add("denominators", PASSENGERS, kind="passengers", unit="Fahrgäste")
    return facts.mart(every_kind)


def ask(mart, scope=None, **question) -> Answer:
    return Reader(mart, scope or Scope.chair()).ask(Question(**question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


def test_a_rate_divides_by_the_sum_of_its_own_denominator_over_the_period(mart):
    row = only(ask(mart, indicator="gewalt-je-fahrgast"))
    value, lower, upper = reference.rate(41 + 9 + 2, 50_000_000, PER)
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx((value, lower, upper))
    assert row["n"] == 52
    assert row["basis"] == "50.000.000 Fahrgäste, 2025"


def test_where_the_denominator_is_counted_for_the_city_districts_have_no_rate(mart):
    for scope in (Scope.chair(), Scope.public()):
        row = only(ask(mart, scope, indicator="gewalt-je-fahrgast", by_district=True), "01")
        assert (row["status"], row["reason"]) == (Status.not_collected, "Bezugsgröße nur für die ganze Stadt erhoben")


def test_a_denominator_that_is_counted_by_district_makes_district_rates_and_its_sum_the_city(every_kind):
    stops = """
        period_start | period_end | district_id | value
        2025-01-01   | 2025-12-31 | 01          | 30000000
        2025-01-01   | 2025-12-31 | 02          | 10000000
    """
    facts = Facts().yearly(VIOLENCE).add("denominators", stops, kind="passengers", unit="Einstiege")
    answer = ask(facts.mart(every_kind), indicator="gewalt-je-fahrgast", by_district=True)
    assert only(answer)["value"] == pytest.approx(52 / 40)
    assert only(answer, "02")["value"] == pytest.approx(9 / 10)
    assert only(answer, "02")["basis"] == "10.000.000 Einstiege, 2025"
    assert only(answer, "03")["status"] == Status.not_collected


def test_a_denominator_that_is_known_for_part_of_the_period_gives_no_rate(every_kind):
    half = PASSENGERS.rsplit("    2025-07-01", 1)[0]
    facts = Facts().yearly(VIOLENCE).add("denominators", half, kind="passengers", unit="Fahrgäste")
    row = only(ask(facts.mart(every_kind), indicator="gewalt-je-fahrgast"))
    assert (row["status"], row["reason"]) == (Status.not_collected, "keine Bezugsgröße für diesen Zeitraum")


def test_the_change_of_such_a_rate_is_judged_by_both_yardsticks(mart):
    verdict = ask(mart, indicator="gewalt-je-fahrgast").verdict_on()
    # 44 of 40 million against 52 of 50 million
    _, _, p, lower, upper = reference.change(44, 52, 0.05, 6, exposure_before=40, exposure_after=50)
    assert (verdict.code, p > 0.05) == (VerdictCode.within_chance, True)
    assert verdict.difference == pytest.approx(52 / 50 - 44 / 40)
    assert (verdict.lower, verdict.upper) == pytest.approx((1.1 * (lower - 1), 1.1 * (upper - 1)), rel=1e-6)


def test_a_district_is_held_against_the_rest_only_where_it_has_a_rate(mart):
    assert ask(mart, indicator="gewalt-je-fahrgast", by_district=True, compare_with="rest").verdicts == ()


def test_the_share_of_attempts_says_of_how_many_cases_and_why_it_has_no_interval(mart):
    row = only(ask(mart, indicator="versuche"))
    assert row["value"] == pytest.approx(100 * (11 + 1 + 20) / (41 + 9 + 2 + 80))
    assert (row["n"], row["basis"]) == (132, "32 von 132\u00a0Fällen nur versucht")
    assert "Vollzählung" in row["reason"]
    assert "höher als 2024 (13,4)" in ask(mart, indicator="versuche").verdict_on().sentence  # 18 of 134


def test_a_year_that_was_not_asked_for_stays_out_of_the_sum(mart):
    row = only(ask(mart, indicator="gewalt-je-fahrgast", period=Period.year(2024)))
    assert row["value"] == pytest.approx(44 / 40)

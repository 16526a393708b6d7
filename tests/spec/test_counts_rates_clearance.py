"""Spec tables of the incident kinds: the facts, the question, and the number that must come out."""

from math import log, sqrt

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.marts import Mart
from sipa_data.periods import Period
from tests.spec import reference
from tests.support.facts import Facts

VIOLENCE = """
    year | district_id | offence_key | cases | cleared
    2024 | 01          | 892000      | 100   | 60
    2024 | 02          | 892000      |  40   | 30
    2024 | 03          | 892000      |   5   |  1
    2024 | 04          | 892000      |  30   | 20
    2024 |             | 892000      |   5   |  0
    2025 | 01          | 892000      | 160   | 80
    2025 | 02          | 892000      |  38   | 19
    2025 | 03          | 892000      |   8   |  9
    2025 | 04          | 892000      |  30   | 24
    2025 |             | 892000      |   4   |  0
"""
POPULATION = """
    reference_date | district_id | inhabitants
    2023-12-31     | 01          | 20000
    2023-12-31     | 02          | 30000
    2023-12-31     | 03          | 10000
    2023-12-31     | 04          | 40000
    2024-12-31     | 01          | 20000
    2024-12-31     | 02          | 31000
    2024-12-31     | 03          | 10000
    2024-12-31     | 04          | 39000
"""


@pytest.fixture(scope="module")
def mart() -> Mart:
    facts = Facts().yearly(VIOLENCE).add("population", POPULATION, source="register", basis="register")
    return facts.mart()


def chair(mart: Mart, **question: object) -> Answer:
    return Reader(mart, Scope.chair()).ask(Question(**question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


@pytest.mark.parametrize(
    ("district", "cases"),
    [(CITY, 160 + 38 + 8 + 30 + 4), ("01", 160), ("02", 38), ("03", 8), ("04", 30), (NOT_LOCATABLE, 4)],
)
def test_a_count_is_the_sum_of_the_rows_and_the_city_includes_what_has_no_district(mart, district, cases):
    answer = chair(mart, indicator="gewalt-faelle", by_district=True)
    row = only(answer, district)
    lower, upper = reference.count_interval(cases)
    assert (row["value"], row["n"], row["status"]) == (cases, cases, Status.ok)
    assert (row["lower"], row["upper"]) == pytest.approx((lower, upper))


@pytest.mark.parametrize(
    ("district", "cases", "inhabitants"), [(CITY, 240, 100_000), ("01", 160, 20_000), ("02", 38, 31_000)]
)
def test_a_rate_divides_by_the_population_at_the_start_of_the_report_year(mart, district, cases, inhabitants):
    row = only(chair(mart, indicator="gewalt-rate", by_district=True), district)
    lower, upper = reference.count_interval(cases)
    per = 100_000 / inhabitants
    assert row["value"] == pytest.approx(cases * per)
    assert (row["lower"], row["upper"]) == pytest.approx((lower * per, upper * per))
    assert "31.12.2024" in row["basis"]
    assert "Melderegister" in row["basis"]


def test_clearance_is_cleared_of_recorded_cases_and_may_say_why_it_has_no_interval(mart):
    row = only(chair(mart, indicator="aufklaerung"))
    assert row["value"] == pytest.approx(100 * (80 + 19 + 9 + 24) / 240)
    assert "Vollzählung" in row["reason"]


def test_a_clearance_rate_of_fewer_than_twenty_cases_is_not_given(mart):
    row = only(chair(mart, indicator="aufklaerung", districts=("03",)), "03")
    assert row["status"] == Status.unreliable
    assert all(row[column] is None or row[column] != row[column] for column in ("value", "lower", "upper"))
    assert "20 Fälle" in row["reason"]


def test_an_answer_without_a_period_takes_the_last_whole_year(mart):
    assert chair(mart, indicator="gewalt-faelle").period == Period.year(2025)


def test_the_history_holds_every_covered_year_in_order(mart):
    answer = chair(mart, indicator="gewalt-faelle", history=True)
    assert list(answer.observations["value"]) == [180, 240]


def test_a_true_zero_is_a_number_and_not_a_gap():
    mart = Facts().yearly("year|district_id|offence_key|cases\n2025|01|892000|7").mart()
    row = only(chair(mart, indicator="gewalt-faelle", by_district=True), "04")
    assert (row["value"], row["status"]) == (0, Status.ok)
    assert row["upper"] == pytest.approx(3.689, abs=0.001)  # 0 → 0–3.689 (domain vector, exact Poisson)


def test_a_key_that_was_never_delivered_is_not_zero(mart):
    row = only(chair(mart, indicator="diebstahl-faelle"))
    assert row["status"] == Status.not_collected
    assert "Lieferung" in row["reason"]


def test_a_year_that_is_not_whole_is_not_given():
    spec = "period_start|period_end|district_id|offence_key|cases\n2025-01-01|2025-06-30|01|892000|40"
    mart = Facts().add("incident_counts", spec, source="pks").mart()
    row = only(chair(mart, indicator="gewalt-faelle", period=Period.year(2025)))
    assert row["status"] == Status.not_collected
    assert "2025" in row["reason"]


def test_months_add_up_to_their_year():
    lines = [f"2025-{month:02d}-01|2025-{month:02d}-28|01|892000|{month}" for month in range(1, 13)]
    spec = "period_start|period_end|district_id|offence_key|cases\n" + "\n".join(lines)
    facts = Facts().add("incident_counts", spec, source="pks")
    facts._connection.execute("update incident_counts set period_end = last_day(period_start)")
    assert only(chair(facts.mart(), indicator="gewalt-faelle", period=Period.year(2025)))["value"] == sum(range(1, 13))


def test_events_are_counted_by_month_with_their_clearance():
    spec = """
        event_id | occurred_at         | district_id | offence_key | attempted | cleared
        1        | 2025-04-03 10:00:00 | 01          | 892000      | false     | true
        2        | 2025-04-30 23:59:00 | 01          | 892000      | false     | false
        3        | 2025-04-15 08:00:00 |             | 892000      | true      | false
    """
    answer = chair(
        Facts().add("incident_events", spec, source="pks").mart(),
        indicator="gewalt-faelle", by_district=True, period=Period.month(2025, 4),
    )  # fmt: skip
    assert [only(answer, area)["value"] for area in (CITY, "01", NOT_LOCATABLE)] == [3, 2, 1]


def test_no_rate_is_computed_from_a_population_of_another_time():
    old = "reference_date|district_id|inhabitants\n1986-06-30|01|20000"
    mart = Facts().yearly(VIOLENCE).add("population", old, source="register", basis="register").mart()
    row = only(chair(mart, indicator="gewalt-rate"))
    assert row["status"] == Status.not_collected
    assert row["reason"] == "keine Einwohnerzahl zum 01.01.2025"


def test_where_a_rate_cannot_be_computed_the_named_count_is_shown_instead():
    answer = Reader(Facts().yearly(VIOLENCE).mart(), Scope.chair()).ask_what_there_is(Question("gewalt-rate"))
    assert answer.indicator.id == "gewalt-faelle"
    assert only(answer)["value"] == 240


def test_a_source_without_districts_says_so_instead_of_zero():
    mart = Facts().yearly("year|district_id|offence_key|cases\n2025||892000|58").mart()
    answer = chair(mart, indicator="gewalt-faelle", by_district=True)
    assert only(answer)["value"] == 58
    assert only(answer, "01")["status"] == Status.not_collected
    assert "Stadtbezirk" in only(answer, "01")["reason"]


# --- verdicts -------------------------------------------------------------------------------------------------------


def test_a_rise_beyond_noise_and_usual_swing_is_called_a_rise(mart):
    verdict = chair(mart, indicator="gewalt-faelle", districts=("01",)).verdict_on("01")
    # prior σ 0.05, ν 6: z = ln(160/100)/√(1/160+1/100+0.05²) = 3.43
    assert log(1.6) / sqrt(1 / 160 + 1 / 100 + 0.05**2) == pytest.approx(3.43, abs=0.01)
    assert verdict.code == VerdictCode.rose
    assert verdict.favourable is False
    assert verdict.sentence == (
        "Gewaltfälle, Stadtbezirk Altstadt: von 100 (2024) auf 160\u00a0Fälle (2025), plus 60\u202f%; "
        "mehr als von Jahr zu Jahr üblich."
    )


def test_five_to_eight_cases_are_chance_and_no_per_cent_is_printed(mart):
    verdict = chair(mart, indicator="gewalt-faelle", districts=("03",)).verdict_on("03")
    assert verdict.code == VerdictCode.within_chance  # E-test of 8 and 5: p = 0.43
    assert "von 5 (2024) auf 8\u00a0Fälle (2025); im Rahmen des Zufalls" in verdict.sentence
    assert "%" not in verdict.sentence
    assert verdict.favourable is None


def test_more_than_noise_but_less_than_the_usual_swing_is_told_apart():
    # Stuttgart Mitte 2024 → 2025 (published −8 %): Poisson z −7.7, overdispersed with σ 0.047 only −1.78
    spec = "year|district_id|offence_key|cases\n2024|01|892000|16640\n2025|01|892000|15269"
    verdict = chair(Facts().yearly(spec).mart(), indicator="gewalt-faelle").verdict_on()
    assert verdict.code == VerdictCode.within_usual_swing
    assert "minus 8\u202f%" in verdict.sentence


def test_nothing_is_compared_across_a_break_in_the_series():
    spec = "year|district_id|offence_key|cases\n2022|01|210000|100\n2023|01|210000|400"
    answer = chair(Facts().yearly(spec).mart(), indicator="raub-faelle", history=True)
    verdict = answer.verdict_on()
    assert verdict.code == VerdictCode.break_in_series
    assert verdict.sentence == "Raub: 2023 ist mit 2022 nicht vergleichbar (Neue Zählweise beim Raub)."
    assert answer.breaks == (("2023-01-01", "Neue Zählweise beim Raub"),)


def test_nothing_is_compared_across_a_change_of_the_population_basis():
    facts = Facts().yearly(VIOLENCE)
    facts.add("population", "reference_date|district_id|inhabitants\n2023-12-31|01|20000", source="a", basis="register")
    facts.add(
        "population", "reference_date|district_id|inhabitants\n2024-12-31|01|19000", source="b", basis="census_2022"
    )
    verdict = chair(facts.mart(), indicator="gewalt-rate").verdict_on()
    assert verdict.code == VerdictCode.break_in_series
    assert "Bezugsbasis" in verdict.sentence


def test_a_district_is_compared_with_the_rest_of_the_city_without_itself(mart):
    verdict = chair(mart, indicator="gewalt-rate", districts=("01",), compare_with="rest").verdict_on("01")
    # 160 per 20,000 = 800; the rest: 80 cases per 80,000 = 100
    assert verdict.code == VerdictCode.above
    assert verdict.difference == pytest.approx(800 - 100)
    assert "in der übrigen Stadt 100" in verdict.sentence


def test_without_an_earlier_period_there_is_no_verdict_on_change():
    spec = "year|district_id|offence_key|cases\n2025|01|892000|120"
    verdict = chair(Facts().yearly(spec).mart(), indicator="gewalt-faelle").verdict_on()
    assert verdict.code == VerdictCode.no_comparison
    assert verdict.sentence == "Gewaltfälle: kein früherer Zeitraum zum Vergleich."


def test_cases_without_a_district_are_named_in_a_note(mart):
    notes = chair(mart, indicator="gewalt-faelle").notes
    assert "4 von 240\u00a0Fällen sind keinem Stadtbezirk zugeordnet; in der Gesamtzahl sind sie enthalten." in notes

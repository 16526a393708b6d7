"""Spec tables of shares of registers, and of medians that a register gives."""

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.periods import Period
from tests.spec import reference
from tests.support.facts import Facts

REGISTERS = """
    register         | year | district_id | value
    meldungen        | 2024 |             | 400
    schnell          | 2024 |             | 220
    meldungen        | 2024 | 01          | 100
    schnell          | 2024 | 01          |  50
    meldungen        | 2025 |             | 500
    schnell          | 2025 |             | 350
    meldungen        | 2025 | 01          | 120
    schnell          | 2025 | 01          | 108
    meldungen        | 2025 | 02          |  15
    schnell          | 2025 | 02          |  10
    meldungen        | 2025 | 03          |   0
    schnell          | 2025 | 03          |   0
    schulen          | 2024 |             |  70
    schulen_mit_plan | 2024 |             |  60
    schulen          | 2025 |             |  70
    schulen_mit_plan | 2025 |             |  66
    schulen          | 2025 | 01          |   5
    schulen_mit_plan | 2025 | 01          |   4
    sportler         | 2025 |             | 240
    treue_sportler   | 2025 |             | 100
    sportler         | 2025 | 01          |  30
    treue_sportler   | 2025 | 01          |  27
    muell            | 2024 |             | 3.5
    muell            | 2025 |             | 2.5
"""


def rows_of_registers(spec: str = REGISTERS) -> list[dict[str, object]]:
    """Yearly values: register, year, district, value."""
    lines = [[cell.strip() for cell in line.split("|")] for line in spec.strip().splitlines()[1:]]
    return [
        {
            "register": register, "period_start": f"{year}-01-01", "period_end": f"{year}-12-31",
            "district_id": district or None, "value": value, "unit": "",
        }
        for register, year, district, value in lines
    ]  # fmt: skip


def reported(spec: str = REGISTERS) -> Facts:
    facts = Facts()
    facts._insert("register_values", rows_of_registers(spec))
    return facts


@pytest.fixture(scope="module")
def mart(every_kind):
    return reported().mart(every_kind)


def ask(mart, indicator="muell-schnell", scope=None, **question) -> Answer:
    return Reader(mart, scope or Scope.chair()).ask(Question(indicator, **question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


@pytest.mark.parametrize(("district", "part", "whole"), [(CITY, 350, 500), ("01", 108, 120)])
def test_a_share_of_single_things_has_wilsons_interval(mart, district, part, whole):
    row = only(ask(mart, by_district=True), district)
    lower, upper = reference.wilson(part / whole, whole)
    assert row["value"] == pytest.approx(100 * part / whole)
    assert (row["lower"], row["upper"]) == pytest.approx((100 * lower, 100 * upper))
    assert (row["n"], row["basis"]) == (whole, f"Meldungen: {part} von {whole}, 2025")


@pytest.mark.parametrize(
    ("district", "status", "reason"),
    [
        ("02", Status.unreliable, "weniger als 20"),
        ("03", Status.not_collected, "nichts, wovon ein Anteil zu nehmen wäre"),
        ("04", Status.not_collected, "nur für die ganze Stadt erhoben"),
    ],
)
def test_where_there_is_no_share_the_row_says_why(mart, district, status, reason):
    row = only(ask(mart, by_district=True), district)
    assert (row["status"], row["reason"]) == (status, reason)


def test_the_change_of_a_share_of_single_things_is_newcombes(mart):
    verdict = ask(mart).verdict_on()
    difference, lower, upper = reference.newcombe(350 / 500, 500, 220 / 400, 400)
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx(
        (100 * difference, 100 * lower, 100 * upper)
    )
    assert (verdict.code, verdict.favourable) == (VerdictCode.rose, True)
    assert verdict.sentence.endswith("von 55,0 (2024) auf 70,0\u202f% (2025); mehr als Zufall.")


def test_a_district_is_held_against_the_rest_of_the_city(mart):
    answer = ask(mart, by_district=True, compare_with="rest")
    difference, lower, upper = reference.newcombe(108 / 120, 120, (350 - 108) / (500 - 120), 380)
    verdict = answer.verdict_on("01")
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx(
        (100 * difference, 100 * lower, 100 * upper)
    )
    assert [one.subject for one in answer.verdicts] == ["01"]  # the others have no share to compare


def test_a_share_of_all_there_is_has_no_interval_and_is_told(mart):
    row = only(ask(mart, "schulwegplaene"))
    assert (row["value"], row["n"]) == (pytest.approx(100 * 66 / 70), 70)
    assert row["lower"] is None or row["lower"] != row["lower"]
    assert row["reason"] == "Vollzählung: Es gibt keine Stichprobe."
    verdict = ask(mart, "schulwegplaene").verdict_on()
    assert verdict.code == VerdictCode.no_comparison
    assert "94,3\u202f% (2025) nach 85,7 (2024); ein Registerwert, nicht auf Zufall geprüft." in verdict.sentence
    assert only(ask(mart, "schulwegplaene", by_district=True), "01")["value"] == pytest.approx(80)


def test_values_that_are_no_whole_numbers_give_no_interval_and_say_so(every_kind):
    spec = "register|year|d|value\nmeldungen|2025||120.5\nschnell|2025||60"
    row = only(ask(reported(spec).mart(every_kind)))
    assert row["value"] == pytest.approx(100 * 60 / 120.5)
    assert row["reason"] == "kein Bereich: das Register meldet keine ganzen Zahlen"
    assert row["lower"] is None or row["lower"] != row["lower"]


def test_more_parts_than_whole_are_no_share(every_kind):
    spec = "register|year|d|value\nmeldungen|2025||40\nschnell|2025||60"
    row = only(ask(reported(spec).mart(every_kind)))
    assert row["status"] == Status.not_collected
    assert row["reason"] == "das Register meldet mehr Teile (60) als Ganzes (40)"


def test_only_periods_that_both_registers_know_are_answered(every_kind):
    spec = "register|year|d|value\nmeldungen|2024||40\nschnell|2024||30\nmeldungen|2025||60"
    answer = ask(reported(spec).mart(every_kind), history=True)
    assert answer.period == Period.year(2024)
    assert len(answer.observations) == 1
    assert answer.verdict_on().code == VerdictCode.no_comparison


def test_nothing_delivered_is_said(every_kind):
    row = only(ask(Facts().mart(every_kind)))
    assert (row["status"], row["reason"]) == (Status.not_collected, "dazu liegt noch keine Lieferung vor")


def test_a_register_of_persons_is_told_to_the_public_for_the_city_only(mart):
    council = Scope(Role.district, full_detail=False, own_districts=frozenset({"01"}))
    for indicator, value in (("sportler", 30), ("sport-treue", 90)):
        assert only(ask(mart, indicator, by_district=True), "01")["value"] == value
        assert only(ask(mart, indicator, council, by_district=True), "01")["value"] == value
        public = ask(mart, indicator, Scope.public(), by_district=True)
        assert only(public)["status"] == Status.ok
        assert only(public, "01")["status"] == Status.suppressed
        assert "01" not in {verdict.subject for verdict in public.verdicts}


def test_a_share_of_persons_is_hidden_where_those_outside_it_are_few(every_kind):
    spec = "register|year|d|value\nsportler|2025||43\ntreue_sportler|2025||40"
    mart = reported(spec).mart(every_kind)
    assert only(ask(mart, "sport-treue"))["status"] == Status.ok
    assert only(ask(mart, "sport-treue", Scope.public()))["status"] == Status.suppressed  # three did not stay


def test_a_median_is_told_as_the_register_gives_it(mart):
    row = only(ask(mart, "muell-median"))
    assert (row["value"], row["basis"]) == (2.5, "Median laut Register, 2025")
    assert row["lower"] is None or row["lower"] != row["lower"]
    assert "2,5\u00a0Tage (2025) nach 3,5 (2024)" in ask(mart, "muell-median").verdict_on().sentence

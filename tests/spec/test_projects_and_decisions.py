"""Spec tables of shares of projects and of decisions, as their registers say today."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.periods import Period
from tests.support.facts import Facts, rows_of

PROJECTS = """
    project_id | title | fields              | districts | start_date | end_date
    p1         | Eins  | strassen            | 01;02     | 2019-05-01 |
    p2         | Zwei  | strassen;sauberkeit |           | 2021-01-01 |
    p3         | Drei  | sauberkeit          | 03        | 2018-01-01 | 2024-06-30
    p4         | Vier  | strassen            | 02        |            |
    p5         | Fünf  | strassen            | 01        | 2026-02-01 |
"""
TOLD = """
    project_id | languages | beccaria_6 | evidence_level | participants | places
    p1         | de;tr     | true       | 2              | 45           | 50
    p2         | de        | false      |                | 30           | 60
    p3         | de;en     | true       | 1              | 12           | 10
    p4         |           |            |                |              |
    p5         | de;fr     | true       | 3              | 20           | 20
"""
DECISIONS = """
    decision_id | decided_on | text   | due        | status
    2023-1      | 2023-03-01 | Eins   | 2024-12-31 | erledigt
    2023-2      | 2023-09-01 | Zwei   | 2025-06-30 | offen
    2024-1      | 2024-02-01 | Drei   | 2025-12-31 | erledigt
    2024-2      | 2024-02-01 | Vier   | 2025-12-31 | verschoben
    2025-1      | 2025-02-01 | Fünf   | 2027-12-31 | erledigt
    2025-2      | 2025-02-01 | Sechs  |            | erledigt
"""


def register(facts: Facts) -> Facts:
    told = {row["project_id"]: row for row in rows_of(TOLD)}
    for row in rows_of(PROJECTS):
        facts._insert("projects", [row | told[row["project_id"]] | {"source": "projektregister"}])
    return facts.add("decisions", DECISIONS, source="lenkungsgruppe")


@pytest.fixture(scope="module")
def mart(every_kind):
    return register(Facts()).mart(every_kind)


def ask(mart, indicator, scope=None, **question) -> Answer:
    question.setdefault("period", Period.year(2025))
    return Reader(mart, scope or Scope.chair()).ask(Question(indicator, **question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


@pytest.mark.parametrize(
    ("indicator", "value", "basis"),
    [
        ("wirknachweis", 100 / 3, "1 von 3 laufenden Projekten, 2025"),  # p1 of p1, p2, p4; p4 says nothing
        ("gruene-liste", 100 / 3, "1 von 3 laufenden Projekten, 2025"),
        ("mehrsprachig", 100 / 3, "1 von 3 laufenden Projekten, 2025"),
        ("belegt", 100 * (45 + 30) / (50 + 60), "75 von 110 Plätzen belegt, 2025"),
    ],
)
def test_projects_count_that_ran_in_the_period(mart, indicator, value, basis):
    row = only(ask(mart, indicator))
    assert (row["value"], row["basis"], row["status"]) == (pytest.approx(value), basis, Status.ok)
    assert row["reason"] == "Vollzählung: Es gibt keine Stichprobe."


def test_an_earlier_period_counts_the_projects_that_ran_then(mart):
    row = only(ask(mart, "wirknachweis", period=Period.year(2024)))
    assert row["basis"] == "2 von 4 laufenden Projekten, 2024"  # p3 ended in June


def test_a_field_of_action_counts_its_own_projects(mart):
    row = only(ask(mart, "mehrsprachig", period=Period.year(2024)))
    assert row["basis"] == "1 von 3 laufenden Projekten, 2024"  # p3 belongs to another field


def test_a_district_counts_the_projects_that_reach_it(mart):
    answer = ask(mart, "wirknachweis", by_district=True)
    assert only(answer, "01")["basis"] == "1 von 2 laufenden Projekten, 2025"  # p1 and the city-wide p2
    assert only(answer, "02")["basis"] == "1 von 3 laufenden Projekten, 2025"
    assert only(answer, "03")["basis"] == "0 von 1 laufenden Projekten, 2025"


def test_more_participants_than_places_are_more_than_a_hundred_per_cent(mart):
    row = only(ask(mart, "belegt", period=Period.year(2018)))
    assert row["value"] == pytest.approx(120)


def test_a_share_of_today_says_that_it_is_one_and_is_compared_with_nothing(mart):
    answer = ask(mart, "wirknachweis")
    assert "frühere Stände sind nicht überliefert" in answer.notes[0]
    assert answer.verdict_on().code == VerdictCode.no_comparison
    assert answer.verdict_on().sentence == "Projekte mit Wirknachweis: das Register hält nur den heutigen Stand."
    assert ask(mart, "wirknachweis", compare_with="rest").verdicts == ()


def test_without_a_project_there_is_no_share(mart, every_kind):
    row = only(ask(mart, "wirknachweis", period=Period.year(2010)))
    assert row["reason"] == "im Projektregister nicht angegeben"  # p4 has no first day: it is all there was
    empty = Facts().mart(every_kind)
    assert only(ask(empty, "wirknachweis"))["reason"] == "kein Projekt erfasst, das 2025 lief"
    silent = "project_id|title|fields\np1|Eins|strassen"
    answer = ask(Facts().add("projects", silent, source="a").mart(every_kind), "wirknachweis")
    assert only(answer)["reason"] == "im Projektregister nicht angegeben"


def test_places_are_hidden_from_the_public_as_long_as_a_project_has_few_participants(every_kind):
    few = "project_id|title|fields|participants|places\np1|Eins|strassen|3|10\np2|Zwei|strassen|40|50"
    mart = Facts().add("projects", few, source="a").mart(every_kind)
    assert only(ask(mart, "belegt"))["value"] == pytest.approx(100 * 43 / 60)
    assert only(ask(mart, "belegt", Scope.public()))["status"] == Status.suppressed
    assert only(ask(mart, "wirknachweis", Scope.public()))["status"] == Status.not_collected
    rows = {row["project_id"]: row for row in Reader(mart, Scope.public()).projects()}
    assert (rows["p1"]["participants"], rows["p2"]["participants"]) == (None, 40)
    assert Reader(mart, Scope.chair()).projects()[0]["participants"] == 3


def test_decisions_count_that_were_due_by_the_end_of_the_period(mart):
    row = only(ask(mart, "umgesetzt"))
    assert (row["value"], row["n"]) == (pytest.approx(50), 4)
    assert row["basis"] == "2 von 4 Beschlüssen, die bis 2025 fällig waren"
    assert only(ask(mart, "umgesetzt", period=Period.year(2024)))["value"] == 100
    assert only(ask(mart, "umgesetzt", period=Period.year(2022)))["status"] == Status.not_collected


def test_decisions_are_those_of_the_whole_city(mart):
    row = only(ask(mart, "umgesetzt", by_district=True), "01")
    assert (row["status"], row["reason"]) == (Status.not_collected, "Beschlüsse gelten für die ganze Stadt")

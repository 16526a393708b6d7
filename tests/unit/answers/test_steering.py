"""What the steering group wants, decided and was told on walks; and who may be told."""

from datetime import date

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Reader
from sipa_data.answers.steering import Reached
from sipa_data.periods import Period
from tests.support.facts import Facts

CASES = """
    year | district_id | offence_key | cases
    2025 | 01          | 892000      | 120
    2025 | 02          | 892000      | 80
    2025 | 04          | 892000      | 2
"""
TARGETS = """
    indicator     | district_id | due        | value | direction | decided_on
    gewalt-faelle |             | 2026-12-31 | 200   | at_most   | 2024-05-01
    gewalt-faelle | 01          | 2025-12-31 | 120   | at_most   | 2023-05-01
    gewalt-faelle | 04          | 2027-12-31 | 1     | at_most   | 2025-05-01
    muell-tage    |             | 2027-12-31 | 2     | at_most   | 2025-05-01
    gibt-es-nicht |             | 2027-12-31 | 2     | at_most   | 2025-05-01
"""
DECISIONS = """
    decision_id | decided_on | text  | indicator     | expected_direction | due        | status
    1           | 2023-05-01 | Alt.  | gewalt-faelle | fall               | 2025-12-31 | erledigt
    2           | 2025-05-01 | Neu.  |               |                    |            | offen
"""
FINDINGS = """
    finding_id | observed_on | district_id | finding    | status
    1          | 2024-03-01  | 01          | Dunkel.    | erledigt
    2          | 2025-03-01  | 01          | Verwildert.| offen
    3          | 2025-02-01  | 02          | Laut.      | offen
"""
PUBLIC = Scope.public()
COUNCIL = Scope(Role.district, full_detail=False, own_districts=frozenset({"01"}))


def reader(scope: Scope = Scope.chair(), marking: str = "published") -> Reader:  # noqa: B008 - a frozen value
    facts = Facts().yearly(CASES)
    facts.add("uploads", "upload_id|status\nu|published", marking=marking)
    for table, spec in (("targets", TARGETS), ("decisions", DECISIONS), ("observations_on_site", FINDINGS)):
        facts.add(table, spec, source="r", upload_id="u")
    return Reader(facts.mart(), scope)


def told(found: Reader, **asked: object) -> dict[tuple[str, str], Reached]:
    return {(goal.indicator.id, goal.area): goal.reached for goal in found.goals(**asked)}


def test_a_count_reaches_its_target_or_does_not():
    assert told(reader()) == {
        ("gewalt-faelle", "01"): Reached.yes,  # 120 of at most 120
        ("gewalt-faelle", "stadt"): Reached.no,  # 202 of at most 200
        ("gewalt-faelle", "04"): Reached.no,  # 2 of at most 1
        ("muell-tage", "stadt"): Reached.unknown,  # nobody delivers the register
    }


def test_targets_stand_in_the_order_of_their_days():
    assert [goal.due.year for goal in reader().goals()] == [2025, 2026, 2027, 2027]


def test_a_target_does_not_tell_a_protected_reader_what_the_number_would():
    shown = told(reader(PUBLIC))
    assert shown["gewalt-faelle", "04"] is Reached.unknown
    assert shown["gewalt-faelle", "stadt"] is Reached.no


def test_a_period_knows_only_what_had_been_decided_by_then():
    found = reader()
    assert set(told(found, period=Period.year(2024))) == {("gewalt-faelle", "01"), ("gewalt-faelle", "stadt")}
    assert [one.id for one in found.decisions(Period.year(2024))] == ["1"]
    assert [one.finding for one in found.site_findings("01", Period.year(2024))] == ["Dunkel."]


@pytest.mark.parametrize(
    ("answered", "wanted", "expected"),
    # 200 people asked: 40 % lies between 33 and 47 %, 20 % between 15 and 26 %
    [(80, 30, Reached.no), (80, 45, Reached.unclear), (40, 30, Reached.yes), (40, 25, Reached.unclear)],
)
def test_an_estimate_reaches_its_target_only_with_its_whole_interval(answered, wanted, expected):
    facts = Facts().add("survey_waves", "wave_id|field_start|field_end|title\nw|2025-10-01|2025-11-30|Befragung")
    people = [f"{number}|01|1" for number in range(200)]
    facts.add("survey_respondents", "respondent|district_id|weight\n" + "\n".join(people), wave_id="w")
    answers = [f"{number}|{'4' if number < answered else '1'}" for number in range(200)]
    facts.add(
        "survey_answers", "respondent|answer\n" + "\n".join(answers), wave_id="w", item_id="nachts", scale_id="sicher4"
    )
    facts.add(
        "targets", "indicator|due\nunsicher-nachts|2027-12-31",
        source="r", value=wanted, direction="at_most", decided_on="2024-01-01",
    )  # fmt: skip
    (goal,) = Reader(facts.mart(), Scope.public()).goals()
    assert goal.reached is expected


def test_decisions_and_findings_come_newest_first():
    found = reader(PUBLIC)
    assert [one.id for one in found.decisions()] == ["2", "1"]
    assert found.decisions()[1].indicator.id == "gewalt-faelle"
    assert [one.observed_on for one in found.site_findings()] == [
        date(2025, 3, 1), date(2025, 2, 1), date(2024, 3, 1),
    ]  # fmt: skip
    assert [one.finding for one in found.site_findings("02")] == ["Laut."]


def test_a_confidential_register_is_for_those_who_see_everything_there():
    public, council, chair = (reader(scope, "confidential") for scope in (PUBLIC, COUNCIL, Scope.chair()))
    assert (public.goals(), public.decisions(), public.site_findings()) == ((), (), ())
    assert {one.district for one in council.site_findings()} == {"01"}
    assert {goal.area for goal in council.goals()} == {"01"}
    assert council.decisions() == ()
    assert len(chair.site_findings()) == 3

"""What a protected reader receives, asked through the only door."""

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question, Reader, Status
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.marts import Mart
from sipa_data.periods import Period
from tests.support.facts import Facts

# District 03 has one case, 04 two: hiding only these two leaves two cells that sum to three, so everybody
# would know they are 1 and 2. A third cell has to go as well.
SMALL = """
    year | district_id | offence_key | cases
    2025 | 01          | 892000      | 60
    2025 | 02          | 892000      | 12
    2025 | 03          | 892000      |  1
    2025 | 04          | 892000      |  2
    2025 |             | 892000      |  5
"""
HIDDEN_COLUMNS = ["value", "lower", "upper", "n", "n_effective", "basis"]


@pytest.fixture(scope="module")
def mart() -> Mart:
    return Facts().yearly(SMALL).mart()


def rows(mart: Mart, scope: Scope, **question: object) -> dict[str, dict[str, object]]:
    frame = Reader(mart, scope).ask(Question("gewalt-faelle", by_district=True, **question)).observations
    return {row["district"]: row for row in frame.to_dict("records")}


def test_the_chair_sees_every_count(mart):
    found = rows(mart, Scope.chair())
    assert [found[area]["value"] for area in (CITY, "01", "02", "03", "04", NOT_LOCATABLE)] == [80, 60, 12, 1, 2, 5]


def test_small_counts_are_hidden_from_the_public_with_enough_others(mart):
    found = rows(mart, Scope.public())
    hidden = {area for area, row in found.items() if row["status"] == Status.suppressed}
    assert {"03", "04"} < hidden
    total = sum({"01": 60, "02": 12, "03": 1, "04": 2, NOT_LOCATABLE: 5}[area] for area in hidden)
    assert total - len(hidden) >= 2  # each hidden cell is at least 1, so at least three whole numbers fit each


def test_a_hidden_number_is_absent_from_the_frame_and_hidden_cells_all_look_the_same(mart):
    frame = Reader(mart, Scope.public()).ask(Question("gewalt-faelle", by_district=True)).observations
    hidden = frame[frame["status"] == Status.suppressed]
    assert hidden[HIDDEN_COLUMNS].isna().all().all()
    assert set(hidden["reason"]) == {"vertraulich"}


def test_no_verdict_tells_a_hidden_number():
    spec = SMALL + SMALL.replace("2025", "2024").split("\n", 2)[2]
    reader = Reader(Facts().yearly(spec).mart(), Scope.public())
    answer = reader.ask(Question("gewalt-faelle", by_district=True))
    hidden = set(answer.observations.loc[answer.observations["status"] == Status.suppressed, "district"])
    assert "03" in hidden
    assert not hidden & {verdict.subject for verdict in answer.verdicts}


def test_a_council_sees_its_own_district_and_public_cells_elsewhere(mart):
    council = Scope(Role.district, full_detail=False, own_districts=frozenset({"03"}))
    found, public = rows(mart, council), rows(mart, Scope.public())
    assert found["03"]["value"] == 1
    others = set(found) - {"03"}
    assert {area: found[area]["status"] for area in others} == {area: public[area]["status"] for area in others}


def test_a_council_cannot_find_the_neighbours_by_subtracting_its_own(mart):
    public = rows(mart, Scope.public())
    true = {"01": 60, "02": 12, "03": 1, "04": 2, NOT_LOCATABLE: 5}
    hidden = {area for area, row in public.items() if row["status"] == Status.suppressed}
    for own in hidden - {NOT_LOCATABLE}:
        others = hidden - {own}
        assert len(others) >= 2
        assert sum(true[area] for area in others) - len(others) >= 2


def test_a_step_outside_the_closed_cuts_is_not_given_to_a_protected_reader():
    spec = "period_start|period_end|district_id|offence_key|cases\n2025-03-01|2025-03-31|01|892000|40"
    mart = Facts().add("incident_counts", spec, source="pks").mart()
    month = {"period": Period.month(2025, 3)}
    assert rows(mart, Scope.chair(), **month)["01"]["value"] == 40
    assert rows(mart, Scope.public(), **month)[CITY]["value"] == 40  # city by month is a cut
    assert rows(mart, Scope.public(), **month)["01"]["status"] == Status.suppressed  # district by month is none


def test_zeros_are_shown_to_everybody():
    spec = "year|district_id|offence_key|cases\n2025|01|892000|40\n2025|02|892000|30"
    assert rows(Facts().yearly(spec).mart(), Scope.public())["03"]["value"] == 0


def test_survey_shares_need_no_hiding_for_the_public_beyond_their_own_rule(mart):
    answer = Reader(mart, Scope.public()).ask(Question("unsicher-nachts"))
    assert set(answer.observations["status"]) == {Status.not_collected}

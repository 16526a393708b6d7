"""Groups of people beside each other, against a plain-Python reference, and who may see them."""

from dataclasses import replace

import pandas as pd
import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question, Reader, Status, VerdictCode
from sipa_data.answers.families import Family
from sipa_data.areas import CITY
from sipa_data.errors import InvalidQuestion
from sipa_data.marts import Mart
from tests.spec import reference
from tests.spec.test_shares_and_differences import Group, add_wave
from tests.support.facts import Facts, musterstadt

WOMEN, MEN = "weiblich", "männlich"
NOW = [
    Group("01", "w", 60, 0.5, "3"),
    Group("01", "w", 90, 2.0, "1"),
    Group("01", "m", 30, 1.0, "4"),
    Group("01", "m", 90, 1.0, "2"),
    Group("01", "m", 10, 1.0, None),
    Group("02", "w", 150, 1.0, "1"),
    Group("02", "m", 50, 1.0, "3"),
]
BY_SEX = Question("unsicher-nachts", breakdown="geschlecht")


def mart_of(groups: list[Group]) -> Mart:
    facts = Facts()
    add_wave(facts, "w25", 2025, groups)
    return facts.mart()


@pytest.fixture(scope="module")
def mart() -> Mart:
    return mart_of(NOW)


def shares(groups: list[Group], sex: str, district: str | None = None) -> reference.Share:
    """Share of those who feel unsafe, person by person, in plain Python."""
    chosen = [
        (group.answer in ("3", "4"), group.weight)
        for group in groups
        for _ in range(group.people)
        if group.answer and group.sex == sex and district in (None, group.district)
    ]
    return reference.share([counted for counted, _ in chosen], [weight for _, weight in chosen])


def rows_of(reader: Reader, question: Question, district: str = CITY) -> dict[str, dict[str, object]]:
    """By the label of the group; everybody under ``alle``."""
    found = reader.ask(question).observations
    here = found[found["district"] == district].to_dict("records")
    return {row["breakdown"] if isinstance(row["breakdown"], str) else "alle": row for row in here}


@pytest.mark.parametrize("district", [None, "01"])
def test_each_group_has_its_own_weighted_share_and_interval(mart, district):
    asked = replace(BY_SEX, districts=(district,) if district else ())
    found = rows_of(Reader(mart, Scope.chair()), asked, district or CITY)
    for label, sex in ((WOMEN, "w"), (MEN, "m")):
        truth = shares(NOW, sex, district)
        assert found[label]["value"] == pytest.approx(100 * truth.share)
        assert (found[label]["lower"], found[label]["upper"]) == pytest.approx((100 * truth.lower, 100 * truth.upper))
        assert found[label]["n"] == truth.n


def test_everybody_together_stays_what_it_is_without_the_groups(mart):
    reader = Reader(mart, Scope.chair())
    alone = rows_of(reader, Question("unsicher-nachts"))["alle"]
    assert rows_of(reader, BY_SEX)["alle"]["value"] == alone["value"]


def test_a_group_is_judged_beside_all_others_by_newcombe(mart):
    answer = Reader(mart, Scope.chair()).ask(BY_SEX)
    women, men = shares(NOW, "w"), shares(NOW, "m")
    difference, lower, upper = reference.difference(women, men)  # nobody else was asked
    verdict = answer.verdict_on(CITY, WOMEN)
    assert verdict.difference == pytest.approx(100 * difference)
    assert (verdict.lower, verdict.upper) == pytest.approx((100 * lower, 100 * upper))
    assert verdict.code is VerdictCode.below
    assert "unter allen anderen" in verdict.sentence
    assert verdict.family == "2\u00a0Gruppen (Geschlecht)"


def test_the_verdict_on_everybody_is_not_mistaken_for_that_on_a_group(mart):
    answer = Reader(mart, Scope.chair()).ask(BY_SEX)
    assert answer.verdict_on(CITY).group is None
    told = Family.of([answer]).applied(answer)
    assert told.verdict_on(CITY, WOMEN) == answer.verdict_on(CITY, WOMEN)


def test_a_group_of_whom_too_few_answered_has_no_number():
    mart = mart_of([Group("01", "w", 200, 1.0, "1"), Group("01", "m", 12, 1.0, "4")])
    answer = Reader(mart, Scope.chair()).ask(BY_SEX)
    assert rows_of(Reader(mart, Scope.chair()), BY_SEX)[MEN]["status"] == Status.unreliable
    assert answer.verdict_on(CITY, MEN).code is VerdictCode.too_few


def test_whoever_may_not_see_a_district_gets_groups_of_the_city_only(mart):
    """In a district two or three persons could be had by taking the other groups from everybody."""
    asked = replace(BY_SEX, districts=("01",))
    council, public = Scope.of(Role.district, frozenset({"01"})), Scope.public()
    assert rows_of(Reader(mart, council), asked, "01")[WOMEN]["status"] == Status.ok
    other = Scope.of(Role.district, frozenset({"02"}))
    for scope in (public, other):
        found = rows_of(Reader(mart, scope), asked, "01")
        assert {found[label]["status"] for label in (WOMEN, MEN)} == {Status.suppressed}
        assert all(pd.isna(found[label]["value"]) and pd.isna(found[label]["n"]) for label in (WOMEN, MEN))
        assert Reader(mart, scope).ask(asked).verdict_on("01", WOMEN) is None
        assert found["alle"]["status"] == Status.ok
    assert rows_of(Reader(mart, public), BY_SEX)[WOMEN]["status"] == Status.ok


@pytest.mark.parametrize(("few", "hidden"), [(1, True), (4, True), (5, False)])
def test_the_rest_that_groups_of_the_city_leave_is_never_one_to_four_persons(few, hidden):
    """Who is in no group can be had as everybody minus the groups; the smallest group is hidden with them."""
    mart = mart_of([*NOW, Group("02", "x", few, 1.0, "1")])
    public = rows_of(Reader(mart, Scope.public()), BY_SEX)
    smallest = MEN  # 170 men answered, 300 women
    assert (public[smallest]["status"] == Status.suppressed) is hidden
    assert public[WOMEN]["status"] == Status.ok
    assert rows_of(Reader(mart, Scope.chair()), BY_SEX)[smallest]["status"] == Status.ok


def test_a_wave_that_did_not_ask_for_the_groups_says_so():
    facts = Facts()
    add_wave(facts, "w25", 2025, NOW)
    facts._connection.execute("delete from survey_answers where item_id = 'geschlecht'")
    found = rows_of(Reader(facts.mart(), Scope.chair()), BY_SEX)
    assert {found[label]["status"] for label in (WOMEN, MEN)} == {Status.not_collected}
    assert "alle" in found


@pytest.mark.parametrize("question", [
    Question("unsicher-nachts", breakdown="nachts"),  # a question, by which nobody is divided
    Question("unsicher-nachts", breakdown="gibt-es-nicht"),
    Question("unsicher-abstand", breakdown="geschlecht"),  # already a difference between groups
])  # fmt: skip
def test_what_cannot_be_divided_is_refused(mart, question):
    with pytest.raises(InvalidQuestion):
        Reader(mart, Scope.chair()).ask(question)


def test_a_question_is_not_divided_by_its_own_answers():
    """Of those who know a measure all know one: a hundred per cent of nothing new."""
    catalogue = musterstadt()
    knows = catalogue.items["nachts"].model_copy(update={"divides": True})
    catalogue = replace(catalogue, items={**catalogue.items, "nachts": knows})
    facts = Facts()
    add_wave(facts, "w25", 2025, NOW)
    with pytest.raises(InvalidQuestion, match="nach sich selbst"):
        Reader(facts.mart(catalogue), Scope.chair()).ask(Question("unsicher-nachts", breakdown="nachts"))

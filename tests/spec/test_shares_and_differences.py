"""Spec tables of the survey kinds, against a plain-Python reference."""

from dataclasses import dataclass

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from sipa_data.marts import Mart
from sipa_data.periods import Period
from tests.spec import reference
from tests.support.facts import Facts


@dataclass(frozen=True)
class Group:
    """So many respondents of one district and sex with the same weight and answer."""

    district: str
    sex: str
    people: int
    weight: float
    answer: str | None  # None: don't know


EARLIER = [Group("01", "w", 100, 1.0, "1"), Group("01", "m", 100, 1.0, "1"), Group("01", "w", 20, 1.0, "4")]
NOW = [
    Group("01", "w", 60, 0.5, "3"),
    Group("01", "w", 40, 2.0, "1"),
    Group("01", "m", 30, 1.0, "4"),
    Group("01", "m", 90, 1.0, "2"),
    Group("01", "m", 10, 1.0, None),
    Group("02", "w", 150, 1.0, "1"),
    Group("02", "m", 50, 1.0, "3"),
    Group("03", "w", 12, 1.0, "3"),  # too few to say anything about district 03
    Group("", "m", 8, 1.0, "2"),  # no district known: counts for the city only
]


def add_wave(facts: Facts, wave: str, year: int, groups: list[Group], method_break: str = "") -> None:
    head = "wave_id|title|field_start|field_end|responded|method_break"
    spec = f"{head}\n{wave}|Befragung {year}|{year}-10-01|{year}-11-30|0|{method_break}"
    facts.add("survey_waves", spec)
    people = [group for group in groups for _ in range(group.people)]
    respondents = [
        {"wave_id": wave, "respondent": number, "district_id": group.district or None, "weight": group.weight}
        for number, group in enumerate(people)
    ]
    answers = []
    for number, group in enumerate(people):
        asked = {"wave_id": wave, "respondent": number}
        missing = None if group.answer else "dont_know"
        answers.append(asked | {"item_id": "nachts", "scale_id": "sicher4", "answer": group.answer, "missing": missing})
        answers.append(
            asked | {"item_id": "geschlecht", "scale_id": "geschlecht", "answer": group.sex, "missing": None}
        )
    facts._insert("survey_respondents", respondents)
    facts._insert("survey_answers", answers)


@pytest.fixture(scope="module")
def mart() -> Mart:
    facts = Facts()
    add_wave(facts, "w23", 2023, EARLIER)
    add_wave(facts, "w25", 2025, NOW)
    return facts.mart()


def chair(mart: Mart, **question: object) -> Answer:
    return Reader(mart, Scope.chair()).ask(Question(**question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


def expected(groups: list[Group], district: str | None = None, sex: str | None = None) -> reference.Share:
    """Share, interval and sizes by plain Python, from the groups as they stand above."""
    chosen = [
        (group.answer in ("3", "4"), group.weight)
        for group in groups
        for _ in range(group.people)
        if group.answer and district in (None, group.district) and sex in (None, group.sex)
    ]
    return reference.share([counted for counted, _ in chosen], [weight for _, weight in chosen])


@pytest.mark.parametrize("district", [None, "01", "02"])
def test_a_share_is_weighted_over_valid_answers_with_wilson_on_the_effective_size(mart, district):
    row = only(chair(mart, indicator="unsicher-nachts", by_district=True), district or CITY)
    truth = expected(NOW, district)
    assert row["value"] == pytest.approx(100 * truth.share)
    assert (row["lower"], row["upper"]) == pytest.approx((100 * truth.lower, 100 * truth.upper))
    assert row["n"] == truth.n
    assert row["n_effective"] == pytest.approx(truth.n_effective)


def test_too_few_answers_give_no_number_at_all(mart):
    row = only(chair(mart, indicator="unsicher-nachts", by_district=True), "03")
    assert row["status"] == Status.unreliable
    assert row["reason"] == "zu wenige Antworten"
    assert all(not isinstance(row[column], int | float) or row[column] != row[column] for column in ("value", "n"))


def test_a_missing_answer_is_left_out_of_the_share_and_named_in_a_note(mart):
    notes = chair(mart, indicator="unsicher-nachts").notes
    missing = 100 * 10 / sum(group.people for group in NOW)  # 10 of 450
    assert missing == pytest.approx(2.2, abs=0.05)
    assert "Befragung 2025: 2,2\u202f% der Befragten gaben auf diese Frage keine gültige Antwort." in notes


def test_the_difference_between_groups_is_newcombes_on_effective_sizes(mart):
    row = only(chair(mart, indicator="unsicher-abstand", districts=("01",)), "01")
    women, men = expected(NOW, "01", "w"), expected(NOW, "01", "m")
    difference, lower, upper = reference.difference(women, men)
    assert row["value"] == pytest.approx(100 * difference)
    assert (row["lower"], row["upper"]) == pytest.approx((100 * lower, 100 * upper))


def test_a_wave_is_compared_with_the_wave_before(mart):
    verdict = chair(mart, indicator="unsicher-nachts", districts=("01",)).verdict_on("01")
    difference, lower, upper = reference.difference(expected(NOW, "01"), expected(EARLIER, "01"))
    assert verdict.code == VerdictCode.rose
    assert lower > 0
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx(
        (100 * difference, 100 * lower, 100 * upper)
    )
    assert verdict.favourable is False
    assert verdict.sentence.endswith("mehr als Zufall.")


def test_a_district_is_compared_with_all_other_respondents(mart):
    verdict = chair(mart, indicator="unsicher-nachts", by_district=True, compare_with="rest").verdict_on("02")
    others = [group for group in NOW if group.district != "02"]
    difference, lower, upper = reference.difference(expected(NOW, "02"), expected(others))
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx(
        (100 * difference, 100 * lower, 100 * upper)
    )


def test_a_question_for_2024_is_answered_with_the_wave_of_2023(mart):
    assert chair(mart, indicator="unsicher-nachts", period=Period.year(2024)).period.end.year == 2023


def test_before_the_first_wave_nothing_was_collected(mart):
    row = only(chair(mart, indicator="unsicher-nachts", period=Period.year(2019)))
    assert row["status"] == Status.not_collected
    assert row["reason"] == "keine Befragung mit dieser Frage bis 2019"


def test_waves_across_a_change_of_method_are_not_compared():
    facts = Facts()
    add_wave(facts, "w23", 2023, EARLIER)
    add_wave(facts, "w25", 2025, NOW, method_break="online statt Telefon")
    answer = chair(facts.mart(), indicator="unsicher-nachts", history=True)
    assert answer.verdict_on().code == VerdictCode.break_in_series
    assert "online statt Telefon" in answer.verdict_on().sentence
    assert answer.breaks == (("2025-10-01", "online statt Telefon"),)


def test_an_unchanged_share_is_told_with_what_could_have_been_found():
    facts = Facts()
    add_wave(facts, "w23", 2023, NOW)
    add_wave(facts, "w25", 2025, NOW)
    verdict = chair(facts.mart(), indicator="unsicher-nachts").verdict_on()
    assert verdict.code == VerdictCode.within_chance
    assert "erkennbar wären Unterschiede ab etwa" in verdict.sentence
    assert verdict.detectable > 0

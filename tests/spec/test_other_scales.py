"""Waves that asked on another scale than the catalogue: the same codes would mean other answers."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader, Status, VerdictCode
from tests.support.facts import Facts


def wave(facts: Facts, year: int, scale: str, answers: dict[str, int], item: str = "nachts") -> Facts:
    head = "wave_id|title|field_start|field_end|responded"
    facts.add("survey_waves", f"{head}\nw{year}|Befragung {year}|{year}-10-01|{year}-11-30|0")
    said = [answer for answer, people in answers.items() for _ in range(people)]
    facts._insert("survey_respondents", [
        {"wave_id": f"w{year}", "respondent": number, "district_id": "01", "weight": 1.0} for number in range(len(said))
    ])  # fmt: skip
    facts._insert("survey_answers", [
        {"wave_id": f"w{year}", "respondent": number, "item_id": item, "scale_id": scale, "answer": answer}
        for number, answer in enumerate(said)
    ])  # fmt: skip
    return facts


def asked(facts: Facts, **question):
    return Reader(facts.mart(), Scope.chair()).ask(Question("unsicher-nachts", history=True, **question))


def test_an_older_scale_gives_no_share_and_no_comparison():
    facts = wave(Facts(), 2023, "sicher5", {"1": 100, "3": 100})
    answer = asked(wave(facts, 2025, "sicher4", {"1": 100, "3": 100}))
    assert list(answer.observations.status) == [Status.not_collected, Status.ok]
    assert answer.observations.reason[0] == "auf einer anderen Antwortskala gefragt"
    assert answer.observations.value.isna().tolist() == [True, False]
    assert answer.verdict_on().code == VerdictCode.break_in_series
    assert answer.verdict_on().sentence.endswith("(andere Antwortskala).")
    assert answer.breaks == (("2025-10-01", "andere Antwortskala"),)


@pytest.mark.parametrize("compare_with", ["previous", "rest", "similar"])
def test_a_newest_wave_on_another_scale_gives_no_number_and_no_verdict(compare_with):
    facts = wave(wave(Facts(), 2023, "sicher4", {"1": 100, "3": 100}), 2025, "sicher5", {"1": 100, "3": 100})
    answer = asked(facts, by_district=True, compare_with=compare_with)
    newest = answer.observations[answer.observations.period_end.dt.year == 2025]
    assert set(newest.status) == {Status.not_collected}
    assert newest[["value", "lower", "upper", "n", "basis"]].isna().all(axis=None)
    assert answer.verdicts == ()

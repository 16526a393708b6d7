"""Spec tables of the mean, against a plain-Python reference."""

from dataclasses import dataclass

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Answer, Question, Reader, Status, VerdictCode
from sipa_data.areas import CITY
from tests.spec import reference
from tests.support.facts import Facts


@dataclass(frozen=True)
class Group:
    """So many respondents of one district with the same weight and grade, who know the partnership or not."""

    district: str
    people: int
    weight: float
    grade: str | None  # None: don't know
    knows: str = "1"


EARLIER = [Group("01", 60, 1.0, "2"), Group("01", 60, 1.0, "3"), Group("02", 90, 1.0, "3"), Group("02", 30, 0.5, "5")]
NOW = [
    Group("01", 50, 0.5, "2"),
    Group("01", 40, 2.0, "4", knows="2"),
    Group("01", 30, 1.0, "3"),
    Group("01", 15, 1.0, None),
    Group("02", 90, 1.0, "3"),
    Group("02", 35, 1.5, "1", knows="2"),
    Group("03", 20, 1.0, "6"),  # too few to say anything about district 03
    Group("", 8, 1.0, "2"),  # no district known: counts for the city only
]


def add_wave(facts: Facts, year: int, groups: list[Group]) -> Facts:
    wave = f"w{year}"
    facts.add(
        "survey_waves",
        f"wave_id|title|field_start|field_end|responded\n{wave}|Befragung {year}|{year}-10-01|{year}-11-30|0",
    )
    people = [group for group in groups for _ in range(group.people)]
    facts._insert(
        "survey_respondents",
        [
            {"wave_id": wave, "respondent": number, "district_id": group.district or None, "weight": group.weight}
            for number, group in enumerate(people)
        ],
    )
    answers = []
    for number, group in enumerate(people):
        asked = {"wave_id": wave, "respondent": number}
        missing = None if group.grade else "dont_know"
        answers.append(asked | {"item_id": "note", "scale_id": "schulnote", "answer": group.grade, "missing": missing})
        answers.append(asked | {"item_id": "kennt", "scale_id": "ja_nein", "answer": group.knows, "missing": None})
    facts._insert("survey_answers", answers)
    return facts


@pytest.fixture(scope="module")
def mart(every_kind):
    return add_wave(add_wave(Facts(), 2023, EARLIER), 2025, NOW).mart(every_kind)


def chair(mart, **question) -> Answer:
    return Reader(mart, Scope.chair()).ask(Question(**question))


def only(answer: Answer, district: str = CITY) -> dict[str, object]:
    rows = answer.observations[answer.observations["district"] == district]
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


def expected(groups: list[Group], *, of=lambda group: True) -> reference.Mean:
    chosen = [
        (float(group.grade), group.weight) for group in groups if group.grade and of(group) for _ in range(group.people)
    ]
    return reference.mean([value for value, _ in chosen], [weight for _, weight in chosen], 1, 6)


def of_district(district: str | None):
    return lambda group: district in (None, group.district)


@pytest.mark.parametrize("district", [None, "01", "02"])
def test_a_mean_is_weighted_over_valid_answers_with_its_interval_on_the_effective_size(mart, district):
    row = only(chair(mart, indicator="note", by_district=True), district or CITY)
    truth = expected(NOW, of=of_district(district))
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx((truth.mean, truth.lower, truth.upper))
    assert (row["n"], row["n_effective"]) == (truth.n, pytest.approx(truth.n_effective))
    assert row["basis"] == f"Befragung 2025, {truth.n} gültige Antworten"


def test_a_mean_may_be_asked_of_some_respondents_only(mart):
    row = only(chair(mart, indicator="note-kenner"))
    truth = expected(NOW, of=lambda group: group.knows == "1")
    assert (row["value"], row["lower"], row["n"]) == pytest.approx((truth.mean, truth.lower, truth.n))


def test_too_few_answers_give_no_mean_at_all(mart):
    row = only(chair(mart, indicator="note", by_district=True), "03")
    assert (row["status"], row["reason"]) == (Status.unreliable, "zu wenige Antworten")
    assert row["value"] is None or row["value"] != row["value"]


def test_an_interval_of_a_mean_ends_where_the_scale_ends(every_kind):
    facts = add_wave(Facts(), 2025, [Group("01", 38, 1.0, "1"), Group("01", 2, 1.0, "6")])
    row = only(chair(facts.mart(every_kind), indicator="note"))
    # mean 1.25, s² = 38·0.0625 + 2·22.5625 = 47.5 / 39: 1.25 ± 2.02·0.174 = 0.90 to 1.60, and nothing is better than 1
    assert row["value"] == pytest.approx(1.25)
    assert row["lower"] == 1.0
    assert row["upper"] == pytest.approx(1.25 + 2.0227 * (47.5 / 39 / 40) ** 0.5, abs=0.001)


def test_where_all_answer_alike_the_mean_has_no_spread(every_kind):
    row = only(chair(add_wave(Facts(), 2025, [Group("01", 40, 1.0, "2")]).mart(every_kind), indicator="note"))
    assert (row["value"], row["lower"], row["upper"]) == (2.0, 2.0, 2.0)


def test_a_wave_is_compared_with_the_wave_before_by_welch(mart):
    verdict = chair(mart, indicator="note", districts=("01",)).verdict_on("01")
    before, now = expected(EARLIER, of=of_district("01")), expected(NOW, of=of_district("01"))
    difference, lower, upper, _ = reference.welch(now, before)
    assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx((difference, lower, upper))
    assert lower > 0
    assert (verdict.code, verdict.favourable) == (VerdictCode.rose, False)  # a higher grade is a worse one
    grade = f"{now.mean:.2f}".replace(".", ",")
    told = f"von 2,50 (2023) auf Note\u00a0{grade} (2025); mehr als Zufall."
    assert verdict.sentence == f"Note der Sauberkeit, Stadtbezirk Altstadt: {told}"


def test_districts_are_compared_with_all_other_respondents_as_one_family(mart):
    answer = chair(mart, indicator="note", by_district=True, compare_with="rest")
    p = {}
    for district in ("01", "02"):
        here = expected(NOW, of=of_district(district))
        rest = expected(NOW, of=lambda group, district=district: group.district != district)
        difference, lower, upper, p[district] = reference.welch(here, rest)
        verdict = answer.verdict_on(district)
        assert (verdict.difference, verdict.lower, verdict.upper) == pytest.approx((difference, lower, upper))
    q = dict(zip(p, reference.q_values(list(p.values())), strict=True))
    assert {district: answer.verdict_on(district).q for district in q} == pytest.approx(q, abs=1e-6)


def test_an_unchanged_mean_is_told_with_what_could_have_been_found(every_kind):
    mart = add_wave(add_wave(Facts(), 2023, NOW), 2025, NOW).mart(every_kind)
    verdict = chair(mart, indicator="note").verdict_on()
    assert verdict.code == VerdictCode.within_chance
    smallest = 2.8016 * (2 * expected(NOW).variance) ** 0.5  # (1.9600 + 0.8416) · √(v + v)
    assert verdict.detectable == pytest.approx(smallest, rel=1e-4)
    assert verdict.sentence.endswith(f"ab etwa {smallest:.2f})".replace(".", ",") + ".")


def test_answers_on_a_scale_of_words_are_no_numbers_and_give_no_mean(every_kind):
    facts = add_wave(add_wave(Facts(), 2023, NOW), 2025, NOW)
    facts._connection.execute(
        "update survey_answers set scale_id = 'worte', answer = 'gut' where item_id = 'note' and wave_id = 'w2023'"
    )
    answer = chair(facts.mart(every_kind), indicator="note", history=True)
    assert list(answer.observations.status) == [Status.unreliable, Status.ok]
    assert answer.verdict_on().code == VerdictCode.break_in_series

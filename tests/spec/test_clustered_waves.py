"""Waves that asked several people of one house: what they say tells less, and the interval says so."""

from dataclasses import dataclass

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader, Status
from sipa_data.areas import CITY
from tests.spec import reference, survey_reference
from tests.support.facts import Facts

GRADES = {"1": 1, "4": 6}


@dataclass(frozen=True)
class House:
    """So many people of one house in a district, of whom so many feel unsafe."""

    district: str
    people: int
    unsafe: int


# In each house nearly all feel alike.
HOUSES = [
    *[House("01", 10, 9), House("01", 10, 8), House("01", 10, 1), House("01", 10, 0), House("01", 10, 2)] * 12,
    *[House("02", 10, 1), House("02", 10, 0), House("02", 10, 3), House("02", 10, 0)] * 12,
    House("03", 60, 20),  # a whole district in one house
]


def wave(houses: list[House] = HOUSES, *, together: bool = True) -> Facts:
    facts = Facts()
    facts.add("survey_waves", "wave_id|title|field_start|field_end|responded\nw|Befragung 2025|2025-10-01|2025-11-30|0")
    people = [
        (house.district, str(number), "4" if one < house.unsafe else "1")
        for number, house in enumerate(houses)
        for one in range(house.people)
    ]
    facts._insert("survey_respondents", [
        {"wave_id": "w", "respondent": number, "district_id": district, "weight": 1.0, "stratum": district,
         "cluster": cluster if together else None}
        for number, (district, cluster, _) in enumerate(people)
    ])  # fmt: skip
    asked = [("nachts", "sicher4", str), ("note", "schulnote", lambda answer: str(GRADES[answer]))]
    facts._insert("survey_answers", [
        {"wave_id": "w", "respondent": number, "item_id": item, "scale_id": scale, "answer": code(answer)}
        for number, (_, _, answer) in enumerate(people)
        for item, scale, code in asked
    ])  # fmt: skip
    return facts


@pytest.fixture(scope="module")
def mart(every_kind):
    return wave().mart(every_kind)


def only(mart, district=CITY, indicator="unsicher-nachts", **question):
    answer = Reader(mart, Scope.chair()).ask(Question(indicator, by_district=True, **question))
    return answer.observations.set_index("district").loc[district]


def expected(district=None, value=float):
    """Value, and the variance of the design, widened where there are few clusters."""
    people = [
        {"weight": 1.0, "below": 1.0, "above": value(one < house.unsafe), "stratum": house.district, "cluster": number,
         "inside": district in (None, house.district), "existing": None}
        for number, house in enumerate(HOUSES)
        for one in range(house.people)
    ]  # fmt: skip
    ratio, variance = survey_reference.design_ratio(people, "centre")
    held = [house for house in HOUSES if district in (None, house.district)]
    freedom = len(held) - len({house.district for house in held})
    return ratio, variance * (reference.t_quantile(freedom) / reference.normal_quantile(0.95)) ** 2


@pytest.mark.parametrize("district", [None, "01", "02"])
def test_the_effective_size_is_that_of_the_design(mart, district):
    row = only(mart, district or CITY)
    share, variance = expected(district)
    n_effective = share * (1 - share) / variance
    assert row.value == pytest.approx(100 * share)
    assert row.n_effective == pytest.approx(n_effective, rel=1e-6)
    lower, upper = reference.wilson(share, n_effective)
    assert (row.lower, row.upper) == pytest.approx((100 * lower, 100 * upper))
    assert n_effective < 0.6 * row.n


def test_a_mean_shrinks_in_the_same_way(mart):
    row = only(mart, indicator="note")
    mean, variance = expected(value=lambda unsafe: 6.0 if unsafe else 1.0)
    n = row.n
    spread = (mean - 1) * (6 - mean)  # of answers that are 1 or 6
    factor = spread / (n - 1) / variance
    assert row.value == pytest.approx(mean)
    assert row.n_effective == pytest.approx(n * factor, rel=1e-6)


def test_a_district_that_is_one_single_cluster_counts_as_one_answer(mart):
    assert only(mart, "03").status == Status.unreliable


def test_people_who_were_drawn_singly_count_in_full(every_kind):
    singly = wave([House("01", 40, 15), House("01", 40, 5)], together=False)
    row = only(singly.mart(every_kind), "01")
    assert row.n_effective == pytest.approx(row.n)


def test_where_no_spread_between_houses_is_seen_each_house_counts_as_one_answer(every_kind):
    row = only(wave([House("01", 4, 1)] * 60).mart(every_kind), "01")
    assert row.n_effective == pytest.approx(60)


def test_a_note_says_that_people_were_asked_together(mart, every_kind):
    told = "Befragung 2025: Befragt wurden Gruppen, etwa alle in einem Haus oder einer Straße."
    question = Question("unsicher-nachts", districts=("01",))
    assert any(note.startswith(told) for note in Reader(mart, Scope.chair()).ask(question).notes)
    singly = wave([House("01", 40, 15), House("01", 40, 5)], together=False).mart(every_kind)
    assert not any(note.startswith(told) for note in Reader(singly, Scope.chair()).ask(question).notes)

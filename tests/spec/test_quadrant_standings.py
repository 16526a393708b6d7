"""Feeling beside record: the five things that can be said of a district, from the facts to the figure."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.figures import quadrant
from sipa_data.figures.standing import Standing, pairs_of
from tests.support.facts import Facts

ASKED = 400
LABELS = {
    Standing.both: "belastet und verunsichert",
    Standing.record_only: "belastet, aber gelassen",
    Standing.feeling_only: "ruhig, aber verunsichert",
    Standing.neither: "ruhig und gelassen",
    Standing.unclear: "nicht unterscheidbar vom Stadtwert",
}


def both_answers(cases, unsafe):
    """Recorded cases of 10,000 people in each of four districts, and how many of 400 asked feel unsafe there."""
    facts = Facts()
    yearly = "\n".join(f"2025|0{place}|892000|{count}" for place, count in enumerate(cases, 1))
    facts.yearly(f"year|district_id|offence_key|cases\n{yearly}")
    people = "\n".join(f"2024-12-31|0{place}|10000" for place in range(1, 5))
    facts.add("population", f"reference_date|district_id|inhabitants\n{people}", source="amt", basis="register")
    facts.add(
        "survey_waves", "wave_id|title|field_start|field_end|responded\nw|Befragung 2025|2025-10-01|2025-11-30|1600"
    )
    respondents, answers = [], []
    for place, count in enumerate(unsafe, 1):
        for person in range(ASKED):
            number = ASKED * place + person
            respondents.append({"wave_id": "w", "respondent": number, "district_id": f"0{place}", "weight": 1.0})
            answer = "4" if person < count else "1"
            answers.append(
                {"wave_id": "w", "respondent": number, "item_id": "nachts", "scale_id": "sicher4", "answer": answer}
            )
    facts._insert("survey_respondents", respondents)
    facts._insert("survey_answers", answers)
    reader = Reader(facts.mart(), Scope.chair())
    return tuple(
        reader.ask(Question(indicator).everywhere().against("rest")) for indicator in ("unsicher-nachts", "gewalt-rate")
    )


def standings(cases, unsafe):
    pairs, left_out = pairs_of(*both_answers(cases, unsafe))
    assert left_out == {}
    return {pair.feeling.district: pair.standing for pair in pairs}


def test_the_five_names_are_those_of_the_house():
    assert {standing: standing.value for standing in Standing} == LABELS


def test_each_corner_has_its_district():
    # rest of the city three times as high or a third as high, in both or in one: far beyond chance and usual swing
    found = standings(cases=(300, 300, 100, 100), unsafe=(120, 40, 120, 40))
    assert found == {
        "01": Standing.both, "02": Standing.record_only, "03": Standing.feeling_only, "04": Standing.neither,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cases", "unsafe"),
    [
        ((200, 200, 200, 200), (80, 80, 80, 80)),  # nothing differs
        ((400, 150, 150, 150), (80, 80, 80, 80)),  # only the record does
        ((200, 200, 200, 200), (160, 60, 60, 60)),  # only the feeling does
    ],
)
def test_where_not_both_differ_beyond_chance_no_corner_is_given(cases, unsafe):
    assert standings(cases, unsafe)["01"] is Standing.unclear


def test_every_district_has_an_interval_on_both_axes_and_there_is_no_common_number():
    feeling, record = both_answers((300, 300, 100, 100), (120, 40, 120, 40))
    pairs, _ = pairs_of(feeling, record)
    for pair in pairs:
        assert pair.feeling.lower < pair.feeling.value < pair.feeling.upper
        assert pair.record.lower < pair.record.value < pair.record.upper
    columns = list(quadrant(feeling, record).table.columns)
    assert [column for column in columns if "95-%" in column] == [columns[2], columns[4]]
    assert columns[-1] == "Einordnung"  # a word, no index
    assert len(columns) == 6

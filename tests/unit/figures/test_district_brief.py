"""What is said of a district at a glance, and what nobody can say about it."""

import pytest

from sipa_data.answers.types import Question, Status
from sipa_data.figures.district_brief import brief, detectable_told, unknown, unknown_told
from tests.support.answers import COUNT, MITTE, RATE, SHARE, answer, hide, observe, verdict

HERE = Question("", districts=(MITTE,), compare_with="rest")


def half(indicator, code, value=25.0, **more):
    own = hide(MITTE) if value is None else observe(value, MITTE)
    return answer(
        indicator, own, verdict(code, "", MITTE, short="höher als die übrige Stadt (15)", **more), question=HERE
    )


@pytest.mark.parametrize(("feeling", "record", "name"), [
    ("above", "above", "Belastet und verunsichert"),
    ("above", "below", "Ruhig, aber verunsichert"),
    ("below", "above", "Belastet, aber gelassen"),
    ("below", "below", "Ruhig und gelassen"),
    ("within_chance", "above", "Weder Gefühl noch Lage lassen eine Einordnung zu"),
])  # fmt: skip
def test_feeling_and_record_make_one_of_five_names(feeling, record, name):
    told = brief(half(SHARE, feeling), half(RATE, record))
    assert told.name == name
    assert "Unsicher im Stadtbezirk: 25,0\u202f%" in told.sentence
    assert "Gewalt je 100.000: 25, höher als die übrige Stadt (15)." in told.sentence


def test_where_one_of_the_two_is_hidden_there_is_no_name_and_the_word_for_it():
    told = brief(half(SHARE, "above"), half(RATE, "above", value=None))
    assert told.name == "Gefühl und Lage lassen sich nicht nebeneinander stellen"
    assert "Gewalt je 100.000: vertraulich." in told.sentence
    assert "höher als die übrige Stadt (15)" not in told.sentence.partition("Gewalt")[2]


def without(indicator, status, reason=None):
    return answer(indicator, hide(MITTE, status, reason=reason), question=HERE)


def test_what_has_no_number_is_counted_and_named_by_reason_the_confidential_first():
    found = unknown([
        without(SHARE, Status.not_collected, "nur für die ganze Stadt erhoben"),
        without(RATE, Status.suppressed, "vertraulich"),
        half(COUNT, "within_chance"),
        without(COUNT, Status.suppressed, "vertraulich"),
    ])  # fmt: skip
    assert [one.status for one in found] == [Status.suppressed, Status.not_collected]
    assert found[0].titles == ("Gewalt je 100.000", "Raub")
    assert found[1].reason == "nicht erhoben: nur für die ganze Stadt erhoben"
    assert unknown_told(found, 4) == "Ohne Zahl sind 3 von 4\u00a0Kennzahlen: 2 vertraulich, 1 hier nicht erhoben."
    assert unknown_told((), 4) == ""


def test_how_large_a_difference_would_have_to_be_is_said_where_it_is_known():
    assert "ab etwa 5,5 Punkten erkennbar" in detectable_told(half(SHARE, "within_chance", detectable=5.5))
    assert detectable_told(half(SHARE, "above")) == ""

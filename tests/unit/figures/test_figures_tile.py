"""The tile: value, interval, verdict, in words and tone."""

import pytest

from sipa_data.answers.types import Question
from sipa_data.figures import tile
from sipa_data.figures.palette import DARK, LIGHT
from tests.support.answers import (
    BIRKACH,
    COUNT,
    RATE,
    SHARE,
    answer,
    hide,
    observe,
    trend_of_unsafety,
    verdict,
    with_changes,
)

THIN = "\u202f"


def test_a_tile_says_value_interval_and_verdict():
    shown = tile(trend_of_unsafety())
    assert (shown.title, shown.value, shown.unit) == ("Unsicher im Stadtbezirk", f"14,0{THIN}%", "")
    assert shown.interval == f"13,3–14,7{THIN}%"
    assert (shown.verdict, shown.arrow, shown.tone) == ("gestiegen", "▲", "unfavourable")
    assert shown.spark is not None
    assert shown.note == ""


@pytest.mark.parametrize(
    ("code", "favourable", "arrow", "tone"),
    [
        ("rose", False, "▲", "unfavourable"),
        ("rose", True, "▲", "favourable"),
        ("fell", True, "▼", "favourable"),
        ("fell", False, "▼", "unfavourable"),
        ("rose", None, "▲", "neutral"),
        ("above", False, "", "unfavourable"),
        ("below", True, "", "favourable"),
        ("within_chance", None, "", "neutral"),
        ("within_usual_swing", None, "", "neutral"),
        ("too_few", None, "", "neutral"),
        # A verdict within chance has no colour, whatever it may claim to be.
        ("within_chance", True, "", "neutral"),
    ],
)
def test_the_arrow_is_the_direction_of_the_number_and_the_tone_whether_that_is_good(code, favourable, arrow, tone):
    shown = tile(answer(RATE, observe(402), verdict(code, "…", favourable=favourable)))
    assert (shown.arrow, shown.tone) == (arrow, tone)


def test_the_unit_stands_beside_the_number_unless_the_title_names_it():
    assert tile(answer(RATE, observe(402))).unit == ""
    other = with_changes(RATE, short_title="Gewaltkriminalität")
    assert tile(answer(other, observe(402))).unit == "je 100.000"
    assert [tile(answer(COUNT, observe(cases))).unit for cases in (0, 1, 2)] == ["Fälle", "Fall", "Fälle"]


@pytest.mark.parametrize(
    ("status", "value", "note"),
    [
        ("suppressed", "• vertraulich", ""),
        ("unreliable", "/ zu wenige Antworten", "nur 12 gültige Antworten"),
        ("not_collected", "nicht erhoben", "für 2025 liegt nichts vor"),
    ],
)
def test_a_tile_without_a_value_says_why(status, value, note):
    reason = note or None
    shown = tile(answer(SHARE, hide(BIRKACH, status, reason=reason), question=Question("x", districts=(BIRKACH,))))
    assert (shown.value, shown.unit, shown.interval, shown.verdict) == (value, "", "", "")
    assert shown.note == note
    assert shown.spark is None


def test_few_answers_are_said_beside_the_number():
    shown = tile(answer(SHARE, observe(14, lower=7, upper=23, n=70, status="limited")))
    assert shown.value == f"14,0{THIN}%"
    assert shown.note == "eingeschränkt: wenige Antworten, mit Vorsicht lesen"


def test_a_tile_says_why_there_is_no_interval():
    quota = with_changes(SHARE, no_interval="Vollzählung ohne Zufallsfehler")
    assert tile(answer(quota, observe(66.9))).note == "Vollzählung ohne Zufallsfehler"


def test_an_answer_about_nothing_is_not_collected():
    shown = tile(answer(SHARE))
    assert (shown.value, shown.note, shown.verdict) == ("nicht erhoben", "", "")


def test_zero_is_a_number():
    assert tile(answer(COUNT, observe(0))).value == "0"


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        (answer(SHARE, observe(14.0, lower=13.3, upper=14.7)), f"14,0{THIN}% (13,3–14,7{THIN}%)"),
        (answer(RATE, observe(402, lower=386, upper=418)), "402 (386–418)"),  # its name says: per 100,000
        (answer(COUNT, observe(12, lower=6, upper=21)), "12 (6–21) Fälle"),
        (answer(COUNT, observe(1)), "1 Fall"),
        (answer(COUNT, hide("stadt")), "• vertraulich"),
    ],
)
def test_the_state_of_an_indicator_fits_into_one_line_and_names_its_unit_once(shown, state):
    assert tile(shown).state == state


def test_the_ink_of_a_verdict_is_the_colour_of_its_tone_in_both_themes():
    rose = answer(RATE, observe(402), verdict("rose", favourable=False))
    stayed = answer(RATE, observe(402), verdict("within_chance"))
    assert (tile(rose).ink, tile(rose, dark=True).ink) == (LIGHT.unfavourable, DARK.unfavourable)
    assert (tile(stayed).ink, tile(stayed, dark=True).ink) == (LIGHT.muted, DARK.muted)

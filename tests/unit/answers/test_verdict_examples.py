"""The table of all verdicts: complete, made by the code, plain German, and what docs/methods.md says."""

import re

import pytest

from sipa_data.answers.sentences import SMALLEST_COUNT_FOR_PER_CENT, Change, Seen, change_sentence, told_sentence
from sipa_data.answers.types import VerdictCode
from sipa_data.answers.verdict_examples import MEANINGS, examples, table
from soak.report import taken
from tests.support.answers import COUNT, RATE, SHARE

CASES = "\u00a0"
THIN = "\u202f"


def test_the_methods_page_shows_the_table_that_the_code_makes():
    assert taken("verdict_examples") == table(), "python -m soak verdict_examples writes it anew"


def test_every_code_has_a_meaning_and_an_example_of_its_own():
    assert set(MEANINGS) == set(VerdictCode)
    found = examples()
    assert list(found) == list(VerdictCode)
    assert all(found[code].code is code for code in found)


@pytest.mark.parametrize("code", VerdictCode)
def test_every_example_is_one_plain_sentence_that_names_its_subject(code):
    sentence = examples()[code].sentence
    assert sentence.startswith("Gewaltkriminalität")
    assert sentence.endswith(".")
    assert "  " not in sentence
    assert not re.search(r"\bnan\b|\binf\b|None", sentence)


def told(code, before, now, indicator=COUNT, **more):
    return change_sentence(code, indicator.short_title, indicator, Change(before, now, "2024", "2025", **more))


@pytest.mark.parametrize("before", [1, 5, 49, 50, 51, 400])
@pytest.mark.parametrize("now", [1, 8, 49, 50, 60, 900])
@pytest.mark.parametrize("code", [VerdictCode.rose, VerdictCode.within_usual_swing, VerdictCode.within_chance])
def test_no_per_cent_is_said_of_fewer_than_fifty_cases(code, before, now):
    sentence = told(code, before, now, before_count=before, now_count=now, seen=Seen(rise_to=2.0 * before))
    few = min(before, now) < SMALLEST_COUNT_FOR_PER_CENT
    assert ("%" in sentence) == (not few and before != now)


def test_one_case_is_told_in_the_singular():
    assert "auf 1\u00a0Fall (2025)" in told(VerdictCode.fell, 6, 1, before_count=6, now_count=1)
    assert "auf 2\u00a0Fälle (2025)" in told(VerdictCode.fell, 9, 2, before_count=9, now_count=2)


def test_both_directions_are_told_in_the_same_words():
    up = told(VerdictCode.rose, 100, 160, before_count=100, now_count=160)
    down = told(VerdictCode.fell, 160, 100, before_count=160, now_count=100)
    assert up == f"Raub: von 100 (2024) auf 160\u00a0Fälle (2025), plus 60{THIN}%; mehr als von Jahr zu Jahr üblich."
    assert down == f"Raub: von 160 (2024) auf 100\u00a0Fälle (2025), minus 38{THIN}%; mehr als von Jahr zu Jahr üblich."


def test_within_chance_says_what_would_have_been_seen():
    seen = Seen(rise_to=18.1, fall_to=None)
    assert told(VerdictCode.within_chance, 5, 8, before_count=5, now_count=8, seen=seen).endswith(
        "; im Rahmen des Zufalls (erkennbar wäre ein Anstieg auf etwa 19)."
    )
    seen = Seen(rise_to=144.2, fall_to=65.9)
    assert told(VerdictCode.within_chance, 100, 108, before_count=100, now_count=108, seen=seen).endswith(
        "(erkennbar wäre ein Anstieg auf etwa 145 oder ein Rückgang auf etwa 65)."
    )
    assert told(VerdictCode.within_chance, 14.0, 14.6, SHARE, seen=Seen(2.34)).endswith(
        "(erkennbar wären Unterschiede ab etwa 2,3 Punkten)."
    )


def test_a_rate_names_its_unit_once():
    sentence = told(VerdictCode.rose, 400, 600, RATE, before_count=4_000, now_count=6_000)
    assert sentence == (
        f"Gewalt je 100.000: von 400 (2024) auf 600 (2025), plus 50{THIN}%; mehr als von Jahr zu Jahr üblich."
    )


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (62.0, 64.1, "höher als 2024 (62,0); als Vollzählung nicht auf Zufall geprüft."),
        (62.0, 60.0, "niedriger als 2024 (62,0); als Vollzählung nicht auf Zufall geprüft."),
        (62.01, 61.99, "gleich hoch wie 2024 (62,0)."),
    ],
)
def test_a_full_count_is_told_and_not_judged(before, now, words):
    assert told_sentence("Quote", SHARE, Change(before, now, "2024", "2025")) == f"Quote: {words}"

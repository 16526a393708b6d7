"""Numbers of an Answer as German words."""

from dataclasses import replace

import pytest

from sipa_data.answers.types import Question
from sipa_data.figures.rows import rows
from sipa_data.figures.style import PLOTLY_CONFIG
from sipa_data.figures.when import period_span, period_text
from sipa_data.figures.words import (
    dative_plural,
    interval_text,
    reading_aid,
    source_line,
    status_text,
    value_text,
    value_with_interval,
)
from sipa_data.periods import Period
from tests.support.answers import (
    BIRKACH,
    COUNT,
    MITTE,
    RATE,
    SHARE,
    answer,
    hide,
    observe,
    trend_of_unsafety,
    wave,
    with_changes,
)

THIN, HARD = "\u202f", "\u00a0"  # narrow and ordinary no-break space


def the_row(indicator, observation):
    return rows(answer(indicator, observation))[0]


@pytest.mark.parametrize(
    ("indicator", "value", "words"),
    [
        (SHARE, 29.6, f"29,6{THIN}%"),
        (SHARE, 0.0, f"0,0{THIN}%"),
        (COUNT, 1636, f"1.636{HARD}Fälle"),
        (COUNT, 1, f"1{HARD}Fall"),
        (COUNT, 0, f"0{HARD}Fälle"),
        (RATE, 401.6, f"402{HARD}je 100.000"),
        (with_changes(SHARE, unit="Punkte"), -3.25, f"−3,2{HARD}Punkte"),
        (with_changes(SHARE, unit="Punkte"), 1.0, f"1,0{HARD}Punkt"),
        (with_changes(COUNT, unit="Tage"), 1, f"1{HARD}Tag"),
    ],
)
def test_a_value_is_written_as_a_german_reader_expects(indicator, value, words):
    assert value_text(the_row(indicator, observe(value)), indicator) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("suppressed", "• vertraulich"),
        ("unreliable", "/ zu wenige Antworten"),
        ("not_collected", "nicht erhoben"),
    ],
)
def test_a_value_that_is_not_shown_is_a_word(status, words):
    row = the_row(SHARE, hide(BIRKACH, status))
    assert value_text(row, SHARE) == words
    assert interval_text(row, SHARE) == ""
    assert value_with_interval(row, SHARE) == words


def test_an_interval_names_its_unit_once():
    row = the_row(SHARE, observe(14, lower=13.3, upper=14.7))
    assert interval_text(row, SHARE) == f"13,3–14,7{THIN}%"
    assert value_with_interval(row, SHARE) == f"14,0{THIN}% (13,3–14,7{THIN}%)"
    row = the_row(RATE, observe(402, lower=387, upper=418))
    assert value_with_interval(row, RATE) == "402 (387–418) je 100.000"


def test_an_interval_around_zero_is_written_with_a_word_between_its_ends():
    points = with_changes(SHARE, unit="Punkte")
    row = the_row(points, observe(0.5, lower=-1.2, upper=2.2))
    assert interval_text(row, points) == f"−1,2 bis 2,2{HARD}Punkte"


def test_what_is_confidential_never_says_why():
    secret = the_row(SHARE, hide(BIRKACH, reason="weniger als 3 Fälle"))
    assert status_text(secret) == "vertraulich"
    few = the_row(SHARE, hide(BIRKACH, "unreliable", reason="nur 12 gültige Antworten"))
    assert status_text(few) == "zu wenige Antworten: nur 12 gültige Antworten"


def test_the_reading_aid_names_value_place_and_period():
    read = answer(
        SHARE, observe(25.0, MITTE, period=wave(2023)), question=Question("x", districts=(MITTE,)), period=wave(2023)
    )
    assert reading_aid(read) == f"In Mitte fühlten sich Nov. bis Dez. 2023 25,0{THIN}% der Befragten unsicher."


def test_a_reading_aid_without_a_value_says_so_and_claims_nothing():
    read = answer(SHARE, hide(BIRKACH, "unreliable"), question=Question("x", districts=(BIRKACH,)))
    assert reading_aid(read) == "Für Birkach lässt sich hier kein Wert lesen: zu wenige Antworten."
    assert reading_aid(answer(SHARE)) == "Für Musterstadt lässt sich hier kein Wert lesen: nicht erhoben."


def test_the_source_line_names_source_and_datenstand():
    real = answer(SHARE, observe(14), source="Quelle: Sicherheitsbefragung 2023.")
    assert source_line(real) == "Quelle: Sicherheitsbefragung 2023 · Datenstand 42 vom 31.12.2025"


def test_synthetic_data_are_named_in_the_source_line():
    assert source_line(answer(SHARE, observe(14), synthetic=True)).endswith(" · Beispieldaten (synthetisch)")


def test_two_answers_of_one_datenstand_share_a_source_line():
    line = source_line(answer(SHARE, observe(14)), answer(RATE, observe(402)))
    assert line.startswith("Quelle: Sicherheitsbefragung, Musterstadt; Polizeiliche Kriminalstatistik, Musterstadt · ")


def test_numbers_of_two_snapshots_are_never_drawn_together():
    now, before = answer(SHARE, observe(14)), answer(RATE, observe(402))
    before = replace(before, snapshot=replace(before.snapshot, id=41))
    with pytest.raises(ValueError, match="several snapshots"):
        source_line(now, before)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.year(2025), "2025"),
        (Period.month(2025, 7), "Juli 2025"),
        (wave(2023), "Nov. bis Dez. 2023"),
        (Period(wave(2023).end, wave(2025).end), "Dez. 2023 bis Dez. 2025"),
    ],
)
def test_a_period_is_said_in_few_words(period, words):
    assert period_text(period) == words


def test_waves_span_the_years_they_were_asked_in():
    assert period_span(trend_of_unsafety()) == "2019 bis 2023"


@pytest.mark.parametrize(
    ("word", "dative"),
    [("Stadtbezirke", "Stadtbezirken"), ("Regionen", "Regionen"), ("Boroughs", "Boroughs"), ("Länder", "Ländern")],
)
def test_districts_of_every_name_are_declined(word, dative):
    assert dative_plural(word) == dative


def test_plotly_speaks_german_and_sends_nothing_anywhere():
    german = PLOTLY_CONFIG["locales"]["de"]
    assert PLOTLY_CONFIG["locale"] == "de"
    assert german["format"]["months"][2] == "März"
    assert german["format"]["days"][0] == "Sonntag"
    assert german["format"]["shortDays"][1] == "Mo"
    assert (german["format"]["decimal"], german["format"]["thousands"]) == (",", ".")
    assert german["dictionary"]["Download plot as a PNG"] == "Grafik als PNG laden"
    assert PLOTLY_CONFIG["showSendToCloud"] is False
    assert PLOTLY_CONFIG["displaylogo"] is False

"""The file for German Excel: what it keeps, what it counts with, what it never runs."""

import csv
import io

import pytest

from sipa_data.answers.types import CITY, NOT_LOCATABLE, Question
from sipa_data.exports import csv_bytes, file_name
from sipa_data.exports.cells import key_cell, number_cell, text_cell
from sipa_data.periods import Period
from tests.support.answers import (
    BIRKACH,
    COUNT,
    MITTE,
    NORD,
    PLACES,
    RATE,
    SHARE,
    answer,
    districts_of_unsafety,
    hide,
    observe,
    trend_of_unsafety,
    with_changes,
)


def parts(read):
    """Head and table of the file, as a program reads them."""
    lines = list(csv.reader(io.StringIO(csv_bytes(read).decode("utf-8-sig"), newline=""), delimiter=";"))
    end = lines.index([])
    head = [(name, text) for name, text in lines[:end]]
    columns, *records = lines[end + 1 :]
    return head, [dict(zip(columns, record, strict=True)) for record in records]


def test_german_excel_sees_utf8_semicolons_and_its_own_line_ends():
    content = csv_bytes(districts_of_unsafety())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 0
    assert "Süd;" in content.decode("utf-8-sig")


def test_numbers_have_a_decimal_comma_and_no_dots_between_thousands():
    _, records = parts(answer(COUNT, observe(16_360, lower=16_110.5, upper=16_613, n=16_360), observe(0, MITTE)))
    assert (records[0]["Wert"], records[0]["Grundlage (n)"]) == ("16360", "16360")
    assert records[1]["Wert"] == "0"
    _, records = parts(answer(SHARE, observe(14, lower=13.3, upper=14.7)))
    assert [records[0][column] for column in ("Wert", "95-%-Bereich von", "95-%-Bereich bis")] == [
        "14,0",
        "13,3",
        "14,7",
    ]


def test_a_negative_number_stays_a_number():
    points = with_changes(SHARE, unit="Punkte")
    _, records = parts(answer(points, observe(-3.2, lower=-5.1, upper=-1.3)))
    assert [records[0][column] for column in ("Wert", "95-%-Bereich von")] == ["-3,2", "-5,1"]
    assert number_cell(-0.04, 1) == "0,0"


def test_keys_keep_their_leading_zero():
    _, records = parts(answer(SHARE, observe(14), observe(25, MITTE), observe(3, NOT_LOCATABLE)))
    assert [record["Schlüssel"] for record in records] == ['="99999"', '="01"', ""]
    assert b'"=""01"""' in csv_bytes(districts_of_unsafety())


@pytest.mark.parametrize("key", ['01"&A1', "=1+1", "a b", "01;02", "3***00"])
def test_only_letters_and_digits_are_ever_put_into_our_own_formula(key):
    assert not key_cell(key).startswith("=")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(start):
    assert text_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert text_cell("Mitte – Nord") == "Mitte – Nord"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_file_starts_a_formula_but_the_keys(start):
    evil = f"{start}cmd|'/c calc'!A1"
    indicator = with_changes(SHARE, title=evil, definition=evil, unit=evil, caveats=(evil,))
    places = {**PLACES, NORD: PLACES[NORD].model_copy(update={"name": evil})}
    read = answer(
        indicator, observe(-4, NORD, group=evil, basis=evil, reason=evil), hide(BIRKACH, "unreliable", reason=evil),
        notes=(evil,), breaks=(("2020-01-01", evil),), places=places, source=evil,
    )  # fmt: skip
    head, records = parts(read)
    assert sum(evil in text for _, text in head) >= 6
    assert evil in records[0]["Gebiet"]
    cells = [text for pair in head for text in pair] + [
        text for record in records for name, text in record.items() if name not in ("Schlüssel", "Wert")
    ]
    assert [text for text in cells if text.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert records[0]["Wert"] == "-4,0"


def test_the_head_says_what_the_numbers_are_and_where_they_come_from():
    careful = with_changes(SHARE, caveats=("Nur Personen ab 14 Jahren.",))
    head, _ = parts(answer(careful, observe(14), notes=("Gewichtet.",), breaks=(("2021-07-01", "Neue Frage"),)))
    assert head == [
        ("Kennzahl", "Unsicher im eigenen Stadtbezirk"),
        ("Definition", "Anteil der Befragten, die sich im eigenen Stadtbezirk unsicher fühlen."),
        ("Einheit", "%"),
        ("Zu beachten", "Nur Personen ab 14 Jahren."),
        ("Anmerkung", "Gewichtet."),
        ("Bruch der Reihe", "Neue Frage (01.07.2021)"),
        ("Quelle", "Sicherheitsbefragung, Musterstadt"),
        ("Datenstand", "42 vom 31.12.2025"),
    ]


def test_synthetic_data_say_so_in_the_first_line_and_in_the_name():
    read = answer(SHARE, observe(14), synthetic=True)
    assert parts(read)[0][0] == ("Hinweis", "Beispieldaten (synthetisch)")
    assert file_name(read) == "unsicher_2025_datenstand-42_beispieldaten.csv"
    assert "Beispieldaten" not in csv_bytes(answer(SHARE, observe(14))).decode()


@pytest.mark.parametrize(
    ("status", "word"),
    [("suppressed", "vertraulich"), ("unreliable", "zu wenige Antworten"), ("not_collected", "nicht erhoben")],
)
def test_a_value_that_is_not_shown_is_a_word_and_nothing_else_stands_beside_it(status, word):
    _, (record,) = parts(answer(SHARE, hide(BIRKACH, status)))
    assert (record["Wert"], record["Status"]) == (word, word)
    assert [record[name] for name in ("95-%-Bereich von", "95-%-Bereich bis", "Grundlage (n)", "Basis")] == [""] * 4


def test_groups_and_verdicts_have_columns_only_where_there_are_any():
    _, (plain,) = parts(answer(SHARE, observe(14)))
    assert "Gruppe" not in plain
    assert "Einschätzung" not in plain
    _, grouped = parts(answer(SHARE, observe(14), observe(20, group="Frauen")))
    assert [record["Gruppe"] for record in grouped] == ["alle", "Frauen"]
    _, records = parts(districts_of_unsafety())
    assert [record["Einschätzung"] for record in records][:3] == ["entfällt", "über der übrigen Stadt", "wie bisher"]


def test_periods_are_dates_that_excel_can_sort():
    _, (record,) = parts(answer(COUNT, observe(7, period=Period.quarter(2025, 3)), period=Period.quarter(2025, 3)))
    assert (record["Zeitraum"], record["Beginn"], record["Ende"]) == ("3. Quartal 2025", "01.07.2025", "30.09.2025")


def test_an_answer_without_observations_is_a_file_with_a_head():
    head, records = parts(answer(SHARE))
    assert records == []
    assert dict(head)["Kennzahl"] == "Unsicher im eigenen Stadtbezirk"


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (districts_of_unsafety(), "unsicher_nach-gebiet_2025_datenstand-42.csv"),
        (trend_of_unsafety(), "unsicher_verlauf_2023-11-15-2023-12-31_datenstand-42.csv"),
        (
            answer(RATE, observe(1, MITTE), question=Question("x", districts=(MITTE,))),
            "gewalt_01_2025_datenstand-42.csv",
        ),
    ],
)
def test_the_name_says_what_is_inside(read, name):
    assert file_name(read) == name


def test_the_name_is_one_that_every_file_system_takes():
    strange = Question("x", districts=("../../Süd/ß",))
    name = file_name(answer(COUNT, observe(1), question=strange, period=Period.twelve_months_to(2025, 6)))
    assert name == "raub_sued-ss_2025-06-12_datenstand-42.csv"
    assert CITY not in name

"""The workbook: numbers to count with, texts that stay text, and a sheet that says what they are."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from sipa_data.answers.types import NOT_LOCATABLE
from sipa_data.exports import file_name, xlsx_bytes
from sipa_data.periods import Period
from tests.support.answers import (
    BIRKACH,
    COUNT,
    MITTE,
    NORD,
    PLACES,
    SHARE,
    answer,
    districts_of_unsafety,
    hide,
    observe,
    with_changes,
)


def opened(read):
    return load_workbook(io.BytesIO(xlsx_bytes(read)))


def lines(read):
    """The rows of the first sheet as cells by column."""
    sheet = opened(read).worksheets[0]
    names = [cell.value for cell in sheet[1]]
    return [dict(zip(names, line, strict=True)) for line in sheet.iter_rows(min_row=2)]


def explained(read):
    return [(line[0].value, line[1].value) for line in opened(read)["Erläuterungen"].iter_rows(min_row=2)]


def test_numbers_are_numbers_rounded_as_on_the_screen_and_formatted_for_a_german_excel():
    city, mitte = lines(
        answer(SHARE, observe(14.0449, lower=13.3451, upper=14.7449, n=16_360), observe(-0.04, MITTE, n=12))
    )
    shown = [city[name].value for name in ("Wert", "95-%-Bereich von", "95-%-Bereich bis", "Grundlage (n)")]
    assert shown == [14.0, 13.3, 14.7, 16_360]
    assert [city[name].number_format for name in ("Wert", "Grundlage (n)")] == ["#,##0.0", "#,##0"]
    assert str(mitte["Wert"].value) in ("0", "0.0")


def test_days_are_dates_that_excel_can_sort():
    (line,) = lines(answer(COUNT, observe(7, period=Period.quarter(2025, 3)), period=Period.quarter(2025, 3)))
    assert (line["Beginn"].value, line["Ende"].value) == (datetime(2025, 7, 1), datetime(2025, 9, 30))  # noqa: DTZ001 -- a cell has no zone
    assert line["Beginn"].number_format == "dd.mm.yyyy"


def test_keys_are_text_with_their_leading_zero():
    keys = [
        line["Schlüssel"] for line in lines(answer(SHARE, observe(14), observe(25, MITTE), observe(3, NOT_LOCATABLE)))
    ]
    assert [key.value for key in keys] == ["99999", "01", None]
    assert [(key.data_type, key.number_format) for key in keys[:2]] == [("s", "@")] * 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＠"])
def test_no_text_becomes_a_formula_even_when_somebody_edits_the_cell(start):
    evil = f"{start}HYPERLINK(1)"
    places = {**PLACES, NORD: PLACES[NORD].model_copy(update={"name": evil})}
    read = answer(
        with_changes(SHARE, title=evil, definition=evil, unit=evil, caveats=(evil,)),
        observe(-4, NORD, group=evil, basis=evil), hide(BIRKACH, "unreliable", reason=evil),
        notes=(evil,), breaks=(("2020-01-01", evil),), places=places, source=evil,
    )  # fmt: skip
    cells = [cell for sheet in opened(read).worksheets for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    suspicious = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(start)]
    assert len(suspicious) >= 8
    assert all(cell.quotePrefix for cell in suspicious)


def test_a_control_character_in_a_delivered_text_does_not_spoil_the_file():
    assert dict(explained(answer(SHARE, observe(14), notes=("Gewichtet\x07.",))))["Anmerkung"] == "Gewichtet."


@pytest.mark.parametrize(
    ("status", "word"),
    [("suppressed", "vertraulich"), ("unreliable", "zu wenige Antworten"), ("not_collected", "nicht erhoben")],
)
def test_a_value_that_is_not_shown_is_a_word_and_nothing_else_stands_beside_it(status, word):
    (line,) = lines(answer(SHARE, hide(BIRKACH, status)))
    assert (line["Wert"].value, line["Status"].value) == (word, word)
    beside = ("95-%-Bereich von", "95-%-Bereich bis", "Grundlage (n)", "Basis")
    assert [line[name].value for name in beside] == [None] * 4


def test_the_second_sheet_says_what_the_numbers_are_and_what_each_column_holds():
    careful = with_changes(SHARE, caveats=("Nur Personen ab 14 Jahren.",))
    read = answer(careful, observe(14), notes=("Gewichtet.",), breaks=(("2021-07-01", "Neue Frage"),))
    said = explained(read)
    assert said[:7] == [
        ("Kennzahl", "Unsicher im eigenen Stadtbezirk"),
        ("Definition", "Anteil der Befragten, die sich im eigenen Stadtbezirk unsicher fühlen."),
        ("Einheit", "%"),
        ("Zu beachten", "Nur Personen ab 14 Jahren."),
        ("Anmerkung", "Gewichtet."),
        ("Bruch der Reihe", "Neue Frage (01.07.2021)"),
        ("Quelle", "Sicherheitsbefragung, Musterstadt"),
    ]
    assert said[7] == ("Datenstand", "42 vom 31.12.2025")
    assert [name for name, _ in said[8:]] == [f"Spalte „{name}“" for name in lines(read)[0]]
    assert all(meaning for _, meaning in said)


def test_synthetic_data_say_so_on_both_sheets_and_in_the_name():
    read = answer(SHARE, observe(14), synthetic=True)
    assert opened(read).sheetnames == ["Zahlen (Beispieldaten)", "Erläuterungen"]
    assert explained(read)[0] == ("Hinweis", "Beispieldaten (synthetisch)")
    assert file_name(read, "xlsx") == "unsicher_2025_datenstand-42_beispieldaten.xlsx"
    assert opened(answer(SHARE, observe(14))).sheetnames == ["Zahlen", "Erläuterungen"]


def test_groups_and_verdicts_have_columns_only_where_there_are_any():
    (plain,) = lines(answer(SHARE, observe(14)))
    assert not {"Gruppe", "Einschätzung"} & plain.keys()
    grouped = lines(answer(SHARE, observe(14), observe(20, group="Frauen")))
    assert [line["Gruppe"].value for line in grouped] == ["alle", "Frauen"]
    assert [line["Einschätzung"].value for line in lines(districts_of_unsafety())][:2] == [
        "entfällt",
        "über der übrigen Stadt",
    ]


def test_an_answer_without_observations_is_a_workbook_with_its_explanations():
    read = answer(SHARE)
    assert lines(read) == []
    assert dict(explained(read))["Kennzahl"] == "Unsicher im eigenen Stadtbezirk"

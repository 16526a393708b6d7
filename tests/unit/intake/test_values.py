"""Single values: each wrong one is told with line, column, what was found and what was expected."""

from datetime import datetime

import pytest

from sipa_data.periods import Period
from tests.support.intake import COUNTS, EVENTS, findings_of, layout, put, refusal, rows_of, shipped, short

moment = datetime.fromisoformat
HEAD = "jahr;bezirk;schlüssel;fälle;versuche;aufgeklärt\n"
GOOD = "2024;Nord;326*00;3;1;2\n"
COUNTING = layout(COUNTS)
EVENTS_ = layout(EVENTS)


def told(tmp_path, row, profile=COUNTING, head=HEAD, **options):
    return refusal(put(tmp_path, head + row), profile, **options)


WHOLE = "gezählt wird nur in ganzen Zahlen, erwartet wird also eine ganze Zahl."
NEGATIVE = "eine negative Zahl kann es hier nicht geben, erwartet wird 0 oder mehr."
ATTEMPTS = "sind mehr Versuche als Fälle angegeben („3“); erwartet wird höchstens so viele Versuche wie Fälle."
PERIOD = "steht „20245“; erwartet wird ein Zeitraum wie 2025, Juli 2025 oder 3. Quartal 2025."
FUTURE = "steht „2199“; das liegt in der Zukunft, erwartet wird ein Tag bis heute."


@pytest.mark.parametrize(
    ("row", "code", "column", "found", "end"),
    [
        ("2024;Süd;***300;-2;;\n", "negative", "fälle", "-2", NEGATIVE),
        ("2024;Süd;***300;2,5;0;0\n", "not_whole", "fälle", "2,5", WHOLE),
        ("2024;Süd;***300;viele;0;0\n", "unreadable_value", "fälle", "viele", "erwartet wird eine ganze Zahl."),
        (
            "2024;Süd;***300;;0;0\n",
            "empty_value",
            "fälle",
            None,
            "ist die Spalte „fälle“ leer; erwartet wird eine ganze Zahl.",
        ),
        ("2024;Süd;***300;2;3;0\n", "attempts_above_cases", "versuche", "3", ATTEMPTS),
        ("20245;Süd;***300;2;0;0\n", "unreadable_value", "jahr", "20245", PERIOD),
        ("2199;Süd;***300;2;0;0\n", "in_the_future", "jahr", "2199", FUTURE),
    ],
)
def test_a_wrong_count_is_told_with_its_place(tmp_path, row, code, column, found, end):
    error = told(tmp_path, GOOD + row)
    assert (error.code, error.line, error.column, error.found) == (code, 3, column, found)
    assert error.sentence.startswith("In Zeile 3")
    assert error.sentence.endswith(end)


def test_the_sentence_names_line_column_what_was_found_and_what_was_expected(tmp_path):
    assert told(tmp_path, GOOD + "2024;Süd;***300;viele;0;0\n").sentence == (
        "In Zeile 3, Spalte „fälle“, steht „viele“; erwartet wird eine ganze Zahl."
    )


def test_many_wrong_values_are_one_finding_with_the_first_place(tmp_path):
    error = told(tmp_path, GOOD + "2024;Süd;***300;-2;;\n2024;Hafen;***300;-3;;\n")
    assert (error.code, error.line, error.count) == ("negative", 3, 2)
    assert error.sentence == (
        "In 2 Zeilen der Spalte „fälle“ steht Unerwartetes, zuerst in Zeile 3 „-2“; negative Zahlen kann es hier nicht "
        "geben, erwartet wird 0 oder mehr."
    )


def test_more_cleared_than_recorded_is_only_a_warning(tmp_path):
    (warning,) = findings_of(put(tmp_path, HEAD + "2024;Süd;***300;2;0;3\n"), COUNTING)
    assert (warning.severity, warning.code, warning.line, warning.column) == (
        "warning", "cleared_above_cases", 2, "aufgeklärt",
    )  # fmt: skip
    assert warning.sentence == (
        "In Zeile 2 sind mehr Fälle aufgeklärt als erfasst („3“); erwartet wird höchstens so viele wie erfasst; "
        "mit Altfällen kann das stimmen."
    )


def test_a_zero_is_a_number(tmp_path):
    assert short(rows_of(put(tmp_path, HEAD + "2024;Süd;***300;0;0;0\n"), COUNTING), "cases", "cleared") == [(0, 0)]


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("31.12.2023 14:05", moment("2023-12-31T14:05:00")),
        ("31.12.2023 14:05:09", moment("2023-12-31T14:05:09")),
        ("2023-12-31 14:05:09.000", moment("2023-12-31T14:05:09")),
        ("2023-12-31T14:05:09", moment("2023-12-31T14:05:09")),
        ("31.12.2023", moment("2023-12-31T00:00:00")),
        ("2023-12-31", moment("2023-12-31T00:00:00")),
        ("1.2.2023", moment("2023-02-01T00:00:00")),
    ],
)
def test_moments_are_read_as_people_write_them(tmp_path, written, when):
    path = put(tmp_path, f"wann;bezirk;schlüssel\n{written};Nord;***300\n")
    assert short(rows_of(path, EVENTS_), "occurred_at") == [(when,)]


@pytest.mark.parametrize("written", ["31.02.2023", "31/31/2023", "gestern", "45291"])
def test_a_moment_that_is_none_is_told(tmp_path, written):
    error = told(tmp_path, f"{written};Nord;***300\n", EVENTS_, "wann;bezirk;schlüssel\n")
    assert (error.code, error.line, error.found) == ("unreadable_value", 2, written)
    assert error.sentence.endswith("erwartet wird ein Zeitpunkt wie 31.12.2025 14:05.")


def test_a_date_outside_the_period_is_told(tmp_path):
    rows = "30.06.2023;Nord;***300\n01.07.2023;Nord;***300\n"
    error = told(tmp_path, rows, EVENTS_, "wann;bezirk;schlüssel\n", period=Period.quarter(2023, 2))
    assert (error.code, error.line, error.found) == ("outside_period", 3, "01.07.2023")
    assert error.sentence == (
        "In Zeile 3, Spalte „wann“, steht „01.07.2023“; das liegt außerhalb des angegebenen Zeitraums, erwartet wird "
        "ein Tag vom 01.04.2023 bis 30.06.2023."
    )


@pytest.mark.parametrize("year", ["0023", "2923"])
def test_an_impossible_year_is_told(tmp_path, year):
    error = told(tmp_path, f"01.07.{year};Nord;***300\n", EVENTS_, "wann;bezirk;schlüssel\n")
    assert (error.code, error.found) == ("implausible_date", f"01.07.{year}")


def test_destroyed_umlauts_are_told(tmp_path):
    profile = layout(EVENTS + 'columns.place_kind = { column = "ort" }\n')
    error = told(tmp_path, "01.07.2023;Nord;***300;StraÃŸe\n", profile, "wann;bezirk;schlüssel;ort\n")
    assert (error.code, error.line, error.column) == ("broken_umlauts", 2, "ort")
    assert error.sentence.endswith(
        "die Umlaute sind zerstört. Bitte die Datei aus dem Ursprungssystem neu als UTF-8 exportieren."
    )


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("18 bis unter 30 Jahre", "18-29"),
        ("75 Jahre oder älter", "75+"),
        ("75 und älter", "75+"),
        ("unter 3 Jahre", "0-2"),
        ("65 - < 75", "65-74"),
        ("14-17", "14-17"),
        ("ab 60", "60+"),
    ],
)
def test_age_groups_are_read_as_people_write_them(tmp_path, written, group):
    head = "quelle;stichtag;bezirk;altersgruppe;einwohner;basis\n"
    path = put(tmp_path, head + f"r;31.12.2023;Nord;{written};10;register\n")
    assert short(rows_of(path, shipped("eigene-einwohner")), "age_group") == [(group,)]


def test_an_age_group_that_is_none_is_told(tmp_path):
    head = "quelle;stichtag;bezirk;altersgruppe;einwohner;basis\n"
    error = told(tmp_path, "r;31.12.2023;Nord;Rentner;10;register\n", shipped("eigene-einwohner"), head)
    assert (error.code, error.column, error.found) == ("unreadable_value", "altersgruppe", "Rentner")


def test_an_ambiguous_point_is_asked_about(tmp_path):
    head = "register;zeitraum;bezirk;wert;einheit\n"
    error = told(tmp_path, "muell;2023;Nord;1.234;Tage\n", shipped("eigene-registerwerte"), head)
    assert (error.code, error.line, error.column, error.found) == ("ambiguous_number", 2, "wert", "1.234")


def test_a_second_value_can_settle_what_the_point_means(tmp_path):
    head = "register;zeitraum;bezirk;wert;einheit\n"
    rows = "muell;2023;Nord;1.234;Tage\nmuell;2023;Süd;2.345,5;Tage\n"
    found = rows_of(put(tmp_path, head + rows), shipped("eigene-registerwerte"))
    assert short(found, "district_id", "value") == [("02", 1234.0), ("03", 2345.5)]


@pytest.mark.parametrize("last", ["2023-07-01 18:05", " 01.07.2023 18:05:00 ", "2023-07-01T18:05:00"])
def test_a_time_is_read_that_is_written_differently_only_far_down_in_the_file(tmp_path, last):
    head = "quelle;zeitpunkt;bezirk;schluessel\n"
    path = put(tmp_path, head + "pks;02.07.2023 10:00;Nord;***300\n" * 3000 + f"pks;{last};Nord;***300\n")
    found = short(rows_of(path, shipped("eigene-vorfaelle")), "occurred_at")
    assert found.count((moment("2023-07-02 10:00"),)) == 3000
    assert found.count((moment("2023-07-01 18:05"),)) == 1


def test_a_time_that_cannot_be_read_is_told_however_far_down_it_stands(tmp_path):
    head = "quelle;zeitpunkt;bezirk;schluessel\n"
    path = put(tmp_path, head + "pks;02.07.2023 10:00;Nord;***300\n" * 3000 + "pks;gestern;Nord;***300\n")
    error = refusal(path, shipped("eigene-vorfaelle"))
    assert (error.code, error.line, error.found) == ("unreadable_value", 3002, "gestern")


@pytest.mark.parametrize(("written", "value"), [("ja", True), ("Nein", False), ("x", True), ("0", False), ("", None)])
def test_yes_and_no_are_read(tmp_path, written, value):
    path = put(tmp_path, f"quelle;zeitpunkt;bezirk;schluessel;versuch\npks;01.07.2023;Nord;***300;{written}\n")
    assert short(rows_of(path, shipped("eigene-vorfaelle")), "attempted") == [(value,)]


def test_a_word_that_a_layout_does_not_translate_is_told_with_those_it_does(tmp_path):
    path = put(tmp_path, "quelle;stichtag;bezirk;geschlecht;einwohner;basis\nr;31.12.2023;Nord;x;10;register\n")
    error = refusal(path, shipped("eigene-einwohner"))
    assert (error.code, error.column, error.found) == ("unreadable_value", "geschlecht", "x")
    assert error.sentence.endswith("erwartet wird „w“, „m“, „d“, „weiblich“, „männlich“ oder „divers“.")

"""Rows of the whole city are a check and never added; nothing may be counted twice."""

from sipa_data.intake import read_delivery
from tests.support.intake import COUNTS, EVENTS, findings_of, layout, musterstadt, put, refusal, rows_of, shipped, short

HEAD = "jahr;bezirk;schlüssel;fälle;versuche;aufgeklärt\n"
PARTS = "2024;Altstadt;***300;5;1;\n2024;Nord;***300;7;0;\n2024;unbekannt;***300;3;0;\n"
COUNTING = layout(COUNTS)


def test_the_whole_citys_row_is_a_check_and_not_a_row(tmp_path):
    path = put(tmp_path, HEAD + PARTS + "2024;gesamt;***300;15;1;\n")
    with read_delivery(path, musterstadt(), COUNTING) as delivery:
        report = delivery.report
    assert (report.rows_in, report.rows_taken, report.rows_skipped, report.not_locatable) == (4, 3, 1, 1)
    assert short(rows_of(path, COUNTING), "district_id", "cases") == [("01", 5), ("02", 7), (None, 3)]


def test_a_total_that_differs_is_told_with_both_numbers(tmp_path):
    error = refusal(put(tmp_path, HEAD + PARTS + "2024;gesamt;***300;16;1;\n"), COUNTING)
    assert (error.code, error.line, error.column, error.found, error.expected) == (
        "total_differs",
        5,
        "fälle",
        "15",
        "16",
    )
    assert error.sentence == (
        "In Zeile 5, Spalte „fälle“, nennt die Datei für die ganze Stadt 16; die einzelnen Zeilen ergeben aber "
        "zusammen 15, nämlich 12 zugeordnete und 3 nicht zuordenbare (2024-01-01, 2024-12-31, ***300, alle). "
        "Bitte bei der Quelle klären, welche Zahl stimmt."
    )


def test_every_number_that_adds_up_is_checked(tmp_path):
    error = refusal(put(tmp_path, HEAD + PARTS + "2024;gesamt;***300;15;2;\n"), COUNTING)
    assert (error.column, error.found, error.expected) == ("versuche", "1", "2")


def test_each_key_and_period_has_its_own_total(tmp_path):
    rows = PARTS + "2024;gesamt;***300;15;1;\n2023;Nord;***300;9;;\n2023;gesamt;***300;9;;\n2024;Nord;326*00;4;;\n"
    assert len(rows_of(put(tmp_path, HEAD + rows), COUNTING)) == 5


def test_the_same_thing_counted_twice_is_told_with_both_lines(tmp_path):
    error = refusal(put(tmp_path, HEAD + PARTS + "2024;Nordstadt;***300;8;0;\n"), COUNTING)
    assert (error.code, error.line, error.count) == ("counted_twice", 5, 1)
    assert error.sentence == (
        "Die Zeilen 3 und 5 zählen dasselbe (pks, 2024-01-01, 2024-12-31, 02, ***300, ohne). Gezählt werden darf nur "
        "einmal; bitte die überzählige Zeile entfernen."
    )


def test_three_of_the_same_are_told_as_one(tmp_path):
    error = refusal(
        put(tmp_path, HEAD + "2024;Nord;***300;1;;\n2024;02;***300;2;;\n2024;Nordstadt;***300;3;;\n"), COUNTING
    )
    assert error.count == 2
    assert error.sentence.startswith("1\u00a0Angabe steht mehrfach in der Datei, zuerst in den Zeilen 2 und 3")


def test_equal_incidents_are_kept_and_reported(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel\n" + "01.07.2023;Nord;***300\n" * 3 + "02.07.2023;Nord;***300\n")
    assert len(rows_of(path, layout(EVENTS))) == 4
    (warning,) = findings_of(path, layout(EVENTS))
    assert (warning.severity, warning.code, warning.line, warning.count) == ("warning", "identical_rows", 3, 2)
    assert warning.sentence == (
        "2\u00a0Zeilen wiederholen frühere vollständig, zuerst Zeile 3. Gezählt werden alle; "
        "bitte bei der Quelle prüfen."
    )


def test_one_equal_incident_is_said_in_the_singular(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel\n" + "01.07.2023;Nord;***300\n" * 2)
    (warning,) = findings_of(path, layout(EVENTS))
    assert warning.sentence.startswith("1\u00a0Zeile wiederholt eine frühere vollständig, zuerst Zeile 3.")


def test_rows_that_differ_in_a_column_that_is_dropped_are_no_repeats(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel;marke\n01.07.2023;Nord;***300;A\n01.07.2023;Nord;***300;B\n")
    assert findings_of(path, layout(EVENTS)) == ()


def test_a_layout_may_refuse_repeated_rows(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel\n" + "01.07.2023;Nord;***300\n" * 2)
    error = refusal(path, layout(EVENTS, duplicates="refuse"))
    assert error.sentence.endswith("Bitte die Wiederholungen entfernen.")


def test_a_layout_may_know_that_repeats_are_the_rule(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel\n" + "01.07.2023;Nord;***300\n" * 2)
    assert findings_of(path, layout(EVENTS, duplicates="ignore")) == ()


def test_inhabitants_as_sum_and_again_by_age_would_count_twice(tmp_path):
    head = "quelle;stichtag;bezirk;altersgruppe;einwohner;basis\n"
    rows = "r;31.12.2023;Nord;;30;register\nr;31.12.2023;Nord;0-17;10;register\nr;31.12.2023;Nord;18+;20;register\n"
    error = refusal(put(tmp_path, head + rows), shipped("eigene-einwohner"))
    assert (error.code, error.line) == ("whole_and_parts", 2)
    assert error.sentence.startswith(
        "Die Datei nennt Einwohner als Summe (Zeile 2) und noch einmal nach Alter oder Geschlecht."
    )

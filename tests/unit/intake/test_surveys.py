"""Surveys: persons once, weights positive, answers on the scale, missing ones typed as what they are."""

from datetime import date

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from sipa_data.errors import RefusedDelivery
from sipa_data.intake import read_delivery
from tests.support.intake import findings_of, layout, musterstadt, put, refusal, refusals, rows_of, shipped, short

WAVE = "Angabe;Wert\nKennung;umfrage-2024\nTitel;Umfrage 2024\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n"
HEAD = "befragte;bezirk;gewicht;nachts;geschlecht\n"
GOOD = "a1;Nord;0,9;1;w\na2;Süd;1,1;4;m\n"
OWN = shipped("eigene-befragung").model_copy(update={"marking": "synthetic"})


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    return tmp_path


def test_persons_answers_and_the_wave_are_three_tables(folder):
    path = put(folder, HEAD + GOOD)
    assert rows_of(path, OWN, "survey_respondents") == [
        {
            "wave_id": "umfrage-2024",
            "respondent": 1,
            "district_id": "02",
            "weight": 0.9,
            "stratum": None,
            "cluster": None,
        },
        {
            "wave_id": "umfrage-2024",
            "respondent": 2,
            "district_id": "03",
            "weight": 1.1,
            "stratum": None,
            "cluster": None,
        },
    ]
    assert short(rows_of(path, OWN, "survey_answers"), "respondent", "item_id", "answer", "missing") == [
        (1, "geschlecht", "w", None), (1, "nachts", "1", None), (2, "geschlecht", "m", None), (2, "nachts", "4", None),
    ]  # fmt: skip
    (wave,) = rows_of(path, OWN, "survey_waves")
    assert (wave["wave_id"], wave["title"], wave["responded"]) == ("umfrage-2024", "Umfrage 2024", 2)
    assert (wave["field_start"], wave["field_end"], wave["invited"]) == (date(2024, 3, 1), date(2024, 4, 30), None)


def test_no_identifier_of_the_source_is_kept(folder):
    path = put(folder, HEAD + GOOD)
    for table in ("survey_respondents", "survey_answers"):
        assert not [row for row in rows_of(path, OWN, table) if {"a1", "a2"} & set(map(str, row.values()))]


def test_strata_and_clusters_come_along(folder):
    path = put(folder, "bezirk;gewicht;schicht;klumpen;nachts\nNord;1;innen;k7;1\n")
    assert short(rows_of(path, OWN, "survey_respondents"), "stratum", "cluster") == [("innen", "k7")]


def test_labels_count_like_codes(folder):
    path = put(folder, "bezirk;gewicht;nachts\nNord;1;sehr sicher\nNord;1;SEHR UNSICHER\nNord;1;weiß nicht\n")
    assert short(rows_of(path, OWN, "survey_answers"), "answer", "missing") == [
        ("1", None), ("4", None), (None, "dont_know"),
    ]  # fmt: skip


def test_an_empty_answer_is_missing_and_no_value(folder):
    path = put(folder, "bezirk;gewicht;nachts\nNord;1;\nNord;1;2\n")
    assert short(rows_of(path, OWN, "survey_answers"), "answer", "missing") == [(None, "no_answer"), ("2", None)]


def test_an_unknown_district_of_a_person_is_allowed_when_empty(folder):
    path = put(folder, "bezirk;gewicht;nachts\n;1;1\n")
    with read_delivery(path, musterstadt(), OWN) as delivery:
        assert (delivery.report.rows_taken, delivery.report.not_locatable) == (1, 1)


def test_an_answer_outside_the_scale_is_told(folder):
    error = refusal(put(folder, HEAD + GOOD + "a3;Süd;1;7;m\na4;Süd;1;7;m\n"), OWN)
    assert (error.code, error.line, error.column, error.found, error.count) == ("outside_scale", 4, "nachts", "7", 2)
    assert error.sentence == (
        "In Zeile 4, Spalte „nachts“, steht die Antwort „7“ (insgesamt 2\u00a0Zeilen); "
        "die Skala „sehr sicher bis sehr unsicher“ kennt nur 1, 2, 3 oder 4."
    )


@pytest.mark.parametrize(
    ("weight", "code", "sentence"),
    [
        (
            "0",
            "weight_not_positive",
            "In Zeile 4, Spalte „gewicht“, ist das Gewicht 0; erwartet wird eine Zahl über 0.",
        ),
        (
            "-1,5",
            "weight_not_positive",
            "In Zeile 4, Spalte „gewicht“, ist das Gewicht -1,5; erwartet wird eine Zahl über 0.",
        ),
        ("", "weight_missing", "In Zeile 4 fehlt das Gewicht (Spalte „gewicht“); erwartet wird eine Zahl über 0."),
        (
            "viel",
            "weight_unreadable",
            "In Zeile 4, Spalte „gewicht“, ist das Gewicht „viel“ keine Zahl; erwartet wird eine Zahl über 0.",
        ),
    ],
)
def test_a_weight_that_is_none_is_told(folder, weight, code, sentence):
    error = refusal(put(folder, HEAD + GOOD + f"a3;Süd;{weight};1;m\n"), OWN)
    assert (error.code, error.line, error.column) == (code, 4, "gewicht")
    assert error.sentence == sentence


def test_weights_far_from_one_are_no_weights_per_person(folder):
    error = refusal(put(folder, "bezirk;gewicht;nachts\nNord;150,5;1\nSüd;249,5;1\n"), OWN)
    assert (error.code, error.column, error.found) == ("weight_mean", "gewicht", "200,000")
    assert "vermutlich Hochrechnungsfaktoren; bitte durch ihren Mittelwert teilen" in error.sentence


def test_weights_somewhat_off_one_are_a_warning(folder):
    (warning,) = findings_of(put(folder, "bezirk;gewicht;nachts\nNord;1,1;1\nSüd;1,1;1\n"), OWN)
    assert (warning.severity, warning.code, warning.found) == ("warning", "weight_mean", "1,100")


def test_a_survey_without_weights_says_so(folder):
    path = put(folder, "bezirk;nachts\nNord;1\n")
    assert short(rows_of(path, OWN, "survey_respondents"), "weight") == [(1.0,)]
    assert [warning.code for warning in findings_of(path, OWN)] == ["no_weights"]


@pytest.mark.parametrize("written", ["0.9", "0,9"])
def test_weights_may_have_a_comma_or_a_point(folder, written):
    other = written.replace("0", "1").replace("9", "1")
    path = put(folder, f"bezirk;gewicht;nachts\nNord;{written};1\nSüd;{other};1\n")
    assert short(rows_of(path, OWN, "survey_respondents"), "weight") == [(0.9,), (1.1,)]


def test_two_weights_for_one_person_are_told_with_both_lines(folder):
    error = refusal(put(folder, HEAD + GOOD + "a1;Nord;1,0;1;w\n"), OWN)
    assert (error.code, error.line) == ("two_weights", 4)
    assert error.sentence == (
        "Die Person aus Zeile 2 steht in Zeile 4 noch einmal, mit zwei verschiedenen Gewichten. Jede Person darf nur "
        "einmal vorkommen; bitte klären, welche Zeile gilt."
    )


def test_a_person_twice_is_told_without_naming_the_person(folder):
    error = refusal(put(folder, HEAD + GOOD + "a1;Nord;0,9;2;w\na2;Süd;1,1;2;m\n"), OWN)
    assert (error.code, error.line, error.count) == ("respondent_twice", 4, 2)
    assert error.sentence.startswith(
        "2\u00a0Personen stehen mehrfach in der Datei, mit demselben Gewicht, zuerst die Person aus Zeile 2 in Zeile 4."
    )
    assert "a1" not in error.sentence


def test_a_column_that_is_no_question_is_named(folder):
    (warning,) = findings_of(put(folder, "bezirk;gewicht;nachts;nacht\nNord;1;1;2\n"), OWN)
    assert (warning.severity, warning.code, warning.column, warning.expected) == (
        "warning",
        "unmapped_column",
        "nacht",
        "nachts",
    )
    assert warning.sentence == (
        "Die Spalte „nacht“ ist keine Frage des Katalogs und wird nicht übernommen. Gemeint ist vielleicht „nachts“."
    )


def test_a_survey_without_any_question_is_refused(folder):
    error = refusal(put(folder, "bezirk;gewicht;x1\nNord;1;1\n"), OWN)
    assert error.code == "no_items"
    assert error.sentence.startswith("Keine Spalte der Datei ist eine Frage des Katalogs.")


def test_a_question_with_hundreds_of_different_answers_is_no_scale(folder):
    rows = "".join(f"Nord;1;{number}\n" for number in range(400))
    error = refusal(put(folder, "bezirk;gewicht;nachts\n" + rows), OWN)
    assert error.sentence.startswith("In der Spalte „nachts“ stehen mehr als 300 verschiedene Werte")


def test_many_wrong_answers_are_counted(folder):
    rows = "".join(f"Nord;1;{number}\n" for number in range(100, 115))
    errors = refusals(put(folder, "bezirk;gewicht;nachts\n" + rows), OWN)
    assert len(errors) == 11
    assert errors[-1].sentence == (
        "Dazu kommen 5\u00a0weitere Antworten der Spalte „nachts“, "
        "die die Skala „sehr sicher bis sehr unsicher“ nicht kennt."
    )


def test_the_wave_can_stand_in_a_sheet_of_its_own(tmp_path):
    book = openpyxl.Workbook()
    for row in (["bezirk", "gewicht", "nachts"], ["Nord", 1, 1]):
        book.active.append(row)
    sheet = book.create_sheet("Welle")
    for row in (["Angabe", "Wert"], ["Kennung", "w7"], ["Titel", "Welle 7"], ["Feldzeit von", date(2024, 3, 1)],
                ["Feldzeit bis", date(2024, 4, 30)], ["Eingeladen", 5000]):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "d.xlsx")
    (wave,) = rows_of(tmp_path / "d.xlsx", OWN, "survey_waves")
    assert (wave["wave_id"], wave["field_start"], wave["invited"]) == ("w7", date(2024, 3, 1), 5000)


@pytest.mark.parametrize(
    ("description", "said"),
    [
        (None, "Zur Befragung fehlt die Beschreibung der Welle."),
        ("Angabe;Wert\nKennung;w7\nTitel;x\nFeldzeit von;01.03.2024\n", "Angabe „Feldzeit bis“: Die Angabe fehlt."),
        (WAVE.replace("30.04.2024", "31.04.2024"), "Angabe „Feldzeit bis“: „31.04.2024“ ist kein Datum."),
        (WAVE.replace("30.04.2024", "30.04.2023"), "die Feldzeit endet, bevor sie beginnt"),
        (WAVE.replace("Titel;", "Tittel;"), "die unbekannte Angabe „Tittel“. Gemeint ist wohl „Titel“."),
        (WAVE.replace("umfrage-2024", "Umfrage 2024"), "Angabe „Kennung“: „Umfrage 2024“ hat nicht die erwartete Form"),
    ],
)
def test_a_wave_that_is_not_described_is_refused(tmp_path, description, said):
    if description:
        put(tmp_path, description, "welle.csv")
    with pytest.raises(RefusedDelivery) as found:
        read_delivery(put(tmp_path, HEAD + GOOD), musterstadt(), OWN)
    assert said in found.value.sentence
    assert [finding.code for finding in found.value.findings] == ["wave"]


def test_another_wave_than_expected_is_told(folder):
    error = refusal(put(folder, HEAD + GOOD), OWN, wave="umfrage-2025")
    assert (error.code, error.found, error.expected) == ("wave_differs", "umfrage-2024", "umfrage-2025")


def test_the_id_of_the_wave_can_come_from_the_person_who_delivers(tmp_path):
    put(tmp_path, WAVE.replace("Kennung;umfrage-2024\n", ""), "welle.csv")
    (wave,) = rows_of(put(tmp_path, HEAD + GOOD), OWN, "survey_waves", wave="umfrage-7")
    assert wave["wave_id"] == "umfrage-7"


LISTED = """
id = "liste"
title = "Befragung mit benannten Fragen"
description = "Zum Prüfen."
attribution = "Musterstadt"
marking = "confidential"

[district]
method = "column"
columns = ["REGION"]

[survey]
weight.column = "w"
reviewed = true
missing = { "-1" = "no_answer", "998" = "refused" }
items = [{ column = "Q9", item = "nachts" }]

[survey.wave]
id = "w1"
title = "Welle 1"
field_start = 2024-01-01
field_end = 2024-02-01
"""


def test_spss_missing_codes_are_typed_even_where_the_file_declares_them(tmp_path):
    frame = pd.DataFrame({"REGION": [2.0] * 5, "w": [1.0] * 5, "Q9": [1.0, 4.0, -1.0, 998.0, float("nan")]})
    ranges = {"Q9": [{"lo": 998, "hi": 999}]}
    pyreadstat.write_sav(frame, str(tmp_path / "d.sav"), missing_ranges=ranges)
    assert short(rows_of(tmp_path / "d.sav", layout(LISTED), "survey_answers"), "answer", "missing") == [
        ("1", None), ("4", None), (None, "no_answer"), (None, "refused"), (None, "no_answer"),
    ]  # fmt: skip


def test_statas_lettered_missing_values_can_be_typed(tmp_path):
    frame = pd.DataFrame({"REGION": [2.0] * 3, "w": [1.0] * 3, "Q9": [1.0, "a", "b"]})
    pyreadstat.write_dta(frame, str(tmp_path / "d.dta"), missing_user_values={"Q9": ["a", "b"]}, version=15)
    profile = layout(LISTED.replace('"-1" = "no_answer"', 'a = "dont_know", b = "not_asked"'))
    assert short(rows_of(tmp_path / "d.dta", profile, "survey_answers"), "answer", "missing") == [
        ("1", None), (None, "dont_know"), (None, "not_asked"),
    ]  # fmt: skip


def test_a_question_that_the_catalogue_does_not_know_is_told(tmp_path):
    profile = layout(LISTED.replace('item = "nachts"', 'item = "q9"'))
    error = refusal(put(tmp_path, "REGION;w;Q9\nNord;1;1\n"), profile)
    assert (error.code, error.column, error.found) == ("unknown_item", "Q9", "q9")


BANDS = """
[[survey.bands]]
column = "alter"
item = "nachts"
bands = [{ code = "1", first = 14, last = 29 }, { code = "2", first = 30, last = 120 }]
"""


def test_an_age_becomes_a_group_and_is_not_kept(tmp_path):
    profile = layout(LISTED.replace('items = [{ column = "Q9", item = "nachts" }]', "") + BANDS)
    path = put(tmp_path, "REGION;w;alter\nNord;1;14\nNord;1;29\nNord;1;30\nNord;1;-1\n")
    assert short(rows_of(path, profile, "survey_answers"), "answer", "missing") == [
        ("1", None), ("1", None), ("2", None), (None, "no_answer"),
    ]  # fmt: skip
    error = refusal(put(tmp_path, "REGION;w;alter\nNord;1;13\n"), profile)
    assert (error.code, error.found) == ("outside_scale", "13")

"""What the project register says for its effect to be judged: outcome, districts to compare, direction of results."""

import pytest

from sipa_data.catalogue import load_catalogue
from tests.support.intake import PROJECT, put, refusal, rows_of, shipped, short

HEAD = "Kennung;Titel;Handlungsfelder;Bezirke;Zielkennzahl;Vergleichsbezirke;Verlagerungsbezirke\n"
RESULTS = "Projekt;Maß;Einheit;Gruppe;Zeitpunkt;Wert;Streuung;Anzahl;Anlage;Richtung\n"


@pytest.fixture(scope="module")
def stuttgart():
    return load_catalogue(PROJECT / "data" / "stuttgart")


def test_a_project_names_its_outcome_and_the_districts_to_compare(stuttgart, tmp_path):
    row = 'P1;A;3;Vaihingen;fahrraddiebstahl;"Möhringen; 09";\n'
    (found,) = rows_of(put(tmp_path, HEAD + row), shipped("eigene-projekte"), catalogue=stuttgart)
    assert (found["districts"], found["outcome"]) == ("20", "fahrraddiebstahl")
    assert (found["comparison_districts"], found["displacement_districts"]) == ("12;09", None)


def test_a_register_without_these_columns_is_taken_as_before(stuttgart, tmp_path):
    path = put(tmp_path, "Kennung;Titel;Handlungsfelder\nP1;A;3\n")
    (found,) = rows_of(path, shipped("eigene-projekte"), catalogue=stuttgart)
    assert found["outcome"] is None


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("P1;A;3;Vaihingen;fahrraddiebstahl;20;\n", "compared_with_itself", "Vergleichsbezirke"),
        ("P1;A;3;Vaihingen;radklau;Möhringen;\n", "unreadable_value", "Zielkennzahl"),
        ("P1;A;3;Vaihingen;;Atlantis;\n", "unreadable_value", "Vergleichsbezirke"),
    ],
)
def test_what_cannot_be_compared_is_refused(stuttgart, tmp_path, row, code, column):
    error = refusal(put(tmp_path, HEAD + row), shipped("eigene-projekte"), catalogue=stuttgart)
    assert (error.code, error.column) == (code, column)


def test_a_result_says_which_direction_is_better_or_nothing(stuttgart, tmp_path):
    rows = (
        "P1;Angst;Punkte;mit Projekt;vorher;7,2;1,5;40;Vorher-Nachher;weniger ist besser\n"
        "P1;Mut;Punkte;mit Projekt;vorher;7,2;1,5;40;Vorher-Nachher;mehr ist besser\n"
        "P1;Ruhe;Punkte;mit Projekt;vorher;7,2;1,5;40;Vorher-Nachher;\n"
    )
    found = rows_of(put(tmp_path, RESULTS + rows), shipped("eigene-projektergebnisse"), catalogue=stuttgart)
    assert short(found, "measure", "direction") == [
        ("Angst", "lower_is_better"), ("Mut", "higher_is_better"), ("Ruhe", None),
    ]  # fmt: skip


def test_another_word_for_the_direction_is_refused(stuttgart, tmp_path):
    row = "P1;Angst;Punkte;mit Projekt;vorher;7,2;1,5;40;Vorher-Nachher;besser\n"
    error = refusal(put(tmp_path, RESULTS + row), shipped("eigene-projektergebnisse"), catalogue=stuttgart)
    assert error.column == "Richtung"

"""A register that was taken out filled in and is sent in again unchanged is the same register."""

from datetime import date

import openpyxl
import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.intake import as_delivered, load_profiles, register_of, template
from tests.support.intake import COUNTS, PROFILES, PROJECT, layout, put, rows_of, shipped

DEMO = PROJECT / "data" / "demo"
WALKS = """Datum;Bezirk;Ort;Befund;Betroffene;Vorschlag;Stand
03.05.2025;Mitte;oeffentlicher_raum;Zwei Leuchten sind aus;alle;Leuchten ersetzen;offen
04.05.2025;Vaihingen;;=1+1 steht an der Wand;;;erledigt
"""
PARTNERS = """Kennung;Partner;Art;Handlungsfelder;Bezirke;Aufgabe;Seit;Bis
007;Haus der Jugend, Mitte;Jugendamt;sport;Mitte | Vaihingen;;01.01.1997;31.12.2030
"""


@pytest.fixture(scope="module")
def stuttgart():
    return load_catalogue(PROJECT / "data" / "stuttgart")


def of_text(folder, text):
    return put(folder, text, "geliefert.csv")


def sent_again(rows, profile, catalogue, folder):
    book = template(profile, catalogue, as_delivered(profile, catalogue, rows))
    again = rows_of(put(folder, book, "register.xlsx"), profile, catalogue=catalogue)
    return without_numbers(again)


def without_numbers(rows):
    """Running numbers go by the order of the file."""
    return sorted(({**row, "finding_id": None} for row in rows), key=str)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("eigene-projekte", "projekte"),
        ("eigene-projektergebnisse", "projektergebnisse"),
        ("eigene-partner", "partner"),
        ("eigene-beschluesse", "beschluesse"),
        ("eigene-ziele", "ziele"),
    ],
)
def test_the_registers_of_the_example_city_come_back_as_they_went_out(tmp_path, stuttgart, name, file):
    rows = rows_of(DEMO / f"{file}.csv", shipped(name), catalogue=stuttgart)
    assert len(rows) > 5
    assert sent_again(rows, shipped(name), stuttgart, tmp_path) == without_numbers(rows)


@pytest.mark.parametrize(("name", "text"), [("eigene-begehungen", WALKS), ("eigene-partner", PARTNERS)])
def test_formulas_leading_zeros_empty_cells_and_commas_come_back_as_well(tmp_path, stuttgart, name, text):
    rows = rows_of(of_text(tmp_path, text), shipped(name), catalogue=stuttgart)
    assert sent_again(rows, shipped(name), stuttgart, tmp_path) == without_numbers(rows)


def test_a_single_partner_with_a_comma_stays_one(tmp_path, stuttgart):
    profile = shipped("eigene-projekte")
    text = 'Kennung;Titel;Handlungsfelder;Partner\nA-1;Probe;sport;"Haus der Jugend, Mitte;"\n'
    rows = rows_of(of_text(tmp_path, text), profile, catalogue=stuttgart)
    assert [row["partners"] for row in rows] == ["Haus der Jugend, Mitte"]
    assert sent_again(rows, profile, stuttgart, tmp_path) == without_numbers(rows)


def test_people_read_names_and_german_words_and_days_are_days(tmp_path, stuttgart):
    profile = shipped("eigene-ziele")
    rows = rows_of(DEMO / "ziele.csv", profile, catalogue=stuttgart)
    (tmp_path / "ziele.xlsx").write_bytes(template(profile, stuttgart, as_delivered(profile, stuttgart, rows)))
    sheet = openpyxl.load_workbook(tmp_path / "ziele.xlsx")["Daten"]
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, (cell.value for cell in sheet[2]), strict=True))
    assert first["Richtung"] in {"höchstens", "mindestens"}
    assert first["Bezirk"] == "gesamt" or first["Bezirk"] in {one.name for one in stuttgart.districts.values()}
    assert first["Fällig"].date() > date(2020, 1, 1)
    assert sheet.cell(2, heads.index("Fällig") + 1).number_format == "DD.MM.YYYY"


def test_only_registers_are_taken_out_filled():
    names = {name for name, profile in load_profiles(PROFILES).items() if register_of(profile)}
    assert names == {
        "eigene-projekte", "eigene-projektergebnisse", "eigene-partner", "eigene-beschluesse", "eigene-ziele",
        "eigene-begehungen",
    }  # fmt: skip
    assert register_of(layout(COUNTS)) is None

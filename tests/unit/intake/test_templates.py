"""A template can be filled in by choosing, and what was filled in is taken."""

import io

import openpyxl
import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.intake import load_profiles, read_delivery, template
from tests.support.intake import COUNTS, PROFILES, PROJECT, layout, musterstadt, rows_of, shipped


@pytest.fixture(scope="module")
def stuttgart():
    return load_catalogue(PROJECT / "data" / "stuttgart")


def opened(profile, catalogue):
    return openpyxl.load_workbook(io.BytesIO(template(profile, catalogue)))


def choices(book, heading):
    """What the drop-down of a column offers."""
    heads = [cell.value for cell in book["Daten"][1]]
    letter = openpyxl.utils.get_column_letter(heads.index(heading) + 1)
    for validation in book["Daten"].data_validations.dataValidation:
        if str(validation.sqref).startswith(f"{letter}2:"):
            place = validation.formula1.split("!")[1].replace("$", "")
            return [cell.value for (cell,) in book["Listen"][place]]
    return None


def test_a_template_offers_districts_and_keys_of_the_catalogue():
    book = opened(layout(COUNTS), musterstadt())
    assert choices(book, "bezirk") == ["Altstadt", "Nordstadt", "Südstadt", "Hafen", "unbekannt", "gesamt"]
    assert choices(book, "schlüssel") == list(musterstadt().offences)
    assert choices(book, "fälle") is None


def test_what_is_chosen_in_it_is_taken(tmp_path):
    book = opened(layout(COUNTS), musterstadt())
    heads = [cell.value for cell in book["Daten"][1]]
    row = {"jahr": "2024", "bezirk": choices(book, "bezirk")[2], "schlüssel": choices(book, "schlüssel")[1], "fälle": 7}
    for heading, value in row.items():
        book["Daten"].cell(2, heads.index(heading) + 1, value)
    book.save(tmp_path / "ausgefüllt.xlsx")
    with read_delivery(tmp_path / "ausgefüllt.xlsx", musterstadt(), layout(COUNTS)) as delivery:
        assert (delivery.report.rows_in, delivery.report.rows_taken, delivery.report.findings) == (1, 1, ())


def test_keys_stay_text_in_it(stuttgart):
    book = opened(shipped("eigene-fallzahlen"), stuttgart)
    heads = [cell.value for cell in book["Daten"][1]]
    assert book["Daten"].cell(2, heads.index("schluessel") + 1).number_format == "@"


def test_a_survey_can_be_filled_in_with_its_wave(tmp_path):
    profile = shipped("eigene-befragung")
    book = opened(profile, musterstadt())
    heads = [cell.value for cell in book["Daten"][1]]
    assert choices(book, "nachts") == ["sehr sicher", "eher sicher", "eher unsicher", "sehr unsicher"]
    for heading, value in {
        "bezirk": "Hafen",
        "gewicht": 1,
        "nachts": "eher unsicher",
        "geschlecht": "weiblich",
    }.items():
        book["Daten"].cell(2, heads.index(heading) + 1, value)
    said = {"Kennung": "w-2025", "Titel": "Welle", "Feldzeit von": "01.03.2025", "Feldzeit bis": "30.03.2025"}
    for row in book["Welle"].iter_rows(min_row=2):
        row[1].value = said.get(row[0].value)
    book.save(tmp_path / "befragung.xlsx")
    with read_delivery(tmp_path / "befragung.xlsx", musterstadt(), profile, marking="synthetic") as delivery:
        assert delivery.report.rows_taken == 1


@pytest.mark.parametrize("name", sorted(load_profiles(PROFILES)))
def test_every_layout_has_a_template_that_explains_each_column(name, stuttgart):
    book = opened(shipped(name), stuttgart)
    heads = [cell.value for cell in book["Daten"][1]]
    told = {row[0]: row for row in book["Erläuterungen"].iter_rows(min_row=6, values_only=True)}
    assert heads
    assert list(told) == heads
    assert {row[1] for row in told.values()} <= {"ja", "nein"}
    assert book["Listen"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("name", "columns"), [("eigene-ziele", ["Wert"]), ("eigene-projektergebnisse", ["Wert", "Streuung"])]
)
def test_numbers_typed_into_the_cells_of_a_workbook_are_taken_whatever_their_digits(tmp_path, stuttgart, name, columns):
    """2,8 typed into a German spreadsheet is stored as the number 2.8, and 1,234 is no thousand."""
    first = (PROJECT / "data" / "demo" / f"{name.removeprefix('eigene-')}.csv").read_text(encoding="utf-8").splitlines()
    heads, cells = first[0].split(";"), first[1].split(";")
    book = opened(shipped(name), stuttgart)
    places = [cell.value for cell in book["Daten"][1]]
    for line, typed in enumerate((2.8, 1.234, 450), start=2):
        for head, cell in zip(heads, cells, strict=True):
            said = typed if head in columns else f"{cell} {line}" if head == "Maß" else cell
            book["Daten"].cell(line, places.index(head) + 1, said)
        if name == "eigene-ziele":
            book["Daten"].cell(line, places.index("Fällig") + 1, f"31.12.203{line}")
    book.save(tmp_path / "getippt.xlsx")
    table = shipped(name).tables[0].name
    taken = rows_of(tmp_path / "getippt.xlsx", shipped(name), table, catalogue=stuttgart)
    assert sorted(row["value"] for row in taken) == [1.234, 2.8, 450.0]

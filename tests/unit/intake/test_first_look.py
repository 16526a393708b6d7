"""A first look: format, signs, headings and columns are found, and nobody is asked."""

import random
from dataclasses import dataclass

import openpyxl
import pytest

from sipa_data.errors import RefusedDelivery, UnreadableFile
from sipa_data.intake import look_at
from tests.support.intake import put


def told(found):
    return dict(found.lines())


def test_a_german_csv_tells_its_signs(tmp_path):
    text = "Auszug vom 1. März\nBezirk;Tag;Kosten\nNord;31.12.2025;1.234,5\nSüd;01.01.2026;12,0\n"
    found = look_at(put(tmp_path, text, encoding="cp1252"))
    assert told(found) == {
        "Format": "CSV",
        "Zeichensatz": "Windows-1252",
        "Trennzeichen": "Semikolon",
        "Überschriften": "Zeile 2; darüber eine Zeile, die nicht zur Tabelle gehört",
        "Dezimalzeichen": "Komma",
        "Tausenderzeichen": "Punkt",
        "Datumsform": "wie 31.12.2025",
        "Zeilen": "2",
        "Spalten": "3",
    }
    assert [column.looks for column in found.columns] == [
        "2 verschiedene Texte", "Tage wie 31.12.2025", "Zahlen von 12,00 bis 1.234,50",
    ]  # fmt: skip
    assert found.first_rows[0] == ("Nord", "31.12.2025", "1.234,5")


@pytest.mark.parametrize(
    ("separator", "word"), [(";", "Semikolon"), (",", "Komma"), ("\t", "Tabulator"), ("|", "senkrechter Strich")]
)
def test_the_separator_is_the_one_that_makes_the_table(tmp_path, separator, word):
    rows = ["a", "b", "c"], ["x y", "1", "2"], ["z", "3", "4"]
    found = look_at(put(tmp_path, "\n".join(separator.join(row) for row in rows)))
    assert (told(found)["Trennzeichen"], found.headings) == (word, ("a", "b", "c"))


def test_the_sheet_with_the_table_is_chosen_and_the_others_are_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Hinweise"
    book.active.append(["Bitte beachten"])
    sheet = book.create_sheet("Zahlen")
    for row in (["Bezirk", "Fälle"], ["Nord", 3], ["Süd", 4]):
        sheet.append(row)
    book.save(tmp_path / "mappe.xlsx")
    assert told(look_at(tmp_path / "mappe.xlsx"))["Blatt"] == "„Zahlen“; außerdem „Hinweise“"


def test_another_sheet_can_be_asked_for(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Januar"
    for row in (["Bezirk", "Fälle"], ["Nord", 3], ["Süd", 4]):
        book.active.append(row)
    for row in (["Bezirk", "Versuche"], ["Nord", 1]):
        (book["Februar"] if "Februar" in book.sheetnames else book.create_sheet("Februar")).append(row)
    book.save(tmp_path / "mappe.xlsx")
    assert look_at(tmp_path / "mappe.xlsx").headings == ("Bezirk", "Fälle")
    assert look_at(tmp_path / "mappe.xlsx", sheet="Februar").headings == ("Bezirk", "Versuche")


def test_years_are_years_and_words_for_nothing_are_no_values(tmp_path):
    found = look_at(put(tmp_path, "jahr,wert\n2019,NULL\n2021,5\n"))
    year, value = found.columns
    assert year.looks == "Jahre von 2019 bis 2021"
    assert (value.blanks, value.filled) == (("NULL",), 1)


def test_a_large_file_is_only_looked_at(tmp_path):
    rows = "".join(f"{number};{number % 7};eine Angabe mit einigen Zeichen darin\n" for number in range(100_000))
    found = look_at(put(tmp_path, "a;b;c\n" + rows))
    assert not found.all_rows
    assert 20_000 <= found.rows < 100_000
    assert told(found)["Zeilen"].startswith("mindestens ")


def test_the_name_it_was_sent_under_is_only_said(tmp_path):
    kept = put(tmp_path, "", "9f3c1b")
    with pytest.raises(UnreadableFile, match=r"„Fälle 2025\.csv“ ist leer") as refused:
        look_at(kept, name="../../etc/Fälle 2025.csv")
    assert "9f3c1b" not in refused.value.sentence
    found = look_at(put(tmp_path, "a;b\nx;1\n", "9f3c1b"), name="C:\\Daten\\Fälle\u202e 2025.csv")
    assert found.name == "Fälle 2025.csv"


@pytest.mark.parametrize("text", ["1;2;3\n4;5;6\n", "31.12.2025;4\n01.01.2026;5\n"])
def test_a_file_without_headings_says_so(tmp_path, text):
    with pytest.raises(RefusedDelivery, match="sind keine Überschriften zu erkennen") as refused:
        look_at(put(tmp_path, text))
    assert [finding.code for finding in refused.value.findings] == ["no_headings"]


def test_headings_without_rows_are_no_delivery(tmp_path):
    with pytest.raises(RefusedDelivery, match="keine Daten darunter"):
        look_at(put(tmp_path, "Bezirk;Fälle\n"))


@dataclass(frozen=True)
class Table:
    separator: str
    encoding: str
    above: int


def test_what_was_written_is_found_whatever_the_signs(tmp_path):
    """Thirty tables in random forms: encoding, separator and head are always the ones they were written with."""
    chance = random.Random(7)
    names = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
    for _ in range(30):
        form = Table(chance.choice(";,\t|"), chance.choice(list(names)), chance.randint(0, 3))
        lines = [f"Vorbemerkung {number}" for number in range(form.above)]
        lines.append(form.separator.join(["Straße", "Fälle", "Anteil"]))
        lines += [form.separator.join(["Süd", str(number), "x"]) for number in range(5)]
        found = look_at(put(tmp_path, "\r\n".join(lines), encoding=form.encoding))
        assert found.headings == ("Straße", "Fälle", "Anteil"), form
        assert (told(found)["Zeichensatz"], found.form.head[0]) == (names[form.encoding], form.above + 1), form

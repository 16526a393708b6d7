"""Keys are text and must be the catalogue's; what a spreadsheet made of them is told as what it is."""

import openpyxl
import pytest

from tests.support.intake import COUNTS, EVENTS, findings_of, layout, put, refusal, refusals, rows_of, shipped, short

HEAD = "jahr;bezirk;schlüssel;fälle\n"
COUNTING = layout(COUNTS)


@pytest.mark.parametrize("key", ["3.00E+300", "3,00E+300", "3E+300"])
def test_a_key_that_a_spreadsheet_made_a_number_says_what_happened_and_how_to_repair_it(tmp_path, key):
    error = refusal(put(tmp_path, HEAD + f"2024;Nord;326*00;1\n2024;Süd;{key};12\n"), COUNTING)
    assert (error.code, error.line, error.column, error.found) == ("key_became_number", 3, "schlüssel", key)
    assert error.sentence == (
        f"In Zeile 3, Spalte „schlüssel“, steht „{key}“. Eine Tabellenkalkulation hat den Schlüssel für eine Zahl "
        "gehalten und umgeschrieben; der Schlüssel ist damit verloren. Bitte aus der ursprünglichen Datei neu "
        "exportieren und die Spalte beim Öffnen als Text einlesen."
    )


def test_the_same_happens_inside_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["jahr", "bezirk", "schlüssel", "fälle"])
    book.active.append([2024, "Süd", 3e300, 12])
    book.save(tmp_path / "daten.xlsx")
    assert refusal(tmp_path / "daten.xlsx", COUNTING).code == "key_became_number"


def test_a_lost_leading_zero_is_recognised(tmp_path):
    from sipa_data.catalogue import load_catalogue  # noqa: PLC0415 — only here
    from tests.support.intake import PROJECT  # noqa: PLC0415

    stuttgart = load_catalogue(PROJECT / "data" / "stuttgart")
    path = put(tmp_path, HEAD + "2024;Nord;10000;1\n")
    error = refusal(path, COUNTING, catalogue=stuttgart)
    assert (error.found, error.expected) == ("10000", "010000")
    assert error.sentence.endswith(
        "Gemeint ist wohl „010000“: Eine Tabellenkalkulation hat die führende Null gelöscht. "
        "Bitte die Spalte als Text einlesen."
    )


def test_an_unknown_key_is_told_with_the_closest_one(tmp_path):
    error = refusal(put(tmp_path, HEAD + "2024;Nord;892001;1\n2024;Süd;892001;1\n"), COUNTING)
    assert (error.code, error.line, error.found, error.expected, error.count) == (
        "unknown_key",
        2,
        "892001",
        "892000",
        2,
    )
    assert error.sentence == (
        "In Zeile 2, Spalte „schlüssel“, steht „892001“ (insgesamt 2\u00a0Zeilen); diesen Schlüssel kennt der Katalog "
        "nicht. Meinten Sie „892000“?"
    )


def test_a_star_in_a_key_is_a_letter_and_no_pattern(tmp_path):
    assert refusal(put(tmp_path, HEAD + "2024;Nord;326100;1\n"), COUNTING).code == "unknown_key"


def test_a_layout_may_take_unknown_keys_with_a_warning(tmp_path):
    profile = layout(EVENTS, unknown_offences="warn")
    path = put(tmp_path, "wann;bezirk;schlüssel\n01.07.2023;Nord;141312\n02.07.2023;Nord;141312\n")
    assert short(rows_of(path, profile), "offence_key") == [("141312",), ("141312",)]
    (warning,) = findings_of(path, profile)
    assert (warning.severity, warning.code, warning.count) == ("warning", "unknown_key", 2)
    assert warning.sentence == (
        "1\u00a0Schlüssel (2\u00a0Zeilen), zuerst „141312“ in Zeile 2, kennt der Katalog nicht; gezählt wird trotzdem."
    )


def test_more_unknown_keys_than_anyone_reads_are_counted(tmp_path):
    rows = "".join(f"2024;Nord;{number};1\n" for number in range(700000, 700030))
    errors = refusals(put(tmp_path, HEAD + rows), COUNTING)
    assert len(errors) == 21
    assert (
        errors[-1].sentence
        == "10\u00a0verschiedene Schlüssel (10\u00a0Zeilen), zuerst „700020“ in Zeile 22, kennt der Katalog nicht."
    )


def test_an_unknown_register_is_told(tmp_path):
    path = put(tmp_path, "register;zeitraum;bezirk;wert;einheit\nlärm;2023;Nord;1,5;Tage\n")
    error = refusal(path, shipped("eigene-registerwerte"))
    assert (error.code, error.column, error.found) == ("unknown_key", "register", "lärm")
    assert "dieses Register kennt der Katalog nicht" in error.sentence

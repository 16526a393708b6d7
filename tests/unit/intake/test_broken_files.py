"""Files that cannot be read as what they claim to be, or whose head or rows are damaged."""

import pytest

from sipa_data.errors import UnreadableFile
from sipa_data.intake import read_delivery
from tests.support.intake import COUNTS, layout, musterstadt, put, refusal, refusals

HEAD = "jahr;bezirk;schlüssel;fälle\n"
ROW = "2024;Süd;***300;12\n"
COUNTING = layout(COUNTS)


def unreadable(path):
    with pytest.raises(UnreadableFile) as found:
        read_delivery(path, musterstadt(), COUNTING)
    return found.value.sentence


def test_an_empty_file_says_so(tmp_path):
    assert unreadable(put(tmp_path, b"")) == ("Die Datei „daten.csv“ ist leer (0 Byte). Bitte den Export wiederholen.")


def test_a_missing_file_says_so(tmp_path):
    assert unreadable(tmp_path / "fehlt.csv") == "Die Datei „fehlt.csv“ gibt es nicht. Bitte den Pfad prüfen."


def test_a_folder_is_no_file(tmp_path):
    assert unreadable(tmp_path).endswith("ist ein Ordner. Bitte eine Datei angeben.")


def test_a_head_without_rows_is_refused(tmp_path):
    error = refusal(put(tmp_path, HEAD), COUNTING)
    assert (error.code, error.line) == ("no_rows", 2)
    assert error.sentence == (
        "Die Datei „daten.csv“ hat eine Kopfzeile, aber keine Daten darunter. Bitte den Export wiederholen."
    )


def test_a_nul_byte_is_named_with_its_line(tmp_path):
    assert "enthält in Zeile 3 ein Null-Zeichen (NUL)" in unreadable(put(tmp_path, HEAD + ROW + "2024;S\0d;***300;1\n"))


@pytest.mark.parametrize(("encoding", "name"), [("cp850", ""), ("mac_roman", "Mac Roman")])
def test_an_encoding_that_would_destroy_umlauts_is_refused(tmp_path, encoding, name):
    text = HEAD + "2024;Süd;***300;1\n2024;Größe;***300;1\n2024;Öde Äcker über Land;***300;2\n"
    sentence = unreadable(put(tmp_path, text, encoding=encoding))
    assert sentence.startswith("Die Kodierung der Datei „daten.csv“ wird nicht unterstützt")
    assert name in sentence
    assert "CSV UTF-8" in sentence


def test_two_encodings_in_one_file_are_named_with_the_line(tmp_path):
    content = (HEAD + "2024;Süd;***300;1\n").encode() + "2024;Süd;326*00;1\n".encode("latin-1")
    assert "mischt zwei Kodierungen" in unreadable(put(tmp_path, content))
    assert "in Zeile 3 " in unreadable(put(tmp_path, content))


def test_a_file_cut_inside_a_letter_is_truncated(tmp_path):
    content = (HEAD + ROW + "2024;Süd;***300;1\n2024;S").encode() + "ü".encode()[:1]
    assert unreadable(put(tmp_path, content)) == (
        "Die Datei „daten.csv“ endet mitten in einem Zeichen (Zeile 4). Sie wurde abgeschnitten; "
        "bitte den Export wiederholen."
    )


def test_a_file_cut_inside_a_row_is_truncated(tmp_path):
    error = refusal(put(tmp_path, HEAD + ROW + "2024;Nord;**"), COUNTING)
    assert (error.code, error.line, error.found, error.expected) == ("truncated", 3, "2024;Nord;**", "4 Spalten")
    assert error.sentence == (
        "Die Datei endet mitten in Zeile 3: Dort steht nur noch „2024;Nord;**“. Sie wurde abgeschnitten; "
        "bitte den Export wiederholen."
    )


def test_a_file_cut_inside_quotation_marks_is_truncated(tmp_path):
    assert refusal(put(tmp_path, HEAD + ROW + '2024;"Nor'), COUNTING).code == "truncated"


def test_a_row_with_too_few_cells_is_named(tmp_path):
    error = refusal(put(tmp_path, HEAD + ROW + "2024;Nord;***300\n2024;Hafen;***300;1\n"), COUNTING)
    assert (error.code, error.line, error.found, error.expected) == ("ragged_row", 3, "3 Spalten", "4 Spalten")
    assert error.sentence.startswith("Zeile 3 hat 3 Spalten, die Kopfzeile 4. Oft fehlt ein Trennzeichen")


def test_rows_with_too_many_cells_are_counted(tmp_path):
    error = refusal(put(tmp_path, HEAD + ROW + "2024;Nord;***300;1;2\n2024;Hafen;***300;1;2;3\n"), COUNTING)
    assert (error.code, error.line, error.count) == ("ragged_row", 3, 2)
    assert error.sentence.startswith(
        "2 Zeilen haben nicht so viele Spalten wie die Kopfzeile (4), zuerst Zeile 3 mit 5 oder mehr."
    )


def test_an_open_quotation_mark_is_named(tmp_path):
    error = refusal(put(tmp_path, HEAD + '2024;"Nord"x;***300;1\n' + ROW), COUNTING)
    assert (error.code, error.line) == ("open_quotation", 2)
    assert error.sentence == (
        'In Zeile 2 ist ein Anführungszeichen nicht richtig geschlossen: „2024;"Nord"x;***300;1“. '
        "Bitte das Zeichen verdoppeln oder löschen."
    )


def test_a_missing_column_is_named_with_the_closest_one(tmp_path):
    error = refusal(put(tmp_path, "jahr;bezirk;schlüssel;faelle\n2024;Süd;***300;1\n"), COUNTING)
    assert (error.code, error.line, error.column, error.found) == ("missing_column", 1, "fälle", "faelle")
    assert error.sentence == (
        "Die Spalte „fälle“ fehlt in der Kopfzeile (Zeile 1). Am ähnlichsten ist die Spalte „faelle“; "
        "heißt sie nur anders, bitte umbenennen."
    )


def test_missing_columns_without_a_likeness_list_what_is_there(tmp_path):
    error = refusal(put(tmp_path, "jahr;bezirk;schlüssel;x\n2024;Süd;***300;1\n"), COUNTING)
    assert error.sentence.endswith("Gefunden wurde „jahr“, „bezirk“, „schlüssel“ und „x“.")


def test_a_heading_that_comes_twice_is_refused(tmp_path):
    error = refusal(put(tmp_path, "jahr;bezirk;schlüssel;fälle;Fälle\n2024;Süd;***300;1;2\n"), COUNTING)
    assert (error.code, error.line, error.found) == ("duplicate_heading", 1, "4 und 5")
    assert "kommt in Zeile 1 2-mal vor (Spalten 4 und 5)" in error.sentence


def test_a_file_without_a_known_separator_is_refused(tmp_path):
    error = refusal(put(tmp_path, "jahr/bezirk/schlüssel/fälle\n2024/Süd/***300/1\n"), COUNTING)
    assert (error.code, error.line, error.found) == ("separator", 1, "jahr/bezirk/schlüssel/fälle")
    assert error.sentence.startswith(
        "Die Spalten der Datei lassen sich nicht trennen. Erwartet werden Semikolon, Komma"
    )


def test_headings_spread_over_two_rows_are_refused_with_the_fix(tmp_path):
    error = refusal(put(tmp_path, "jahr;bezirk;;\n;;schlüssel;fälle\n2024;Süd;***300;1\n"), COUNTING)
    assert (error.code, error.line) == ("merged_head_rows", 1)
    assert error.sentence.startswith("Die Spaltenköpfe verteilen sich auf die Zeilen 1 bis 2 (verbundene Kopfzeilen).")
    assert "die Köpfe in eine Zeile schreiben" in error.sentence


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7 ...", "ein PDF-Dokument"), (b"\x1f\x8b\x08\x00abc", "gzip"), (b"<!DOCTYPE html><p>", "Internetseite")],
)
def test_foreign_files_are_called_by_their_name(tmp_path, content, kind):
    assert kind in unreadable(put(tmp_path, content))


def test_a_file_of_another_city_has_no_rows_to_take(tmp_path):
    profile = layout(COUNTS, keep=[{"column": "jahr", "equals": ["1999"]}])
    error = refusal(put(tmp_path, HEAD + ROW), profile)
    assert (error.code, error.count) == ("nothing_taken", 1)
    assert error.sentence.startswith("Von 1\u00a0Zeile der Datei „daten.csv“ gehört keine zu Musterstadt.")


def test_all_causes_are_told_at_once(tmp_path):
    table = HEAD + "2024;Süd;***300;-1\n2024;Sudstadt;326*00;1\n2024;Nord;999999;x\n"
    codes = {error.code for error in refusals(put(tmp_path, table), COUNTING)}
    assert codes == {"negative", "unknown_key", "unreadable_value"}

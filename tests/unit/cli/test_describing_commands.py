"""What the shell says of a file it has never seen, and what it asks before it publishes one."""

import csv

import openpyxl
import pytest

COUNTS = "quelle;zeitraum;bezirk;schluessel;faelle\npks;2024;01;210000;5\npks;2024;02;210000;7\n"
UNKNOWN = "Gebiet;Jahr;Straftatenschlüssel;Erfasste Fälle\nNordstadt;2024;210000;4\nS-Stadt;2024;210000;7\n"
DOUBTFUL = "quelle;zeitraum;bezirk;schluessel;faelle;aufgeklaert\npks;2024;01;210000;5;9\n"


def put(folder, text, name="lieferung.csv", encoding="utf-8"):
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_recognise_says_how_a_file_is_written_and_which_layout_fits(run, tmp_path):
    code, told, _ = run("recognise", put(tmp_path, COUNTS))
    assert code == 0
    assert "Semikolon" in told
    assert "eigene-fallzahlen" in told
    assert "sicher" in told


def test_recognise_points_to_the_mapping_where_no_layout_fits(run, tmp_path):
    code, told, _ = run("recognise", put(tmp_path, "Artikel;Preis\nLampe;12,50\n"))
    assert code == 0
    assert "Kein Profil passt" in told


def test_an_import_finds_its_layout_where_it_is_sure(run, tmp_path):
    code, told, _ = run("import", put(tmp_path, COUNTS))
    assert code == 0
    assert "Profil: eigene-fallzahlen." in told
    assert "2 von 2 Zeilen übernommen" in told


def test_an_import_asks_for_the_layout_where_it_is_not(run, tmp_path):
    code, _, error = run("import", put(tmp_path, UNKNOWN))
    assert code == 6
    assert "nicht sicher zu erkennen" in error


def test_warnings_are_read_before_a_file_is_published(run, tmp_path):
    path = put(tmp_path, DOUBTFUL)
    code, _, error = run("import", path)
    assert code == 3
    assert "gibt es 1 Warnung. Bitte lesen und mit --acknowledge bestätigen." in error
    assert run("import", path, "--acknowledge")[0] == 0


def test_refused_rows_are_written_where_they_are_wanted(run, tmp_path):
    path, target = put(tmp_path, COUNTS + "pks;2024;99;210000;1\n"), tmp_path / "abgelehnt.csv"
    assert run("import", path, "--refused-rows", target)[0] == 3
    rows = list(csv.reader(target.open(encoding="utf-8-sig"), delimiter=";"))
    assert [row[0] for row in rows] == ["Zeile", "4"]


def test_a_mapping_is_made_saved_and_used_for_the_next_file(run, tmp_path):
    path = put(tmp_path, UNKNOWN)
    given = ("--set", "attribution=Polizei", "--set", "source=pks", "--set", "id=neu", "--value", "Gebiet:S-Stadt=03")
    code, told, _ = run("map", path, *given, "--save")
    assert code == 0
    assert 'column = "Erfasste Fälle"' in told
    assert (tmp_path / "lake" / "profile" / "neu.toml").is_file()
    assert "neu" in run("profiles")[1]
    code, told, _ = run("import", path)
    assert code == 0
    assert "Profil: neu." in told


def test_a_mapping_is_not_saved_under_the_name_of_a_shipped_layout(run, tmp_path):
    path = put(tmp_path, UNKNOWN, "eigene-projekte.csv")
    given = ("--set", "attribution=Polizei", "--set", "source=pks", "--value", "Gebiet:S-Stadt=03")
    code, _, error = run("map", path, *given, "--set", "id=eigene-projekte", "--save")
    assert (code, "gehört schon zu einem anderen Profil" in error) == (6, True)
    assert run("map", path, *given, "--save")[0] == 0
    assert (tmp_path / "lake" / "profile" / "eigene-projekte-2.toml").is_file()
    assert run("profiles")[0] == 0


def test_an_unfinished_mapping_says_what_is_open_and_is_not_saved(run, tmp_path):
    code, told, error = run("map", put(tmp_path, UNKNOWN), "--save")
    assert code == 6
    assert "Offen: Bitte angeben: Herkunft." in told
    assert "noch nicht vollständig" in error
    assert not (tmp_path / "lake" / "profile").exists()


@pytest.mark.parametrize("given", [("--column", "Ort=district"), ("--column", "Gebiet=ort"), ("--set", "farbe=rot")])
def test_what_a_mapping_does_not_know_is_named_with_what_there_is(run, tmp_path, given):
    code, _, error = run("map", put(tmp_path, UNKNOWN), *given)
    assert code == 6
    assert "gibt es hier nicht. Möglich sind:" in error


def test_a_template_is_written_once(run, tmp_path):
    target = tmp_path / "vorlage.xlsx"
    assert run("template", "eigene-fallzahlen", "--to", target)[0] == 0
    assert openpyxl.load_workbook(target).sheetnames == ["Daten", "Erläuterungen", "Listen"]
    assert run("template", "eigene-fallzahlen", "--to", target)[0] == 6


def test_a_register_is_written_with_what_it_holds_and_nothing_else_is_one(run, tmp_path):
    target = tmp_path / "ziele.xlsx"
    targets = (
        "Kennzahl;Bezirk;Fällig;Wert;Richtung;Beschlossen\ngewalt-faelle;gesamt;31.12.2027;12;höchstens;14.03.2024\n"
    )
    assert run("import", put(tmp_path, targets), "--profile", "eigene-ziele")[0] == 0
    assert run("template", "eigene-ziele", "--filled", "--to", target)[0] == 0
    first = [cell.value for cell in openpyxl.load_workbook(target)["Daten"][2]]
    assert first[:2] == ["gesamt", "gewalt-faelle"]
    code, _, told = run("template", "eigene-fallzahlen", "--filled", "--to", tmp_path / "nichts.xlsx")
    assert code == 6
    assert "ist kein Register" in told


def test_the_code_book_tells_questions_answers_and_counts(run, tmp_path):
    put(
        tmp_path,
        "Angabe;Wert\nKennung;w24\nTitel;Welle 24\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n",
        "welle.csv",
    )
    survey = put(tmp_path, "bezirk;gewicht;nachts\n01;1;1\n01;1;1\n02;1;4\n02;1;9\n")
    assert run("import", survey, "--profile", "eigene-befragung", "--marking", "synthetic", "--acknowledge")[0] == 0
    assert "Welle 24" in run("code-book")[1]
    code, told, _ = run("code-book", "w24")
    assert code == 0
    assert "nachts: Wie sicher fühlen Sie sich nachts" in told
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in told.splitlines() if line.startswith("│")]
    assert lines == [
        ["1", "sehr sicher", "2"], ["2", "eher sicher", "0"], ["3", "eher unsicher", "0"], ["4", "sehr unsicher", "1"],
        ["ohne", "keine Antwort: weiß nicht", "1"],
    ]  # fmt: skip
    assert run("code-book", "w99")[0] == 5


def test_a_wave_is_described_in_the_command_where_no_file_does(run, tmp_path):
    survey = put(tmp_path, "bezirk;gewicht;nachts\n01;1;1\n02;1;4\n")
    said = ("--wave", "w24", "--describe", "Titel=Welle 24", "--describe", "Feldzeit von=01.03.2024")
    code, _, error = run("import", survey, "-p", "eigene-befragung", *said, "--dry-run")
    assert (code, "„Feldzeit bis“: Die Angabe fehlt" in error) == (3, True)
    said = (*said, "--describe", "Feldzeit bis=30.04.2024", "--describe", "Eingeladen=4")
    code, told, _ = run("import", survey, "-p", "eigene-befragung", *said, "--dry-run")
    assert code == 0
    assert "50" in told[told.index("Rücklauf") :]  # two of four


def test_what_was_found_wrong_is_corrected_for_looking_mapping_and_importing_alike(run, tmp_path):
    wrong = "Amt;Stand;Art;Nr;Seite\n" + COUNTS.replace(";", "|")
    path = put(tmp_path, wrong, encoding="utf-16")
    said = ("--encoding", "utf-16", "--separator", "|", "--head", "2", "--decimal", "komma", "--days", "TT.MM.JJJJ")
    code, told, _ = run("recognise", path, *said)
    assert code == 0
    assert "senkrechter Strich" in told
    assert "eigene-fallzahlen" in told
    assert "Zeile 2" in run("map", path, *said)[1]
    code, told, _ = run("import", path, *said, "--marking", "synthetic", "--dry-run")
    assert (code, "Profil: eigene-fallzahlen" in told) == (0, True)

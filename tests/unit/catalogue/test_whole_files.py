"""Every file of a city: missing, in the wrong encoding, misnamed, or empty."""

import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.catalogue.shelves import FILES
from sipa_data.errors import CatalogueError

MAY_BE_EMPTY = (
    "offence_groups.toml", "breaks.toml", "scales.toml", "items.toml", "registers.toml", "partner_kinds.toml",
    "targets.toml",
)  # fmt: skip
NEEDED = [file for file in FILES if file not in MAY_BE_EMPTY]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(workshop, file):
    (workshop.folder / file).unlink()
    assert workshop.sentence() == (
        f"{file}: Die Datei fehlt im Ordner „{workshop.folder}“. Bitte anlegen oder den Namen berichtigen."
    )


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_not_utf_8_is_named_with_the_line_of_the_first_wrong_sign(workshop, file):
    text = "# Zeile ohne Umlaut\n# Straße\n"
    (workshop.folder / file).write_bytes(text.encode("latin-1"))
    assert workshop.sentence() == (
        f"{file}, Zeile 2: Hier steht ein Zeichen, das nicht in UTF-8 gespeichert ist. "
        "Bitte die Datei als UTF-8 speichern."
    )


def test_a_byte_order_mark_does_no_harm(workshop, stuttgart):
    for path in workshop.folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_catalogue(workshop.folder).indicators == stuttgart.indicators


def test_line_ends_of_windows_do_no_harm(workshop, stuttgart):
    for path in workshop.folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_catalogue(workshop.folder).indicators == stuttgart.indicators


@pytest.mark.parametrize("file", [file for file in NEEDED if file not in ("indicators.toml", "offences.csv")])
def test_an_empty_file_is_named(workshop, file):
    workshop.write(file, "")
    sentence = workshop.sentence()
    assert sentence.startswith(f"{file}: Die Datei "), sentence
    assert "Bitte mindestens einen Eintrag" in sentence or "Die erste Zeile muss lauten: id;name;" in sentence


def test_an_empty_file_of_offences_is_named(workshop):
    workshop.write("offences.csv", "")
    assert workshop.sentence() == (
        "offences.csv: Die Datei ist leer. "
        "Die erste Zeile muss lauten: key;title;group;kind;includes;control;valid_from;valid_to."
    )


def test_a_city_without_any_indicator_is_named(workshop):
    for path in workshop.folder.glob("indicators*.toml"):
        path.write_text("", encoding="utf-8")
    assert workshop.sentence().startswith("indicators.toml: Die Datei enthält keinen Eintrag. Bitte mindestens einen")


def test_a_file_cut_off_in_the_middle_of_an_entry_is_named(workshop):
    text = (workshop.folder / "indicators.toml").read_text(encoding="utf-8")
    workshop.write("indicators.toml", text[: text.index("caveats = [") + 30])
    sentence = workshop.sentence()
    assert sentence.startswith("indicators.toml, Zeile 18: Ein Anführungszeichen fehlt"), sentence


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("indicator.toml", "indicators.toml"), ("target.toml", "targets.toml"), ("district.csv", "districts.csv")],
)
def test_a_file_whose_name_is_nearly_right_is_not_overlooked(workshop, wrong, right):
    workshop.write(wrong, "")
    assert workshop.sentence() == (
        f"{wrong}: Diese Datei gehört nicht zum Katalog. Gemeint ist wohl „{right}“; bitte umbenennen."
    )


def test_a_list_may_go_on_in_a_second_file(workshop, stuttgart):
    workshop.write("registers-polizei.toml", '[[register]]\nid = "streifen"\ntitle = "Streifen"\nunit = "Stunden"\n')
    assert list(load_catalogue(workshop.folder).registers) == [*stuttgart.registers, "streifen"]


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(CatalogueError) as fault:
        load_catalogue(tmp_path / "atlantis")
    assert fault.value.sentence == (
        f"Den Ordner „{tmp_path / 'atlantis'}“ gibt es nicht. Bitte den Namen der Stadt oder den Pfad prüfen."
    )

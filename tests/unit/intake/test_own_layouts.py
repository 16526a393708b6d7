"""Our own plain layouts: the examples of the handbook are read as the handbook says."""

import ast
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.intake import Profile, load_profiles, read_delivery
from sipa_data.intake.profile import Reading
from sipa_data.tables import TABLES
from tests.support.intake import PROFILES, PROJECT, findings_of, put, refusal, rows_of, shipped, short

EXAMPLES = Path(__file__).parent / "examples"
HANDBOOK = (PROJECT / "docs" / "intake.md").read_text(encoding="utf-8")
NAMES = ["befragung", "projekte", "partner", "fallzahlen", "vorfaelle", "einwohner", "registerwerte"]


@pytest.fixture(scope="module")
def stuttgart():
    return load_catalogue(PROJECT / "data" / "stuttgart")


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_taken_without_a_complaint(name, stuttgart):
    invented = shipped(f"eigene-{name}").model_copy(update={"marking": "synthetic"})
    found = findings_of(EXAMPLES / f"{name}.csv", invented, catalogue=stuttgart)
    assert {one.code for one in found} <= {"nearly_unique"}  # the survey of the example has four respondents


@pytest.mark.parametrize("name", [*NAMES, "welle"])
def test_the_handbook_shows_every_example_as_it_is(name):
    assert (EXAMPLES / f"{name}.csv").read_text(encoding="utf-8").strip() in HANDBOOK


def test_the_handbook_describes_every_layout():
    for name, profile in load_profiles(PROFILES).items():
        assert f"`{name}`" in HANDBOOK, name
        assert profile.title in HANDBOOK, name


CAUSES = {"Finding": 1, "Check": 0, "_words": 0, "_compared": 0, "_twice": 3}  # call → which argument is the code


def causes_in(path):
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(call, "func", None), "id", None)
        if name in CAUSES and len(call.args) > CAUSES[name]:
            code = call.args[CAUSES[name]]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value


def test_the_handbook_explains_every_cause_of_a_refusal_and_no_other():
    room = PROJECT / "sipa_data" / "intake"
    codes = {code for path in room.rglob("*.py") for code in causes_in(path)}
    told = set(re.findall(r"^\| `([a-z_]+)` \| (?:Fehler|Warnung|Hinweis)", HANDBOOK, re.MULTILINE))
    assert len(codes) > 50
    assert told == codes


def test_a_project_names_its_fields_by_number_title_or_id(stuttgart, tmp_path):
    head = "Kennung;Titel;Handlungsfelder;Bezirke\n"
    rows = 'P1;A;3;\nP2;B;"Sicherheit für unsere Kinder";01\nP3;C;kinder|5;"Mitte, Nord"\n'
    found = rows_of(put(tmp_path, head + rows), shipped("eigene-projekte"), catalogue=stuttgart)
    assert short(found, "project_id", "fields", "districts") == [
        ("P1", "kinder", None), ("P2", "kinder", "01"), ("P3", "kinder;sport", "01;02"),
    ]  # fmt: skip


def test_a_project_keeps_its_dates_money_and_steps(stuttgart):
    first, second = rows_of(EXAMPLES / "projekte.csv", shipped("eigene-projekte"), catalogue=stuttgart)
    assert (first["start_date"], first["end_date"], first["budget_eur"]) == (date(2019, 9, 1), None, 12500.0)
    assert [second[f"beccaria_{step}"] for step in range(1, 8)] == [True] * 7
    assert (second["evidence_level"], second["languages"], first["partners"]) == (2, "de;tr", "Schulen;Verkehrswacht")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("P1;A;Weltraum;;;;\n", "unreadable_value", "Handlungsfelder"),
        ("P1;A;3;Mitte;01.05.2024;01.04.2024;\n", "project_reversed", "Ende"),
        ("P1;A;3;Mitte;;;4\n", "unknown_level", "Grüne Liste"),
        ("P1;A;3;Mitte;;;\nP1;B;4;Nord;;;\n", "counted_twice", None),
        (";A;3;Mitte;;;\n", "empty_value", "Kennung"),
        ("P1;A;3;Atlantis;;;\n", "unreadable_value", "Bezirke"),
    ],
)
def test_a_wrong_project_is_told(stuttgart, tmp_path, row, code, column):
    head = "Kennung;Titel;Handlungsfelder;Bezirke;Beginn;Ende;Grüne Liste\n"
    error = refusal(put(tmp_path, head + row), shipped("eigene-projekte"), catalogue=stuttgart)
    assert (error.code, error.column) == (code, column)


def test_a_partner_has_a_kind_of_the_catalogue_however_it_is_written(stuttgart):
    found = rows_of(EXAMPLES / "partner.csv", shipped("eigene-partner"), catalogue=stuttgart)
    assert short(found, "partner_id", "kind", "fields", "districts") == [
        ("P-01", "jugendamt", "sport;jugendkriminalitaet", None),
        ("P-02", "polizei", None, None),
        ("P-03", "praeventionsrat", "strassen-und-plaetze", "06"),
        ("P-04", "verein", "sport", "06;01"),
    ]
    assert found[3]["until"] == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("P1;Wachdienst;Raumfahrt;;\n", "unreadable_value", "Art"),
        ("P1;Wachdienst;Verein;01.05.2024;01.04.2024\n", "partner_reversed", "Bis"),
        ("P1;Eins;Verein;;\nP1;Zwei;Verein;;\n", "counted_twice", None),
        ("P1;;Verein;;\n", "empty_value", "Partner"),
    ],
)
def test_a_wrong_partner_is_told(stuttgart, tmp_path, row, code, column):
    error = refusal(
        put(tmp_path, "Kennung;Partner;Art;Seit;Bis\n" + row), shipped("eigene-partner"), catalogue=stuttgart
    )
    assert (error.code, error.column) == (code, column)


def test_a_partner_register_with_contact_persons_is_refused(stuttgart, tmp_path):
    path = put(tmp_path, "Kennung;Partner;Art;Ansprechpartner\nP1;Jugendamt;Jugendamt;Muster, Eva\n")
    assert refusal(path, shipped("eigene-partner"), catalogue=stuttgart).code == "personal_column"


@pytest.mark.parametrize(
    ("said", "kind"), [("fahrgaeste", "passengers"), ("Spieltage", "match_days"), ("betten", "betten")]
)
def test_usual_denominators_may_be_written_in_german(stuttgart, tmp_path, said, kind):
    path = put(tmp_path, f"groesse;zeitraum;wert;einheit\n{said};2025;17;Stück\n")
    assert short(rows_of(path, shipped("eigene-bezugsgroessen"), catalogue=stuttgart), "kind") == [(kind,)]


def test_register_values_of_the_whole_city_are_values_and_no_check(stuttgart):
    with read_delivery(EXAMPLES / "registerwerte.csv", stuttgart, shipped("eigene-registerwerte")) as delivery:
        assert delivery.report.rows_taken == 3
    found = rows_of(EXAMPLES / "registerwerte.csv", shipped("eigene-registerwerte"), catalogue=stuttgart)
    assert (None, 2.5) in short(found, "district_id", "value")


def test_every_layout_fills_only_tables_that_exist():
    for profile in load_profiles(PROFILES).values():
        assert all(table.name in TABLES for table in profile.tables)
        assert bool(profile.tables) != (profile.survey is not None)


def test_the_layout_that_the_handbook_shows_is_right():
    text = HANDBOOK[HANDBOOK.index("```toml\n") + 8 :]
    profile = Profile.model_validate(tomllib.loads(text[: text.index("```")]))
    assert (profile.id, profile.tables[0].name) == ("meine-datei", "incident_counts")


def test_the_handbook_names_every_way_to_read_a_column():
    line = next(line for line in HANDBOOK.splitlines() if line.startswith("| `read_as` |"))
    assert set(re.findall(r"`([a-z_]+)`", line)) == {"read_as", *get_args(Reading)}

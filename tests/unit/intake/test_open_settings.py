"""What is proposed beside the columns of an unknown file, and that no file of everyday life stops the proposal."""

import json
from dataclasses import replace

import openpyxl
import pytest

from sipa_data.errors import RefusedDelivery
from sipa_data.intake import look_at, propose
from tests.support.intake import musterstadt, put, rows_of

ANSWERS = "Stadtteil;Nachts;Datum\nNord;sehr sicher;{}\nSüd;sehr unsicher;{}\nNord;eher sicher;{}\n"
SAID = {"attribution": "Institut", "wave_id": "w1", "wave_title": "Welle 1"}
SHEET = {
    "Kennung": "w26", "Titel": "Welle 26", "Feldzeit von": "01.03.2026", "Feldzeit bis": "30.04.2026",
    "Eingeladen": "8", "Mindestalter": "16", "Befragungsart": "online", "Gewichtung": "nach Alter",
    "Methodenbruch": "zum ersten Mal online",
}  # fmt: skip


def drafted(path, kind=None, catalogue=None, **said):
    draft = propose(look_at(path), catalogue or musterstadt(), kind)
    for setting, value in said.items():
        draft = draft.with_setting(setting, value)
    return draft


def workbook(folder, wave):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Stadtteil", "Nachts", "Gewicht"], *[["Nord", "sehr sicher", 1], ["Süd", "eher sicher", 1]] * 6):
        sheet.append(row)
    told = book.create_sheet("Welle")
    for pair in (("Angabe", "Wert"), *wave.items()):
        told.append(pair)
    book.save(folder / "welle.xlsx")
    return folder / "welle.xlsx"


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (("2025-03-15", "2025-03-02", "2025-04-01"), "2025-03-02", "2025-04-01"),
        (("2025-3-15", "2025-3-2", "2025-4-1"), "2025-03-02", "2025-04-01"),
        (("15.3.2025", "2.12.2024", "1.4.2025"), "2024-12-02", "2025-04-01"),
        (("31.02.2025", "30.02.2025", "31.04.2025"), "", ""),  # written as days, but there are none
    ],
)
def test_the_field_time_is_proposed_from_the_days_of_the_interviews(tmp_path, days, first, last):
    draft = drafted(put(tmp_path, ANSWERS.format(*days)), "survey")
    assert (draft.setting("field_start"), draft.setting("field_end")) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "open_ones"),
    [
        ("31.02.2025", "30.03.2025", ["Feldzeit von"]),
        ("2025-02-01", "2025-02-30", ["Feldzeit bis"]),
        ("30.03.2025", "01.03.2025", ["Feldzeit bis"]),  # the last day is before the first
        ("01.03.2025", "30.03.2025", []),
    ],
)
def test_a_field_time_is_open_until_its_days_exist_and_are_in_order(tmp_path, first, last, open_ones):
    draft = drafted(put(tmp_path, ANSWERS.format("", "", "")), "survey", field_start=first, field_end=last, **SAID)
    assert [one.title for one in draft.settings() if not one.fine] == open_ones
    if open_ones:
        with pytest.raises(RefusedDelivery):
            draft.reading()


def test_a_day_that_does_not_exist_is_no_reference_date(tmp_path):
    draft = drafted(put(tmp_path, "Stadtteil;Einwohner\nNord;20000\n"), "population")
    assert "Stichtag" in [
        one.title for one in draft.with_setting("reference_date", "2025-02-31").settings() if not one.fine
    ]
    assert "Stichtag" not in [
        one.title for one in draft.with_setting("reference_date", "2025-02-28").settings() if not one.fine
    ]


def test_an_empty_column_can_be_taken_for_a_coordinate(tmp_path):
    draft = drafted(put(tmp_path, "a;b;mittel\n;;3\n;;4\n"), "register_values")
    draft = draft.with_meaning("a", "x").with_meaning("b", "y")
    assert draft.setting("reference") == "EPSG:4326"
    assert drafted(put(tmp_path, "p;w\n;3\n"), "register_values").with_meaning("p", "point").settings()


def test_districts_of_a_boundary_file_may_have_different_properties(tmp_path):
    features = [{"properties": one} for one in ({"id": 7, "name": "Nord"}, {"name": "Süd"}, {"name": "Hafen", "nr": 4})]
    put(tmp_path, json.dumps({"features": features}), "grenzen.geojson")
    draft = drafted(put(tmp_path, "x;y;w\n9;48;3\n"), "register_values", replace(musterstadt(), folder=tmp_path))
    assert draft.with_meaning("x", "x").with_meaning("y", "y").setting("district_property") == "name"
    put(tmp_path, json.dumps({"features": [{"properties": None}, *features]}), "grenzen.geojson")
    assert draft.with_meaning("x", "x").with_meaning("y", "y").setting("district_property") == "name"


def test_a_mapped_wave_is_everything_that_its_sheet_says(tmp_path):
    path = workbook(tmp_path, SHEET)
    draft = drafted(path, "survey", attribution="Institut", marking="published")
    assert draft.problems() == ()
    (wave,) = rows_of(path, draft.profile(), "survey_waves", **draft.reading())
    assert {name: wave[name] for name in ("wave_id", "invited", "min_age", "mode", "weighting", "method_break")} == {
        "wave_id": "w26", "invited": 8, "min_age": 16, "mode": "online", "weighting": "nach Alter",
        "method_break": "zum ersten Mal online",
    }  # fmt: skip


def test_what_a_sheet_does_not_say_of_a_wave_is_said_or_stays_open(tmp_path):
    needed = {word: SHEET[word] for word in ("Kennung", "Titel", "Feldzeit von", "Feldzeit bis")}
    draft = drafted(workbook(tmp_path, needed), "survey", attribution="Institut", marking="published")
    assert draft.problems() == ()
    assert draft.wave().invited is None
    assert draft.with_setting("invited", "500").wave().invited == 500
    for setting, wrong in (("invited", "viele"), ("invited", "0"), ("min_age", "200")):
        (problem,) = draft.with_setting(setting, wrong).problems()
        assert problem.startswith("Bitte angeben: ")

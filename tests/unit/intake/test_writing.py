"""How a file is written is found; where a person knows better, that counts, and a saved layout remembers it."""

from datetime import datetime

import openpyxl
import pytest

from sipa_data.errors import RefusedDelivery, UnreadableFile
from sipa_data.intake import Writing, as_toml, load_profile, look_at, propose, read_delivery, save_profile
from tests.support.intake import COUNTS, EVENTS, layout, musterstadt, put, refusal, refusals, rows_of, shipped, short

HEAD = "jahr;bezirk;schlüssel;fälle\n"
WHEN = "wann;bezirk;schlüssel\n"
PLAIN, HAPPENED = layout(COUNTS), layout(EVENTS)


def moments(*written):
    return [(datetime.fromisoformat(one),) for one in written]


def cases(path, profile=PLAIN, **reading):
    return short(rows_of(path, profile, **reading), "district_id", "cases")


def test_a_file_of_the_dos_age_is_refused_until_somebody_names_its_letters(tmp_path):
    path = put(tmp_path, HEAD + "2025;Süd;***300;4\n", encoding="cp850")
    with pytest.raises(UnreadableFile, match="vermutlich DOS"):
        look_at(path)
    told = Writing(encoding="cp850")
    found = look_at(path, writing=told)
    assert found.headings == ("jahr", "bezirk", "schlüssel", "fälle")
    assert dict(found.lines())["Zeichensatz"] == "DOS (cp850)"
    assert cases(path, writing=told) == [("03", 4)]


def test_letters_that_the_file_does_not_have_are_refused_with_the_line(tmp_path):
    path = put(tmp_path, HEAD + "2025;Süd;***300;4\n", encoding="cp1252")
    with pytest.raises(UnreadableFile, match=r"lässt sich nicht als UTF-8 lesen: In Zeile 1 stehen andere Zeichen"):
        look_at(path, writing=Writing(encoding="utf-8"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_mark_at_the_beginning_is_no_letter_of_the_first_heading(tmp_path, encoding):
    told = Writing(encoding="utf-8" if encoding == "utf-8-sig" else "utf-16")
    found = look_at(put(tmp_path, HEAD + "2025;Süd;***300;4\n", encoding=encoding), writing=told)
    assert found.headings[0] == "jahr"


def test_a_separator_that_was_guessed_wrong_is_corrected(tmp_path):
    path = put(tmp_path, "Bezirk|Ort, Lage, Straße\nNord|a, b, c\nSüd|d, e, f\n")
    assert look_at(path).headings == ("Bezirk|Ort", "Lage", "Straße")
    assert look_at(path, writing=Writing(separator="|")).headings == ("Bezirk", "Ort, Lage, Straße")


def test_the_headings_stand_where_somebody_says(tmp_path):
    text = "Amt;Stand;Art;Zeichen\n" + HEAD + "2025;Süd;***300;4\n"
    path = put(tmp_path, text)
    assert look_at(path).form.head == (1, 1)
    found = look_at(path, writing=Writing(head=2))
    assert (found.form.head, found.headings[1], found.rows) == ((2, 2), "bezirk", 1)
    assert [one.code for one in refusals(path, PLAIN, writing=Writing(head=1))] == ["merged_head_rows"]


def test_headings_over_two_rows_are_joined_on_request(tmp_path):
    path = put(tmp_path, "Gebiet;Fälle;\n;2024;2025\nNord;3;4\nSüd;5;6\n")
    assert look_at(path, head_rows=2).headings == ("Gebiet", "Fälle / 2024", "Fälle / 2025")


def test_a_row_of_a_sheet_can_be_named_as_well(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Amt", "Stand", "Art", "Nr"], ["jahr", "bezirk", "schlüssel", "fälle"], ["2025", "Süd", "***300", 4]):
        book.active.append(row)
    book.save(tmp_path / "mappe.xlsx")
    assert look_at(tmp_path / "mappe.xlsx", writing=Writing(head=2)).headings[1] == "bezirk"
    with pytest.raises(RefusedDelivery, match="keine Überschriften"):
        look_at(tmp_path / "mappe.xlsx", writing=Writing(head=30))


@pytest.mark.parametrize(("mark", "value"), [(",", 1.234), (".", 1234.0)])
def test_a_comma_is_what_somebody_says_it_is(tmp_path, mark, value):
    path = put(tmp_path, "register;jahr;wert\nr;2025;1,234\n")
    column = look_at(path, writing=Writing(decimal=mark)).column("wert")
    assert column.highest == value


def test_numbers_are_read_with_the_mark_that_somebody_names(tmp_path):
    path = put(tmp_path, HEAD + "2025;Süd;***300;1.000\n")
    assert cases(path) == [("03", 1000)]
    assert cases(path, writing=Writing(decimal=".")) == [("03", 1)]


@pytest.mark.parametrize(
    ("first", "second", "day", "order"),
    [
        ("03/04/2025", "31/12/2025", "2025-04-03", "Tag/Monat/Jahr"),
        ("03/04/2025", "12/31/2025", "2025-03-04", "Monat/Tag/Jahr"),
    ],
)
def test_one_day_beyond_the_twelfth_tells_what_is_day_and_what_is_month(tmp_path, first, second, day, order):
    path = put(tmp_path, f"{WHEN}{first};Nord;***300\n{second};Nord;***300\n")
    assert dict(look_at(path).lines())["Datumsform"] == f"{order}, wie {first}"
    assert short(rows_of(path, HAPPENED), "occurred_at")[:1] == moments(day)


def test_days_that_can_be_read_in_two_ways_are_asked_for(tmp_path):
    path = put(tmp_path, f"{WHEN}03/04/2025;Nord;***300\n05/06/2025 14:30;Nord;***300\n")
    assert "was Tag und was Monat ist, lässt sich nicht erkennen" in dict(look_at(path).lines())["Datumsform"]
    error = refusal(path, HAPPENED)
    assert (error.code, error.line, error.found) == ("ambiguous_date", 2, "03/04/2025")
    days = {
        form: short(rows_of(path, HAPPENED, writing=Writing(days=form)), "occurred_at")
        for form in ("%d/%m/%Y", "%m/%d/%Y")
    }
    assert days["%d/%m/%Y"] == moments("2025-04-03", "2025-06-05T14:30")
    assert days["%m/%d/%Y"] == moments("2025-03-04", "2025-05-06T14:30")


@pytest.mark.parametrize("written", ["14.07.25", "2025/07/14", "14-07-2025"])
def test_other_usual_forms_of_days_are_found(tmp_path, written):
    path = put(tmp_path, f"tag;bezirk;schlüssel\n{written};Nord;***300\n")
    assert dict(look_at(path).lines())["Datumsform"] == f"wie {written}"


def test_years_of_two_digits_are_of_this_century(tmp_path):
    path = put(tmp_path, f"{WHEN}14.07.25;Nord;***300\n14.07.2024;Nord;***300\n")
    assert short(rows_of(path, HAPPENED), "occurred_at") == moments("2025-07-14", "2024-07-14")


def test_a_saved_layout_remembers_how_its_files_are_written(tmp_path):
    text = "Fälle je Gebiet und Jahr\n\nGebiet;Jahr;Straftatenschlüssel;Erfasste Fälle\nSüd;2025;210000;1.000\n"
    told = Writing(encoding="cp850", decimal=",")
    draft = propose(look_at(put(tmp_path, text, encoding="cp850"), writing=told), musterstadt())
    for name, value in (("attribution", "Amt"), ("source", "pks"), ("marking", "published"), ("id", "alt")):
        draft = draft.with_setting(name, value)
    assert 'encoding = "cp850"' in as_toml(draft.profile())
    profile = load_profile(save_profile(draft.profile(), tmp_path / "eigene", ()))
    following = put(tmp_path, text.replace("1.000", "2.000"), "danach.csv", encoding="cp850")
    assert cases(following, profile) == [("03", 2000)]


def test_a_file_under_a_name_of_ours_is_not_named_inside_other_words(tmp_path):
    kept = put(tmp_path, "befragte;bezirk;gewicht\n1;Nord;1\n", "datei")
    with (
        pytest.raises(RefusedDelivery) as refused,
        read_delivery(kept, musterstadt(), shipped("eigene-befragung"), name="Umfrage.csv"),
    ):
        pass
    assert "Bitte in der Tabellendatei ein Blatt" in refused.value.sentence

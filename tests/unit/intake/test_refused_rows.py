"""What was refused can go back to whoever sent it: the rows, their lines and why."""

import csv
import io

import pytest

from sipa_data.errors import RefusedDelivery
from sipa_data.intake import causes, read_delivery
from sipa_data.intake.causes import TITLES
from sipa_data.intake.refused import lines_of
from tests.support.intake import COUNTS, EVENTS, PROJECT, layout, musterstadt, put, shipped
from tests.unit.intake.test_own_layouts import causes_in

PLACE = "Spalte „bezirk“: Unbekannte Orte; erwartet wird ein Name oder eine Nummer aus dem Katalog"
HEAD = "jahr;bezirk;schlüssel;fälle\n"


def refused(path, profile, **options):
    target = path.parent / "abgelehnt.csv"
    with pytest.raises(RefusedDelivery) as error:
        read_delivery(path, musterstadt(), profile, refused_rows=target, **options)
    if not target.exists():
        return error.value, None
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return error.value, list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_each_row_stands_there_once_with_all_its_reasons(tmp_path):
    text = HEAD + "2024;Nord;210000;5\n2024;Nrod;210000;viel\n2024;Süd;210000;-5\n2024;Hafen;210000;3\n"
    _, rows = refused(put(tmp_path, text), layout(COUNTS))
    assert rows == [
        ["Zeile", "Grund", "jahr", "bezirk", "schlüssel", "fälle"],
        [
            "3",
            f"{PLACE}; Spalte „fälle“: Nicht lesbare Werte; erwartet wird eine ganze Zahl",
            "2024", "Nrod", "210000", "viel",
        ],
        ["4", "Spalte „fälle“: Negative Anzahlen; erwartet wird 0 oder mehr", "2024", "Süd", "210000", "-5"],
    ]  # fmt: skip


def reasons(rows):
    return {row[0]: row[1] for row in rows[1:]}


def test_each_bad_place_is_blamed_for_what_is_wrong_with_it(tmp_path):
    profile = layout(EVENTS, district={"method": "column", "columns": ["bezirk", "nummer"]})
    text = "wann;bezirk;nummer;schlüssel\n" + "".join(
        f"01.07.2023;{place};***300\n" for place in ("Nrod;", ";", "Nord;03", "Nord;02", "Sdü;")
    )
    _, rows = refused(put(tmp_path, text), profile)
    unknown = "Spalte „bezirk“: Unbekannte Orte; erwartet wird ein Name oder eine Nummer aus dem Katalog"
    assert reasons(rows) == {
        "2": unknown,
        "3": "Spalte „bezirk“: Ort fehlt; erwartet wird Name oder Nummer aus dem Katalog",
        "4": "Spalte „bezirk“: Name und Nummer des Ortes widersprechen sich; erwartet wird derselbe Ort",
        "6": unknown,
    }


def test_the_row_of_the_whole_city_is_blamed_where_its_parts_make_another_sum(tmp_path):
    text = HEAD + "2024;Nord;***300;5\n2024;gesamt;***300;6\n2024;Nord;210000;5\n2024;gesamt;210000;5\n"
    _, rows = refused(put(tmp_path, text), layout(COUNTS))
    assert reasons(rows) == {"3": "Spalte „fälle“: Summe stimmt nicht; erwartet wird die Summe der einzelnen Zeilen"}


def test_more_wrong_sums_than_are_told_are_counted_and_all_are_blamed(tmp_path):
    """Twelve years, each with one case in the district and two in the whole city: ten are told one by one."""
    text = HEAD + "".join(f"{year};Nord;***300;1\n{year};gesamt;***300;2\n" for year in range(2001, 2013))
    error, rows = refused(put(tmp_path, text), layout(COUNTS))
    assert len(error.findings) == 11
    assert error.findings[-1].sentence == (
        "Dazu kommen in der Spalte „fälle“ 2\u00a0weitere Summen, zuerst in Zeile 23."
    )
    assert list(reasons(rows)) == [str(line) for line in range(3, 26, 2)]


def test_sums_beside_their_own_parts_are_blamed_and_the_parts_are_not(tmp_path):
    head = "quelle;stichtag;bezirk;altersgruppe;einwohner;basis\n"
    nord = "r;31.12.2023;Nord;;30;register\nr;31.12.2023;Nord;0-17;10;register\nr;31.12.2023;Nord;18+;20;register\n"
    text = head + "r;31.12.2023;Süd;;9;register\n" + nord
    _, rows = refused(put(tmp_path, text), shipped("eigene-einwohner"))
    assert reasons(rows) == {"3": "Summe und Teile zugleich; erwartet wird nur die Summe oder nur die Gruppen"}


def test_every_row_of_a_column_that_holds_no_answers_is_blamed_and_a_code_of_the_scale_is_not(tmp_path):
    put(tmp_path, "Angabe;Wert\nKennung;w\nTitel;W\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n", "welle.csv")
    answers = ["1", *range(1000, 2100), "1"]  # 1,100 different numbers, none of them a code
    text = "bezirk;gewicht;nachts\n" + "".join(f"Nord;1;{answer}\n" for answer in answers)
    _, rows = refused(put(tmp_path, text), shipped("eigene-befragung"))
    assert [row[0] for row in rows[1:]] == [str(line) for line in range(3, 1103)]


def test_a_row_that_counts_again_is_blamed_and_the_first_one_is_not(tmp_path):
    _, rows = refused(put(tmp_path, HEAD + "2024;Nord;210000;5\n2024;Nord;210000;6\n"), layout(COUNTS))
    assert [(row[0], row[-1]) for row in rows[1:]] == [("3", "6")]


def test_a_row_that_does_not_split_comes_as_it_is(tmp_path):
    _, rows = refused(put(tmp_path, HEAD + "2024;Nord;210000;5\n2024;Süd\n"), layout(COUNTS))
    assert rows[1:] == [["3", "Die Zeile lässt sich nicht in ihre Spalten trennen", "2024;Süd"]]


UNSPLIT = "Die Zeile lässt sich nicht in ihre Spalten trennen"


def test_a_long_row_that_does_not_split_comes_as_a_whole(tmp_path):
    long = "2024;Süd;" + "x" * 500
    _, rows = refused(put(tmp_path, f"{HEAD}2024;Nord;210000;5\n{long}\n2024;Nord;***300;5\n"), layout(COUNTS))
    assert rows[1:] == [["3", UNSPLIT, long]]


def test_a_row_longer_than_a_cell_of_a_spreadsheet_says_that_it_is_cut(tmp_path):
    text = f"{HEAD}2024;Nord;210000;5\n2024;{'x' * 40_000}\n2024;Nord;***300;5\n"
    _, rows = refused(put(tmp_path, text), layout(COUNTS))
    assert rows[1:] == [["3", f"{UNSPLIT}; hier stehen nur die ersten 32.000 Zeichen", "2024;" + "x" * 31_995]]


@pytest.mark.parametrize("mark", ["", '"'])
def test_rows_that_are_not_in_the_file_are_counted_in_its_last_line(tmp_path, mark):
    """Each row lacks two cells, and ten thousand missing cells are kept: of 5,250 rows they leave 250 out."""
    broken = "".join(f"2024;{mark}Nord {number}{mark}\n" for number in range(5250))
    error, rows = refused(put(tmp_path, f"{HEAD}2024;Nord;210000;5\n{broken}"), layout(COUNTS))
    assert error.findings[0].sentence.startswith("Mindestens 5.000 Zeilen haben nicht so viele Spalten")
    assert (len(rows), rows[5000][0]) == (1 + 5000 + 1, "5002")
    assert rows[-1] == ["", "250\u00a0weitere Zeilen wurden abgelehnt; sie stehen nicht in dieser Datei."]


def test_blamed_rows_beyond_the_most_are_counted_too(tmp_path, monkeypatch):
    monkeypatch.setattr("sipa_data.intake.refused.MOST_ROWS", 2)
    text = HEAD + "".join(f"2024;Nord;210000;-{number}\n" for number in range(1, 4))
    _, rows = refused(put(tmp_path, text), layout(COUNTS))
    assert [row[0] for row in rows[1:]] == ["2", "3", ""]
    assert rows[-1][1] == "1\u00a0weitere Zeile wurde abgelehnt; sie steht nicht in dieser Datei."


def test_answers_weights_and_persons_are_blamed_by_row(tmp_path):
    put(tmp_path, "Angabe;Wert\nKennung;w\nTitel;W\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n", "welle.csv")
    text = "befragte;bezirk;gewicht;nachts\na;Nord;1;7\nb;Süd;0;1\nc;Süd;1;1\nc;Süd;1;1\n"
    _, rows = refused(put(tmp_path, text), shipped("eigene-befragung"))
    assert [row[0] for row in rows[1:]] == ["2", "3", "5"]


def test_no_spreadsheet_runs_what_a_supplier_wrote(tmp_path):
    text = "wann;bezirk;schlüssel\nimmer;=cmd|'/c calc'!A1;210000\n"
    _, rows = refused(put(tmp_path, text), layout(EVENTS))
    assert rows[1][3] == "'=cmd|'/c calc'!A1"


def test_a_district_in_letters_that_only_look_alike_is_not_taken_for_the_real_one(tmp_path):
    text = HEAD + "2024;N\u043erd;210000;5\n"  # a Cyrillic o
    error, rows = refused(put(tmp_path, text), layout(COUNTS))
    (finding,) = error.findings
    assert (finding.code, finding.line, finding.expected) == ("unknown_district", 2, "Nord")
    assert [row[0] for row in rows[1:]] == ["2"]


def test_columns_that_look_like_a_person_stay_out(tmp_path):
    put(tmp_path, "Angabe;Wert\nKennung;w\nTitel;W\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n", "welle.csv")
    text = "e-mail;bezirk;gewicht;nachts\nerika@example.org;Nord;1;7\n"
    error, rows = refused(put(tmp_path, text), shipped("eigene-befragung"))
    assert "personal_column" in [finding.code for finding in error.findings]
    assert rows[0] == ["Zeile", "Grund", "bezirk", "gewicht", "nachts"]


def test_a_personal_column_without_a_heading_stays_out_and_so_does_a_row_that_cannot_be_split(tmp_path):
    put(tmp_path, "Angabe;Wert\nKennung;w\nTitel;W\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n", "welle.csv")
    text = "bezirk;gewicht;nachts;x;\nNord;1;7;a;erika@example.org\nSüd;1;1;max@example.org\n"
    error, rows = refused(put(tmp_path, text), shipped("eigene-befragung"))
    assert "Nr. 5" in [finding.column for finding in error.findings]
    assert rows == [
        ["Zeile", "Grund", "bezirk", "gewicht", "nachts", "x"],
        ["2", "Spalte „nachts“: Antworten außerhalb der Skala; erwartet wird 1, 2, 3 oder 4", "Nord", "1", "7", "a"],
        ["3", f"{UNSPLIT}; sie fehlt hier, denn in ihr können Angaben über Personen stehen", ""],
    ]


def test_of_two_columns_with_one_heading_the_personal_one_stays_out(tmp_path):
    put(tmp_path, "Angabe;Wert\nKennung;w\nTitel;W\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n", "welle.csv")
    text = "bezirk;gewicht;nachts;x;x\nNord;1;7;a;erika@example.org\n"
    _, rows = refused(put(tmp_path, text), shipped("eigene-befragung"))
    assert rows[1][2:] == ["Nord", "1", "7", "a"]


def test_without_a_row_to_blame_there_is_no_file(tmp_path):
    _, rows = refused(put(tmp_path, "jahr;bezirk;schlüssel\n2024;Nord;210000\n"), layout(COUNTS))
    assert rows is None


def test_lines_are_told_as_one_by_one_however_the_file_is_broken_up():
    def line_of(row):
        asked.append(row)
        return row + 1 + (row > 40) * 3 + (row > 700)

    for rows in ([5], [3, 4, 39, 40, 41, 42, 699, 700, 701, 900], list(range(1, 1000))):
        asked = []
        lines = lines_of(rows, line_of)
        looked = len(asked)
        assert lines == [line_of(row) for row in rows]
        assert looked <= 50


def test_what_was_found_is_grouped_by_cause_errors_first(tmp_path):
    text = HEAD + "".join(f"2024;Ort {letter};210000;5\n" for letter in "ABCDEFG") + "2024;Nord;210000;-1\n"
    error, _ = refused(put(tmp_path, text), layout(COUNTS))
    districts, negative = causes(error.findings)
    assert (districts.title, districts.count, len(districts.findings), districts.more) == ("Unbekannte Orte", 7, 5, 2)
    assert (negative.code, negative.count, negative.findings[0].line) == ("negative", 1, 9)


def test_every_cause_has_a_title():
    room = PROJECT / "sipa_data" / "intake"
    assert {code for path in room.rglob("*.py") for code in causes_in(path)} == set(TITLES)

"""CSV arrives in many forms; each of them must give the same rows."""

import csv
from datetime import date

import pytest

from sipa_data.intake.readers import read_source
from sipa_data.intake.readers.headings import Wanted
from sipa_data.intake.workbench import Workbench
from tests.support.intake import COUNTS, layout, put, refusals, rows_of, short

TABLE = "jahr;bezirk;schlüssel;fälle\n2024;Süd;***300;12\n2024;Altstadt;326*00;1234\n"
EXPECTED = [("01", "326*00", 1234), ("03", "***300", 12)]
COUNTING = layout(COUNTS)


def taken(path):
    return sorted(short(rows_of(path, COUNTING), "district_id", "offence_key", "cases"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "iso8859-15", "utf-16", "utf-16-le"])
def test_every_usual_encoding_reads_the_same(tmp_path, encoding):
    assert taken(put(tmp_path, TABLE, encoding=encoding)) == EXPECTED


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator):
    assert taken(put(tmp_path, TABLE.replace(";", separator))) == EXPECTED


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_reads_the_same(tmp_path, line_end):
    assert taken(put(tmp_path, TABLE.replace("\n", line_end))) == EXPECTED


def test_line_ends_may_be_mixed(tmp_path):
    mixed = "jahr;bezirk;schlüssel;fälle\r\n2024;Süd;***300;12\n2024;Altstadt;326*00;1234\r\n"
    assert taken(put(tmp_path, mixed)) == EXPECTED


def test_the_last_line_needs_no_end(tmp_path):
    assert taken(put(tmp_path, TABLE.rstrip("\n"))) == EXPECTED


@pytest.mark.parametrize(
    ("written", "number"),
    [("1.234", 1234), ("1,234", 1234), ("1 234", 1234), ("1'234", 1234), ("1234,0", 1234), ("1234.0", 1234)],
)
def test_marks_of_whole_numbers_are_found(tmp_path, written, number):
    table = f'jahr;bezirk;schlüssel;fälle\n2024;Nord;***300;"{written}"\n'
    assert short(rows_of(put(tmp_path, table), COUNTING), "cases") == [(number,)]


def test_a_non_breaking_space_may_part_thousands(tmp_path):
    table = "jahr;bezirk;schlüssel;fälle\n2024;Nord;***300;12\u00a0345\n"
    assert short(rows_of(put(tmp_path, table), COUNTING), "cases") == [(12345,)]


@pytest.mark.parametrize("above", ["1;2;3;4\n", "Tabelle 7\n\nStand: heute\n", "Titel;;;\n1;2;3;4\n"])
def test_rows_above_the_headings_are_passed_over(tmp_path, above):
    assert taken(put(tmp_path, above + TABLE)) == EXPECTED


def test_headings_are_found_whatever_their_case_and_blanks(tmp_path):
    table = TABLE.replace("jahr;bezirk;schlüssel;fälle", ' Jahr ;"BEZIRK";Schlüssel; Fälle')
    assert taken(put(tmp_path, table)) == EXPECTED


def test_columns_may_stand_in_any_order_with_others_between(tmp_path):
    table = "fälle;notiz;schlüssel;bezirk;jahr\n12;x;***300;Süd;2024\n1234;;326*00;Altstadt;2024\n"
    assert taken(put(tmp_path, table)) == EXPECTED


def test_blank_lines_and_empty_rows_are_no_rows(tmp_path):
    table = TABLE.replace("2024;Altstadt", "\n;;;\n2024;Altstadt") + "\n;;;\n\n"
    assert taken(put(tmp_path, table)) == EXPECTED


def test_lines_are_counted_past_blank_lines_and_quoted_line_breaks(tmp_path):
    table = 'jahr;bezirk;schlüssel;fälle;notiz\n2024;Süd;***300;12;"zwei\nZeilen"\n\n2024;Nord;***300;-1;\n'
    (error,) = refusals(put(tmp_path, table), COUNTING)
    assert (error.code, error.line) == ("negative", 5)


SIGNS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize("sign", SIGNS, ids=[f"U+{ord(sign):04X}" for sign in SIGNS])
def test_no_row_is_lost_behind_a_heading_with_a_sign_that_python_takes_for_a_line_end(tmp_path, sign):
    """A line break typed into a cell of a spreadsheet comes as one of these; in a CSV only a line feed ends a line."""
    path = put(tmp_path, f'"Bezirk";"Anzahl{sign}Fälle";"Jahr"\nMitte;5;2025\nNord;"6{sign}";2025\nSüd;7;2025\n')
    with Workbench() as bench:
        source = read_source(path, bench, [Wanted(("Bezirk",)), Wanted(("Jahr",))])
        found = source.rows.order("row").project("c0").fetchall()
        lines = [source.line_of(row) for row in (1, 2, 3)]
    assert (source.row_count, found, lines) == (3, [("Mitte",), ("Nord",), ("Süd",)], [2, 3, 4])


def test_a_separator_inside_quotation_marks_is_text(tmp_path):
    table = 'jahr;bezirk;schlüssel;fälle;notiz\n2024;Süd;***300;12;"Mord; ""Totschlag"""\n'
    assert short(rows_of(put(tmp_path, table), COUNTING), "cases", "period_end") == [(12, date(2024, 12, 31))]


def test_two_head_rows_become_one_heading(tmp_path):
    profile = layout(COUNTS.replace('"fälle"', '"Fälle / erfasst"'), head_rows=2)
    table = ";;;Fälle;\njahr;bezirk;schlüssel;erfasst;davon Versuch\n2024;Süd;***300;12;3\n"
    assert short(rows_of(put(tmp_path, table), profile), "cases") == [(12,)]


def test_keys_stay_text_with_stars_and_leading_zeros(tmp_path):
    table = "jahr;bezirk;schlüssel;fälle\n2024;03;***300;1\n2024;3;326*00;1\n"
    assert sorted(short(rows_of(put(tmp_path, table), COUNTING), "district_id", "offence_key")) == [
        ("03", "***300"),
        ("03", "326*00"),
    ]


def test_line_ends_inside_quotation_marks_end_no_row_however_large_the_file_is(tmp_path):
    """Larger than one piece of the reader: what a second thread begins with may look like rows and is none."""
    rows = [[str(number), "zweite\nZeile; „so“ " * (number % 7)] for number in range(1, 130_001)]
    rows[70_000] = ["", ""]
    path = tmp_path / "groß.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerows([["nummer", "text"], *rows])
    assert path.stat().st_size > 8_000_000
    with Workbench() as bench:
        source = read_source(path, bench, [Wanted(("nummer",)), Wanted(("text",))])
        found = source.rows.order("row").fetchall()
        lines = [source.line_of(row) for row in (1, 2, 130_000)]
    assert found == [(place, said, text or None) for place, (said, text) in enumerate(rows, start=1) if said]
    assert lines == [2, 4, 1 + sum(1 + text.count("\n") for _, text in rows[:-1]) + 1]


@pytest.mark.parametrize("end", ['90001;"Nor', '90001;"Nor\n'])
def test_a_large_file_that_ends_within_quotation_marks_loses_no_row_in_silence(tmp_path, end):
    rows = "".join(f'{number};"Zeile {number} {"x" * 90}"\n' for number in range(1, 90_001))
    path = put(tmp_path, f"nummer;text\n{rows}{end}")
    assert path.stat().st_size > 8_000_000
    with Workbench() as bench:
        source = read_source(path, bench, [Wanted(("nummer",)), Wanted(("text",))])
        (found,) = source.findings
    assert found.code in {"truncated", "open_quotation"}
    assert (found.line, found.found) == (90_002, '90001;"Nor')


def test_a_file_larger_than_what_one_thread_reads_keeps_its_rows_in_order(tmp_path):
    rows = 600_000
    path = put(tmp_path, "nummer;text\n" + "".join(f"{number};Zeile {number}\n" for number in range(1, rows + 1)))
    assert path.stat().st_size > 8_000_000
    with Workbench() as bench:
        source = read_source(path, bench, [Wanted(("nummer",)), Wanted(("text",))])
        out_of_place = source.rows.filter("row <> c0::bigint or c1 <> 'Zeile ' || c0")
        assert (source.row_count, out_of_place.fetchall()) == (rows, [])

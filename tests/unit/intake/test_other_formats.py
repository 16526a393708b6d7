"""Workbooks, SPSS, Stata and Parquet give the same rows as a CSV, and say the same when they are wrong."""

import json
from datetime import date, datetime

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import xlwt

from sipa_data.errors import UnreadableFile
from sipa_data.intake import read_delivery
from tests.support.intake import COUNTS, EVENTS, layout, musterstadt, put, refusal, rows_of, short

HEAD = ["jahr", "bezirk", "schlüssel", "fälle"]
ROWS = [[2024, "Süd", "***300", 12], [2024, "Altstadt", "326*00", 1234]]
EXPECTED = [("01", "326*00", 1234), ("03", "***300", 12)]
COUNTING = layout(COUNTS)


def taken(path, profile=COUNTING):
    return sorted(short(rows_of(path, profile), "district_id", "offence_key", "cases"))


def xlsx(path, rows, sheet="Tabelle1", *more):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for name, others in more:
        extra = book.create_sheet(name)
        for row in others:
            extra.append(row)
    book.save(path)
    return path


def xls(path, rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tabelle1")
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            sheet.write(down, across, value)
    book.save(str(path))
    return path


def ods(path, rows):
    book = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Tabelle1")
    for row in rows:
        line = odf.table.TableRow()
        for value in row:
            kind = "float" if isinstance(value, int) else "string"
            cell = odf.table.TableCell(valuetype=kind, **({"value": value} if kind == "float" else {}))
            cell.addElement(odf.text.P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_every_kind_of_workbook_reads_like_a_csv(tmp_path, write):
    assert taken(write(tmp_path / f"daten.{write.__name__}", [HEAD, *ROWS])) == EXPECTED


def test_the_content_decides_and_not_the_name(tmp_path):
    assert taken(xlsx(tmp_path / "daten.csv", [HEAD, *ROWS])) == EXPECTED


def test_the_sheet_with_the_headings_is_found(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", [["Erläuterungen"], ["zur Tabelle"]], "Lies mich", ("Daten", [HEAD, *ROWS]))
    assert taken(path) == EXPECTED


def test_a_sheet_can_be_named(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", [HEAD, [2023, "Nord", "***300", 1]], "Alt", ("Neu", [HEAD, *ROWS]))
    assert taken(path, layout(COUNTS, sheet="neu")) == EXPECTED


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", [HEAD, *ROWS], "Alt")
    with pytest.raises(UnreadableFile) as found:
        read_delivery(path, musterstadt(), layout(COUNTS, sheet="Neu"))
    assert found.value.sentence == (
        "In der Tabellendatei „d.xlsx“ fehlt das Blatt „Neu“; vorhanden ist „Alt“. Bitte das Blatt umbenennen."
    )


def test_lines_are_the_rows_of_the_sheet(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", [["Fallzahlen"], [], HEAD, *ROWS, [], [2024, "Nord", "***300", -1]])
    error = refusal(path, COUNTING)
    assert (error.code, error.line, error.column) == ("negative", 7, "fälle")


def test_merged_head_rows_of_a_sheet_are_read_where_the_layout_expects_two(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["", "", "", "Fälle", ""])
    book.active.merge_cells("D1:E1")
    book.active.append(["jahr", "bezirk", "schlüssel", "erfasst", "aufgeklärt"])
    book.active.append([2024, "Süd", "***300", 12, 4])
    book.save(tmp_path / "d.xlsx")
    profile = layout(
        COUNTS.replace('"fälle"', '"Fälle / erfasst"').replace('"aufgeklärt"', '"Fälle / aufgeklärt"'), head_rows=2
    )
    assert short(rows_of(tmp_path / "d.xlsx", profile), "cases", "cleared") == [(12, 4)]


def test_merged_head_rows_of_a_sheet_are_refused_where_one_is_expected(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", [["jahr", "bezirk", "", ""], ["", "", "schlüssel", "fälle"], *ROWS])
    assert refusal(path, COUNTING).code == "merged_head_rows"


def test_dates_of_a_workbook_are_dates(tmp_path):
    rows = [
        ["wann", "bezirk", "schlüssel"],
        [datetime.fromisoformat("2023-07-01T14:05"), "Nord", "***300"],
        [date(2023, 7, 2), "Nord", "***300"],
    ]
    found = rows_of(xlsx(tmp_path / "d.xlsx", rows), layout(EVENTS))
    assert short(found, "occurred_at") == [
        (datetime.fromisoformat("2023-07-01T14:05"),),
        (datetime.fromisoformat("2023-07-02"),),
    ]


@pytest.mark.parametrize("write", [xlsx, xls, ods])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_a_workbook_that_was_cut_off_says_so(tmp_path, write, share):
    whole = write(tmp_path / f"daten.{write.__name__}", [HEAD, *ROWS * 200]).read_bytes()
    path = put(tmp_path, whole[: int(len(whole) * share)], f"daten.{write.__name__}")
    with pytest.raises(UnreadableFile) as found:
        read_delivery(path, musterstadt(), COUNTING)
    assert "ist beschädigt, abgeschnitten oder kein XLSX, XLS oder ODS" in found.value.sentence


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("sipa_data.intake.readers.workbook.LARGEST", 1000)
    with pytest.raises(UnreadableFile, match="wäre ausgepackt"):
        read_delivery(xlsx(tmp_path / "d.xlsx", [HEAD, *ROWS]), musterstadt(), COUNTING)


def test_parquet_reads_like_a_csv(tmp_path):
    columns = {
        "jahr": [2024, 2024],
        "bezirk": ["Süd", "Altstadt"],
        "schlüssel": ["***300", "326*00"],
        "fälle": [12, 1234],
    }
    pq.write_table(pa.table(columns), tmp_path / "d.parquet")
    assert taken(tmp_path / "d.parquet") == EXPECTED


@pytest.mark.parametrize("heading", ["Anzahl.Fälle", "a.b.c", "*", "x*", 'mit "Zeichen"', "select", "file.c0"])
def test_a_parquet_column_may_be_called_anything(tmp_path, heading):
    """R names columns like „Anzahl.Fälle“; to a database that could be a table and its column."""
    columns = {"jahr": [2024, 2024], "bezirk": ["Süd", "Altstadt"], "schlüssel": ["***300", "326*00"]}
    pq.write_table(pa.table({heading: ["x", "y"], **columns, "fälle": [12, 1234]}), tmp_path / "d.parquet")
    assert taken(tmp_path / "d.parquet") == EXPECTED
    counting = layout(COUNTS.replace('"fälle"', json.dumps(heading)))
    pq.write_table(pa.table({heading: [12, 1234], **columns}), tmp_path / "e.parquet")
    assert taken(tmp_path / "e.parquet", counting) == EXPECTED


def test_a_parquet_file_that_was_cut_off_says_so(tmp_path):
    pq.write_table(pa.table({"jahr": [2024]}), tmp_path / "d.parquet")
    content = (tmp_path / "d.parquet").read_bytes()
    with pytest.raises(UnreadableFile, match=r"Die Parquet-Datei „d\.parquet“ ist beschädigt oder abgeschnitten"):
        read_delivery(put(tmp_path, content[:-20], "d.parquet"), musterstadt(), COUNTING)


def test_a_parquet_file_without_a_column_names_it(tmp_path):
    pq.write_table(
        pa.table({"jahr": [2024], "bezirk": ["Süd"], "schluessel": ["x"], "fälle": [1]}), tmp_path / "d.parquet"
    )
    error = refusal(tmp_path / "d.parquet", COUNTING)
    assert (error.code, error.column, error.found) == ("missing_column", "schlüssel", "schluessel")


@pytest.fixture
def frame():
    return pd.DataFrame(
        {"jahr": [2024.0, 2024.0], "bezirk": [3.0, 1.0], "schluessel": ["***300", "326*00"], "faelle": [12.0, 1234.0]}
    )


STATISTICS = layout(COUNTS.replace('"schlüssel"', '"schluessel"').replace('"fälle"', '"faelle"'))


def test_spss_codes_and_labels_find_their_district(tmp_path, frame):
    frame["bezirk"] = [77.0, 11.0]
    labels = {"bezirk": {77.0: "Südstadt", 11.0: "Altstadt"}}
    pyreadstat.write_sav(frame, str(tmp_path / "d.sav"), variable_value_labels=labels)
    assert taken(tmp_path / "d.sav", STATISTICS) == EXPECTED


def test_stata_reads_like_a_csv(tmp_path, frame):
    pyreadstat.write_dta(frame, str(tmp_path / "d.dta"))
    assert taken(tmp_path / "d.dta", STATISTICS) == EXPECTED


def test_the_line_of_a_statistics_file_is_its_case(tmp_path, frame):
    frame.loc[1, "faelle"] = -1
    pyreadstat.write_sav(frame, str(tmp_path / "d.sav"))
    assert refusal(tmp_path / "d.sav", STATISTICS).line == 2


@pytest.mark.parametrize("ending", ["sav", "dta"])
def test_a_statistics_file_that_was_cut_off_says_so(tmp_path, frame, ending):
    write = pyreadstat.write_sav if ending == "sav" else pyreadstat.write_dta
    write(pd.concat([frame] * 50), str(tmp_path / f"d.{ending}"))
    content = (tmp_path / f"d.{ending}").read_bytes()
    with pytest.raises(UnreadableFile) as found:
        read_delivery(put(tmp_path, content[: len(content) * 2 // 3], f"d.{ending}"), musterstadt(), STATISTICS)
    assert "abgeschnitten" in found.value.sentence


def fractions(path, kind, value):
    if kind == "xlsx":
        return xlsx(path, [HEAD, [2024, "Süd", "***300", value]])
    pq.write_table(pa.table({"jahr": [2024], "bezirk": ["Süd"], "schlüssel": ["***300"], "fälle": [value]}), path)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_the_number_1_234_of_a_typed_file_is_no_thousand(tmp_path, kind):
    """In text „1.234“ may be 1234; a typed file says it is a little more than one."""
    assert refusal(fractions(tmp_path / f"d.{kind}", kind, 1.234), COUNTING).code == "not_whole"
    assert taken(fractions(tmp_path / f"e.{kind}", kind, 1234.0)) == [("03", "***300", 1234)]

"""A small file can claim a great many cells: what the memory holds is found out apart, and the server needs less."""

import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook

from sipa_data.errors import UnreadableFile
from sipa_data.intake import read_delivery
from sipa_data.intake.readers import apart
from tests.support.hostile import Memory
from tests.support.intake import COUNTS, layout, musterstadt, refusal, refusals, rows_of, short

HEAD = ("jahr", "bezirk", "schlüssel", "fälle")
ROW = (2024, "Süd", "***300", 12)
SHEET = 50_000 * 20 * 32  # bytes: the reader reserves 32 for each cell of the rectangle up to T50000
TOO_LARGE = "nennt Zellen so weit außen, dass der Speicher nicht reicht, oder sie ist zu groß"


def far_sheets(path, count):
    """Sheets of three rows each; the last one names a cell far away from the others."""
    book = Workbook()
    for number in range(count):
        sheet = book.create_sheet(f"Blatt {number}")
        sheet.append(HEAD)
        sheet.append(ROW)
        sheet["T50000"] = 1
    book.save(path)
    return path


def test_sheets_that_fit_one_by_one_but_not_together_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "MOST_MEMORY", 3 * SHEET)
    with pytest.raises(UnreadableFile, match=TOO_LARGE):
        read_delivery(far_sheets(tmp_path / "d.xlsx", 6), musterstadt(), layout(COUNTS))


def test_one_sheet_at_a_time_is_in_the_memory(tmp_path):
    path = far_sheets(tmp_path / "d.xlsx", 6)
    memory = Memory()
    assert {error.line for error in refusals(path, layout(COUNTS))} == {50_000}  # the whole sheet was read
    assert memory.most - memory.of_child - memory.at_first < 4 * SHEET


def test_a_python_that_runs_out_of_memory_is_told_from_a_damaged_file(tmp_path, monkeypatch):
    frame = pd.DataFrame({f"v{number}": [float(row) for row in range(5_000)] for number in range(60)})
    path = tmp_path / "d.sav"
    pyreadstat.write_sav(frame, path)
    assert apart.end_of_reader(path, "spss") is None
    monkeypatch.setattr(apart, "MOST_MEMORY", 4_000_000)  # 300,000 numbers as Python holds them need 9,600,000
    assert apart.end_of_reader(path, "spss") == "memory"
    with pytest.raises(UnreadableFile) as found:
        read_delivery(path, musterstadt(), layout(COUNTS))
    assert found.value.sentence == (
        "Für die SPSS- oder Stata-Datei „d.sav“ reicht der Speicher nicht. Bitte nur die Spalten liefern, die "
        "gebraucht werden, oder die Tabelle als CSV exportieren."
    )


def test_a_table_may_begin_far_from_the_corner_of_its_sheet(tmp_path):
    book = Workbook()
    for down, row in enumerate([HEAD, ROW, (2024, "Nord", "***300", 7)], start=5):
        for across, value in enumerate(row, start=3):
            book.active.cell(down, across, value)
    book.save(tmp_path / "d.xlsx")
    assert short(rows_of(tmp_path / "d.xlsx", layout(COUNTS)), "district_id", "cases") == [("02", 7), ("03", 12)]
    book.active["F7"] = -1
    book.save(tmp_path / "d.xlsx")
    error = refusal(tmp_path / "d.xlsx", layout(COUNTS))
    assert (error.code, error.line) == ("negative", 7)

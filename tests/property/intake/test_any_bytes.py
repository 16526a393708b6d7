"""Whatever stands in a file: it is taken or refused in German, it never crashes, and nothing stays behind."""

import tempfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sipa_data.errors import SipaError
from sipa_data.intake import read_delivery
from tests.support.intake import COUNTS, layout, musterstadt, put

HEAD = "jahr;bezirk;schlüssel;fälle;aufgeklärt\n"
DISTRICTS = ["Altstadt", "Nord", "Süd", "Hafen", "01", "unbekannt", "gesamt", "Sued", "", "Xyz"]
KEYS = ["***300", "326*00", "892000", "3.00E+300", "", "999"]
NUMBERS = ["0", "1", "12", "1.234", "-1", "2,5", "", "viele", "1e400", "9" * 30]
VALID = (HEAD + "2024;Altstadt;***300;5;1\n2024;Nord;***300;7;0\n2024;Süd;326*00;1.234;12\n").encode()
COUNTING = layout(COUNTS)
RARELY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def private(tmp_path, monkeypatch):
    folder = tmp_path / "privat"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def read(folder: Path, private: Path, content: bytes, name: str = "daten.csv") -> None:
    """Taken with an honest report, or refused with a sentence; nothing staged remains either way."""
    try:
        delivery = read_delivery(put(folder, content, name), musterstadt(), COUNTING)
    except SipaError as refused:
        said: str | None = refused.sentence
    else:
        said = None
        with delivery:
            report = delivery.report
        assert report.rows_in == report.rows_taken + report.rows_refused + report.rows_skipped
        assert report.rows_taken > 0
        assert report.errors == ()
    assert said is None or said.endswith((".", "?"))
    assert list(private.iterdir()) == []


@RARELY
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b'"')
@example(b"\n\n\n")
@example(b";;;;;")
@example(b"\r")
def test_random_bytes_never_crash(tmp_path, private, content):
    read(tmp_path, private, content)


@RARELY
@given(st.integers(0, len(VALID)))
def test_a_valid_file_cut_anywhere_never_crashes(tmp_path, private, cut):
    read(tmp_path, private, VALID[:cut])


@RARELY
@given(st.integers(0, len(VALID) - 1), st.binary(min_size=1, max_size=4))
def test_a_valid_file_with_other_bytes_inside_never_crashes(tmp_path, private, place, other):
    read(tmp_path, private, VALID[:place] + other + VALID[place + len(other) :])


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2024", "2023", "Juli 2024", "x", ""]),
        st.sampled_from(DISTRICTS),
        st.sampled_from(KEYS),
        st.sampled_from(NUMBERS),
        st.sampled_from(NUMBERS),
    ),
    max_size=12,
)


@RARELY
@given(ROWS, st.sampled_from(["utf-8", "cp1252", "utf-16"]), st.sampled_from([";", "\t", ","]))
def test_any_table_is_taken_or_refused(tmp_path, private, rows, encoding, separator):
    quoted = [[f'"{cell}"' if separator in cell else cell for cell in row] for row in rows]
    text = HEAD.replace(";", separator) + "".join(separator.join(row) + "\r\n" for row in quoted)
    read(tmp_path, private, text.encode(encoding))


GOOD_ROWS = st.lists(
    st.tuples(
        st.integers(2000, 2020), st.sampled_from(DISTRICTS[:5]), st.sampled_from(KEYS[:3]), st.integers(0, 10**9)
    ),
    unique_by=lambda row: (row[0], {"01": "Altstadt"}.get(row[1], row[1]), row[2]),
    min_size=1,
    max_size=20,
)


@RARELY
@given(GOOD_ROWS)
def test_what_is_right_is_taken_whole(tmp_path, private, rows):
    text = HEAD + "".join(f"{year};{place};{key};{cases};\n" for year, place, key, cases in rows)
    with read_delivery(put(tmp_path, text), musterstadt(), COUNTING) as delivery:
        table = pq.read_table(delivery.tables["incident_counts"])
        assert delivery.report.rows_taken == len(rows) == table.num_rows
    assert sum(table["cases"].to_pylist()) == sum(row[3] for row in rows)


def workbook(folder: Path) -> bytes:
    book = openpyxl.Workbook()
    for line in VALID.decode().splitlines():
        book.active.append(line.split(";"))
    book.save(folder / "ganz.xlsx")
    return (folder / "ganz.xlsx").read_bytes()


def statistics_file(folder: Path) -> bytes:
    frame = pd.DataFrame({"jahr": [2024.0] * 9, "bezirk": ["Nord"] * 9, "v": range(9)})
    pyreadstat.write_sav(frame, str(folder / "ganz.sav"))
    return (folder / "ganz.sav").read_bytes()


@RARELY
@given(st.data())
def test_damaged_workbooks_and_statistics_files_never_crash(tmp_path, private, data):
    name = data.draw(st.sampled_from(["xlsx", "sav"]))
    whole = workbook(tmp_path) if name == "xlsx" else statistics_file(tmp_path)
    place = data.draw(st.integers(0, 100_000)) % len(whole)  # a workbook's size differs from run to run
    other = data.draw(st.binary(max_size=8))
    read(tmp_path, private, whole[:place] + other + whole[place + data.draw(st.integers(0, 200)) :], f"daten.{name}")

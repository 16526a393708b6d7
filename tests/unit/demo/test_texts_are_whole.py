"""The files that the example city is written from: no text runs into the next column."""

import csv
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[3] / "data" / "demo").glob("*.csv"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_line_has_as_many_cells_as_the_heading(file):
    heading, *lines = csv.reader(file.read_text(encoding="utf-8").splitlines(), delimiter=";")
    assert [line for line in lines if line and len(line) != len(heading)] == []

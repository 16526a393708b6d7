"""The plain data of the example city: invented names, shares and courses from ``data/demo``, written for people."""

import csv
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sipa_data.settings import PROJECT

FOLDER = PROJECT / "data" / "demo"

Row = dict[str, str]
Numbers = NDArray[np.float64]


def rows(name: str) -> list[Row]:
    """The rows of one file, by heading."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def number(cell: str) -> float:
    """A number with decimal comma."""
    return float(cell.replace(",", "."))


def numbers(table: Sequence[Row], heading: str) -> Numbers:
    """One column of numbers, shape (rows,)."""
    return np.array([number(row[heading]) for row in table])


def grid(table: Sequence[Row], headings: Sequence[str]) -> Numbers:
    """Several columns of numbers, shape (rows, headings)."""
    return np.array([[number(row[heading]) for heading in headings] for row in table])

"""One file as read: its headings and its rows as text, each row with its number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import duckdb

from sipa_data.intake.delivery import Finding


@dataclass(frozen=True)
class Source:
    """A file's rows, staged: column ``row`` counts from 1, ``c0``, ``c1``, … are the cells as text, empty as NULL.

    Parameters
    ----------
    headings : what stands above ``c0``, ``c1``, …
    rows : the staged rows, without those that are wholly empty
    row_count : how many there are, those that could not be split into cells included
    line_of : row number → line of the file, counted from 1 with the head rows
    findings : what was noticed while reading
    labels : heading → code → label, where the file carries them
    notes : other small tables of the same file (sheets), by name: pairs of what and value
    trimmed : the cells of the rows in hand have no blanks around them any more
    """

    headings: tuple[str, ...]
    rows: duckdb.DuckDBPyRelation
    row_count: int
    line_of: Callable[[int], int]
    findings: tuple[Finding, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    trimmed: bool = False

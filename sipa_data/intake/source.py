"""One file as read: its headings and its rows as text, each row with its number."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from sipa_data.intake.delivery import Finding


@dataclass(frozen=True)
class Form:
    """How a file is written, as far as it was found.

    Parameters
    ----------
    kind : closed name of the format: csv, workbook, spss, stata, parquet
    encoding : codec of a text file
    separator : between the cells of a text file
    sheet : name of the worksheet that was read
    head : first and last line of the head, counted from 1; nothing above the data: (0, 0)
    tops : the first rows of each table in the file, by sheet; text files have one, named „“
    labels : heading → what the file calls the column beside its short name (SPSS, Stata)
    declared : heading → codes that the file itself declares as missing
    cut : there are more rows than were read for a first look
    decimal, days : mark of its numbers and form of its days, where somebody said them
    """

    kind: str
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    head: tuple[int, int] = (0, 0)
    tops: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cut: bool = False
    decimal: str | None = None
    days: str | None = None


@dataclass(frozen=True)
class Unsplit:
    """The rows that could not be split into cells, as long as the file is on the workbench.

    Parameters
    ----------
    lines : of the file, counted from 1
    texts : what stands in these lines, one after the other
    more : how many there are beyond them; None: some, nobody knows how many
    """

    lines: tuple[int, ...] = ()
    texts: Callable[[], Iterator[str]] = lambda: iter(())
    more: int | None = 0


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
    form : how the file is written
    unsplit : the rows that could not be split into cells
    """

    headings: tuple[str, ...]
    rows: duckdb.DuckDBPyRelation
    row_count: int
    line_of: Callable[[int], int]
    findings: tuple[Finding, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    trimmed: bool = False
    form: Form = Form("csv")
    unsplit: Unsplit = Unsplit()

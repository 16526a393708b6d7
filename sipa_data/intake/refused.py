"""The rows that a file was refused for, each with its reasons: a file to send back to whoever supplied it."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from duckdb import ColumnExpression, ConstantExpression, DuckDBPyRelation

from sipa_data.german import count_of, number
from sipa_data.intake.blame import Blaming
from sipa_data.intake.causes import TITLES
from sipa_data.intake.delivery import Finding
from sipa_data.intake.source import Source, Unsplit
from sipa_data.intake.workbench import count_rows
from sipa_data.spreadsheets import text_cell

MOST_ROWS = 100_000
MOST_LETTERS = 32_000  # a cell of a spreadsheet holds hardly more
UNSPLIT = "Die Zeile lässt sich nicht in ihre Spalten trennen"
PERSONAL = ("personal_column", "personal_content", "free_text")
NUMBER = re.compile(r"[+-]?[\d.,]+")
OF_EVERY_ROW = {  # the finding names what is likeliest in one of its rows
    "unknown_district": "ein Name oder eine Nummer aus dem Katalog",
    "unknown_key": "ein Eintrag des Katalogs",
    "total_differs": "die Summe der einzelnen Zeilen",
}
HEADS = ("Zeile", "Grund")


def write_refused(findings: Iterable[Finding], source: Source, target: Path) -> int:
    """Write every row that an error names, as it stands in the file; columns that look like a person stay out.

    Returns
    -------
    how many rows there are; without any, no file is written
    """
    errors = [finding for finding in findings if finding.severity == "error"]
    personal = {finding.place for finding in errors if isinstance(finding, Blaming) and finding.code in PERSONAL}
    kept = [place for place in range(len(source.headings)) if place not in personal]
    blamed = _blamed(errors, source, kept)
    rows = [] if blamed is None else blamed.order("row").limit(MOST_ROWS).fetchall()
    unsplit = list(_unsplit(source.unsplit, shown=not personal and _looked_through(errors)))
    if not rows and not unsplit:
        return 0
    lines = lines_of([row for row, *_ in rows], source.line_of)
    more = count_rows(blamed) - len(rows) if blamed is not None and len(rows) == MOST_ROWS else 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([*HEADS, *(text_cell(source.headings[place]) for place in kept)])
        for line, (_, reasons, *cells) in zip(lines, rows, strict=True):
            writer.writerow([line, reasons, *map(_cell, cells)])
        writer.writerows(unsplit)
        if said := _not_in_here(more, source.unsplit.more):
            writer.writerow(["", said])
    return len(rows) + len(unsplit) + more + (source.unsplit.more or 0)


def _looked_through(errors: Sequence[Finding]) -> bool:
    """Whether the columns have been searched for persons: not if the reading ended before."""
    return all(finding.code != "no_district_column" for finding in errors)


def _unsplit(rows: Unsplit, *, shown: bool) -> Iterator[tuple[int, str, str]]:
    """Line, reason and text of the rows that could not be split: nobody knows in which column what of them stands."""
    for line, text in zip(rows.lines, rows.texts(), strict=True):
        if not shown:
            yield line, f"{UNSPLIT}; sie fehlt hier, denn in ihr können Angaben über Personen stehen", ""
        elif len(text) > MOST_LETTERS:
            reason = f"{UNSPLIT}; hier stehen nur die ersten {number(MOST_LETTERS)} Zeichen"
            yield line, reason, text_cell(text[:MOST_LETTERS])
        else:
            yield line, UNSPLIT, text_cell(text)


def _not_in_here(blamed: int, unsplit: int | None) -> str:
    """What is said where the file does not hold every row that was refused."""
    if unsplit is None:
        return "Weitere Zeilen wurden abgelehnt; sie stehen nicht in dieser Datei."
    if not (more := blamed + unsplit):
        return ""
    one = "weitere Zeile wurde abgelehnt; sie steht nicht in dieser Datei."
    return count_of(more, one, "weitere Zeilen wurden abgelehnt; sie stehen nicht in dieser Datei.")


def _blamed(errors: Sequence[Finding], source: Source, kept: Sequence[int]) -> DuckDBPyRelation | None:
    """Row, its reasons and its cells."""
    found: DuckDBPyRelation | None = None
    for finding in errors:
        if isinstance(finding, Blaming) and finding.rows is not None:
            reason = ConstantExpression(_reason(finding)).alias("reason")
            part = finding.rows.project(ColumnExpression("row"), reason)
            found = part if found is None else found.union(part)
    if found is None:
        return None
    reasons = found.aggregate("row, string_agg(distinct reason, '; ' order by reason) as reasons", "row")
    cells = ", ".join(f"said.c{place}" for place in kept)
    joined = source.rows.set_alias("said").join(reasons.set_alias("blamed"), "said.row = blamed.row")
    return joined.project(f"said.row as row, blamed.reasons as reasons{', ' + cells if cells else ''}")


def _reason(finding: Finding) -> str:
    where = f"Spalte „{finding.column}“: " if finding.column else ""
    wanted = OF_EVERY_ROW.get(finding.code, finding.expected)
    expected = f"; erwartet wird {wanted}" if wanted else ""
    return f"{where}{TITLES[finding.code]}{expected}"


def _cell(value: object) -> str:
    """A number stays a number, also below zero."""
    text = "" if value is None else str(value)
    return text if NUMBER.fullmatch(text) else text_cell(text)


def lines_of(rows: Sequence[object], line_of: Callable[[int], int]) -> list[int]:
    """The lines of many rows in ascending order; where two rows are as far apart as their lines, all between are."""
    numbers = [int(str(row)) for row in rows]
    lines = [0] * len(numbers)

    def fill(first: int, last: int, begin: int, end: int) -> None:
        lines[first], lines[last] = begin, end
        if last - first < 2:
            return
        if end - begin == numbers[last] - numbers[first]:
            for place in range(first + 1, last):
                lines[place] = begin + numbers[place] - numbers[first]
            return
        middle = (first + last) // 2
        line = line_of(numbers[middle])
        fill(first, middle, begin, line)
        fill(middle, last, line, end)

    if numbers:
        fill(0, len(numbers) - 1, line_of(numbers[0]), line_of(numbers[-1]))
    return lines

"""An Answer as a CSV file that German Excel opens by a double click and counts with.

Semicolons, decimal comma, CRLF, and a byte order mark, without which Excel takes UTF-8 for Windows-1252. A head
says what the numbers are; after one empty line comes the table, one row per observation.
"""

import csv
import io

from sipa_data import german
from sipa_data.answers.types import Answer
from sipa_data.exports.cells import key_cell, number_cell, text_cell
from sipa_data.exports.content import (
    FIRST_DAY,
    KEY,
    LAST_DAY,
    LOWER,
    UNIT,
    UPPER,
    columns,
    head,
    judged_rows,
    official_key,
)
from sipa_data.figures.rows import Row
from sipa_data.figures.table import BASE, BASIS, EVERYONE, GROUP, PERIOD, PLACE, STATUS, VALUE, VERDICT
from sipa_data.figures.words import status_text, why_hidden


def csv_bytes(answer: Answer) -> bytes:
    """The file. A value that is not shown is a word; its bounds, base and basis are empty."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([name, text_cell(text)] for name, text in head(answer))
    writer.writerow([])
    shown = columns(answer)
    writer.writerow(shown)
    for row, verdict in judged_rows(answer):
        record = _record(answer, row, verdict)
        writer.writerow([record[column] for column in shown])
    return file.getvalue().encode("utf-8-sig")


def _record(answer: Answer, row: Row, verdict: str) -> dict[str, str]:
    decimals = answer.indicator.decimals
    return {
        KEY: key_cell(official_key(answer, row)),
        PLACE: text_cell(row.place),
        GROUP: text_cell(row.group or EVERYONE),
        PERIOD: row.period.german,
        FIRST_DAY: german.day(row.period.start),
        LAST_DAY: german.day(row.period.end),
        VALUE: why_hidden(row) if row.value is None else number_cell(row.value, decimals),
        UNIT: text_cell(answer.indicator.unit),
        LOWER: number_cell(row.lower, decimals),
        UPPER: number_cell(row.upper, decimals),
        BASE: number_cell(row.n, 0),
        BASIS: text_cell(row.basis or ""),
        STATUS: text_cell(status_text(row)),
        VERDICT: text_cell(verdict),
    }

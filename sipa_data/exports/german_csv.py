"""An Answer as a CSV file that German Excel opens by a double click and counts with.

Semicolons, decimal comma, CRLF, and a byte order mark, without which Excel takes UTF-8 for Windows-1252. A head
says what the numbers are; after one empty line comes the table, one row per observation.
"""

import csv
import io
import re
import unicodedata
from datetime import date

from sipa_data import german
from sipa_data.answers.types import CITY, NOT_LOCATABLE, Answer
from sipa_data.exports.cells import key_cell, number_cell, text_cell
from sipa_data.figures.rows import Row, rows
from sipa_data.figures.table import (
    BASE,
    BASIS,
    EVERYONE,
    GROUP,
    PERIOD,
    PLACE,
    STATUS,
    VALUE,
    VERDICT,
    verdict_cells,
)
from sipa_data.figures.words import NOTHING, SYNTHETIC, snapshot_text, status_text, why_hidden, without_full_stop

KEY = "Schlüssel"
FIRST_DAY = "Beginn"
LAST_DAY = "Ende"
UNIT = "Einheit"
LOWER = "95-%-Bereich von"
UPPER = "95-%-Bereich bis"
LONGEST_NAME = 80


def csv_bytes(answer: Answer) -> bytes:
    """The file. A value that is not shown is a word; its bounds, base and basis are empty."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows(_head(answer))
    writer.writerow([])
    found = rows(answer)
    verdicts = verdict_cells(answer, found) if answer.verdicts else [NOTHING] * len(found)
    table = [_record(answer, row, verdict) for row, verdict in zip(found, verdicts, strict=True)]
    columns = _columns(answer, found)
    writer.writerow(columns)
    writer.writerows([record[column] for column in columns] for record in table)
    return file.getvalue().encode("utf-8-sig")


def file_name(answer: Answer) -> str:
    """``gewalt_2025_datenstand-42.csv``; synthetic data say so in the name too."""
    parts = [answer.indicator.id, *answer.question.districts[:3]]
    parts += ["nach-gebiet"] if answer.question.by_district else []
    parts += ["verlauf"] if answer.question.history else []
    parts += [str(answer.period)] if answer.period else []
    parts += [f"datenstand-{answer.snapshot.id}"]
    parts += ["beispieldaten"] if answer.snapshot.synthetic else []
    name = "_".join(_plain_letters(part) for part in parts)
    return f"{name[:LONGEST_NAME].rstrip('_-')}.csv"


def _head(answer: Answer) -> list[list[str]]:
    indicator = answer.indicator
    pairs = [
        *([("Hinweis", SYNTHETIC)] if answer.snapshot.synthetic else []),
        ("Kennzahl", indicator.title),
        ("Definition", indicator.definition),
        ("Einheit", indicator.unit),
        *(("Zu beachten", caveat) for caveat in indicator.caveats),
        *(("Anmerkung", note) for note in answer.notes),
        *(("Bruch der Reihe", f"{title} ({german.day(date.fromisoformat(day))})") for day, title in answer.breaks),
        ("Quelle", without_full_stop(answer.source).removeprefix("Quelle: ")),
        ("Datenstand", snapshot_text(answer.snapshot).removeprefix("Datenstand ")),
    ]
    return [[name, text_cell(text)] for name, text in pairs]


def _columns(answer: Answer, found: tuple[Row, ...]) -> list[str]:
    """As on the screen: groups and verdicts only where there are any."""
    groups = [GROUP] if any(row.group for row in found) else []
    verdicts = [VERDICT] if answer.verdicts else []
    numbers = [VALUE, UNIT, LOWER, UPPER, BASE, BASIS, STATUS]
    return [KEY, PLACE, *groups, PERIOD, FIRST_DAY, LAST_DAY, *numbers, *verdicts]


def _record(answer: Answer, row: Row, verdict: str) -> dict[str, str]:
    decimals = answer.indicator.decimals
    return {
        KEY: key_cell(_key(answer, row)),
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


def _key(answer: Answer, row: Row) -> str:
    """The official number: of the district, or of the city."""
    if row.district == CITY:
        return answer.city.official_key
    return "" if row.district == NOT_LOCATABLE else row.district


def _plain_letters(text: str) -> str:
    """Letters, digits and hyphens only: what every file system takes."""
    spelled_out = text.lower()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled_out = spelled_out.replace(letter, letters)
    ascii_only = unicodedata.normalize("NFKD", spelled_out).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")

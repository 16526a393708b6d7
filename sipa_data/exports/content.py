"""What a file says of an Answer, whatever its form: the same head, columns and rows for CSV and XLSX."""

import re
import unicodedata
from datetime import date

from sipa_data import german
from sipa_data.answers.types import CITY, NOT_LOCATABLE, Answer
from sipa_data.figures.rows import Row, rows
from sipa_data.figures.table import BASE, BASIS, GROUP, PERIOD, PLACE, STATUS, VALUE, VERDICT, verdict_cells
from sipa_data.figures.words import NOTHING, SYNTHETIC, snapshot_text, without_full_stop

KEY = "Schlüssel"
FIRST_DAY = "Beginn"
LAST_DAY = "Ende"
UNIT = "Einheit"
LOWER = "95-%-Bereich von"
UPPER = "95-%-Bereich bis"
LONGEST_NAME = 80


def head(answer: Answer) -> list[tuple[str, str]]:
    """What the numbers are, what to mind, and where they come from: pairs of name and text."""
    indicator = answer.indicator
    return [
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


def judged_rows(answer: Answer) -> list[tuple[Row, str]]:
    """Every observation with its verdict in words."""
    found = rows(answer)
    verdicts = verdict_cells(answer, found) if answer.verdicts else [NOTHING] * len(found)
    return list(zip(found, verdicts, strict=True))


def columns(answer: Answer) -> list[str]:
    """As on the screen: groups and verdicts only where there are any."""
    groups = [GROUP] if any(row.group for row in rows(answer)) else []
    verdicts = [VERDICT] if answer.verdicts else []
    numbers = [VALUE, UNIT, LOWER, UPPER, BASE, BASIS, STATUS]
    return [KEY, PLACE, *groups, PERIOD, FIRST_DAY, LAST_DAY, *numbers, *verdicts]


def official_key(answer: Answer, row: Row) -> str:
    """The official number: of the district, or of the city."""
    if row.district == CITY:
        return answer.city.official_key
    return "" if row.district == NOT_LOCATABLE else row.district


def file_name(answer: Answer, ending: str = "csv") -> str:
    """``gewalt_2025_datenstand-42.csv``; synthetic data say so in the name too."""
    parts = [answer.indicator.id, *answer.question.districts[:3]]
    parts += ["nach-gebiet"] if answer.question.by_district else []
    parts += ["verlauf"] if answer.question.history else []
    parts += [str(answer.period)] if answer.period else []
    parts += [f"datenstand-{answer.snapshot.id}"]
    parts += ["beispieldaten"] if answer.snapshot.synthetic else []
    name = "_".join(_plain_letters(part) for part in parts)
    return f"{name[:LONGEST_NAME].rstrip('_-')}.{ending}"


def _plain_letters(text: str) -> str:
    """Letters, digits and hyphens only: what every file system takes."""
    spelled_out = text.lower()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled_out = spelled_out.replace(letter, letters)
    ascii_only = unicodedata.normalize("NFKD", spelled_out).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")

"""Tables of words: projects, uploads, a district's profile. Cells are German text, ready to show."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from sipa_data import german
from sipa_data.answers import Answer
from sipa_data.catalogue import Catalogue
from sipa_data.figures import tile
from sipa_data.figures.words import NOTHING, dative_plural

Row = Mapping[str, object]

HERE = ZoneInfo("Europe/Berlin")
UPLOAD_STATUS = {
    "published": "veröffentlicht",
    "withdrawn": "zurückgezogen",
    "replaced": "ersetzt",
    "purged": "gelöscht",
}
NOT_LOCATABLE = "nicht verortbar"
MARKINGS = {"synthetic": "Beispieldaten", "published": "öffentlich", "confidential": "vertraulich"}


def project_table(projects: Iterable[Row], catalogue: Catalogue) -> pd.DataFrame:
    """One row per project: what, where, when, with whom."""
    city = catalogue.city
    return pd.DataFrame(
        [
            {
                "Projekt": _text(row["title"]),
                city.districts_word: _names(row["districts"], catalogue) or f"{city.name} gesamt",
                "Zielgruppe": _text(row["target_group"]),
                "Laufzeit": _span(row["start_date"], row["end_date"]),
                "Partner": german.listing(_parts(row["partners"])) or NOTHING,
            }
            for row in projects
        ],
        dtype="string",
    )


def upload_table(uploads: Iterable[Row]) -> pd.DataFrame:
    """One row per upload: what came and when, and for those who may know from whom and what became of its rows."""
    return pd.DataFrame(
        [
            {
                "Datei": _text(row["file_name"]),
                "Profil": _text(row["profile"]),
                **_of_the_staff(row),
                "Stand": f"{_word(UPLOAD_STATUS, row['status'])}, {_word(MARKINGS, row['marking'])}",
            }
            for row in uploads
        ],
        dtype="string",
    )


def _of_the_staff(row: Row) -> dict[str, str]:
    """When an upload came; from whom and with how many rows, where that is part of the answer."""
    if row["uploaded_by"] is None:
        return {"Übernommen": _moment(row["uploaded_at"])}
    return {
        "Übernommen": f"{_moment(row['uploaded_at'])}, {_text(row['uploaded_by'])}",
        "Zeilen": _rows_told(row),
        NOT_LOCATABLE: _count(_report(row).get("not_locatable")),
    }


def profile_table(
    before: Sequence[Answer], rest: Sequence[Answer], district: str, similar: Sequence[Answer]
) -> pd.DataFrame:
    """One row per indicator: value, interval, change against before, difference from the rest and from similar ones."""
    found = []
    for over_time, beside, alike in zip(before, rest, similar, strict=True):
        shown = tile(over_time)
        found.append(
            {
                "Kennzahl": over_time.indicator.title,
                "Wert": f"{shown.value} {shown.unit}".strip(),
                "95-%-Bereich": shown.interval or NOTHING,
                "Gegenüber früher": shown.verdict or NOTHING,
                "Gegenüber der übrigen Stadt": _short(beside, district),
                f"Gegenüber ähnlichen {dative_plural(over_time.city.districts_word)}": _short(alike, district),
            }
        )
    return pd.DataFrame(found, dtype="string")


def _short(answer: Answer, district: str) -> str:
    verdict = answer.verdict_on(district)
    return NOTHING if verdict is None else verdict.short


def source_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """One row per source: how many of its indicators have a value, and how recent the newest is."""
    by_source: dict[str, list[Answer]] = {}
    for answer in answers:
        by_source.setdefault(answer.indicator.source, []).append(answer)
    found = []
    for source, members in by_source.items():
        periods = [answer.period for answer in members if answer.period and not answer.is_empty]
        newest = max(periods, key=lambda period: period.end, default=None)
        found.append(
            {
                "Quelle": source,
                "Kennzahlen mit Wert": f"{len(periods)} von {len(members)}",
                "jüngster Stand": newest.german if newest else "nicht erhoben",
            }
        )
    return pd.DataFrame(found, dtype="string")


def _rows_told(row: Row) -> str:
    """``230 von 230 übernommen``, and what became of the others."""
    told = [f"{_count(row['rows_taken'])} von {_count(row['rows_in'])} übernommen"]
    told += [f"{_count(row['rows_refused'])} abgelehnt"] if row["rows_refused"] else []
    told += [f"{_count(row['rows_skipped'])} übersprungen"] if row["rows_skipped"] else []
    return ", ".join(told)


def _word(words: Mapping[str, str], cell: object) -> str:
    return words.get(str(cell), str(cell))


def _report(row: Row) -> Row:
    report = row["report"]
    return json.loads(report) if isinstance(report, str) and report else {}


def _names(districts: object, catalogue: Catalogue) -> str:
    return german.listing([catalogue.districts[key].name for key in _parts(districts) if key in catalogue.districts])


def _parts(cell: object) -> list[str]:
    """The parts of a cell that holds several, separated by semicolons."""
    return [part.strip() for part in str(cell).split(";")] if cell else []


def _text(cell: object) -> str:
    return NOTHING if cell is None else str(cell)


def _count(cell: object) -> str:
    return german.number(cell) if isinstance(cell, int) else NOTHING


def _moment(cell: object) -> str:
    """Times rest in UTC and are read in Germany."""
    return german.moment(cell.replace(tzinfo=UTC).astimezone(HERE)) if isinstance(cell, datetime) else NOTHING


def _span(start: object, end: object) -> str:
    first = german.day(start) if isinstance(start, date) else None
    last = german.day(end) if isinstance(end, date) else None
    match first, last:
        case None, None:
            return NOTHING
        case _, None:
            return f"seit{german.NO_BREAK_SPACE}{first}"
        case None, _:
            return f"bis{german.NO_BREAK_SPACE}{last}"
        case _:
            return f"{first} bis {last}"

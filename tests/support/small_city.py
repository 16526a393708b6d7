"""Musterstadt with data: a small published lake whose every number can be traced to the tables below.

What readers should find in it:
* violence rose in the Altstadt in 2025 far beyond the usual swing, and stayed elsewhere
* the Hafen had 2 cases in 2025, which a protected reader must not receive
* in the Hafen only 12 people were asked: too few answers
* 5 cases of 2025 have no district
* the steering group wants at most 400 cases of violence in the Altstadt and at most one in the Hafen
* a walk found two things in the Hafen, one of them is done
* the project „Nachtlichter“ names two registered partners, and the „Theater am Kanal“, which is not registered
* where „Nachtlichter“ is, violence rose from 402 to 611 cases, and in the Südstadt, which has it not, from 105 to 108
* nobody delivers the register „Zeit bis zur Beseitigung von wildem Müll“
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from sipa_data.intake.delivery import Delivery, Slice
from sipa_data.lake import open_lake
from sipa_data.release import publish
from sipa_data.settings import Settings
from tests.support.deliveries import Row, staged
from tests.support.facts import MUSTERSTADT

YEARS = (2022, 2023, 2024, 2025)
Cases = dict[str | None, tuple[int, ...]]
VIOLENCE: Cases = {  # cases per year, by district
    "01": (300, 310, 305, 520),
    "02": (90, 92, 88, 91),
    "03": (110, 105, 112, 108),
    "04": (12, 11, 14, 2),
    None: (6, 4, 7, 5),
}
INHABITANTS = {"01": 10_000, "02": 20_000, "03": 15_000, "04": 3_000}
UNSAFE: dict[int, dict[str, tuple[int, int]]] = {  # wave → district → (unsafe, asked)
    2023: {"01": (40, 200), "02": (20, 200), "03": (24, 200), "04": (3, 12)},
    2025: {"01": (80, 200), "02": (21, 200), "03": (25, 200), "04": (4, 12)},
}
MONTHLY_THEFTS: dict[str, tuple[int, ...]] = {}
"""Thefts of bicycles in the months of 2025, by district, where a test wants something finer than years."""
FIRST_RESPONDENT = 1
PROJECT = {
    "source": "projekte",
    "project_id": "p1",
    "title": "Nachtlichter",
    "fields": "strassen",
    "districts": "01;02",
    "target_group": "Jugendliche",
    "start_date": date(2024, 3, 1),
    "partners": "Jugendamt;Polizei;Theater am Kanal",
    "outcome": "gewalt-faelle",
    "comparison_districts": "03",
}
PARTNERS = [
    {
        "source": "partnerregister",
        "partner_id": "j",
        "title": "Jugendamt",
        "kind": "jugendamt",
        "fields": "strassen;sauberkeit",
        "tasks": "Leitet die Projekte für junge Menschen.",
        "since": date(2001, 5, 1),
    },
    {"source": "partnerregister", "partner_id": "p", "title": "Polizei", "kind": "polizei", "districts": "04"},
]

STEERING = {
    "targets": [
        {"indicator": "gewalt-faelle", "district_id": district, "due": date(2026, 12, 31), "value": value,
         "direction": "at_most", "decided_on": date(2025, 2, 1)}
        for district, value in (("01", 400.0), ("04", 1.0))
    ],
    "decisions": [
        {"decision_id": number, "decided_on": date(2025, 2, 1), "text": text, "indicator": indicator,
         "expected_direction": "fall" if indicator else None, "responsible": "Geschäftsstelle", "status": status}
        for number, text, indicator, status in (
            ("1", "Die Altstadt wird heller.", "gewalt-faelle", "offen"),
            ("2", "Befragt wird alle zwei Jahre.", None, "erledigt"),
        )
    ],
    "observations_on_site": [
        {"finding_id": number, "observed_on": date(2025, 6, 1), "district_id": "04", "finding": finding,
         "affected": "Alle", "proposed_action": "Ausbessern", "status": status}
        for number, finding, status in (("1", "Der Steg ist morsch.", "offen"), ("2", "Die Lampe fehlt.", "erledigt"))
    ],
}  # fmt: skip


def settings_below(folder: Path) -> Settings:
    """Where the small city lies, with an empty lake in ``folder``."""
    return Settings(
        city=MUSTERSTADT,
        profiles=folder / "profiles",
        lake=str(folder / "lake" / "catalogue.sqlite"),
        lake_files=folder / "lake" / "files",
    )


def published_below(folder: Path, violence: Cases = VIOLENCE) -> Settings:
    """The small city, published; with other cases of violence where asked."""
    settings = settings_below(folder)
    with open_lake(settings) as lake:
        for delivery in _deliveries(folder, violence):
            publish(lake, delivery, by="geschaeftsstelle")
    return settings


def publish_confidential(settings: Settings, folder: Path) -> None:
    """One confidential delivery more: the cases of a single month."""
    row = {
        "source": "revier", "period_start": date(2025, 7, 1), "period_end": date(2025, 7, 31), "district_id": "04",
        "offence_key": "892000", "cases": 1,
    }  # fmt: skip
    slices = [Slice("incident_counts", (("source", "revier"),), start=date(2025, 7, 1), end=date(2025, 7, 31))]
    delivery = staged(folder, {"incident_counts": [row]}, slices, name="revier")
    report = replace(delivery.report, marking="confidential")
    with open_lake(settings) as lake:
        publish(lake, replace(delivery, report=report), by="geschaeftsstelle")


def environment(settings: Settings) -> dict[str, str]:
    """What a process needs to open it."""
    return {
        "SIPA_CITY": str(settings.city),
        "SIPA_LAKE": settings.lake,
        "SIPA_LAKE_FILES": str(settings.lake_files),
    }


def _deliveries(folder: Path, violence: Cases) -> Iterator[Delivery]:
    year_of = {"start": date(YEARS[0], 1, 1), "end": date(YEARS[-1], 12, 31)}
    yield _synthetic(
        staged(
            folder,
            {"incident_counts": [*_violence(violence), *_thefts()]},
            [Slice("incident_counts", (("source", "pks"),), **year_of)],
            name="pks",
        ),
        not_locatable=sum(violence[None]),
    )
    yield _synthetic(
        staged(
            folder,
            {"population": list(_inhabitants())},
            [Slice("population", (("source", "amt"),), **year_of)],
            name="einwohner",
        )
    )
    for wave in UNSAFE:
        tables = {"survey_waves": [_wave(wave)], "survey_respondents": [], "survey_answers": []}
        for respondent, answers in _people(wave):
            tables["survey_respondents"].append(respondent)
            tables["survey_answers"].extend(answers)
        places = [Slice(table, (("wave_id", f"w{wave}"),)) for table in tables]
        yield _synthetic(staged(folder, tables, places, name=f"befragung-{wave}"))
    yield _synthetic(
        staged(folder, {"projects": [PROJECT]}, [Slice("projects", (("source", "projekte"),))], name="projekte")
    )
    for table, rows in STEERING.items():
        place = Slice(table, (("source", "lenkung"),), *_span_of(rows))
        yield _synthetic(staged(folder, {table: [{"source": "lenkung"} | row for row in rows]}, [place], name=table))
    register = (("source", "partnerregister"),)
    yield _synthetic(staged(folder, {"partners": PARTNERS}, [Slice("partners", register)], name="partner"))


def _span_of(rows: list[Row]) -> tuple[date | None, date | None]:
    """First and last day of walks; targets and decisions have no period."""
    days = [row["observed_on"] for row in rows if "observed_on" in row]
    return min(days, default=None), max(days, default=None)


def _synthetic(delivery: Delivery, not_locatable: int = 0) -> Delivery:
    return replace(delivery, report=replace(delivery.report, marking="synthetic", not_locatable=not_locatable))


def _violence(violence: Cases) -> Iterator[Row]:
    for district, counts in violence.items():
        for year, cases in zip(YEARS, counts, strict=True):
            yield {
                "source": "pks",
                "period_start": date(year, 1, 1),
                "period_end": date(year, 12, 31),
                "district_id": district,
                "offence_key": "892000",
                "cases": cases,
            }


def _thefts() -> Iterator[Row]:
    for district, counts in MONTHLY_THEFTS.items():
        for month, cases in enumerate(counts, start=1):
            yield {
                "source": "pks",
                "period_start": date(2025, month, 1),
                "period_end": date(2025, month, monthrange(2025, month)[1]),
                "district_id": district,
                "offence_key": "***300",
                "cases": cases,
            }


def _inhabitants() -> Iterator[Row]:
    for year in YEARS:
        for district, count in INHABITANTS.items():
            yield {
                "source": "amt",
                "reference_date": date(year, 1, 1),
                "district_id": district,
                "inhabitants": count,
                "basis": "register",
            }


def _wave(year: int) -> dict[str, object]:
    return {
        "wave_id": f"w{year}",
        "title": f"Befragung {year}",
        "field_start": date(year, 10, 1),
        "field_end": date(year, 11, 30),
        "responded": sum(asked for _, asked in UNSAFE[year].values()),
    }


def _people(wave: int) -> Iterator[tuple[Row, list[Row]]]:
    number = FIRST_RESPONDENT - 1
    for district, (unsafe, asked) in UNSAFE[wave].items():
        for place in range(asked):
            number += 1
            person = {"wave_id": f"w{wave}", "respondent": number}
            feeling = {"item_id": "nachts", "scale_id": "sicher4", "answer": "4" if place < unsafe else "1"}
            sex = {"item_id": "geschlecht", "scale_id": "geschlecht", "answer": "w" if place % 2 else "m"}
            yield person | {"district_id": district, "weight": 1.0}, [person | feeling, person | sex]

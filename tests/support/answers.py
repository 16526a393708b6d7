"""Answers made by hand: a small city of six districts, three indicators, and whatever a test needs them to say.

Everything that looks at Answers can be tested with these, without a lake: figures, exports, pages.

    answer(SHARE, observe(14.0, lower=13.3, upper=14.7), verdict("rose", "… ist gestiegen.", favourable=False))
"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd

from sipa_data.answers.types import (
    CITY,
    NOT_LOCATABLE,
    OBSERVATION_COLUMNS,
    Answer,
    Question,
    Snapshot,
    Status,
    Verdict,
    VerdictCode,
)
from sipa_data.catalogue.models import City, District, Indicator
from sipa_data.periods import Period

MITTE, NORD, OST, SUED, WEST, BIRKACH = "01", "02", "03", "04", "05", "07"

MUSTERSTADT = City(
    id="musterstadt",
    name="Musterstadt",
    official_key="99999",
    district_word="Stadtbezirk",
    districts_word="Stadtbezirke",
    chairs=("Oberbürgermeisterin", "Polizeipräsident"),
    about="Eine Stadt zum Prüfen.",
    contact="stelle@musterstadt.example",
    lead_indicators=("unsicher",),
)

PLACES = {
    number: District(id=number, name=name, zone=zone, type="alle", neighbours=(), tile_row=tile[0], tile_column=tile[1])
    for number, name, zone, tile in (
        (MITTE, "Mitte", "innen", (1, 1)),
        (NORD, "Nord", "innen", (0, 1)),
        (OST, "Ost", "innen", (1, 2)),
        (SUED, "Süd", "außen", (2, 1)),
        (WEST, "West", "außen", (1, 0)),
        (BIRKACH, "Birkach", "außen", (2, 2)),
    )
}

SHARE = Indicator.model_validate(
    {
        "id": "unsicher",
        "title": "Unsicher im eigenen Stadtbezirk",
        "short_title": "Unsicher im Stadtbezirk",
        "unit": "%",
        "decimals": 1,
        "direction": "lower_is_better",
        "definition": "Anteil der Befragten, die sich im eigenen Stadtbezirk unsicher fühlen.",
        "reading_aid": "In {place} fühlten sich {period} {value} der Befragten unsicher.",
        "source": "Sicherheitsbefragung",
        "fields": ("strassen",),
        "data_class": "survey",
        "measure": {"kind": "share", "item": "sicher", "counted": ("4", "5")},
    }
)
RATE = Indicator.model_validate(
    {
        "id": "gewalt",
        "title": "Gewaltkriminalität je 100.000",
        "short_title": "Gewalt je 100.000",
        "unit": "je 100.000",
        "direction": "lower_is_better",
        "definition": "Erfasste Fälle der Gewaltkriminalität je 100.000 Einwohnerinnen und Einwohner.",
        "reading_aid": "In {place} wurden {period} {value} Fälle erfasst.",
        "source": "Polizeiliche Kriminalstatistik",
        "fields": ("strassen",),
        "data_class": "incidents",
        "measure": {"kind": "rate", "source": "pks", "offence_keys": ("892000",)},
    }
)
COUNT = Indicator.model_validate(
    {
        "id": "raub",
        "title": "Raub im öffentlichen Raum",
        "short_title": "Raub",
        "unit": "Fälle",
        "direction": "lower_is_better",
        "definition": "Erfasste Fälle von Raub im öffentlichen Raum.",
        "reading_aid": "In {place} waren es {period} {value}.",
        "source": "Polizeiliche Kriminalstatistik",
        "fields": ("strassen",),
        "data_class": "incidents",
        "measure": {"kind": "count", "source": "pks", "offence_keys": ("217000",)},
    }
)

HIDDEN = (Status.suppressed, Status.unreliable, Status.not_collected)


def observe(
    value: float | None,
    district: str = CITY,
    period: Period | int = 2025,
    *,
    lower: float | None = None,
    upper: float | None = None,
    n: int | None = None,
    status: str = "ok",
    group: str | None = None,
    basis: str | None = None,
    reason: str | None = None,
) -> dict[str, object]:
    """One observation. A year may stand for the period."""
    span = Period.year(period) if isinstance(period, int) else period
    return {
        "indicator": "",
        "district": district,
        "period_start": pd.Timestamp(span.start),
        "period_end": pd.Timestamp(span.end),
        "breakdown": group,
        "value": value,
        "lower": lower,
        "upper": upper,
        "n": n,
        "n_effective": None if n is None else float(n),
        "basis": basis,
        "status": str(status),
        "reason": reason,
    }


def hide(district: str, status: str = "suppressed", period: Period | int = 2025, **more: object) -> dict[str, object]:
    """An observation that carries no number at all, as ``ask`` gives it."""
    return observe(None, district, period, status=status, **more)


def verdict(code: str, sentence: str = "", subject: str = CITY, *, short: str = "", **more: object) -> Verdict:
    words = short or {"rose": "gestiegen", "fell": "gesunken", "above": "über der übrigen Stadt"}.get(
        code, "wie bisher"
    )
    return Verdict(code=VerdictCode(code), subject=subject, sentence=sentence, short=words, **more)


def frame(observations: list[dict[str, object]], indicator: str) -> pd.DataFrame:
    """The observations with exactly the columns and types of the contract."""
    cells = [{**observation, "indicator": indicator} for observation in observations]
    return pd.DataFrame(cells, columns=list(OBSERVATION_COLUMNS)).astype(OBSERVATION_COLUMNS)


def answer(
    indicator: Indicator,
    *parts: dict[str, object] | Verdict,
    question: Question | None = None,
    period: Period | int | None = 2025,
    synthetic: bool = False,
    breaks: tuple[tuple[str, str], ...] = (),
    notes: tuple[str, ...] = (),
    city: City = MUSTERSTADT,
    places: dict[str, District] | None = None,
    source: str | None = None,
) -> Answer:
    """An Answer from observations and verdicts, in the order they are given."""
    asked = question or Question(indicator.id)
    return Answer(
        question=replace(asked, indicator=indicator.id),
        indicator=indicator,
        city=city,
        places=PLACES if places is None else places,
        observations=frame([part for part in parts if isinstance(part, dict)], indicator.id),
        verdicts=tuple(part for part in parts if isinstance(part, Verdict)),
        notes=notes,
        snapshot=Snapshot(id=42, published_at=datetime(2025, 12, 31, 14, 5, tzinfo=UTC), synthetic=synthetic),
        period=Period.year(period) if isinstance(period, int) else period,
        source=source or f"{indicator.source}, Musterstadt",
        breaks=breaks,
    )


def with_changes(indicator: Indicator, **changes: object) -> Indicator:
    return indicator.model_copy(update=changes)


def wave(year: int) -> Period:
    """The field time of a survey."""
    return Period(date(year, 11, 15), date(year, 12, 31))


def trend_of_unsafety() -> Answer:
    """Three survey waves of the city; the last one rose beyond chance."""
    return answer(
        SHARE,
        observe(12.0, period=wave(2019), lower=11.0, upper=13.1, n=4000),
        observe(12.4, period=wave(2021), lower=11.5, upper=13.4, n=4200),
        observe(14.0, period=wave(2023), lower=13.3, upper=14.7, n=9900),
        verdict(
            "rose",
            "Im eigenen Stadtbezirk fühlen sich mehr Menschen unsicher: 14,0 % statt 12,4 % (2021).",
            favourable=False,
            difference=1.6,
        ),
        question=Question(SHARE.id, history=True),
        period=wave(2023),
    )


def districts_of_unsafety() -> Answer:
    """All districts in one wave: one higher, one lower, one with too few answers, one confidential."""
    return answer(
        SHARE,
        observe(14.0, lower=13.3, upper=14.7, n=9900),
        observe(25.0, MITTE, lower=20.4, upper=30.2, n=310),
        observe(14.5, NORD, lower=11.0, upper=18.9, n=320),
        observe(6.0, OST, lower=4.1, upper=8.7, n=400),
        observe(13.0, SUED, lower=6.9, upper=23.1, n=70, status="limited"),
        hide(WEST),
        hide(BIRKACH, "unreliable", reason="nur 12 gültige Antworten"),
        verdict("above", "Mitte liegt über der übrigen Stadt.", MITTE, favourable=False),
        verdict("within_chance", "Nord unterscheidet sich nicht.", NORD),
        verdict("below", "Ost liegt unter der übrigen Stadt.", OST, short="unter der übrigen Stadt", favourable=True),
        verdict("within_chance", "Süd unterscheidet sich nicht.", SUED),
        verdict("hidden", "", WEST, short="vertraulich"),
        verdict("too_few", "", BIRKACH, short="zu wenige Antworten"),
        question=Question(SHARE.id, by_district=True, compare_with="rest"),
    )


__all__ = [
    "BIRKACH",
    "CITY",
    "COUNT",
    "HIDDEN",
    "MITTE",
    "MUSTERSTADT",
    "NORD",
    "NOT_LOCATABLE",
    "OST",
    "PLACES",
    "RATE",
    "SHARE",
    "SUED",
    "WEST",
    "answer",
    "districts_of_unsafety",
    "frame",
    "hide",
    "observe",
    "trend_of_unsafety",
    "verdict",
    "wave",
    "with_changes",
]

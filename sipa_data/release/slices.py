"""Which deliveries fill the same place, and what is left of an older one. Pure: dates in, dates out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sipa_data.german import day
from sipa_data.intake.delivery import Slice

_DAY = timedelta(days=1)
TITLES = {
    "incident_counts": "Fallzahlen",
    "incident_events": "Einzelne Fälle",
    "person_counts": "Opfer und Tatverdächtige",
    "published_rates": "Veröffentlichte Raten",
    "population": "Einwohner",
    "denominators": "Bezugsgrößen",
    "survey_waves": "Befragungswelle",
    "survey_respondents": "Befragte",
    "survey_answers": "Antworten",
    "survey_results": "Ergebnisse einer Befragung",
    "register_values": "Registerwerte",
    "partners": "Partner",
    "projects": "Projekte",
    "project_results": "Projektergebnisse",
    "observations_on_site": "Begehungen",
    "targets": "Ziele",
    "decisions": "Beschlüsse",
}
"""What the tables of the lake are called where people read."""
KEYS = {"source": "Quelle", "wave_id": "Welle", "register": "Register", "kind": "Art"}


def overlap(one: Slice, other: Slice) -> bool:
    """Whether both fill a part of the same table, for the same source, at the same time."""
    if one.table != other.table or set(one.equals) != set(other.equals):
        return False
    return _start(one) <= _end(other) and _start(other) <= _end(one)


def any_overlap(ones: Iterable[Slice], others: Iterable[Slice]) -> bool:
    """Whether any slice of the one overlaps any of the other."""
    others = tuple(others)
    return any(overlap(one, other) for one in ones for other in others)


def any_table_shared(ones: Iterable[Slice], others: Iterable[Slice]) -> bool:
    """Whether any slice of the one is part of the same table as any of the other."""
    return not {place.table for place in ones}.isdisjoint(place.table for place in others)


def remaining(filled: Iterable[Slice], taken: Iterable[Slice]) -> tuple[Slice, ...]:
    """What is left of the filled slices when the taken ones are cut out, day by day."""
    left = list(filled)
    for cut in taken:
        left = [piece for one in left for piece in _without(one, cut)]
    return tuple(left)


def described(place: Slice) -> str:
    """As a person would say it: „Fallzahlen (Quelle pks, 01.01.2024 bis 31.12.2024)“."""
    parts = [f"{KEYS.get(column, column)} {value}" for column, value in place.equals]
    if place.start and place.end:
        parts.append(f"{day(place.start)} bis {day(place.end)}")
    title = TITLES.get(place.table, place.table)
    return f"{title} ({', '.join(parts)})" if parts else title


def _without(one: Slice, cut: Slice) -> list[Slice]:
    if not overlap(one, cut):
        return [one]
    pieces = []
    if _start(one) < _start(cut):
        pieces.append(replace(one, end=_start(cut) - _DAY))
    if _end(cut) < _end(one):
        pieces.append(replace(one, start=_end(cut) + _DAY))
    return pieces


def _start(place: Slice) -> date:
    return place.start or date.min


def _end(place: Slice) -> date:
    return place.end or date.max

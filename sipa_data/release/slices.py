"""Which deliveries fill the same place, and what is left of an older one. Pure: dates in, dates out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sipa_data.german import day
from sipa_data.intake.delivery import Slice

_DAY = timedelta(days=1)


def overlap(one: Slice, other: Slice) -> bool:
    """Whether both fill a part of the same table, for the same source, at the same time."""
    if one.table != other.table or set(one.equals) != set(other.equals):
        return False
    return _start(one) <= _end(other) and _start(other) <= _end(one)


def any_overlap(ones: Iterable[Slice], others: Iterable[Slice]) -> bool:
    """Whether any slice of the one overlaps any of the other."""
    others = tuple(others)
    return any(overlap(one, other) for one in ones for other in others)


def remaining(filled: Iterable[Slice], taken: Iterable[Slice]) -> tuple[Slice, ...]:
    """What is left of the filled slices when the taken ones are cut out, day by day."""
    left = list(filled)
    for cut in taken:
        left = [piece for one in left for piece in _without(one, cut)]
    return tuple(left)


def described(place: Slice) -> str:
    """As a person would say it: „incident_counts, source = pks, 01.01.2024 bis 31.12.2024“."""
    parts = [place.table, *(f"{column} = {value}" for column, value in place.equals)]
    if place.start and place.end:
        parts.append(f"{day(place.start)} bis {day(place.end)}")
    return ", ".join(parts)


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

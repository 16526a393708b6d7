"""What published deliveries speak for: a month inside a delivery without a row is a month without a case."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sipa_data.periods import Grain, Period

INCIDENT_TABLES = frozenset({"incident_counts", "incident_events"})
FILLABLE = (Grain.month, Grain.quarter)
"""Steps that a delivery may leave out where nothing happened. A missing year of yearly totals is a missing year."""
_DAY = timedelta(days=1)


def filled_slices(uploads: Iterable[tuple[str, bool]]) -> dict[str, tuple[Period, ...]]:
    """By source, the spans of incidents that deliveries fill today.

    Parameters
    ----------
    uploads : slices as JSON, and whether the upload was purged; oldest first, those that were withdrawn left out.
        A later one takes what it covers from the earlier ones; a purged one takes it and leaves nothing there
    """
    found: dict[str, list[Period]] = {}
    for text, purged in uploads:
        for place in json.loads(text):
            source = dict(place["equals"]).get("source")
            if place["table"] not in INCIDENT_TABLES or source is None or not place["start"]:
                continue
            span = Period(date.fromisoformat(place["start"]), date.fromisoformat(place["end"]))
            left = [piece for one in found.get(source, []) for piece in _without(one, span)]
            found[source] = left if purged else [*left, span]
    return {source: tuple(spans) for source, spans in found.items()}


def with_empty_steps(delivered: Mapping[Period, bool], spans: Iterable[Period]) -> dict[Period, bool]:
    """Delivered periods, and between them the months or quarters of the same deliveries in which nothing was counted.

    Parameters
    ----------
    delivered : periods with rows → whether any of their rows names a district
    spans : what each delivery speaks for
    """
    found = dict(delivered)
    for span in spans:
        inside = {period: named for period, named in delivered.items() if span.covers(period)}
        grain = next((one for one in FILLABLE if any(period.grain == one for period in inside)), None)
        if grain is None:
            continue
        named = any(inside.values())
        for step in _steps(span, grain):
            if not any(period.overlaps(step) for period in inside):
                found[step] = named
    return found


def _steps(span: Period, grain: Grain) -> list[Period]:
    months = span.months()
    if grain is Grain.month:
        return [month for month in months if span.covers(month)]
    quarters = dict.fromkeys(Period.quarter(month.end.year, (month.end.month + 2) // 3) for month in months)
    return [quarter for quarter in quarters if span.covers(quarter)]


def _without(one: Period, cut: Period) -> list[Period]:
    if not one.overlaps(cut):
        return [one]
    pieces = []
    if one.start < cut.start:
        pieces.append(Period(one.start, cut.start - _DAY))
    if cut.end < one.end:
        pieces.append(Period(cut.end + _DAY, one.end))
    return pieces

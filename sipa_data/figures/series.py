"""What a figure over time is made of: series, their comparable stretches, their places on the axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from babel.dates import get_month_names

from sipa_data.answers.types import Answer
from sipa_data.figures.rows import Row, rows, subject
from sipa_data.periods import Grain, Period

MOST_TICKS = 6


@dataclass(frozen=True)
class Series:
    """One place, or one group in it, over time. ``spoken_of``: what the figure is about."""

    name: str
    district: str
    rows: tuple[Row, ...]
    spoken_of: bool

    @property
    def shown(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.value is not None)

    @property
    def last(self) -> Row:
        return self.shown[-1]


def series_of(answer: Answer) -> tuple[Series, ...]:
    """Every place and group of the answer that has at least one value, in the order of the answer."""
    members: dict[tuple[str, str | None], list[Row]] = {}
    for row in rows(answer):
        members.setdefault((row.district, row.group), []).append(row)
    one_place = len({district for district, _ in members}) == 1
    asked = set(answer.question.districts) or {subject(answer)}
    found = []
    for (district, group), steps in members.items():
        ordered = tuple(sorted(steps, key=lambda row: (row.period.end, row.period.start)))
        name = group if one_place and group is not None else ordered[0].name
        found.append(Series(name, district, ordered, spoken_of=one_place or district in asked))
    return tuple(series for series in found if series.shown)


def stretches(series: Series, breaks: Iterable[tuple[str, str]]) -> list[list[Row]]:
    """The runs of shown values that may be joined by a line.

    A run ends where a value is not shown, where a step is missing, and at every break in the series: a period
    that a break falls into is comparable with neither side.
    """
    days = [date.fromisoformat(day) for day, _ in breaks]
    steps = [second.period.start - first.period.start for first, second in pairwise(series.rows)]
    longest = 1.5 * min(steps, default=timedelta(0))
    is_survey = any(row.period.grain == Grain.other for row in series.rows)
    runs: list[list[Row]] = []
    before: Row | None = None
    for row in series.rows:
        joined = (
            before is not None
            and before.value is not None
            and (is_survey or row.period.start - before.period.start <= longest)
            and not any(before.period.start < day <= row.period.end for day in days)
        )
        if row.value is not None:
            if joined:
                runs[-1].append(row)
            else:
                runs.append([row])
        before = row
    return runs


def place_in_time(period: Period) -> str:
    """Where a period stands on the axis: in its middle; twelve months stand where they end."""
    if period.grain == Grain.rolling_year:
        return period.end.isoformat()
    return (period.start + (period.end - period.start) / 2).isoformat()


def ticks(periods: list[Period]) -> tuple[list[str], list[str]]:
    """Places and German labels of at most six ticks, the latest period always among them."""
    ordered = sorted(set(periods), key=lambda period: (period.end, period.start))
    step = -(-len(ordered) // MOST_TICKS)
    chosen = ordered[::-1][::step][::-1]
    years = [period.end.year for period in ordered]
    one_a_year = len(set(years)) == len(years)
    return [place_in_time(period) for period in chosen], [_tick(period, one_a_year=one_a_year) for period in chosen]


def _tick(period: Period, *, one_a_year: bool) -> str:
    if period.grain == Grain.year or (one_a_year and period.grain == Grain.other):
        return str(period.end.year)
    if period.grain == Grain.years:
        return f"{period.start.year} bis<br>{period.end.year}"
    if period.grain == Grain.quarter:
        return f"{period.end.month // 3}. Q.<br>{period.end.year}"
    if period.grain == Grain.day:
        return period.german
    return f"{get_month_names('abbreviated', locale='de')[period.end.month]}<br>{period.end.year}"


def spread(places: list[float], distance: float) -> list[float]:
    """Places of labels pushed apart to at least ``distance``, each as near as may be to where it belongs."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    clusters: list[list[int]] = []
    centres: list[float] = []
    for index in order:
        clusters.append([index])
        centres.append(places[index])
        while len(clusters) > 1 and _touch(clusters, centres, distance):
            upper = clusters.pop()
            centres.pop()
            clusters[-1] += upper
            centres[-1] = sum(places[member] for member in clusters[-1]) / len(clusters[-1])
    moved = list(places)
    for cluster, centre in zip(clusters, centres, strict=True):
        for position, index in enumerate(cluster):
            moved[index] = centre + (position - (len(cluster) - 1) / 2) * distance
    return moved


def _touch(clusters: list[list[int]], centres: list[float], distance: float) -> bool:
    room = (len(clusters[-1]) + len(clusters[-2])) / 2 * distance
    return centres[-1] - centres[-2] < room

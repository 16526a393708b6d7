"""Districts beside each other without a league table: a funnel, and values smoothed towards what they have in common.

Both are made of what ``ask`` gives this reader and of the number of inhabitants, which is public. A district whose
value is hidden is in neither, and nothing that is shown depends on it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from sipa_data.answers.denominators import Denominators
from sipa_data.answers.frames import Row
from sipa_data.answers.inhabitants import Denominator
from sipa_data.answers.pooling import pooled_years, summed
from sipa_data.answers.types import Answer, Question, Status
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator, RateMeasure, RegisterShareMeasure, ShareMeasure
from sipa_data.german import listing, number
from sipa_data.marts import Mart
from sipa_data.periods import Period
from sipa_data.statistics.checks import Array
from sipa_data.statistics.funnel import (
    INNER,
    OUTER,
    binomial_limits,
    count_scores,
    lies_outside,
    overdispersion,
    poisson_limits,
    share_limits,
    share_scores,
)
from sipa_data.statistics.smoothing import FEWEST_AREAS, smoothed

GRID_POINTS = 60
"""Enough for a smooth edge; where few cases are expected the exact limits go in steps, and are drawn so."""
SMOOTHED = "geglättet"
MOST_WIDENED = 3.0
"""So many times as wide as chance alone the limits may be, for a screen that shows only one of funnel and intervals."""
NO_FUNNEL = "Ein Trichter ist nur für Häufigkeiten von Fällen und für Anteile vorgesehen."
NO_CITY = "Der Wert für die ganze Stadt fehlt, mit dem sich die Gebiete vergleichen ließen."
TOO_FEW = f"Weniger als {FEWEST_AREAS} Gebiete haben einen Wert."

Ask = Callable[[Question], Answer]


class Position(StrEnum):
    """Where a district lies in the funnel."""

    far_above = "far_above"  # outside 99.8 %
    above = "above"  # outside 95 %
    inside = "inside"
    below = "below"
    far_below = "far_below"


@dataclass(frozen=True)
class FunnelPlace:
    """One district with a value.

    ``size`` : inhabitants, or effective answers; ``inner``, ``outer`` : limits of 95 % and 99.8 % at its size
    ``many_visitors`` : would lie above the others by construction, because far more people are there than live there
    """

    district: str
    size: float
    value: float
    inner: tuple[float, float]
    outer: tuple[float, float]
    position: Position
    many_visitors: bool


@dataclass(frozen=True)
class Limits:
    """The funnel at one size."""

    size: float
    inner: tuple[float, float]
    outer: tuple[float, float]


@dataclass(frozen=True)
class Funnel:
    """A funnel of one indicator in one period, in the unit of the indicator.

    ``answer`` : what ``ask`` gave; ``places`` : in the order of the catalogue, never by value
    ``why_none`` : German; then nothing else is there
    """

    answer: Answer
    size_word: str = ""
    centre: float | None = None
    overdispersion: float = 1.0
    grid: tuple[Limits, ...] = ()
    places: tuple[FunnelPlace, ...] = ()
    notes: tuple[str, ...] = ()
    why_none: str | None = None

    @property
    def speaks(self) -> bool:
        """Whether the limits still tell districts apart, instead of being so wide that nearly anything lies inside.

        A convention of this house, not a test: such districts are better shown with the interval of each.
        """
        return self.why_none is None and self.overdispersion <= MOST_WIDENED**2


@dataclass(frozen=True)
class SmoothedPlace:
    """One district: its own value, the smoothed one with its interval, and the part of its own in it (0 to 1)."""

    district: str
    value: float
    smoothed: float
    lower: float
    upper: float
    weight: float


@dataclass(frozen=True)
class Smoothed:
    """Smoothed values of the districts that have one. Never shown without ``label`` and ``notes``."""

    answer: Answer
    places: tuple[SmoothedPlace, ...] = ()
    label: str = SMOOTHED
    notes: tuple[str, ...] = ()
    why_none: str | None = None


@dataclass(frozen=True)
class _Areas:
    """Districts with a value, as arrays of one length; ``scale`` : a value of 1 in the unit of the indicator."""

    names: tuple[str, ...]
    found: Array
    sizes: Array
    counts: Array
    centre: float
    scale: float
    size_word: str
    measure: RateMeasure | ShareMeasure | RegisterShareMeasure

    def limits(self, sizes: Array, confidence: float, phi: float) -> tuple[Array, Array]:
        match self.measure:
            case RateMeasure():
                return poisson_limits(self.centre, sizes, confidence, per=self.scale, overdispersion=phi)
            case ShareMeasure():
                lower, upper = share_limits(self.centre / 100, sizes, confidence, overdispersion=phi)
            case _:
                lower, upper = binomial_limits(self.centre / 100, np.round(sizes), confidence, overdispersion=phi)
        return 100 * lower, 100 * upper

    def scores(self) -> Array:
        if isinstance(self.measure, RateMeasure):
            return count_scores(self.counts, self.centre * self.sizes / self.scale)
        return share_scores(self.found / 100, self.sizes, self.centre / 100)

    def variances(self) -> Array:
        """Sampling variance of each value: of rates at the common rate, of shares at their own, off the edges."""
        if isinstance(self.measure, RateMeasure):
            common = max(float(self.counts.sum() / self.sizes.sum()), 0.5 / float(self.sizes.sum()))
            return np.asarray(common * self.scale**2 / self.sizes)
        edge = 1 / (self.sizes + 2)
        share = np.clip(self.found / 100, edge, 1 - edge)
        return np.asarray(100**2 * share * (1 - share) / self.sizes)


def find_funnel(mart: Mart, ask: Ask, question: Question) -> Funnel:
    """Centre, limits and districts of one indicator, as this reader may see them."""
    answer = ask(question.everywhere().against("none"))
    areas = _areas(mart, answer)
    if isinstance(areas, str):
        return Funnel(answer, why_none=areas)
    phi = overdispersion(areas.scores())
    ends = float(areas.sizes.min()), float(areas.sizes.max())
    grid = np.geomspace(0.9 * ends[0], 1.05 * ends[1], GRID_POINTS)
    inner, outer = (areas.limits(areas.sizes, confidence, phi) for confidence in (INNER, OUTER))
    near, far = (lies_outside(areas.found, *limits) for limits in (inner, outer))
    places = tuple(
        FunnelPlace(
            name, float(areas.sizes[at]), float(areas.found[at]), _pair(inner, at), _pair(outer, at),
            _position(near[at], far[at]),
            areas.found[at] > areas.centre and _has_many_visitors(mart, name, answer.indicator),
        )
        for at, name in enumerate(areas.names)
    )  # fmt: skip
    around = [areas.limits(grid, confidence, phi) for confidence in (INNER, OUTER)]
    drawn = tuple(Limits(float(size), _pair(around[0], at), _pair(around[1], at)) for at, size in enumerate(grid))
    return Funnel(answer, areas.size_word, areas.centre, phi, drawn, places, _notes(mart, places, phi))


def find_smoothed(mart: Mart, ask: Ask, question: Question) -> Smoothed:
    """The values of the districts drawn towards their common centre, the smaller the district the more."""
    answer = ask(question.everywhere().against("none"))
    areas = _areas(mart, answer)
    if isinstance(areas, str):
        return Smoothed(answer, why_none=areas)
    found = smoothed(areas.found, areas.variances())
    highest = np.inf if isinstance(areas.measure, RateMeasure) else 100.0
    lower, upper = np.clip(found.lower, 0, highest), np.clip(found.upper, 0, highest)
    places = tuple(
        SmoothedPlace(
            name, float(areas.found[at]), float(found.value[at]), float(lower[at]), float(upper[at]),
            float(found.weight[at]),
        )
        for at, name in enumerate(areas.names)
    )  # fmt: skip
    note = (
        f"{SMOOTHED.capitalize()}: Der Wert eines kleinen Gebiets ist zum gemeinsamen Mittel hin gerückt, weil wenige "
        "Fälle oder Antworten wenig sagen. Er ist ruhiger, aber nicht das, was dort gezählt wurde."
    )
    return Smoothed(answer, places, notes=(note,))


def _areas(mart: Mart, answer: Answer) -> _Areas | str:
    measure = answer.indicator.measure
    if not isinstance(measure, RateMeasure | ShareMeasure) and not (
        isinstance(measure, RegisterShareMeasure) and measure.independent
    ):
        return NO_FUNNEL
    if answer.period is None:
        return NO_CITY
    rows = {row.district: row for row in _shown(answer)}
    city = rows.pop(CITY, None)
    if city is None or city.value is None:
        return NO_CITY
    sizes, word = _sizes(mart, measure, rows, answer.period)
    names = tuple(name for name in mart.catalogue.districts if name in rows and sizes.get(name))
    if len(names) < FEWEST_AREAS:
        return TOO_FEW
    return _Areas(
        names,
        found=np.array([float(rows[name].value or 0.0) for name in names]),
        sizes=np.array([sizes[name] for name in names]),
        counts=np.array([float(rows[name].n or 0) for name in names]),
        centre=float(city.value),
        scale=float(measure.per) if isinstance(measure, RateMeasure) else 1.0,
        size_word=word,
        measure=measure,
    )


def _shown(answer: Answer) -> list[Row]:
    """The rows that carry a value."""
    found = answer.observations
    if answer.period is None:
        return []
    shown = found[found["status"].isin([Status.ok, Status.limited]) & found["value"].notna()]
    columns = (shown[name].tolist() for name in ("district", "status", "value", "n", "n_effective"))
    return [
        Row(
            district, answer.period, Status(status), value,
            n=None if pd.isna(n) else int(n),
            n_effective=None if pd.isna(n_effective) else float(n_effective),
        )
        for district, status, value, n, n_effective in zip(*columns, strict=True)
    ]  # fmt: skip


def _sizes(
    mart: Mart, measure: RateMeasure | ShareMeasure | RegisterShareMeasure, rows: Mapping[str, Row], period: Period
) -> tuple[dict[str, float], str]:
    """What makes a value steady: what rates are divided by, or how many answered."""
    if not isinstance(measure, RateMeasure):
        found = {name: float(row.n_effective or row.n or 0) for name, row in rows.items()}
        return found, "effektive Antworten" if isinstance(measure, ShareMeasure) else "gezählte Dinge"
    denominators = Denominators(mart, measure)
    steps = period.calendar_years() if pooled_years(measure) > 1 else (period,)
    sizes, word = {}, ""
    for name in rows:
        known = [one for step in steps if isinstance(one := denominators.of(name, step), Denominator)]
        if len(known) == len(steps):
            sizes[name] = summed(known).value
            word = known[0].thing
    return sizes, word


def _pair(limits: tuple[Array, Array], at: int) -> tuple[float, float]:
    return float(limits[0][at]), float(limits[1][at])


def _position(near: float, far: float) -> Position:
    if far:
        return Position.far_above if far > 0 else Position.far_below
    if near:
        return Position.above if near > 0 else Position.below
    return Position.inside


def _has_many_visitors(mart: Mart, district: str, indicator: Indicator) -> bool:
    """Only rates per inhabitant are misled by visitors."""
    measure = indicator.measure
    per_inhabitant = isinstance(measure, RateMeasure) and measure.denominator == "population"
    return per_inhabitant and mart.catalogue.district_types[mart.catalogue.districts[district].type].many_visitors


def _notes(mart: Mart, places: tuple[FunnelPlace, ...], phi: float) -> tuple[str, ...]:
    said = []
    if phi > 1:
        said.append(
            "Die Gebiete unterscheiden sich stärker, als Zufall allein sie unterscheiden würde; die Grenzen sind "
            f"deshalb {number(phi**0.5, 1)}-mal so weit (Überdispersion φ = {number(phi, 1)})."
        )
    kinds = mart.catalogue.district_types
    visited = dict.fromkeys(mart.catalogue.districts[one.district].type for one in places if one.many_visitors)
    if visited:
        titles = listing([kinds[kind].title for kind in visited])
        said.append(
            f"{titles}: Hier halten sich viel mehr Menschen auf, als hier wohnen. Solche Gebiete liegen schon deshalb "
            "oft außerhalb; das ist kein Warnzeichen."
        )
    said.append("Der Trichter ist keine Rangliste: Innerhalb der Grenzen sagt die Reihenfolge der Werte nichts.")
    return tuple(said)

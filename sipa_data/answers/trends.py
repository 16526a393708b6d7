"""Where a count or rate is heading since the last break of its series, in one German sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sipa_data.answers.denominators import Denominators
from sipa_data.answers.inhabitants import Denominator
from sipa_data.answers.pooling import pooled_years
from sipa_data.answers.sentences import SMALLEST_COUNT_FOR_PER_CENT
from sipa_data.answers.types import Answer, Question, Status
from sipa_data.areas import CITY
from sipa_data.catalogue.models import CountMeasure, RateMeasure
from sipa_data.german import THIN_SPACE, listing, number
from sipa_data.marts import Mart
from sipa_data.periods import Grain, Period
from sipa_data.statistics.checks import UnusableNumbers
from sipa_data.statistics.trend import FEWEST_PERIODS, Trend, log_linear_trend, since_last_break

SIGNIFICANCE = 0.05
TOO_STEEP = "Ein Trend lässt sich nicht angeben: Die Fälle liegen fast alle in wenigen Jahren."


@dataclass(frozen=True)
class TrendFound:
    """What can be said of the course of one indicator in one place. ``trend`` None: the sentence says why."""

    answer: Answer
    sentence: str
    years: tuple[Period, ...] = ()
    trend: Trend | None = None


def find_trend(mart: Mart, ask: Callable[[Question], Answer], question: Question) -> TrendFound | None:
    """The steady yearly change since the last break, from what this reader may see.

    None for kinds without one: shares, registers, averages of several years, and periods other than years.
    """
    answer = ask(question.over_time())
    measure = answer.indicator.measure
    yearly = answer.period is not None and answer.period.grain is Grain.year
    if (
        not isinstance(measure, CountMeasure | RateMeasure)
        or pooled_years(measure) > 1
        or not yearly
        or answer.is_empty
    ):
        return None
    place = question.districts[0] if len(question.districts) == 1 else CITY
    since = _since_last_break(answer, _counts(answer, place))
    unusual = {time.title: Period(time.start, time.end) for time in mart.catalogue.unusual_times.values()}
    left_out = [title for title, time in unusual.items() if any(time.overlaps(year) for year in since)]
    counts = {year: count for year, count in since.items() if not any(time.overlaps(year) for time in unusual.values())}
    exposures = _exposures(mart, measure, place, tuple(counts))
    years = tuple(year for year in counts if year in exposures)
    if len(years) < FEWEST_PERIODS:
        return TrendFound(answer, _too_few(answer, len(years)), years)
    without = f", ohne {listing(left_out)}" if left_out else ""
    span = f"{years[0].german} bis {years[-1].german}{without}"
    numbers = [counts[year] for year in years]
    if not any(numbers):
        return TrendFound(answer, f"Kein Fall von {span}.", years)
    try:
        found = log_linear_trend(numbers, [year.start.year for year in years], [exposures[year] for year in years])
    except UnusableNumbers:
        return TrendFound(answer, TOO_STEEP, years)
    return TrendFound(answer, _sentence(found, span, smallest=min(numbers)), years, found)


def _counts(answer: Answer, place: str) -> dict[Period, int]:
    """Cases of each year that is shown, oldest first."""
    found = answer.observations
    shown = found[(found["district"] == place) & found["status"].isin([Status.ok, Status.limited]) & found["n"].notna()]
    columns = zip(shown["period_start"], shown["period_end"], shown["n"], strict=True)
    return {Period(pd.Timestamp(start).date(), pd.Timestamp(end).date()): int(n) for start, end, n in columns}


def _since_last_break(answer: Answer, counts: dict[Period, int]) -> dict[Period, int]:
    """The years on today's footing."""
    days = [date.fromisoformat(day).toordinal() for day, _ in answer.breaks]
    kept = since_last_break([year.start.toordinal() for year in counts], days)
    return {year: count for (year, count), is_kept in zip(counts.items(), kept, strict=True) if is_kept}


def _exposures(
    mart: Mart, measure: CountMeasure | RateMeasure, place: str, years: tuple[Period, ...]
) -> dict[Period, float]:
    if isinstance(measure, CountMeasure):
        return dict.fromkeys(years, 1.0)
    denominators = Denominators(mart, measure)
    found = {year: denominators.of(place, year) for year in years}
    return {year: one.value for year, one in found.items() if isinstance(one, Denominator)}


def _too_few(answer: Answer, years: int) -> str:
    last = max((day for day, _ in answer.breaks), default=None)
    titles = [title for day, title in answer.breaks if day == last]
    because = f" seit dem letzten Bruch der Reihe ({listing(titles)})" if titles else ""
    said = {0: "kein vergleichbares Jahr", 1: "nur ein vergleichbares Jahr"}.get(years)
    known = said or f"nur {number(years)} vergleichbare Jahre"
    return f"Für einen Trend {known}{because}; nötig sind {FEWEST_PERIODS}."


def _sentence(found: Trend, span: str, *, smallest: int) -> str:
    """Per cent only where every year has enough cases; else the direction."""
    clear = found.p < SIGNIFICANCE
    direction = ("steigend" if found.factor > 1 else "fallend") if clear else "nicht klar steigend oder fallend"
    if smallest < SMALLEST_COUNT_FOR_PER_CENT:
        return f"Trend {span}: {direction}."
    middle, lower, upper = (f"{_signed(factor)}" for factor in (found.factor, found.lower, found.upper))
    return f"Trend {span}: {direction}, im Mittel {middle} im Jahr (95-%-Bereich {lower} bis {upper})."


def _signed(factor: float) -> str:
    per_cent = 100 * (factor - 1)
    return f"{'plus' if per_cent >= 0 else 'minus'} {number(abs(per_cent), 1)}{THIN_SPACE}%"

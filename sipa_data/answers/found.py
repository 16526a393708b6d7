"""What each kind of indicator finds, before it becomes an Answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sipa_data.answers.frames import Row
from sipa_data.answers.types import Question, Status, Verdict, VerdictCode
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import Direction
from sipa_data.marts import Mart
from sipa_data.periods import Period

OTHER_BASIS = "andere Bezugsbasis der Einwohnerzahl"


@dataclass(frozen=True)
class Found:
    """Rows, verdicts and notes on one question; ``period`` is the one that was answered."""

    rows: tuple[Row, ...]
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    period: Period | None = None
    breaks: tuple[tuple[str, str], ...] = ()


def asked_areas(mart: Mart, question: Question, *, with_not_locatable: bool) -> tuple[str, ...]:
    """City, all districts and what is not locatable; or the districts asked for; or the city alone."""
    if question.by_district:
        rest = (NOT_LOCATABLE,) if with_not_locatable else ()
        return (CITY, *mart.catalogue.districts, *rest)
    return question.districts or (CITY,)


def nothing_collected(mart: Mart, question: Question, areas: tuple[str, ...], reason: str) -> Found:
    """Every asked place with the same reason why there is no value."""
    period = question.period or newest_period(mart)
    rows = tuple(Row.without_value(area, period, Status.not_collected, reason) for area in areas)
    return Found(rows, period=period)


def newest_period(mart: Mart) -> Period:
    """The newest period of any source; the year of the Datenstand where nothing is there yet."""
    known = [found for source in mart.coverage.sources.values() if (found := source.latest())]
    if known:
        return max(known, key=lambda period: (period.end, period.days))
    published = mart.snapshot.published_at
    return Period.year(published.year if published else date.today().year)  # noqa: DTZ011 - a calendar year only


def favourable(code: VerdictCode, direction: Direction) -> bool | None:
    """Whether a change beyond chance is for the better. None: chance, or an indicator that is neither good nor bad."""
    if direction == "neutral" or code not in (
        VerdictCode.rose,
        VerdictCode.fell,
        VerdictCode.above,
        VerdictCode.below,
    ):
        return None
    upwards = code in (VerdictCode.rose, VerdictCode.above)
    return upwards == (direction == "higher_is_better")


def breaks_between(mart: Mart, earlier: date, later: date, **touched: tuple[str, ...]) -> tuple[tuple[date, str], ...]:
    """Breaks in series with a first day after ``earlier`` and up to ``later`` that touch the keys, items or bases."""
    found = []
    for series_break in mart.catalogue.breaks.values():
        touches = any(set(getattr(series_break, kind)) & set(values) for kind, values in touched.items())
        if touches and earlier < series_break.date <= later:
            found.append((series_break.date, series_break.title))
    return tuple(sorted(found))


def changes_of_basis(mart: Mart, footings: Mapping[Period, str]) -> tuple[tuple[date, str], ...]:
    """First days of periods whose rate stands on another footing than the one before: no line may cross them.

    Parameters
    ----------
    footings : what the rate of each period is divided by, by its ``Denominator.footing``, oldest first
    """
    found = []
    for (_, earlier), (later, footing) in pairwise(footings.items()):
        if footing != earlier:
            named = (one.title for one in mart.catalogue.breaks.values() if footing in one.bases)
            found.append((later.start, next(named, OTHER_BASIS)))
    return tuple(found)

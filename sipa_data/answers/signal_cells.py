"""Every offence group, area and month that early signals look at, judged once per mart.

A cell is judged from its own earlier months only, so what is said of it depends on nothing but counts that can be
listed: whoever may see all of them may see the judgement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sipa_data.answers.found import breaks_between
from sipa_data.answers.swings import UNKNOWN_SWING
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import CountMeasure, Indicator
from sipa_data.marts import Mart, Series, SourceCoverage, series_of
from sipa_data.periods import Grain, Period
from sipa_data.statistics.checks import Array
from sipa_data.statistics.early_signals import Signals, early_signals

LATEST_MONTHS = 3
FARTHEST_YEARS = 10
MOST_YEARS = 5
"""So many usual years before the month, the nearest ones: further back the city was another one."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class SignalCell:
    """One month of one offence group in one area, and the earlier months it was judged by."""

    indicator: Indicator
    series: Series
    area: str
    month: Period
    earlier: tuple[Period, ...]
    count: int
    expected: float
    lower: int
    upper: int
    p: float
    is_signal: bool


@dataclass(frozen=True)
class _Asked:
    """One offence group in one month; ``earlier`` : months that say what is usual, with the years they lie back."""

    indicator: Indicator
    series: Series
    month: Period
    earlier: tuple[tuple[Period, int], ...]
    areas: tuple[str, ...]


def signal_cells(mart: Mart) -> tuple[SignalCell, ...]:
    """The judged cells of the latest complete months of each source; newest month first, then as in the catalogue."""
    return mart.once("signal cells", lambda: _judged(mart))


def watched_groups(mart: Mart) -> tuple[tuple[Indicator, Series], ...]:
    """Each counted offence group once, by the indicator that counts single years where there is one.

    What is found by looking for it (control offences) says more about the looking and is not watched.
    """
    found: dict[Series, Indicator] = {}
    counted = [one for one in mart.catalogue.indicators.values() if isinstance(one.measure, CountMeasure)]
    for indicator in sorted(counted, key=lambda one: getattr(one.measure, "pooled_years", 1)):
        (series,) = series_of(indicator.measure)
        controlled = all(
            key in mart.catalogue.offences and mart.catalogue.offences[key].control for key in series.offence_keys
        )
        if series.counted == "cases" and not controlled:
            found.setdefault(series, indicator)
    order = list(mart.catalogue.indicators)
    return tuple(sorted(((one, series) for series, one in found.items()), key=lambda pair: order.index(pair[0].id)))


def cells_over_time(mart: Mart, indicator: Indicator, months: int) -> tuple[SignalCell, ...]:
    """The latest complete months of one watched offence group in every area, each judged by its own past.

    What early signals show as the history of one; newest month first.
    """
    (series,) = series_of(indicator.measure)
    return mart.once(
        ("signal cells", indicator.id, months),
        lambda: _cells(mart, [one for one in _months_of(mart, indicator, series, months) if one.earlier]),
    )


def _judged(mart: Mart) -> tuple[SignalCell, ...]:
    groups = watched_groups(mart)
    return _cells(
        mart, [one for indicator, series in groups for one in _months_of(mart, indicator, series) if one.earlier]
    )


def _cells(mart: Mart, asked: Sequence[_Asked]) -> tuple[SignalCell, ...]:
    if not asked:
        return ()
    months = sorted({month for one in asked for month in (one.month, *(month for month, _ in one.earlier))})
    areas = (CITY, *mart.catalogue.districts)
    counts = _counts(mart, [one.series for one in asked], months, areas)
    at = {month: place for place, month in enumerate(months)}
    found = [
        cell
        for back in sorted({tuple(years for _, years in one.earlier) for one in asked})
        for cell in _alike(
            [one for one in asked if tuple(years for _, years in one.earlier) == back], counts, at, areas, back
        )
    ]
    order = {one.indicator.id: place for place, one in enumerate(asked)}
    return tuple(
        sorted(
            found, key=lambda cell: (-cell.month.start.toordinal(), areas.index(cell.area), order[cell.indicator.id])
        )
    )


def _alike(
    asked: Sequence[_Asked],
    counts: dict[Series, Array],
    at: dict[Period, int],
    areas: tuple[str, ...],
    back: tuple[int, ...],
) -> Iterable[SignalCell]:
    """Cells whose earlier months lie equally far back, all at once."""
    now = np.concatenate([counts[one.series][at[one.month]] for one in asked])
    earlier = np.concatenate([counts[one.series][[at[month] for month, _ in one.earlier]].T for one in asked])
    swing = np.repeat(
        [UNKNOWN_SWING if one.indicator.dispersion_prior is None else one.indicator.dispersion_prior for one in asked],
        len(areas),
    )
    found = early_signals(now, earlier, np.array(back, dtype=float), swing=swing)
    for place, one in enumerate(asked):
        for number, area in enumerate(areas):
            here = place * len(areas) + number
            if area in one.areas and found.judged[here]:
                yield _cell(one, area, int(now[here]), found, here)


def _cell(one: _Asked, area: str, count: int, found: Signals, here: int) -> SignalCell:
    return SignalCell(
        one.indicator, one.series, area, one.month, tuple(month for month, _ in one.earlier), count,
        float(found.expected[here]), int(found.lower[here]), int(found.upper[here]), float(found.p[here]),
        bool(found.is_signal[here]),
    )  # fmt: skip


def _months_of(mart: Mart, indicator: Indicator, series: Series, latest: int = LATEST_MONTHS) -> Iterable[_Asked]:
    """The latest complete months of a group's source, each with what is known of its season."""
    source = mart.coverage.of_source(series.source)
    known = {
        month for month in source.answerable(Grain.month)
        if mart.coverage.collects(series.source, series.offence_keys, month, series.place_kinds)
    }  # fmt: skip
    for month in sorted(known)[-latest:]:
        earlier = _earlier(mart, series, source, known, month)
        districts = tuple(mart.catalogue.districts) if source.names_districts(month) else ()
        yield _Asked(indicator, series, month, earlier, (CITY, *districts))


def _earlier(
    mart: Mart, series: Series, source: SourceCoverage, known: set[Period], month: Period
) -> tuple[tuple[Period, int], ...]:
    """The same month and its neighbours in the nearest usual years: after a break, outside unusual times, delivered."""
    found: list[tuple[Period, int]] = []
    years = 0
    for back in range(1, FARTHEST_YEARS + 1):
        season = _season(month, back)
        if all(one in known and _is_usual(mart, series, source, one, month) for one in season):
            found += [(one, back) for one in season]
            years += 1
        if years == MOST_YEARS:
            break
    return tuple(found)


def _season(month: Period, back: int) -> tuple[Period, ...]:
    """The month and its two neighbours, so many years before."""
    count = 12 * (month.start.year - back) + month.start.month - 1
    return tuple(Period.month(place // 12, place % 12 + 1) for place in (count - 1, count, count + 1))


def _is_usual(mart: Mart, series: Series, source: SourceCoverage, earlier: Period, now: Period) -> bool:
    unusual = mart.catalogue.unusual_times.values()
    return (
        not any(Period(time.start, time.end).overlaps(earlier) for time in unusual)
        and not breaks_between(mart, earlier.start, now.end, offence_keys=series.offence_keys)
        and source.names_districts(earlier) == source.names_districts(now)
    )


def _counts(
    mart: Mart, series: Sequence[Series], months: Sequence[Period], areas: tuple[str, ...]
) -> dict[Series, Array]:
    """Cases of each series, shape (months, areas); the city holds what has no district too."""
    wanted = list(dict.fromkeys(series))
    rows = mart.query(
        "monthly_cases",
        starts=[month.start for month in months],
        ends=[month.end for month in months],
        series=[mart.series[one] for one in wanted],
    )
    places = (*areas, NOT_LOCATABLE)
    cube = np.zeros((len(wanted), len(months), len(places)))
    number = pd.Index([mart.series[one] for one in wanted]).get_indexer(pd.Index(rows["series"].to_numpy()))
    area = pd.Index(places).get_indexer(pd.Index(rows["area"].to_pandas()))
    cube[number, rows["asked"].to_numpy(), area] = rows["cases"].to_numpy()
    cube[:, :, 0] = cube[:, :, 1:].sum(axis=2)
    return {one: cube[place, :, :-1] for place, one in enumerate(wanted)}

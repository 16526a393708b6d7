"""The counts of all closed cuts as one block, series × period × area, and the pattern worked out over it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue import Catalogue
from sipa_data.disclosure import ClosedCuts, Cube, Flags, Step, Whole, protect_cuts
from sipa_data.marts.coverage import Coverage
from sipa_data.marts.pattern import Pattern
from sipa_data.marts.relations import relations
from sipa_data.marts.series import Series, all_series
from sipa_data.periods import Grain, Period

GRAINS = {
    "month": Grain.month,
    "quarter": Grain.quarter,
    "year": Grain.year,
    "rolling_year": Grain.rolling_year,
}

Ask = Callable[..., pa.Table]


def pattern_of(catalogue: Catalogue, coverage: Coverage, ask: Ask, previous: Pattern | None = None) -> Pattern:
    """The closed cuts of a snapshot, protected.

    Parameters
    ----------
    ask : runs a named question on the snapshot that is being rolled up
    previous : the pattern of the Datenstand before this one; cells whose count did not change keep their status
    """
    series = all_series(catalogue)
    steps = {
        (one.source, grain): coverage.of_source(one.source).answerable(grain)
        for one in series
        for grain in GRAINS.values()
    }
    periods = tuple(sorted({period for found in steps.values() for period in found}))
    areas = (CITY, *catalogue.districts, NOT_LOCATABLE)
    counts, unknown = _counts(series, periods, areas, ask)
    places = {period: place for place, period in enumerate(periods)}
    published = np.zeros(counts.shape, dtype=np.bool_)
    for cut in catalogue.cuts.values():
        for number, one in enumerate(series):
            if not cut.holds(one.offence_keys, one.counted):
                continue
            for period in steps[one.source, GRAINS[cut.period]]:
                place = places[period]
                if unknown[number, place] or not coverage.collects(
                    one.source, one.offence_keys, period, one.place_kinds
                ):
                    continue
                published[number, place, 0] = True
                if cut.area == "district" and coverage.of_source(one.source).names_districts(period):
                    published[number, place] = True
    cube = Cube(
        tuple(_step(period) for period in periods),
        counts,
        published,
        relations(catalogue.offences, series, published),
        np.full(len(series), catalogue.city.small_counts.incidents),
        *_settled(previous, series, periods, areas, np.where(published, counts, -1)),
    )
    axes = ({one: at for at, one in enumerate(axis)} for axis in (series, periods, areas))
    return Pattern(cube, _protected(cube), *axes)  # type: ignore[arg-type]  # three axes, in the order of the fields


def _protected(cube: Cube) -> ClosedCuts:
    if not cube.published.any():
        nothing = np.zeros_like(cube.published)
        return ClosedCuts(nothing, nothing)
    return protect_cuts(cube)


def _step(period: Period) -> Step:
    return Step(12 * period.start.year + period.start.month - 1, 12 * period.end.year + period.end.month - 1)


def _settled(
    previous: Pattern | None,
    series: tuple[Series, ...],
    periods: tuple[Period, ...],
    areas: tuple[str, ...],
    counts: Whole,
) -> tuple[Flags, Flags]:
    """Cells that were in a cut before, with the same count, and which of them were hidden then."""
    settled, hidden = np.zeros((2, *counts.shape), dtype=np.bool_)
    if previous is None:
        return settled, hidden
    axes: tuple[tuple[tuple[Any, ...], Mapping[Any, int]], ...] = (
        (series, previous.series),
        (periods, previous.periods),
        (areas, previous.areas),
    )
    known = [[(new, old[name]) for new, name in enumerate(axis) if name in old] for axis, old in axes]
    if not all(known):
        return settled, hidden
    here, there = (np.ix_(*([pair[side] for pair in axis] for axis in known)) for side in (0, 1))
    settled[here] = previous.cube.published[there] & (previous.cube.counts[there] == counts[here])
    hidden[here] = previous.cuts.hidden[there] | previous.cuts.withheld[there]
    return settled, hidden & settled


def _counts(
    series: tuple[Series, ...], periods: tuple[Period, ...], areas: tuple[str, ...], ask: Ask
) -> tuple[Whole, Flags]:
    """Counts, shape (series, periods, areas), and where the source does not say what a series counts."""
    counts = np.zeros((len(series), len(periods), len(areas)), dtype=np.int64)
    unknown = np.zeros(counts.shape[:2], dtype=np.bool_)
    rows = ask("cells", starts=[period.start for period in periods], ends=[period.end for period in periods])
    number, place = rows["series"].to_numpy(), rows["asked"].to_numpy()
    area = pd.Index(areas).get_indexer(pd.Index(rows["area"].to_pandas()))
    for counted in ("cases", "attempts", "cleared"):
        asked = np.array([one.counted == counted for one in series], dtype=np.bool_)[number]
        values = rows[counted].to_numpy()[asked].astype(float)
        where = number[asked], place[asked]
        unknown[where[0][np.isnan(values)], where[1][np.isnan(values)]] = True
        found = np.nan_to_num(values).astype(np.int64)
        counts[(*where, area[asked])] = found
        np.add.at(counts, (*where, 0), found)
    return counts, unknown

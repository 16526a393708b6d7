"""The closed cuts of one snapshot: every number a protected reader could ask, and which of them stay hidden.

Computed once per snapshot, so that it can be looked up, audited and kept the same for everybody.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue import Catalogue
from sipa_data.disclosure import NOBODY, hide
from sipa_data.marts.block import Block, Flags, Numbers
from sipa_data.marts.coverage import Coverage
from sipa_data.marts.series import Cell, Series, all_series
from sipa_data.periods import Grain, Period

GRAINS = {
    "month": Grain.month,
    "quarter": Grain.quarter,
    "year": Grain.year,
    "rolling_year": Grain.rolling_year,
}

Ask = Callable[..., pa.Table]


def hidden_cells(catalogue: Catalogue, coverage: Coverage, ask: Ask) -> frozenset[Cell]:
    """The cells of the closed cuts that a protected reader must not receive."""
    block = _block(catalogue, coverage, ask)
    if not block.published.any():
        return frozenset()
    council = np.array([NOBODY, *range(len(catalogue.districts)), NOBODY])  # in the order of the block's areas
    return frozenset(block.cells(hide(block.values(), block.lines(), known_groups=council[block.area_of_cells()])))


def _block(catalogue: Catalogue, coverage: Coverage, ask: Ask) -> Block:
    """Every count that a cut could hold, and which of them one does."""
    series = all_series(catalogue)
    sources = {one.source: coverage.of_source(one.source) for one in series}
    steps = {
        (source, grain): covered.answerable(grain) for source, covered in sources.items() for grain in GRAINS.values()
    }
    periods = tuple(sorted({period for found in steps.values() for period in found}))
    areas = (CITY, *catalogue.districts, NOT_LOCATABLE)
    counts, unknown = _counts(series, periods, areas, ask)
    at = {period: place for place, period in enumerate(periods)}
    published = np.zeros(counts.shape, dtype=np.bool_)
    for cut in catalogue.cuts.values():
        for number, one in enumerate(series):
            for period in steps[one.source, GRAINS[cut.period]]:
                place = at[period]
                if unknown[number, place] or not coverage.collects(one.source, one.offence_keys, period):
                    continue
                published[number, place, 0] = True
                if cut.area == "district" and sources[one.source].names_districts(period):
                    published[number, place] = True
    return Block(series, periods, areas, counts, published)


def _counts(
    series: tuple[Series, ...], periods: tuple[Period, ...], areas: tuple[str, ...], ask: Ask
) -> tuple[Numbers, Flags]:
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

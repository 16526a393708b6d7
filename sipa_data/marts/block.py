"""The cells of all cuts as one block of counts, series × period × area, and the sums that hold between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sipa_data.disclosure.lines import Lines
from sipa_data.marts.series import Cell, Series, sums_of_others
from sipa_data.periods import Grain, Period

NO_CELL = -1
FINER = {
    Grain.year: (Grain.quarter, Grain.month),
    Grain.rolling_year: (Grain.quarter, Grain.month),
    Grain.quarter: (Grain.month,),
}
"""Which steps a longer period is the sum of, longest first."""

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Block:
    """Counts of every askable series, and which of them are cells of a cut.

    ``areas`` : the city first, then the districts and what is not locatable, which together make the city
    ``counts``, ``published`` : shape (series, periods, areas)
    """

    series: tuple[Series, ...]
    periods: tuple[Period, ...]
    areas: tuple[str, ...]
    counts: Numbers
    published: Flags

    @cached_property
    def numbers(self) -> Numbers:
        """Of each place in the block the number of its cell, or NO_CELL."""
        numbers = np.full(self.published.shape, NO_CELL, dtype=np.int64)
        numbers[self.published] = np.arange(np.count_nonzero(self.published))
        return numbers

    def values(self) -> Numbers:
        return self.counts[self.published]

    def area_of_cells(self) -> Numbers:
        """Per cell the place of its area in ``areas``."""
        return np.nonzero(self.published)[2]

    def cells(self, chosen: Flags) -> Iterator[Cell]:
        """The cells that are flagged, one flag per cell."""
        for series, period, area in np.argwhere(self.published)[chosen].tolist():
            yield Cell(self.series[series], self.areas[area], self.periods[period])

    def lines(self) -> Lines:
        """Every sum whose total and parts are all published: areas, time, and series that add up."""
        sums = list(self._sums())
        totals = [total for total, _ in sums]
        parts = [part for _, part in sums]
        lengths = np.concatenate([NONE, *(np.full(part.shape[0], part.shape[1]) for part in parts)])
        return Lines(
            np.concatenate([NONE, *totals]),
            np.concatenate([NONE, *(part.ravel() for part in parts)]),
            np.cumsum(lengths) - lengths,
        )

    def _sums(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Totals, shape (k,), and their parts, shape (k, parts), of sums of one length."""
        numbers = self.numbers
        yield _whole(numbers[:, :, 0], numbers[:, :, 1:])
        at = {period: place for place, period in enumerate(self.periods)}
        for period, place in at.items():
            for finer in FINER.get(period.grain, ()):
                steps = [at[step] for step in _split(period, finer) if step in at]
                if len(steps) == len(_split(period, finer)):
                    yield _whole(numbers[:, place, :], np.moveaxis(numbers[:, steps, :], 1, -1))
        for place, one in enumerate(self.series):
            if found := sums_of_others(one, self.series):
                others = [self.series.index(other) for other in found]
                yield _whole(numbers[place], np.moveaxis(numbers[others], 0, -1))


def _whole(totals: Numbers, parts: Numbers) -> tuple[Numbers, Numbers]:
    """Those sums whose total and parts are all cells."""
    totals, parts = totals.ravel(), parts.reshape(totals.size, -1)
    complete = (totals != NO_CELL) & (parts != NO_CELL).all(axis=1)
    return totals[complete], parts[complete]


def _split(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The months or quarters that make up a period."""
    months = period.months()
    if grain == Grain.month:
        return months
    return tuple(Period(first.start, third.end) for first, third in zip(months[::3], months[2::3], strict=True))


NONE: Numbers = np.zeros(0, dtype=np.int64)

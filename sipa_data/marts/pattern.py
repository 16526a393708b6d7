"""The closed cuts of one snapshot: every count a protected reader could ask, and which of them stay hidden.

Computed once per snapshot, so that it can be looked up, audited and kept the same for everybody.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np

from sipa_data.areas import CITY
from sipa_data.disclosure import ClosedCuts, Cube, Flags
from sipa_data.marts.series import Cell, Series
from sipa_data.periods import Period


@dataclass(frozen=True, eq=False)
class Pattern:
    """What of the closed cuts is told to whom: looked up, never worked out.

    ``series``, ``periods``, ``areas`` : the places of the cube's three axes
    """

    cube: Cube
    cuts: ClosedCuts
    series: Mapping[Series, int]
    periods: Mapping[Period, int]
    areas: Mapping[str, int]

    def shows(self, series: Series, area: str, period: Period, own: Collection[str] = ()) -> bool:
        """Whether a protected reader may have a count. What is in no cut may not be had.

        Parameters
        ----------
        own : districts whose true counts the reader has; a city total of their cases alone is theirs as well
        """
        if area in self._told.get((series, period), ()):
            return True
        place = self._place(series, area, period) if area == CITY and own else None
        if place is None or not self.cube.published[place]:
            return False
        known = [self.areas[one] for one in own if one in self.areas]
        return bool(self.cube.counts[place] == self.cube.counts[place[0], place[1], known].sum())

    @cached_property
    def _told(self) -> Mapping[tuple[Series, Period], frozenset[str]]:
        """Of every series and period the areas that everybody may have: one look-up per question and cell."""
        series, periods, areas = list(self.series), list(self.periods), list(self.areas)
        told = self.cube.published & ~self.cuts.hidden & ~self.cuts.withheld
        return {
            (series[one], periods[period]): frozenset(compress(areas, told[one, period].tolist()))
            for one, period in np.argwhere(told.any(axis=2)).tolist()
        }

    def publishes(self, series: Series, area: str, period: Period) -> bool:
        """Whether a count is in any cut, hidden or not."""
        place = self._place(series, area, period)
        return place is not None and bool(self.cube.published[place])

    def hidden(self) -> Iterator[Cell]:
        """Every cell of a cut that is not told to everybody."""
        series, periods, areas = list(self.series), list(self.periods), list(self.areas)
        gone: Flags = self.cuts.hidden | self.cuts.withheld
        for one, period, area in np.argwhere(gone).tolist():
            yield Cell(series[one], areas[area], periods[period])

    def _place(self, series: Series, area: str, period: Period) -> tuple[int, int, int] | None:
        place = (self.series.get(series), self.periods.get(period), self.areas.get(area))
        return None if None in place else place  # type: ignore[return-value]

"""What this reader may receive of the incident counts: the closed cuts with their hidden cells, looked up."""

from sipa_data.access.scope import Scope
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.marts import Cell, Mart, Series
from sipa_data.periods import Grain, Period

CUT_GRAINS = {
    Grain.month: "month",
    Grain.quarter: "quarter",
    Grain.year: "year",
    Grain.rolling_year: "rolling_year",
}


class Protection:
    """Answers one question for one reader: may this cell be shown?"""

    def __init__(self, mart: Mart, scope: Scope) -> None:
        self._hidden = mart.hidden
        self._scope = scope
        cuts = mart.catalogue.cuts.values()
        self._published = {(cut.area, cut.period) for cut in cuts} | {
            ("city", cut.period) for cut in cuts if cut.area == "district"
        }

    def shows(self, series: tuple[Series, ...], area: str, period: Period) -> bool:
        """Whether every count behind a number of this area and period may be shown. Unknown steps are not."""
        if self._scope.sees_all_of(None if area in (CITY, NOT_LOCATABLE) else area):
            return True
        step = CUT_GRAINS.get(period.grain)
        area_level = "city" if area == CITY else "district"
        if (area_level, step) not in self._published:
            return False
        return not any(Cell(one, area, period) in self._hidden for one in series)

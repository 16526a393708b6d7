"""What this reader may receive of counts: the closed cuts with their hidden cells, looked up."""

from sipa_data.access.scope import Scope
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import Register
from sipa_data.marts import SMALLEST_SHOWN_PERSONS, Mart, PersonSeries, Series
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

    def shows(self, series: tuple[Series | PersonSeries, ...], area: str, period: Period) -> bool:
        """Whether every count behind a number of this area and period may be shown. Unknown steps are not."""
        if self._sees_all_of(area):
            return True
        step = CUT_GRAINS.get(period.grain)
        area_level = "city" if area == CITY else "district"
        if (area_level, step) not in self._published:
            return False
        return not any((one, area, period) in self._hidden for one in series)

    def shows_persons(self, persons: float, area: str) -> bool:
        """Whether a number of persons that no pattern knows may be shown: none of them, or at least five."""
        return self._sees_all_of(area) or persons == 0 or persons >= SMALLEST_SHOWN_PERSONS

    def shows_register(self, register: Register, value: float, area: str) -> bool:
        """Whether a register's value may be shown.

        Registers of things are public as they are reported. One that counts persons is shown to protected readers for
        the whole city only: single districts could be had by subtraction, and no pattern is kept for them.
        """
        if not register.persons or self._sees_all_of(area):
            return True
        return area == CITY and self.shows_persons(value, area)

    def _sees_all_of(self, area: str) -> bool:
        return self._scope.sees_all_of(None if area in (CITY, NOT_LOCATABLE) else area)

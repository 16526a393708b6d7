"""What this reader may receive of counts: the closed cuts with their hidden cells, looked up."""

from collections.abc import Mapping

from sipa_data.access.scope import Scope
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import Register, RegisterShareMeasure, SmallCounts
from sipa_data.marts import Mart, PersonSeries, Series
from sipa_data.periods import Grain, Period


class Protection:
    """Answers one question for one reader: may this cell be shown? Whatever is in no cut may not be."""

    def __init__(self, mart: Mart, scope: Scope) -> None:
        self._mart, self._pattern, self._persons = mart, mart.pattern, mart.person_pattern
        self._scope = scope
        self._years_are_published = any(cut.period == "year" for cut in mart.catalogue.cuts.values())
        self._smallest_persons = mart.catalogue.city.small_counts.persons

    def shows(self, series: tuple[Series | PersonSeries, ...], area: str, period: Period) -> bool:
        """Whether every count behind a number of this area and period may be shown. Unknown steps are not.

        A part of a year is no step of its own. It may be shown where it is the sum of published steps that all may be:
        then everybody could add it up. Persons are never added over time.
        """
        return self._sees_all_of(area) or all(self._tells(one, area, period) for one in series)

    def _tells(self, series: Series | PersonSeries, area: str, period: Period) -> bool:
        own = self._scope.own_districts
        if isinstance(series, PersonSeries):
            return self._persons.shows(series, area, period, own)
        if self._pattern.shows(series, area, period, own):
            return True
        if not period.is_part_of_year or self._pattern.publishes(series, area, period):
            return False
        parts = self._parts(series, area, period)
        return bool(parts) and all(self._pattern.shows(series, area, part, own) for part in parts)

    def _parts(self, series: Series, area: str, period: Period) -> tuple[Period, ...]:
        """Published steps that make up a part of a year, the longest first; nothing where there are none."""
        year, months = period.end.year, period.end.month
        quarters = tuple(Period.quarter(year, number + 1) for number in range(months // 3))
        ways = (quarters + tuple(Period.month(year, 3 * len(quarters) + 1 + more) for more in range(months % 3)),
                period.months())  # fmt: skip
        return next((way for way in ways if all(self._pattern.publishes(series, area, part) for part in way)), ())

    def shows_persons(self, persons: float, area: str) -> bool:
        """Whether a number of persons that no pattern knows may be shown: none of them, or enough."""
        return self._sees_all_of(area) or persons == 0 or persons >= self._smallest_persons

    def shows_standardised(self, persons: Mapping[PersonSeries, int], area: str, period: Period) -> bool:
        """Whether a rate made of several age groups may be shown.

        No pattern is kept for such sums. Protected readers get them for the whole city and whole years only, where each
        group alone may be told and nothing of the same persons is hidden in the city: else the rate could tell it.
        """
        if self._sees_all_of(area):
            return True
        if area != CITY or period.grain is not Grain.year or not self._years_are_published:
            return False
        origins = {series.origin for series in persons}
        hidden = (
            cell.area == CITY and cell.period == period and cell.series.origin in origins
            for cell in self._persons.hidden
        )  # fmt: skip
        return all(self.shows_persons(count, area) for count in persons.values()) and not any(hidden)

    def shows_register(self, register: Register, value: float, area: str, period: Period) -> bool:
        """Whether a register's value may be shown.

        Registers of things are public as they are reported. One that counts persons is shown to protected readers for
        the whole city only: single districts could be had by subtraction, and no pattern is kept for them. Where a
        small number lies in a longer period, this is not shown either, nor a part that leaves a small rest.
        """
        if not register.persons or self._sees_all_of(area):
            return True
        few = self._mart.once(("few persons", register.id), lambda: _few(self._mart, register, self._smallest_persons))
        return area == CITY and self.shows_persons(value, area) and not any(one.overlaps(period) for one in few)

    def _sees_all_of(self, area: str) -> bool:
        return self._scope.sees_all_of(None if area in (CITY, NOT_LOCATABLE) else area)


def rule_told(small: SmallCounts) -> tuple[str, ...]:
    """What this city hides from protected readers, in German, one sentence per class of data."""
    return (
        _told("Fallzahlen", small.incidents),
        _told("Zahlen von Opfern und Tatverdächtigen und Register, die Personen zählen,", small.persons),
    )


def _told(what: str, smallest: int) -> str:
    if smallest == 1:
        return f"{what} werden in dieser Stadt auch dann gezeigt, wenn sie klein sind."
    numbers = {2: "1", 3: "1 und 2"}.get(smallest, f"1 bis {smallest - 1}")
    return f"{what} von {numbers} erhält nicht, wer nicht alles sehen darf."


def _few(mart: Mart, register: Register, smallest: int) -> tuple[Period, ...]:
    """Periods in which a register of persons counts few of the city, or leaves few of a whole that it is a part of."""
    own = _city_values(mart, register.id)
    few = [period for period, value in own.items() if 0 < value < smallest]
    for indicator in mart.catalogue.indicators.values():
        measure = indicator.measure
        if isinstance(measure, RegisterShareMeasure) and measure.numerator == register.id:
            wholes = _city_values(mart, measure.denominator)
            few += [period for period in own.keys() & wholes if 0 < wholes[period] - own[period] < smallest]
    return tuple(few)


def _city_values(mart: Mart, register: str) -> dict[Period, float]:
    rows = mart.query("register", register=register).to_pylist()
    return {Period(row["period_start"], row["period_end"]): float(row["value"]) for row in rows
            if row["district"] == CITY}  # fmt: skip

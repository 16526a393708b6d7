"""Which periods a source covers, and with what detail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sipa_data.marts.filled import with_empty_steps
from sipa_data.periods import Grain, Period


@dataclass(frozen=True, eq=False)
class SourceCoverage:
    """The periods one source delivered, those without a case among them, and which of them name districts."""

    periods: Mapping[Period, bool] = field(default_factory=dict)  # period → names districts
    _answerable: dict[Grain, tuple[Period, ...]] = field(default_factory=dict, init=False, repr=False)

    def covers(self, asked: Period) -> bool:
        """Whether the asked period is made up of delivered ones: every day covered, none only in part."""
        inside = [period for period in self.periods if period.overlaps(asked)]
        if not inside or not all(asked.covers(period) for period in inside):
            return False
        next_day = asked.start
        for period in sorted(inside):
            if period.start > next_day:
                return False
            next_day = max(next_day, period.end + timedelta(days=1))
        return next_day > asked.end

    def names_districts(self, asked: Period) -> bool:
        return any(named for period, named in self.periods.items() if asked.covers(period))

    def answerable(self, grain: Grain) -> tuple[Period, ...]:
        """The periods of one calendar step that can be answered, oldest first."""
        if grain not in self._answerable:
            steps = {step for period in self.periods for step in _steps(period, grain)}
            self._answerable[grain] = tuple(sorted(step for step in steps if self.covers(step)))
        return self._answerable[grain]

    def part_of_year(self, year: int) -> Period | None:
        """What there is of a year so far, from January to the end of some month; None where it is whole or empty."""
        whole = Period.year(year)
        ends = {period.end for period in self.periods if whole.covers(period) and period.end < whole.end}
        spans = (Period(whole.start, end) for end in sorted(ends, reverse=True))
        return next((span for span in spans if span.is_part_of_year and self.covers(span)), None)

    def latest(self) -> Period | None:
        """The newest period to show when none is asked: the last whole year, else quarter, month, else as delivered."""
        for grain in (Grain.year, Grain.quarter, Grain.month):
            if found := self.answerable(grain):
                return found[-1]
        return max(self.periods, default=None)


def _steps(period: Period, grain: Grain) -> Iterable[Period]:
    """The calendar steps of one grain that a period touches."""
    match grain:
        case Grain.year:
            return (Period.year(year) for year in range(period.start.year, period.end.year + 1))
        case Grain.quarter:
            return (Period.quarter(month.end.year, (month.end.month + 2) // 3) for month in period.months())
        case Grain.month:
            return period.months()
        case Grain.rolling_year:
            return (
                Period.twelve_months_to(month.end.year, month.end.month)
                for month in period.months()
                if month.end.month % 3 == 0
            )
        case _:
            return (period,) if period.grain == grain else ()


@dataclass(frozen=True)
class Coverage:
    """All sources' coverage."""

    sources: dict[str, SourceCoverage]
    collected: dict[tuple[str, str, str], frozenset[int]]
    """(source, offence key, kind of place, "": any) → calendar years in which it was counted."""

    @classmethod
    def of(
        cls,
        delivered: Iterable[tuple[str, Period, bool]],
        keys: Iterable[tuple[str, str, str | None, Period]],
        filled: Mapping[str, tuple[Period, ...]] | None = None,
    ) -> "Coverage":
        """Build from what was delivered.

        Parameters
        ----------
        delivered : source, period, whether its rows name districts
        keys : source, offence key, kind of place where it is said, period
        filled : by source, what each published delivery speaks for. Within one delivery a key is counted from its
            first year to its last one: the years between had no case. Before and after, nobody knows
        """
        filled = filled or {}
        periods: dict[str, dict[Period, bool]] = defaultdict(dict)
        for source, period, named in delivered:
            periods[source][period] = periods[source].get(period, False) or named
        told: dict[tuple[str, str, str], list[Period]] = defaultdict(list)
        for source, key, kind, period in keys:
            told[source, key, ""].append(period)
            if kind is not None:
                told[source, key, kind].append(period)
        collected = {each: frozenset(_years_counted(found, filled.get(each[0], ()))) for each, found in told.items()}
        sources = {
            source: SourceCoverage(with_empty_steps(found, filled.get(source, ()))) for source, found in periods.items()
        }
        return cls(sources, collected)

    def of_source(self, source: str) -> SourceCoverage:
        return self.sources.get(source, SourceCoverage())

    def collects(
        self, source: str, offence_keys: tuple[str, ...], period: Period, place_kinds: tuple[str, ...] = ()
    ) -> bool:
        """Whether the source counted at least one of the keys in every calendar year that the period touches.

        ``place_kinds`` : and told it for one of these kinds of place; a table that names no places says nothing of them
        """
        years = range(period.start.year, period.end.year + 1)
        counted = [
            self.collected.get((source, key, kind), frozenset())
            for key in offence_keys
            for kind in place_kinds or ("",)
        ]
        return all(any(year in known for known in counted) for year in years)


def _years_counted(found: list[Period], spans: tuple[Period, ...]) -> set[int]:
    """Years with a row, and those between two rows of the same delivery."""
    years = {year for period in found for year in range(period.start.year, period.end.year + 1)}
    for span in spans:
        inside = [period for period in found if span.covers(period)]
        if inside:
            first, last = min(period.start.year for period in inside), max(period.end.year for period in inside)
            years.update(range(first, last + 1))
    return years

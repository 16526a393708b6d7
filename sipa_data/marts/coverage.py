"""Which periods a source covers, and with what detail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sipa_data.periods import Grain, Period


@dataclass(frozen=True, eq=False)
class SourceCoverage:
    """The periods one source delivered, and which of its rows name a district."""

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
    collected: dict[tuple[str, str], frozenset[int]]  # (source, offence key) → calendar years with any row

    @classmethod
    def of(
        cls,
        delivered: Iterable[tuple[str, Period, bool]],
        keys: Iterable[tuple[str, str, Period]],
    ) -> "Coverage":
        """Build from (source, period, names districts) and (source, offence key, period)."""
        periods: dict[str, dict[Period, bool]] = defaultdict(dict)
        for source, period, named in delivered:
            periods[source][period] = periods[source].get(period, False) or named
        collected: dict[tuple[str, str], set[int]] = defaultdict(set)
        for source, key, period in keys:
            collected[source, key].update(range(period.start.year, period.end.year + 1))
        sources = {source: SourceCoverage(found) for source, found in periods.items()}
        return cls(sources, {key: frozenset(years) for key, years in collected.items()})

    def of_source(self, source: str) -> SourceCoverage:
        return self.sources.get(source, SourceCoverage())

    def collects(self, source: str, offence_keys: tuple[str, ...], period: Period) -> bool:
        """Whether the source delivered at least one of the keys in every calendar year that the period touches."""
        years = range(period.start.year, period.end.year + 1)
        return all(any(year in self.collected.get((source, key), ()) for key in offence_keys) for year in years)

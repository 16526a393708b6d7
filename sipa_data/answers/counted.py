"""The true counts behind a question, before anybody may see them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from sipa_data.areas import CITY
from sipa_data.marts import Mart, Series
from sipa_data.periods import Period


@dataclass(frozen=True)
class Counts:
    """Counts of some series by area and period. No row in the source means zero cases."""

    _counts: dict[tuple[Series, Period], dict[str, int | None]]

    @classmethod
    def of_periods(cls, mart: Mart, series: tuple[Series, ...], periods: tuple[Period, ...]) -> Self:
        found: dict[tuple[Series, Period], dict[str, int | None]] = defaultdict(dict)
        for one in series:
            rows = mart.query(
                "counts",
                starts=[period.start for period in periods],
                ends=[period.end for period in periods],
                series=mart.series[one],
            )
            for row in rows.to_pylist():
                found[one, Period(row["asked_start"], row["asked_end"])][row["district"]] = row[one.counted]
        return cls(dict(found))

    def of(self, series: Series, area: str, period: Period) -> int | None:
        """The count; None where the source does not say (whether cleared, whether attempted)."""
        areas = self._counts.get((series, period), {})
        if area != CITY:
            return areas.get(area, 0)
        values = [count for count in areas.values() if count is not None]
        return sum(values) if len(values) == len(areas) else None

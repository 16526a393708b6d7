"""The counts that an effect is judged by: districts with the project, districts to compare, districts beside."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sipa_data.answers.types import Answer, Status
from sipa_data.catalogue.models import Indicator
from sipa_data.periods import Grain, Period
from sipa_data.statistics.change import UsualSwing, overdispersed_change
from sipa_data.statistics.effects import ratio_of_ratios

SIGNIFICANCE = 0.05


class Tested(NamedTuple):
    """A ratio with its interval, and whether it goes beyond chance and usual swing."""

    ratio: float
    lower: float
    upper: float
    p: float

    @property
    def is_clear(self) -> bool:
        return self.p < SIGNIFICANCE


@dataclass(frozen=True)
class Counted:
    """Cases by area and year as this reader may have them, and why some are missing."""

    cases: Mapping[tuple[str, int], int]
    missing: Mapping[tuple[str, int], str]

    @classmethod
    def of(cls, answer: Answer) -> "Counted":
        cases: dict[tuple[str, int], int] = {}
        missing: dict[tuple[str, int], str] = {}
        rows = answer.observations[["district", "period_start", "period_end", "n", "status"]]
        for area, start, end, n, status in rows.itertuples(index=False, name=None):
            if Period(start.date(), end.date()).grain != Grain.year:
                continue
            if status == Status.ok:
                cases[area, end.year] = int(n)
            else:
                missing[area, end.year] = status
        return cls(cases, missing)

    def total(self, areas: Iterable[str], year: int) -> int:
        return sum(self.cases[area, year] for area in areas)

    def series(self, areas: tuple[str, ...], years: Iterable[int]) -> list[int]:
        return [self.total(areas, year) for year in years]

    def is_known(self, areas: Iterable[str], year: int) -> bool:
        return all((area, year) in self.cases for area in areas)

    def is_hidden(self, areas: tuple[str, ...], years: Iterable[int]) -> bool:
        return any(self.missing.get((area, year)) == Status.suppressed for year in years for area in areas)


@dataclass(frozen=True)
class Compared:
    """Everything that a judgement needs.

    ``control`` : districts without the project, none where nobody named any; ``beside`` : where cases may have gone
    ``earlier`` : consecutive years before the year ``before``, without a break in the series
    ``touching`` : a compared district is a neighbour; ``ended`` : the project was over before the second year was
    ``unusual`` : titles of unusual times in one of the two years
    """

    indicator: Indicator
    counted: Counted
    treated: tuple[str, ...]
    control: tuple[str, ...]
    beside: tuple[str, ...]
    before: int
    after: int
    earlier: tuple[int, ...]
    swing: UsualSwing
    named: Callable[[tuple[str, ...]], str]
    touching: bool
    ended: bool
    unusual: tuple[str, ...]

    @property
    def fewer_is_better(self) -> bool:
        return self.indicator.direction == "lower_is_better"

    def pair(self, areas: tuple[str, ...]) -> tuple[int, int]:
        return self.counted.total(areas, self.before), self.counted.total(areas, self.after)

    def tested(self, areas: tuple[str, ...]) -> Tested:
        """Change of some districts against the comparison, or by itself where there is none."""
        if self.control:
            found = ratio_of_ratios(
                *self.pair(areas), *self.pair(self.control), self.swing.sigma, self.swing.degrees_of_freedom
            )
            return Tested(float(found.ratio), float(found.lower), float(found.upper), float(found.p))
        return self.by_itself(areas)

    def by_itself(self, areas: tuple[str, ...]) -> Tested:
        """Change of some districts against nothing but their past."""
        change = overdispersed_change(*self.pair(areas), self.swing.sigma, self.swing.degrees_of_freedom)
        return Tested(float(np.exp(change.log_ratio)), float(change.lower), float(change.upper), float(change.p))

    def is_better(self, tested: Tested) -> bool:
        return (tested.ratio < 1) == self.fewer_is_better

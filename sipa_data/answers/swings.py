"""How much an indicator usually swings between two periods: the offence's prior, and the city's own history."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from sipa_data.answers.found import breaks_between
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator
from sipa_data.marts import Mart
from sipa_data.periods import Grain, Period
from sipa_data.statistics.change import (
    UsualSwing,
    shrunk_sigma,
    shrunk_sigma_of_places,
    swing_of_spans,
)

UNKNOWN_SWING = 0.10
"""Usual swing assumed where the catalogue names none: the middle of the published keys (3 to 25 %)."""

DIGITS = 3
"""A swing is known to a tenth of a per cent at best."""


class Swings:
    """The usual swing of one indicator.

    Parameters
    ----------
    history : periods that may teach something, and the count of an area in each of them
    touched : what breaks in the series may touch, as ``breaks_between`` takes it
    """

    def __init__(
        self,
        mart: Mart,
        indicator: Indicator,
        history: tuple[Sequence[Period], Callable[[str, Period], int]],
        touched: dict[str, tuple[str, ...]],
    ) -> None:
        self._mart = mart
        self._prior = UNKNOWN_SWING if indicator.dispersion_prior is None else indicator.dispersion_prior
        self._periods, self._count = history
        self._touched = touched

    def between(self, before: Period | None, now: Period, *, districts: bool) -> UsualSwing:
        """σ of the log change from ``before`` to ``now``, learned from the same days of all earlier years.

        A month learns from the same month of other years, the first half of a year from first halves: seasons cancel
        out. Averages of several years learn from single years. Where years lie between the two, the swings of
        those years add up as independent ones do. ``before`` None: within ``now``, as a district beside the others.
        ``districts`` : that of a district, which is never smaller than that of the city
        """
        steps = self._steps(now)
        left_out = [at for at, (first, second) in enumerate(pairwise(steps)) if self._says_nothing(first, second)]
        swing = shrunk_sigma(self._prior, [self._count(CITY, step) for step in steps], left_out)
        if districts:
            places = [[self._count(place, step) for step in steps] for place in self._mart.catalogue.districts]
            of_districts = shrunk_sigma_of_places(self._prior, np.reshape(places, (len(places), -1)), left_out)
            swing = max(swing, of_districts)
        years = len(now.calendar_years()) if now.grain is Grain.years else 1
        apart = 1 if before is None else max((now.end.year - before.end.year) / years, 1)
        return swing._replace(sigma=swing_of_spans(round(swing.sigma, DIGITS), years) * apart**0.5)

    def broken(self, before: Period, now: Period) -> str | None:
        """Why two periods cannot be compared: a change of law or recording between them."""
        return first_break(self._mart, before.start, now.end, self._touched)

    def _steps(self, now: Period) -> list[Period]:
        earlier = [step for step in self._periods if step.end < now.start]
        if now.grain is Grain.years:
            return sorted(step for step in earlier if step.grain is Grain.year)
        return sorted(step for step in earlier if step.same_days(now))

    def _says_nothing(self, first: Period, second: Period) -> bool:
        """Whether a change lies across a break, a gap or an unusual time."""
        unusual = self._mart.catalogue.unusual_times.values()
        return (
            second.years_earlier(1) != first
            or self.broken(first, second) is not None
            or any(Period(time.start, time.end).overlaps(step) for time in unusual for step in (first, second))
        )


def first_break(mart: Mart, earlier: date, later: date, touched: dict[str, tuple[str, ...]]) -> str | None:
    """Title of the first break between two days, or None."""
    found = breaks_between(mart, earlier, later, **touched)
    return found[0][1] if found else None

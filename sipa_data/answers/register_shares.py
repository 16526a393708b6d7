"""Answers from two registers: the value of one in per cent of the other.

Where both count single things of which each may turn out this way or that (reports handled in time), the share has a
Wilson interval and its changes are judged. Where the whole is simply all there is (schools of the city), or one of the
two is no whole number, there is nothing that chance could have drawn differently, and the share is told like any
register value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sipa_data.access.scope import Scope
from sipa_data.answers.estimate_verdicts import Compared, EstimateVerdicts, Words
from sipa_data.answers.found import Found, asked_areas, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.groups import Estimates, Shares
from sipa_data.answers.protection import Protection
from sipa_data.answers.registers import (
    CONFIDENTIAL,
    Values,
    breaks_of,
    earlier_of,
    not_comparable,
    only_elsewhere,
    periods_until,
    told,
    values_of,
)
from sipa_data.answers.swings import first_break
from sipa_data.answers.types import Question, Status, Verdict
from sipa_data.answers.yardsticks import similar_districts, why_none_similar
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator, Register, RegisterShareMeasure
from sipa_data.german import number
from sipa_data.marts import Mart
from sipa_data.periods import Period
from sipa_data.statistics.proportions import ShareEstimates

FEWEST_FOR_SHARE = 20
"""A share of fewer things jumps with every single one."""
WORDS = Words(too_few="zu wenige Fälle", no_earlier="kein früherer Zeitraum zum Vergleich")


@dataclass(frozen=True)
class _When:
    """A period of the registers, as a moment to compare."""

    period: Period

    @property
    def when(self) -> str:
        return self.period.german


@dataclass(frozen=True)
class _Shares:
    """One question about a share of registers, with everything that is needed to fill its rows."""

    mart: Mart
    indicator: Indicator
    measure: RegisterShareMeasure
    parts: Values
    wholes: Values
    protection: Protection

    def row(self, area: str, period: Period) -> Row:
        """The share of one area and period, or why there is none."""
        found = self._found(area, period)
        if isinstance(found, Row):
            return found
        part, whole = found
        unit = self._register(self.measure.denominator).unit
        basis = f"{unit}: {number(part)} von {number(whole)}, {period.german}"
        if not self.measure.independent:
            return Row(area, period, Status.ok, 100 * part / whole, n=self._count(whole), basis=basis,
                       reason=self.indicator.no_interval)  # fmt: skip
        if whole < FEWEST_FOR_SHARE:
            return Row.without_value(area, period, Status.unreliable, f"weniger als {FEWEST_FOR_SHARE}")
        if self._count(part) is None or self._count(whole) is None:
            return Row(area, period, Status.ok, 100 * part / whole, basis=basis,
                       reason="kein Bereich: das Register meldet keine ganzen Zahlen")  # fmt: skip
        lower, upper = _estimates([part], [whole]).interval()
        return Row(area, period, Status.ok, 100 * part / whole, 100 * float(lower[0]), 100 * float(upper[0]),
                   n=int(whole), n_effective=whole, basis=basis)  # fmt: skip

    def estimates(self, areas: tuple[str, ...], period: Period) -> Estimates:
        """The shares of all areas, and of the city without each of them where the city is the sum of its districts."""
        rows = [self.row(area, period) for area in areas]
        shown = np.array([row.lower is not None for row in rows])
        pairs = [
            self._pair(area, period) if is_shown else (0.0, 0.0) for area, is_shown in zip(areas, shown, strict=True)
        ]
        shares = _estimates([part for part, _ in pairs], [whole for _, whole in pairs])
        lower, upper = shares.interval()
        status = np.where(shown, Status.ok.value, Status.unreliable.value)
        return Estimates(
            areas, Shares(shares), 100 * lower, 100 * upper, shares.n, shares.n_effective, status,
            rest=Shares(self._rest(areas, pairs, period)),
        )  # fmt: skip

    def _rest(self, areas: tuple[str, ...], pairs: list[tuple[float, float]], period: Period) -> ShareEstimates:
        """Nobody's share where the city was not delivered, or is no sum."""
        row = self.row(CITY, period)
        city = self._pair(CITY, period) if row.lower is not None else (0.0, 0.0)
        rests = [
            (city[0] - part, city[1] - whole) if area != CITY and whole else (0.0, 0.0)
            for area, (part, whole) in zip(areas, pairs, strict=True)
        ]
        sound = [(part, whole) if 0 <= part <= whole else (0.0, 0.0) for part, whole in rests]
        return _estimates([part for part, _ in sound], [whole for _, whole in sound])

    def broken(self, before: Period, now: Period) -> str | None:
        """Why two periods cannot be compared: one of the two registers was counted differently before."""
        both = (self.measure.numerator, self.measure.denominator)
        return first_break(self.mart, before.start, now.end, {"registers": both})

    def _found(self, area: str, period: Period) -> Row | tuple[float, float]:
        if (area, period) not in self.parts or (area, period) not in self.wholes:
            return Row.without_value(area, period, Status.not_collected, only_elsewhere(self.mart, area))
        part, whole = self._pair(area, period)
        if not whole:
            return Row.without_value(area, period, Status.not_collected, "nichts, wovon ein Anteil zu nehmen wäre")
        if part > whole:
            reason = f"das Register meldet mehr Teile ({number(part)}) als Ganzes ({number(whole)})"
            return Row.without_value(area, period, Status.not_collected, reason)
        registers = [self._register(one) for one in (self.measure.numerator, self.measure.denominator)]
        values = (part, whole, whole - part)
        if not all(self.protection.shows_register(one, value, area, period) for one in registers for value in values):
            return Row.without_value(area, period, Status.suppressed, CONFIDENTIAL)
        return part, whole

    def together(self, areas: Sequence[str], period: Period) -> tuple[float, float]:
        """Part and whole of several districts."""
        pairs = [self._pair(area, period) for area in areas]
        return sum(part for part, _ in pairs), sum(whole for _, whole in pairs)

    def _pair(self, area: str, period: Period) -> tuple[float, float]:
        return self.parts[area, period], self.wholes[area, period]

    def _register(self, register: str) -> Register:
        return self.mart.catalogue.registers[register]

    def _count(self, value: float) -> int | None:
        return int(value) if value == int(value) else None


def answer_register_share(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """The share in the newest period up to the asked one that both registers know."""
    measure = indicator.measure
    if not isinstance(measure, RegisterShareMeasure):
        raise TypeError(f"{indicator.id} is no share of registers")
    areas = asked_areas(mart, question, with_not_locatable=False)
    parts, wholes = values_of(mart, measure.numerator), values_of(mart, measure.denominator)
    periods = periods_until({key: parts[key] for key in parts.keys() & wholes.keys()}, question.period)
    if not periods:
        return nothing_collected(mart, question, areas, "dazu liegt noch keine Lieferung vor")
    now = periods[-1]
    before = earlier_of(now, periods)
    shares = _Shares(mart, indicator, measure, parts, wholes, Protection(mart, scope))
    shown = periods if question.history else (now,)
    rows = tuple(shares.row(area, period) for period in shown for area in areas)
    verdicts = _judged(shares, question, areas, now, before) if measure.independent else ()
    if not measure.independent and question.compare_with == "previous" and before is not None:
        verdicts = tuple(_told(shares, area, before, now) for area in areas if _known(shares, area, before, now))
    both = (measure.numerator, measure.denominator)
    return Found(rows, verdicts, period=now, breaks=breaks_of(mart, shown, both))


def _judged(
    shares: _Shares, question: Question, areas: tuple[str, ...], now: Period, before: Period | None
) -> tuple[Verdict, ...]:
    judged = tuple(area for area in areas if shares.row(area, now).lower is not None)
    if not judged:
        return ()
    compared = Compared(_When(now), shares.estimates(judged, now))
    if question.compare_with == "similar":
        compared = _beside_similar(shares, judged, now)
    elif before is not None:
        compared = Compared(
            _When(now), shares.estimates(judged, now), _When(before), shares.estimates(judged, before),
            shares.broken(before, now),
        )  # fmt: skip
    return EstimateVerdicts(shares.indicator, shares.mart.catalogue, WORDS).all(question, judged, compared)


def _beside_similar(shares: _Shares, areas: tuple[str, ...], now: Period) -> Compared:
    """The districts beside what the similar ones have together; without that where one of them has no value."""
    catalogue = shares.mart.catalogue
    reasons: dict[str, str] = {}
    pairs: list[tuple[float, float]] = []
    for area in areas:
        if area == CITY:
            pairs.append((0.0, 0.0))
            continue
        others = similar_districts(catalogue, area)
        missing = [other for other in others if shares.row(other, now).lower is None]
        if reason := why_none_similar(catalogue, area, missing):
            reasons[area] = reason
        pairs.append((0.0, 0.0) if reason else shares.together(others, now))
    similar = Shares(_estimates([part for part, _ in pairs], [whole for _, whole in pairs]))
    return Compared(_When(now), shares.estimates(areas, now), similar=similar, none_similar=reasons)


def _known(shares: _Shares, area: str, before: Period, now: Period) -> bool:
    return shares.row(area, before).value is not None and shares.row(area, now).value is not None


def _told(shares: _Shares, area: str, before: Period, now: Period) -> Verdict:
    old, new = shares.row(area, before).value, shares.row(area, now).value
    if broken := shares.broken(before, now):
        return not_comparable(shares.mart, shares.indicator, area, (before, now, broken))
    return told(shares.mart, shares.indicator, area, (old or 0.0, before), (new or 0.0, now))


def _estimates(parts: list[float], wholes: list[float]) -> ShareEstimates:
    """Counts as shares: every thing weighs the same."""
    part, whole = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    share = np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
    return ShareEstimates(share, whole, whole)

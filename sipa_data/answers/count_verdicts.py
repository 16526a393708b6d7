"""Judging counts and rates: this period against the one before, a district against the rest or against similar ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Self

import numpy as np

from sipa_data.answers.families import districts_together
from sipa_data.answers.found import favourable
from sipa_data.answers.inhabitants import Denominator
from sipa_data.answers.sentences import (
    Change,
    Seen,
    break_sentence,
    change_sentence,
    change_short,
    rest_sentence,
    rest_short,
    subject,
    told_sentence,
    without_comparison,
)
from sipa_data.answers.swings import Swings
from sipa_data.answers.types import Question, Verdict, VerdictCode
from sipa_data.answers.yardsticks import REST, Yardstick, similar_districts, similar_yardstick, why_none_similar
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import Indicator
from sipa_data.german import number
from sipa_data.marts import Mart
from sipa_data.periods import Grain, Period
from sipa_data.statistics import change as counted
from sipa_data.statistics.change import UsualSwing, overdispersed_change
from sipa_data.statistics.power import Detectable, detectable_change

SIGNIFICANCE = 0.05
NO_SIMILAR = "nur Häufigkeiten von Fällen lassen sich mit ähnlichen Gebieten vergleichen"


@dataclass(frozen=True)
class Measured:
    """One number with what a test needs: the cases behind it, what they are divided by, and on which footing.

    ``each`` : what one case is worth in the indicator's unit
    """

    value: float
    count: int
    exposure: float
    footing: str
    each: float = 1.0
    footing_name: str = ""

    @classmethod
    def rate(cls, value: float, count: int, denominator: Denominator, per: float) -> Self:
        """A rate, with what its cases were divided by."""
        each = per / denominator.value
        return cls(value, count, denominator.value, denominator.footing, each, denominator.footing_name)


def nobody_hides(_area: str, _period: Period) -> bool:
    return False


@dataclass(frozen=True)
class Judged:
    """What has to be known of an indicator to judge its numbers.

    ``measured`` : number of an area and period; None where the reader may not have it
    ``hides`` : whether that is because it is confidential
    ``comparable`` : periods that may be compared with the asked one
    ``touched`` : what breaks in the series may touch: offence keys, kinds of denominators
    ``history``, ``count`` : periods, and the cases of an area in each, from which the usual swing is learned
    ``per`` : rates that can be held against the rest of the city are stated for so many; else ``no_rest`` says why not
    ``told_only`` : a full count without an interval; its change is told and not judged
    """

    measured: Callable[[str, Period], Measured | None]
    comparable: tuple[Period, ...]
    touched: dict[str, tuple[str, ...]]
    history: tuple[Period, ...]
    count: Callable[[str, Period], int]
    hides: Callable[[str, Period], bool] = nobody_hides
    per: int | None = None
    no_rest: str = "nur Häufigkeiten lassen sich mit der übrigen Stadt vergleichen"
    told_only: bool = False


@dataclass(frozen=True)
class _Pairs:
    """Numbers to compare, by area: what is compared with, and what is judged."""

    areas: tuple[str, ...]
    before: tuple[Measured, ...]
    now: tuple[Measured, ...]
    swing: UsualSwing
    chance: counted.Change = field(init=False)
    change: counted.Change = field(init=False)
    seen: Detectable = field(init=False)

    def __post_init__(self) -> None:
        first, second = [one.count for one in self.before], [one.count for one in self.now]
        compared = partial(
            overdispersed_change, first, second,
            exposure_before=[one.exposure for one in self.before],
            exposure_after=[one.exposure for one in self.now],
        )  # fmt: skip
        sigma, known = self.swing.sigma, self.swing.degrees_of_freedom
        object.__setattr__(self, "chance", compared(sigma=0.0))
        object.__setattr__(self, "change", compared(sigma=sigma, degrees_of_freedom=known))
        object.__setattr__(self, "seen", detectable_change(first, sigma, known, **compared.keywords))

    def code(self, at: int, upwards: VerdictCode, downwards: VerdictCode) -> VerdictCode:
        """Two yardsticks: beyond counting noise, and beyond the usual yearly swing."""
        if self.chance.p[at] >= SIGNIFICANCE:
            return VerdictCode.within_chance
        if self.change.p[at] >= SIGNIFICANCE:
            return VerdictCode.within_usual_swing
        return upwards if self.now[at].value > self.before[at].value else downwards

    def would_be_seen(self, at: int) -> Seen:
        """The values that would have stood out."""
        unit = max(self.before[at].count, 0.5) * self.before[at].each
        fall = self.seen.fall[at]
        return Seen(rise_to=unit * float(self.seen.rise[at]), fall_to=None if np.isnan(fall) else unit * float(fall))

    def bound(self, at: int, ratio: float) -> float | None:
        """A bound of the ratio as a difference in the indicator's unit; none where nothing was there before."""
        return self.before[at].value * (ratio - 1) if self.before[at].count else None


class CountVerdicts:
    """Makes the verdicts of one indicator."""

    def __init__(self, mart: Mart, indicator: Indicator, judged: Judged) -> None:
        self._mart = mart
        self._indicator = indicator
        self._judged = judged
        self._measured = judged.measured
        self._swings = Swings(mart, indicator, (judged.history, judged.count), judged.touched)

    def all(self, question: Question, areas: tuple[str, ...], period: Period) -> tuple[Verdict, ...]:
        """One verdict per area that can be judged, in the order of the areas."""
        if question.compare_with == "none":
            return ()
        districts = tuple(area for area in areas if area not in (CITY, NOT_LOCATABLE))
        match question.compare_with:
            case "rest":
                found = self._against_rest(districts, period)
            case "similar":
                found = self._against_similar(districts, period)
            case _:
                found = self._against_before(areas, period)
        judged = districts_together(found, self._mart.catalogue.city.districts_word)
        return tuple(judged[area] for area in areas if area in judged)

    def _who(self, area: str) -> str:
        if area == NOT_LOCATABLE:
            return f"{self._indicator.short_title}, ohne {self._mart.catalogue.city.district_word}"
        name = "" if area == CITY else self._mart.catalogue.districts[area].name
        return subject(self._indicator, area, name, self._mart.catalogue.city.district_word)

    def _without(self, code: VerdictCode, area: str, reason: str) -> Verdict:
        return Verdict(code, area, without_comparison(code, self._who(area), reason), reason)

    def _previous(self, period: Period) -> Period | None:
        """The period to compare with: the same days of the newest earlier year, or the years before pooled ones."""
        earlier = [step for step in self._judged.comparable if step.end < period.start]
        if period.grain is not Grain.years:
            earlier = [step for step in earlier if step.same_days(period)]
        return max(earlier, default=None)

    def _against_before(self, areas: tuple[str, ...], period: Period) -> dict[str, Verdict]:
        before = self._previous(period)
        now = {area: found for area in areas if (found := self._measured(area, period)) is not None}
        # Where there is no number, the observation itself says why.
        if before is None:
            make = partial(self._without, VerdictCode.no_comparison, reason="kein früherer Zeitraum zum Vergleich")
            return {area: make(area) for area in now}
        broken = self._swings.broken(before, period)
        verdicts: dict[str, Verdict] = {}
        pairs: dict[str, tuple[Measured, Measured]] = {}
        for area, new in now.items():
            old = self._measured(area, before)
            reason = broken or (_other_footing(old, new) if old is not None else None)
            if old is not None and reason is None:
                pairs[area] = old, new
            else:
                verdicts[area] = self._not_compared(area, before, period, reason)
        return verdicts | self._changes(pairs, before, period)

    def _not_compared(self, area: str, before: Period, period: Period, broken: str | None) -> Verdict:
        if broken is not None:
            sentence = break_sentence(self._who(area), before.german, period.german, broken)
            short = f"nicht vergleichbar mit {before.german}"
            return Verdict(VerdictCode.break_in_series, area, sentence, short, compared_period=before)
        if self._judged.hides(area, before):
            return self._without(VerdictCode.hidden, area, f"der Wert für {before.german} ist vertraulich")
        return self._without(VerdictCode.no_comparison, area, f"für {before.german} ist kein Wert verfügbar")

    def _changes(
        self, pairs: dict[str, tuple[Measured, Measured]], before: Period, period: Period
    ) -> dict[str, Verdict]:
        if self._judged.told_only:
            return {area: self._told(area, *pair, before, period) for area, pair in pairs.items()}
        verdicts: dict[str, Verdict] = {}
        for districts in (False, True):
            chosen = {area: pair for area, pair in pairs.items() if (area != CITY) == districts}
            if chosen:
                found = self._compared(chosen, self._swings.between(before, period, districts=districts))
                verdicts |= {area: self._change(found, at, before, period) for at, area in enumerate(found.areas)}
        return verdicts

    def _change(self, found: _Pairs, at: int, before: Period, period: Period) -> Verdict:
        old, new, area = found.before[at], found.now[at], found.areas[at]
        code = found.code(at, VerdictCode.rose, VerdictCode.fell)
        seen = found.would_be_seen(at)
        told = Change(
            old.value, new.value, before.german, period.german, old.count, new.count, seen, usual=_usual(period)
        )
        sentence = change_sentence(code, self._who(area), self._indicator, told)
        short = change_short(code, self._indicator, told)
        return self._verdict(found, at, code, sentence, short, before)

    def _verdict(
        self, found: _Pairs, at: int, code: VerdictCode, sentence: str, short: str, before: Period | None = None
    ) -> Verdict:
        rise = found.would_be_seen(at).rise_to
        return Verdict(
            code, found.areas[at], sentence, short,
            difference=found.now[at].value - found.before[at].value,
            lower=found.bound(at, float(found.change.lower[at])),
            upper=found.bound(at, float(found.change.upper[at])),
            detectable=rise - found.before[at].value if rise else None,
            favourable=favourable(code, self._indicator.direction), compared_period=before,
            p=float(found.change.p[at]),
        )  # fmt: skip

    def _told(self, area: str, old: Measured, new: Measured, before: Period, period: Period) -> Verdict:
        """A full count without an interval: the change is told, not judged."""
        told = Change(old.value, new.value, before.german, period.german)
        return Verdict(
            VerdictCode.no_comparison, area, told_sentence(self._who(area), self._indicator, told),
            f"{before.german}: {number(old.value, self._indicator.decimals)}", new.value - old.value,
            compared_period=before,
        )  # fmt: skip

    def _against_rest(self, areas: Sequence[str], period: Period) -> dict[str, Verdict]:
        per = self._judged.per
        if per is None:
            return {area: self._without(VerdictCode.not_comparable, area, self._judged.no_rest) for area in areas}
        city = self._measured(CITY, period)
        pairs: dict[str, tuple[Measured, Measured]] = {}
        for area in areas:
            here = self._measured(area, period)
            if here is not None and city is not None and city.exposure > here.exposure:
                pairs[area] = _taken_together(per, city.count - here.count, city.exposure - here.exposure, here), here
        return self._apart(pairs, period, dict.fromkeys(pairs, REST))

    def _against_similar(self, areas: Sequence[str], period: Period) -> dict[str, Verdict]:
        """The other districts of the type, all of them or none: with some missing it would be another comparison."""
        per = self._judged.per
        if per is None:
            return {area: self._without(VerdictCode.not_comparable, area, NO_SIMILAR) for area in areas}
        catalogue = self._mart.catalogue
        verdicts: dict[str, Verdict] = {}
        pairs: dict[str, tuple[Measured, Measured]] = {}
        for area in areas:
            if (here := self._measured(area, period)) is None:
                continue
            others = {other: self._measured(other, period) for other in similar_districts(catalogue, area)}
            known = [one for one in others.values() if one is not None]
            reason = why_none_similar(catalogue, area, [other for other, one in others.items() if one is None])
            if reason is not None:
                verdicts[area] = self._without(VerdictCode.no_comparison, area, reason)
            else:
                sums = sum(one.count for one in known), sum(one.exposure for one in known)
                pairs[area] = _taken_together(per, *sums, here), here
        return verdicts | self._apart(pairs, period, {area: similar_yardstick(catalogue, area) for area in pairs})

    def _apart(
        self, pairs: dict[str, tuple[Measured, Measured]], period: Period, yardsticks: Mapping[str, Yardstick]
    ) -> dict[str, Verdict]:
        """Districts (second of each pair) beside others (first)."""
        if not pairs:
            return {}
        found = self._compared(pairs, self._swings.between(None, period, districts=True))
        verdicts = {}
        for at, (area, (others, here)) in enumerate(pairs.items()):
            code = found.code(at, VerdictCode.above, VerdictCode.below)
            told = code, self._who(area), self._indicator, here.value, others.value, found.would_be_seen(at)
            short = rest_short(code, self._indicator, others.value, yardsticks[area])
            verdicts[area] = self._verdict(found, at, code, rest_sentence(*told, yardsticks[area]), short)
        return verdicts

    def _compared(self, pairs: dict[str, tuple[Measured, Measured]], swing: UsualSwing) -> _Pairs:
        before, now = zip(*pairs.values(), strict=True)
        return _Pairs(tuple(pairs), before, now, swing)


def _taken_together(per: int, count: int, exposure: float, like: Measured) -> Measured:
    """The rate of several districts, on the footing of another."""
    each = per / exposure
    return Measured(each * count, count, exposure, like.footing, each)


def _other_footing(old: Measured, new: Measured) -> str | None:
    """Why two numbers are not divided by the same thing, or None."""
    if old.footing == new.footing:
        return None
    before, now = old.footing_name or old.footing, new.footing_name or new.footing
    return "wechselnde Bezugsbasis" if before == now else f"andere Bezugsbasis: {before}, jetzt {now}"


def _usual(period: Period) -> str:
    return "zwischen zwei solchen Zeiträumen" if period.grain == Grain.years else "von Jahr zu Jahr"

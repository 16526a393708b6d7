"""Judging counts and rates: this period against the one before, and a district against the rest of the city."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np

from sipa_data.answers.found import breaks_between, favourable
from sipa_data.answers.sentences import (
    Change,
    break_sentence,
    change_sentence,
    change_short,
    rest_sentence,
    rest_short,
    subject,
    without_comparison,
)
from sipa_data.answers.types import Question, Verdict, VerdictCode
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import Indicator
from sipa_data.marts import Mart
from sipa_data.periods import Grain, Period
from sipa_data.statistics.change import UsualSwing, overdispersed_change, shrunk_sigma, swing_of_spans
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values

SIGNIFICANCE = 0.05
UNKNOWN_SWING = 0.10
"""Usual swing assumed where the catalogue names none: the middle of the published keys (3 to 25 %)."""


@dataclass(frozen=True)
class Measured:
    """One number with what a test needs: the cases behind it, what they are divided by, and on which footing."""

    value: float
    count: int
    exposure: float
    footing: str


@dataclass(frozen=True)
class Judged:
    """What has to be known of an indicator to judge its numbers.

    ``measured`` : number of an area and period; None where the reader may not have it
    ``comparable`` : periods as long as the asked one, oldest first, none overlapping another
    ``offence_keys`` : what breaks in the series may touch
    ``years``, ``city_total`` : whole years and their counts in the city, from which the usual swing is learned
    ``per`` : rates that can be held against the rest of the city are stated for so many; else ``no_rest`` says why not
    ``told_only`` : a full count without an interval; its change is told and not judged
    """

    measured: Callable[[str, Period], Measured | None]
    comparable: tuple[Period, ...]
    offence_keys: tuple[str, ...]
    years: tuple[Period, ...]
    city_total: Callable[[Period], int]
    per: int | None = None
    no_rest: str = "nur Häufigkeiten lassen sich mit der übrigen Stadt vergleichen"
    told_only: bool = False


class CountVerdicts:
    """Makes the verdicts of one indicator."""

    def __init__(self, mart: Mart, indicator: Indicator, judged: Judged) -> None:
        self._mart = mart
        self._indicator = indicator
        self._judged = judged
        self._measured = judged.measured

    def all(self, question: Question, areas: tuple[str, ...], period: Period) -> tuple[Verdict, ...]:
        """One verdict per area that can be judged, in the order of the areas."""
        if question.compare_with == "none":
            return ()
        if question.compare_with == "rest":
            return self._against_rest(tuple(area for area in areas if area not in (CITY, NOT_LOCATABLE)), period)
        return self._against_before(areas, period)

    def _who(self, area: str) -> str:
        if area == NOT_LOCATABLE:
            return f"{self._indicator.short_title}, ohne {self._mart.catalogue.city.district_word}"
        name = "" if area == CITY else self._mart.catalogue.districts[area].name
        return subject(self._indicator, area, name, self._mart.catalogue.city.district_word)

    def _without(self, code: VerdictCode, area: str, reason: str) -> Verdict:
        return Verdict(code, area, without_comparison(code, self._who(area), reason), reason)

    def _previous(self, period: Period) -> Period | None:
        """The period to compare with: for a month or quarter the same one of an earlier year."""
        earlier = [step for step in self._judged.comparable if step.end < period.start]
        if period.grain in (Grain.month, Grain.quarter):
            earlier = [step for step in earlier if step.start.month == period.start.month]
        return max(earlier, default=None)

    def _against_before(self, areas: tuple[str, ...], period: Period) -> tuple[Verdict, ...]:
        before = self._previous(period)
        verdicts: dict[str, Verdict] = {}
        pairs: dict[str, tuple[Measured, Measured]] = {}
        broken = self._broken(before, period) if before else None
        for area in areas:
            now = self._measured(area, period)
            earlier = self._measured(area, before) if before else None
            if now is None:
                continue  # the observation itself says why there is no number
            if before is None:
                verdicts[area] = self._without(VerdictCode.no_comparison, area, "kein früherer Zeitraum zum Vergleich")
            elif earlier is None:
                reason = f"für {before.german} ist kein Wert verfügbar"
                verdicts[area] = self._without(VerdictCode.no_comparison, area, reason)
            elif broken or earlier.footing != now.footing:
                title = broken or "andere Bezugsbasis der Einwohnerzahl"
                sentence = break_sentence(self._who(area), before.german, period.german, title)
                short = f"nicht vergleichbar mit {before.german}"
                verdicts[area] = Verdict(VerdictCode.break_in_series, area, sentence, short, compared_period=before)
            else:
                pairs[area] = (earlier, now)
        if pairs and before is not None:
            verdicts |= self._changes(pairs, before, period)
        return tuple(verdicts[area] for area in areas if area in verdicts)

    def _broken(self, before: Period, now: Period) -> str | None:
        found = breaks_between(self._mart, before.start, now.end, offence_keys=self._judged.offence_keys)
        return found[0][1] if found else None

    def _changes(
        self, pairs: dict[str, tuple[Measured, Measured]], before: Period, period: Period
    ) -> dict[str, Verdict]:
        if self._judged.told_only:
            return {area: self._told(area, *pair, before, period) for area, pair in pairs.items()}
        earlier, now = zip(*pairs.values(), strict=True)
        swing = self._swing(period)
        counts = ([one.count for one in earlier], [one.count for one in now])
        exposures = ([one.exposure for one in earlier], [one.exposure for one in now])
        chance = overdispersed_change(*counts, sigma=0.0, exposure_before=exposures[0], exposure_after=exposures[1])
        change = overdispersed_change(
            *counts, sigma=swing.sigma, degrees_of_freedom=swing.degrees_of_freedom,
            exposure_before=exposures[0], exposure_after=exposures[1],
        )  # fmt: skip
        q = _within_family(list(pairs), change.p)
        verdicts = {}
        for number, (area, (old, new)) in enumerate(pairs.items()):
            code = _code(
                chance.p[number],
                change.p[number],
                q[number],
                VerdictCode.rose if new.value > old.value else VerdictCode.fell,
            )
            told = Change(
                old.value, new.value, before.german, period.german, old.count, new.count, usual=_usual(period)
            )
            verdicts[area] = Verdict(
                code, area,
                change_sentence(code, self._who(area), self._indicator, told),
                change_short(code, self._indicator, told),
                difference=new.value - old.value,
                lower=old.value * (float(change.lower[number]) - 1) if old.count else None,
                upper=old.value * (float(change.upper[number]) - 1) if old.count else None,
                q=float(q[number]), favourable=favourable(code, self._indicator.direction), compared_period=before,
            )  # fmt: skip
        return verdicts

    def _told(self, area: str, old: Measured, new: Measured, before: Period, period: Period) -> Verdict:
        """A full count without an interval: the change is told, not judged."""
        told = Change(old.value, new.value, before.german, period.german)
        code = VerdictCode.no_comparison
        who, step = self._who(area), change_short(VerdictCode.within_chance, self._indicator, told)
        direction = "höher" if new.value > old.value else "niedriger" if new.value < old.value else "gleich hoch"
        before_text = step.split("(")[1].split(")")[0]
        sentence = f"{who}: {direction} als {before.german} ({before_text}); als Vollzählung nicht auf Zufall geprüft."
        if direction == "gleich hoch":
            sentence = f"{who}: gleich hoch wie {before.german} ({before_text})."
        return Verdict(code, area, sentence, f"{before.german}: {before_text}", new.value - old.value,
                       compared_period=before)  # fmt: skip

    def _swing(self, period: Period) -> UsualSwing:
        """σ of the offence: the catalogue's prior, shrunk by the city's earlier years; wider for averages of years."""
        prior = self._indicator.dispersion_prior
        expected = UNKNOWN_SWING if prior is None else prior
        if period.grain not in (Grain.year, Grain.years):
            return shrunk_sigma(expected, [])
        years = [step for step in self._judged.years if step.end < period.start]
        consecutive = [step for step in years if step.start.year >= years[-1].start.year - len(years) + 1]
        totals = [self._judged.city_total(step) for step in consecutive]
        left_out = [
            number for number, (first, second) in enumerate(pairwise(consecutive)) if self._says_nothing(first, second)
        ]
        swing = shrunk_sigma(expected, totals, left_out)
        return swing._replace(sigma=swing_of_spans(swing.sigma, len(period.calendar_years())))

    def _says_nothing(self, first: Period, second: Period) -> bool:
        """Whether a change lies across a break, a gap or an unusual time."""
        unusual = self._mart.catalogue.unusual_times.values()
        return (
            second.start != first.end + timedelta(days=1)
            or self._broken(first, second) is not None
            or any(Period(time.start, time.end).overlaps(Period(first.start, second.end)) for time in unusual)
        )

    def _against_rest(self, areas: tuple[str, ...], period: Period) -> tuple[Verdict, ...]:
        per = self._judged.per
        if per is None:
            return tuple(self._without(VerdictCode.not_comparable, area, self._judged.no_rest) for area in areas)
        city = self._measured(CITY, period)
        pairs: dict[str, tuple[Measured, Measured]] = {}
        for area in areas:
            here = self._measured(area, period)
            if here is not None and city is not None and city.exposure > here.exposure:
                count, exposure = city.count - here.count, city.exposure - here.exposure
                pairs[area] = (Measured(per * count / exposure, count, exposure, here.footing), here)
        if not pairs:
            return ()
        rest, here_all = zip(*pairs.values(), strict=True)
        swing = self._swing(period)
        counts = ([one.count for one in rest], [one.count for one in here_all])
        exposures = ([one.exposure for one in rest], [one.exposure for one in here_all])
        chance = overdispersed_change(*counts, sigma=0.0, exposure_before=exposures[0], exposure_after=exposures[1])
        found = overdispersed_change(
            *counts, sigma=swing.sigma, degrees_of_freedom=swing.degrees_of_freedom,
            exposure_before=exposures[0], exposure_after=exposures[1],
        )  # fmt: skip
        q = _within_family(list(pairs), found.p)
        verdicts = []
        for number, (area, (others, here)) in enumerate(pairs.items()):
            code = _code(
                chance.p[number], found.p[number], q[number],
                VerdictCode.above if here.value > others.value else VerdictCode.below,
            )  # fmt: skip
            verdicts.append(
                Verdict(
                    code,
                    area,
                    rest_sentence(code, self._who(area), self._indicator, here.value, others.value),
                    rest_short(code, self._indicator, others.value),
                    difference=here.value - others.value,
                    q=float(q[number]),
                    favourable=favourable(code, self._indicator.direction),
                )
            )
        return tuple(verdicts)


def _within_family(areas: list[str], p: np.ndarray) -> np.ndarray:
    """Q values of the districts of one indicator; the city stands alone and keeps its p value."""
    q = np.array(p, dtype=float)
    family = np.array([area not in (CITY, NOT_LOCATABLE) for area in areas])
    if family.any():
        q[family] = q_values(q[family])
    return q


def _code(p_chance: float, p_swing: float, q: float, rose_or_fell: VerdictCode) -> VerdictCode:
    """Two yardsticks: beyond counting noise, and beyond the usual yearly swing."""
    if p_chance >= SIGNIFICANCE:
        return VerdictCode.within_chance
    if p_swing >= SIGNIFICANCE or q > FALSE_DISCOVERY_RATE:
        return VerdictCode.within_usual_swing
    return rose_or_fell


def _usual(period: Period) -> str:
    return "zwischen zwei solchen Zeiträumen" if period.grain == Grain.years else "von Jahr zu Jahr"

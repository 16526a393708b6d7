"""Judging estimates that have an interval: moment against moment, and a district against the rest of the city."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sipa_data.answers.found import favourable
from sipa_data.answers.groups import Comparison, Estimates
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
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import Indicator
from sipa_data.periods import Period
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values

NO_REST = "für Unterschiede zwischen Gruppen nicht vorgesehen"


class Moment(Protocol):
    """A wave, or a period of a register. ``when`` : as told in a sentence."""

    @property
    def period(self) -> Period: ...

    @property
    def when(self) -> str: ...


@dataclass(frozen=True)
class Words:
    """What is said where nothing can be compared."""

    too_few: str = "zu wenige Antworten"
    no_earlier: str = "noch keine frühere Befragung"


@dataclass(frozen=True)
class Compared:
    """A moment, and the one before if there is one. ``broken`` : why the two cannot be compared."""

    now: Moment
    found: Estimates
    before: Moment | None = None
    earlier: Estimates | None = None
    broken: str | None = None


class EstimateVerdicts:
    """Makes the verdicts of one indicator."""

    def __init__(self, indicator: Indicator, catalogue: Catalogue, words: Words | None = None) -> None:
        self._indicator = indicator
        self._catalogue = catalogue
        self._words = words or Words()

    def all(self, question: Question, areas: tuple[str, ...], compared: Compared) -> tuple[Verdict, ...]:
        """One verdict per area, in the order of the areas; none where no comparison is asked."""
        if question.compare_with == "none":
            return ()
        if question.compare_with == "rest":
            return self._against_rest(areas, compared.found)
        return self._against_before(areas, compared)

    def _who(self, area: str) -> str:
        name = "" if area == CITY else self._catalogue.districts[area].name
        return subject(self._indicator, area, name, self._catalogue.city.district_word)

    def _without(self, code: VerdictCode, area: str, reason: str) -> Verdict:
        return Verdict(code, area, without_comparison(code, self._who(area), reason), reason)

    def _against_before(self, areas: tuple[str, ...], compared: Compared) -> tuple[Verdict, ...]:
        before, earlier = compared.before, compared.earlier
        verdicts: dict[str, Verdict] = {}
        judged = []
        for area in areas:
            if not compared.found.is_shown(area):
                verdicts[area] = self._without(VerdictCode.too_few, area, self._words.too_few)
            elif before is None or earlier is None:
                verdicts[area] = self._without(VerdictCode.no_comparison, area, self._words.no_earlier)
            elif compared.broken:
                sentence = break_sentence(self._who(area), before.when, compared.now.when, compared.broken)
                short = f"nicht vergleichbar mit {before.when}"
                verdicts[area] = Verdict(VerdictCode.break_in_series, area, sentence, short)
            elif not earlier.is_shown(area):
                verdicts[area] = self._without(VerdictCode.too_few, area, f"{self._words.too_few} {before.when}")
            else:
                judged.append(area)
        if judged and before is not None and earlier is not None:
            verdicts |= self._changes(judged, compared.now, compared.found, before, earlier)
        return tuple(verdicts[area] for area in areas)

    def _changes(
        self, areas: list[str], now: Moment, found: Estimates, before: Moment, earlier: Estimates
    ) -> dict[str, Verdict]:
        here, there = found.places(areas), earlier.places(areas)
        change = found.groups.minus(here, earlier.groups, there)
        q = _within_family(areas, change.p)
        verdicts = {}
        for number, area in enumerate(areas):
            code = _code(change, q, number, VerdictCode.rose, VerdictCode.fell)
            told = Change(
                before=float(earlier.values[there[number]]), now=float(found.values[here[number]]),
                before_when=before.when, now_when=now.when, detectable=_or_none(change.detectable[number]),
            )  # fmt: skip
            sentence = change_sentence(code, self._who(area), self._indicator, told)
            short = change_short(code, self._indicator, told)
            verdicts[area] = self._verdict(code, area, sentence, short, change, q, number, before.period)
        return verdicts

    def _against_rest(self, areas: tuple[str, ...], found: Estimates) -> tuple[Verdict, ...]:
        rest = found.rest
        if rest is None:
            return tuple(self._without(VerdictCode.not_comparable, area, NO_REST) for area in areas)
        verdicts: dict[str, Verdict] = {}
        judged = []
        for area in areas:
            if area == CITY:
                continue
            if not found.is_shown(area) or not rest.answered[found.at(area)]:
                verdicts[area] = self._without(VerdictCode.too_few, area, self._words.too_few)
            else:
                judged.append(area)
        if judged:
            here = found.places(judged)
            apart = found.groups.minus(here, rest, here)
            q = _within_family(judged, apart.p)
            for number, area in enumerate(judged):
                code = _code(apart, q, number, VerdictCode.above, VerdictCode.below)
                value, elsewhere = float(found.values[here[number]]), float(rest.values[here[number]])
                sentence = rest_sentence(code, self._who(area), self._indicator, value, elsewhere)
                short = rest_short(code, self._indicator, elsewhere)
                verdicts[area] = self._verdict(code, area, sentence, short, apart, q, number)
        return tuple(verdicts[area] for area in areas if area in verdicts)

    def _verdict(
        self, code: VerdictCode, area: str, sentence: str, short: str, compared: Comparison, q: np.ndarray, number: int,
        period: Period | None = None,
    ) -> Verdict:  # fmt: skip
        return Verdict(
            code, area, sentence, short,
            float(compared.difference[number]), float(compared.lower[number]), float(compared.upper[number]),
            _or_none(q[number]), _or_none(compared.detectable[number]),
            favourable(code, self._indicator.direction), period,
        )  # fmt: skip


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _within_family(areas: list[str], p: np.ndarray) -> np.ndarray:
    """Q values of the districts of one indicator; the city stands alone and keeps its p value."""
    q = p.copy()
    family = np.array([area != CITY for area in areas]) & ~np.isnan(p)
    if family.any():
        q[family] = q_values(p[family])
    return q


def _code(
    compared: Comparison, q: np.ndarray, number: int, upwards: VerdictCode, downwards: VerdictCode
) -> VerdictCode:
    """Beyond chance where the interval leaves 0 out and, in a family, the false discovery rate allows it."""
    lower, upper = compared.lower[number], compared.upper[number]
    if lower <= 0 <= upper or (not np.isnan(q[number]) and q[number] > FALSE_DISCOVERY_RATE):
        return VerdictCode.within_chance
    return upwards if lower > 0 else downwards

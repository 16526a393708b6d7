"""Judging estimates that have an interval: moment against moment, a district against the rest or similar ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from sipa_data.answers.families import districts_together
from sipa_data.answers.found import favourable
from sipa_data.answers.groups import Comparison, Estimates, Groups
from sipa_data.answers.sentences import (
    Change,
    Seen,
    break_sentence,
    change_sentence,
    change_short,
    rest_sentence,
    rest_short,
    subject,
    without_comparison,
)
from sipa_data.answers.types import Question, Verdict, VerdictCode
from sipa_data.answers.yardsticks import REST, Yardstick, similar_yardstick
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import Indicator
from sipa_data.periods import Period
from sipa_data.statistics.combined import interval_p

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
    """A moment, and the one before if there is one.

    ``broken`` : why the two cannot be compared
    ``similar`` : of each area of ``found`` the similar districts together; None where that was not asked
    ``none_similar`` : why an area cannot be held against similar ones
    """

    now: Moment
    found: Estimates
    before: Moment | None = None
    earlier: Estimates | None = None
    broken: str | None = None
    similar: Groups | None = None
    none_similar: Mapping[str, str] = field(default_factory=dict)


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
        districts = tuple(area for area in areas if area != CITY)
        match question.compare_with:
            case "rest":
                found = self._against_rest(districts, compared.found)
            case "similar":
                found = self._against_similar(districts, compared)
            case _:
                found = self._against_before(areas, compared)
        judged = districts_together(found, self._catalogue.city.districts_word)
        return tuple(judged[area] for area in areas if area in judged)

    def _who(self, area: str) -> str:
        name = "" if area == CITY else self._catalogue.districts[area].name
        return subject(self._indicator, area, name, self._catalogue.city.district_word)

    def _without(self, code: VerdictCode, area: str, reason: str) -> Verdict:
        return Verdict(code, area, without_comparison(code, self._who(area), reason), reason)

    def _against_before(self, areas: tuple[str, ...], compared: Compared) -> dict[str, Verdict]:
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
        return verdicts

    def _changes(
        self, areas: list[str], now: Moment, found: Estimates, before: Moment, earlier: Estimates
    ) -> dict[str, Verdict]:
        here, there = found.places(areas), earlier.places(areas)
        change = found.groups.minus(here, earlier.groups, there)
        verdicts = {}
        for number, area in enumerate(areas):
            code = _code(change, number, VerdictCode.rose, VerdictCode.fell)
            told = Change(
                before=float(earlier.values[there[number]]), now=float(found.values[here[number]]),
                before_when=before.when, now_when=now.when, seen=_seen(change, number),
            )  # fmt: skip
            sentence = change_sentence(code, self._who(area), self._indicator, told)
            short = change_short(code, self._indicator, told)
            verdicts[area] = self.of_comparison(code, area, sentence, short, change, number, before.period)
        return verdicts

    def _against_rest(self, areas: tuple[str, ...], found: Estimates) -> dict[str, Verdict]:
        if found.rest is None:
            return {area: self._without(VerdictCode.not_comparable, area, NO_REST) for area in areas}
        return self._apart(areas, found, found.rest, dict.fromkeys(areas, REST))

    def _against_similar(self, areas: tuple[str, ...], compared: Compared) -> dict[str, Verdict]:
        if compared.similar is None:
            return {area: self._without(VerdictCode.not_comparable, area, NO_REST) for area in areas}
        comparable = tuple(area for area in areas if area not in compared.none_similar)
        yardsticks = {area: similar_yardstick(self._catalogue, area) for area in comparable}
        return {
            area: self._without(VerdictCode.no_comparison, area, reason)
            for area, reason in compared.none_similar.items()
            if area in areas
        } | self._apart(comparable, compared.found, compared.similar, yardsticks)

    def _apart(
        self, areas: tuple[str, ...], found: Estimates, others: Groups, yardsticks: Mapping[str, Yardstick]
    ) -> dict[str, Verdict]:
        """Districts beside what others say; in ``others`` each stands at the place of its district."""
        verdicts: dict[str, Verdict] = {}
        judged = []
        for area in areas:
            if not found.is_shown(area) or not others.answered[found.at(area)]:
                verdicts[area] = self._without(VerdictCode.too_few, area, self._words.too_few)
            else:
                judged.append(area)
        if judged:
            here = found.places(judged)
            apart = found.groups.minus(here, others, here)
            for number, area in enumerate(judged):
                code = _code(apart, number, VerdictCode.above, VerdictCode.below)
                value, elsewhere = float(found.values[here[number]]), float(others.values[here[number]])
                told = code, self._who(area), self._indicator, value, elsewhere, _seen(apart, number)
                short = rest_short(code, self._indicator, elsewhere, yardsticks[area])
                sentence = rest_sentence(*told, yardsticks[area])
                verdicts[area] = self.of_comparison(code, area, sentence, short, apart, number)
        return verdicts

    def of_comparison(
        self, code: VerdictCode, area: str, sentence: str, short: str, compared: Comparison, number: int,
        period: Period | None = None,
    ) -> Verdict:  # fmt: skip
        return Verdict(
            code, area, sentence, short,
            float(compared.difference[number]), float(compared.lower[number]), float(compared.upper[number]),
            None, _or_none(compared.detectable[number]), favourable(code, self._indicator.direction), period,
            p=_p(compared, number),
        )  # fmt: skip


def apart_verdict(
    catalogue: Catalogue, indicator: Indicator, area: str, found: Estimates, others: Groups, yardstick: Yardstick,
    group: str,
) -> Verdict | None:  # fmt: skip
    """A group of people in an area beside others there; None where one of the two answered too little."""
    at = found.at(area)
    if not found.is_shown(area) or not others.answered[at]:
        return None
    here = found.places([area])
    apart = found.groups.minus(here, others, here)
    code = _code(apart, 0, VerdictCode.above, VerdictCode.below)
    name = "" if area == CITY else catalogue.districts[area].name
    who = f"{subject(indicator, area, name, catalogue.city.district_word)}, {group}"
    elsewhere = float(others.values[at])
    sentence = rest_sentence(code, who, indicator, float(found.values[at]), elsewhere, _seen(apart, 0), yardstick)
    made = EstimateVerdicts(indicator, catalogue)
    short = rest_short(code, indicator, elsewhere, yardstick)
    return replace(made.of_comparison(code, area, sentence, short, apart, 0), group=group)


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _seen(compared: Comparison, number: int) -> Seen | None:
    difference = _or_none(compared.detectable[number])
    return None if difference is None else Seen(difference)


def _p(compared: Comparison, number: int) -> float:
    """P value of a comparison; of kinds that have none, the one that its interval implies."""
    given = _or_none(compared.p[number])
    if given is not None:
        return given
    return float(interval_p(*(part[number] for part in compared[:3])))


def _code(compared: Comparison, number: int, upwards: VerdictCode, downwards: VerdictCode) -> VerdictCode:
    """Beyond chance where the interval leaves 0 out."""
    if compared.lower[number] <= 0 <= compared.upper[number]:
        return VerdictCode.within_chance
    return upwards if compared.lower[number] > 0 else downwards

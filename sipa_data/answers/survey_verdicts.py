"""Judging survey values: wave against wave, and a district against the rest of the city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sipa_data.answers.found import favourable
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
from sipa_data.statistics.combined import difference_of_estimates, share_difference_p
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values
from sipa_data.statistics.proportions import detectable_difference, newcombe_difference

if TYPE_CHECKING:
    from sipa_data.answers.surveys import Estimates, Wave
    from sipa_data.catalogue import Catalogue
    from sipa_data.catalogue.models import Indicator


class SurveyVerdicts:
    """Makes the verdicts of one indicator."""

    def __init__(self, indicator: Indicator, catalogue: Catalogue) -> None:
        self._indicator = indicator
        self._catalogue = catalogue

    def all(
        self,
        question: Question,
        areas: tuple[str, ...],
        now: Wave,
        found: Estimates,
        before: Wave | None,
        earlier: Estimates | None,
        broken: str | None,
    ) -> tuple[Verdict, ...]:
        """One verdict per area, in the order of the areas; none where no comparison is asked."""
        if question.compare_with == "none":
            return ()
        if question.compare_with == "rest":
            return self._against_rest(areas, found)
        return self._against_before(areas, now, found, before, earlier, broken)

    def _who(self, area: str) -> str:
        name = "" if area == CITY else self._catalogue.districts[area].name
        return subject(self._indicator, area, name, self._catalogue.city.district_word)

    def _without(self, code: VerdictCode, area: str, reason: str) -> Verdict:
        return Verdict(code, area, without_comparison(code, self._who(area), reason), reason)

    def _against_before(
        self,
        areas: tuple[str, ...],
        now: Wave,
        found: Estimates,
        before: Wave | None,
        earlier: Estimates | None,
        broken: str | None,
    ) -> tuple[Verdict, ...]:
        verdicts: dict[str, Verdict] = {}
        judged = []
        for area in areas:
            if not found.is_shown(area):
                verdicts[area] = self._without(VerdictCode.too_few, area, "zu wenige Antworten")
            elif before is None or earlier is None:
                verdicts[area] = self._without(VerdictCode.no_comparison, area, "noch keine frühere Befragung")
            elif broken:
                sentence = break_sentence(self._who(area), before.when, now.when, broken)
                short = f"nicht vergleichbar mit {before.when}"
                verdicts[area] = Verdict(VerdictCode.break_in_series, area, sentence, short)
            elif not earlier.is_shown(area):
                verdicts[area] = self._without(VerdictCode.too_few, area, f"zu wenige Antworten {before.when}")
            else:
                judged.append(area)
        if judged and before is not None and earlier is not None:
            verdicts |= self._changes(judged, now, found, before, earlier)
        return tuple(verdicts[area] for area in areas)

    def _changes(
        self, areas: list[str], now: Wave, found: Estimates, before: Wave, earlier: Estimates
    ) -> dict[str, Verdict]:
        here = np.array([found.at[area] for area in areas])
        there = np.array([earlier.at[area] for area in areas])
        detectable = np.full(len(areas), np.nan)
        if found.shares is not None and earlier.shares is not None:
            new, old = found.shares, earlier.shares
            pairs = (new.share[here], new.n_effective[here], old.share[there], old.n_effective[there])
            difference, lower, upper = (100 * part for part in newcombe_difference(*pairs))
            q = _within_family(areas, share_difference_p(*pairs))
            detectable = 100 * detectable_difference(pairs[2], pairs[3], pairs[1])
        else:
            difference, lower, upper = difference_of_estimates(
                found.value[here], found.lower[here], found.upper[here],
                earlier.value[there], earlier.lower[there], earlier.upper[there],
            )  # fmt: skip
            q = np.full(len(areas), np.nan)
        verdicts = {}
        for number, area in enumerate(areas):
            code = _code(lower[number], upper[number], q[number], VerdictCode.rose, VerdictCode.fell)
            smallest = None if np.isnan(detectable[number]) else float(detectable[number])
            change = Change(
                before=float(earlier.value[there[number]]), now=float(found.value[here[number]]),
                before_when=before.when, now_when=now.when, detectable=smallest,
            )  # fmt: skip
            verdicts[area] = Verdict(
                code, area,
                change_sentence(code, self._who(area), self._indicator, change),
                change_short(code, self._indicator, change),
                float(difference[number]), float(lower[number]), float(upper[number]),
                None if np.isnan(q[number]) else float(q[number]), smallest,
                favourable(code, self._indicator.direction), before.period,
            )  # fmt: skip
        return verdicts

    def _against_rest(self, areas: tuple[str, ...], found: Estimates) -> tuple[Verdict, ...]:
        shares, rest = found.shares, found.rest
        if shares is None or rest is None:
            reason = "für Unterschiede zwischen Gruppen nicht vorgesehen"
            return tuple(self._without(VerdictCode.not_comparable, area, reason) for area in areas)
        verdicts: dict[str, Verdict] = {}
        judged = []
        for area in areas:
            if area == CITY:
                continue
            if not found.is_shown(area) or rest.n_effective[found.at[area]] <= 0:
                verdicts[area] = self._without(VerdictCode.too_few, area, "zu wenige Antworten")
            else:
                judged.append(area)
        if judged:
            here = np.array([found.at[area] for area in judged])
            pairs = (shares.share[here], shares.n_effective[here], rest.share[here], rest.n_effective[here])
            difference, lower, upper = (100 * part for part in newcombe_difference(*pairs))
            q = _within_family(judged, share_difference_p(*pairs))
            detectable = 100 * detectable_difference(pairs[2], pairs[1], pairs[3])
            for number, area in enumerate(judged):
                code = _code(lower[number], upper[number], q[number], VerdictCode.above, VerdictCode.below)
                rest_value = 100 * float(rest.share[here[number]])
                sentence = rest_sentence(
                    code, self._who(area), self._indicator, float(found.value[here[number]]), rest_value
                )
                verdicts[area] = Verdict(
                    code, area, sentence, rest_short(code, self._indicator, rest_value),
                    float(difference[number]), float(lower[number]), float(upper[number]), float(q[number]),
                    float(detectable[number]), favourable(code, self._indicator.direction),
                )  # fmt: skip
        return tuple(verdicts[area] for area in areas if area in verdicts)


def _within_family(areas: list[str], p: np.ndarray) -> np.ndarray:
    """Q values of the districts of one indicator; the city stands alone and keeps its p value."""
    q = p.copy()
    family = np.array([area != CITY for area in areas])
    if family.any():
        q[family] = q_values(p[family])
    return q


def _code(lower: float, upper: float, q: float, upwards: VerdictCode, downwards: VerdictCode) -> VerdictCode:
    """Beyond chance where the interval leaves 0 out and, in a family, the false discovery rate allows it."""
    if lower <= 0 <= upper or (not np.isnan(q) and q > FALSE_DISCOVERY_RATE):
        return VerdictCode.within_chance
    return upwards if lower > 0 else downwards

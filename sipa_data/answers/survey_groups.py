"""Answers of groups of people: women and men, ages, who knows a measure. Each beside all others in the same place.

A difference between groups is an association. Nothing here says that belonging to a group causes an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sipa_data.access.scope import Scope
from sipa_data.answers.composition import Composition
from sipa_data.answers.estimate_verdicts import apart_verdict
from sipa_data.answers.families import judged_together
from sipa_data.answers.found import Found
from sipa_data.answers.frames import Row
from sipa_data.answers.groups import Estimates
from sipa_data.answers.survey_estimates import estimate
from sipa_data.answers.survey_rows import TOO_FEW, row_of
from sipa_data.answers.survey_waves import Wave, asked_on_another_scale, waves_that_asked
from sipa_data.answers.types import Status, Verdict, VerdictCode
from sipa_data.answers.yardsticks import Yardstick
from sipa_data.areas import CITY
from sipa_data.catalogue.models import (
    AnswerCondition,
    DifferenceMeasure,
    Indicator,
    MeanMeasure,
    ScaleAnswer,
    ShareMeasure,
    SurveyItem,
)
from sipa_data.errors import InvalidQuestion
from sipa_data.german import count_of
from sipa_data.marts import Mart

OTHERS = Yardstick("unter allen anderen ", "von allen anderen", "alle anderen")
NOT_ASKED = "dieses Merkmal wurde nicht oder anders gefragt"
CITY_ONLY = "Nach Gruppen aufgegliederte Antworten werden öffentlich nur für die ganze Stadt gezeigt."
CONFIDENTIAL = "vertraulich"


@dataclass(frozen=True)
class Moments:
    """What is divided: the waves that are shown, the one that is judged, and the areas."""

    shown: tuple[Wave, ...]
    now: Wave
    cities: Mapping[str, Composition]
    areas: tuple[str, ...]


def item_that_divides(mart: Mart, indicator: Indicator, breakdown: str) -> SurveyItem:
    """The item that people are divided by.

    Raises
    ------
    InvalidQuestion : there is none of this name, or this indicator cannot be divided
    """
    item = mart.catalogue.items.get(breakdown)
    if item is None or not item.is_breakdown:
        raise InvalidQuestion(f"Nach „{breakdown[:40]}“ lässt sich nicht aufgliedern.")
    if isinstance(indicator.measure, DifferenceMeasure):
        raise InvalidQuestion(f"„{indicator.title}“ ist schon ein Unterschied zwischen Gruppen.")
    if isinstance(indicator.measure, ShareMeasure | MeanMeasure) and indicator.measure.item == item.id:
        raise InvalidQuestion(f"„{indicator.title}“ lässt sich nicht nach sich selbst aufgliedern.")
    return item


def divided(mart: Mart, scope: Scope, indicator: Indicator, item: SurveyItem, asked: Moments) -> Found:
    """Rows of every group in every shown wave, and a verdict on each group of the wave that is judged."""
    measure = indicator.measure
    if not isinstance(measure, ShareMeasure | MeanMeasure):
        raise TypeError(f"{indicator.id} cannot be divided")
    scales = {wave.id: wave for wave in waves_that_asked(mart, item.id)}
    answers = tuple(
        one.model_copy(update={"label": item.group_labels.get(one.code, one.label)})
        for one in mart.catalogue.scales[item.scale].answers
    )
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for wave in asked.shown:
        divides = scales.get(wave.id)
        if divides is None or asked_on_another_scale(mart, item.id, divides):
            rows += [_without(wave, area, one.label, Status.not_collected, NOT_ASKED)
                     for area in asked.areas for one in answers]  # fmt: skip
            continue
        split = _Split(mart, measure, item, wave, asked)
        groups = {answer.label: split.among((answer,)) for answer in answers}
        everybody = split.everybody()
        hidden = {area: _hidden(mart, scope, area, everybody, groups) for area in asked.areas}
        rows += [
            _row(wave, found, area, label, hidden[area]) for area in asked.areas for label, found in groups.items()
        ]
        if wave.id == asked.now.id:
            others = {answer.label: split.among(tuple(o for o in answers if o is not answer)) for answer in answers}
            for area in asked.areas:
                shown = {label: found for label, found in groups.items() if label not in hidden[area]}
                verdicts += _verdicts(mart, indicator, item, area, shown, others)
    kept_back = [area for area in asked.areas if area != CITY and not scope.sees_all_of(area)]
    return Found(tuple(rows), tuple(verdicts), (CITY_ONLY,) if kept_back else ())


@dataclass(frozen=True)
class _Split:
    """One wave, divided by the answers to an item."""

    mart: Mart
    measure: ShareMeasure | MeanMeasure
    item: SurveyItem
    wave: Wave
    asked: Moments

    def everybody(self) -> Estimates:
        return self._estimate(self.measure)

    def among(self, answers: tuple[ScaleAnswer, ...]) -> Estimates:
        condition = AnswerCondition(item=self.item.id, codes=tuple(answer.code for answer in answers))
        return self._estimate(self.measure.model_copy(update={"among": (*self.measure.among, condition)}))

    def _estimate(self, measure: ShareMeasure | MeanMeasure) -> Estimates:
        wave, city = self.wave, self.asked.cities[self.wave.id]
        return estimate(self.mart, measure, wave.id, wave.scale, self.asked.areas, city)


def _hidden(
    mart: Mart, scope: Scope, area: str, everybody: Estimates, groups: Mapping[str, Estimates]
) -> frozenset[str]:
    """Groups that this reader may not receive here.

    What all answered is public, so what is not shown can be worked out from what is. In a district that would often be
    one or two persons: protected readers get groups of the whole city only, and there no rest of so few persons.
    """
    if scope.sees_all_of(None if area == CITY else area):
        return frozenset()
    if area != CITY:
        return frozenset(groups)
    at = everybody.at(area)
    left = {label: int(found.n[at]) for label, found in groups.items() if found.is_shown(area)}
    hidden: set[str] = set()
    rest = int(everybody.n[at]) - sum(left.values())
    while left and 0 < rest < mart.catalogue.city.small_counts.persons:
        smallest = min(left, key=lambda label: left[label])
        hidden.add(smallest)
        rest += left.pop(smallest)
    return frozenset(hidden)


def _row(wave: Wave, found: Estimates, area: str, label: str, hidden: frozenset[str]) -> Row:
    if label in hidden:
        return _without(wave, area, label, Status.suppressed, CONFIDENTIAL)
    return row_of(wave, found, area, group=label)


def _without(wave: Wave, area: str, label: str, status: Status, reason: str) -> Row:
    return Row(area, wave.period, status, breakdown=label, reason=reason)


def _verdicts(
    mart: Mart,
    indicator: Indicator,
    item: SurveyItem,
    area: str,
    groups: Mapping[str, Estimates],
    others: Mapping[str, Estimates],
) -> tuple[Verdict, ...]:
    """Each group beside all others of the same place; the groups of one item are a family."""
    found = []
    for label, group in groups.items():
        told = apart_verdict(mart.catalogue, indicator, area, group, others[label].groups, OTHERS, label)
        found.append(told or Verdict(VerdictCode.too_few, area, f"{label}: {TOO_FEW}.", TOO_FEW, group=label))
    tested = sum(one.p is not None for one in found)
    return judged_together(found, count_of(tested, f"Gruppe ({item.title})", f"Gruppen ({item.title})"))

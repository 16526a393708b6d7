"""What would read otherwise in another state of the data: two marts, the same questions, the numbers that differ."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import isclose
from typing import Any

from sipa_data.access.scope import Scope
from sipa_data.answers.ask import ask
from sipa_data.answers.types import CITY, Answer, Comparison, Question, Status, VerdictCode
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import (
    ClearanceMeasure,
    CountMeasure,
    DecisionShareMeasure,
    DifferenceMeasure,
    Indicator,
    MeanMeasure,
    PersonRateMeasure,
    PersonShareMeasure,
    ProjectShareMeasure,
    RateMeasure,
    RegisterMeasure,
    RegisterShareMeasure,
    ShareMeasure,
)
from sipa_data.marts import INCIDENT_TABLES, Mart
from sipa_data.periods import Period

_SURVEY = frozenset({"survey_waves", "survey_respondents", "survey_answers", "survey_results", "population"})
_RATES = frozenset({"population", "denominators", "published_rates"})
MEASURED_FROM: Mapping[type, frozenset[str]] = {
    CountMeasure: INCIDENT_TABLES | _RATES,
    RateMeasure: INCIDENT_TABLES | _RATES,
    ClearanceMeasure: INCIDENT_TABLES | _RATES,
    PersonRateMeasure: frozenset({"person_counts", "published_rates", "population"}),
    PersonShareMeasure: frozenset({"person_counts", "published_rates", "population"}),
    ShareMeasure: _SURVEY,
    MeanMeasure: _SURVEY,
    DifferenceMeasure: _SURVEY,
    RegisterMeasure: frozenset({"register_values", "population"}),
    RegisterShareMeasure: frozenset({"register_values", "population"}),
    ProjectShareMeasure: frozenset({"projects"}),
    DecisionShareMeasure: frozenset({"decisions"}),
}
"""Tables of the lake that an answer of each kind can depend on. Which table a kind does not read need not be asked."""
FOR_EVERYBODY = (ShareMeasure, MeanMeasure, DifferenceMeasure)
"""Kinds of which everybody reads the same, as long as nobody breaks them down: an answer to a survey is shown or too
uncertain, whoever asks."""
SHOWN = frozenset({Status.ok.value, Status.limited.value})
PLACE = ("district", "period_start", "period_end", "breakdown")
COMPARED = ("value", "lower", "upper", "n", "status")


@dataclass(frozen=True, order=True)
class Cell:
    """One number of an indicator: where, when, for whom."""

    district: str
    period: Period
    group: str | None = None


@dataclass(frozen=True)
class IndicatorChange:
    """One indicator in both states.

    ``before``, ``after`` : what is answered where no period is asked for
    ``also_before``, ``also_after`` : where that is another period in the two, each about the period of the other
    ``cells`` : what reads otherwise, in the order of the newer answer; ``flipped`` : of these, with another status;
        ``gained`` : not shown before and shown now; ``lost`` : the other way round
    ``verdicts`` : districts (or the city) of which something else is said
    """

    before: Answer
    after: Answer
    also_before: Answer | None
    also_after: Answer | None
    cells: tuple[Cell, ...]
    flipped: tuple[Cell, ...]
    gained: tuple[Cell, ...]
    lost: tuple[Cell, ...]
    verdicts: tuple[str, ...]

    @property
    def indicator(self) -> Indicator:
        return self.after.indicator

    @cached_property
    def newest(self) -> Period:
        """The latest period in which a number differs; where none does, the latest of which there was one."""
        periods = [cell.period for cell in self.cells]
        answered = (self.before.period if self.is_emptied else None) or self.after.period or self.before.period
        return max(periods, key=lambda period: period.end) if periods else answered  # type: ignore[return-value]

    @property
    def is_emptied(self) -> bool:
        """Whether nothing would stand any more where no period is asked for: the newest one lacks this indicator."""
        return self.after.is_empty and not self.before.is_empty

    @property
    def is_new_period(self) -> bool:
        """Whether „neuester Stand“ is another period in the newer state, and has numbers there."""
        return self.before.period != self.after.period and not self.after.is_empty

    @property
    def is_citywide(self) -> bool:
        """Whether the number of the whole city is among them."""
        return any(cell.district == CITY for cell in self.cells)

    @property
    def districts(self) -> frozenset[str]:
        return frozenset(cell.district for cell in self.cells) - {CITY}


def state_changes(
    before: Mart, after: Mart, scope: Scope, indicators: Iterable[str], *, compare_with: Comparison = "previous"
) -> tuple[IndicatorChange, ...]:
    """The indicators that read otherwise, in the order given. Asked through ``ask``: a scope sees what it may.

    Parameters
    ----------
    before, after : the marts of two states of one city's data
    compare_with : ``none`` where nobody wants to know what is said of the numbers
    """
    questions = (
        Question(indicator, by_district=True, history=True, compare_with=compare_with) for indicator in indicators
    )
    return changes_of(before, after, scope, questions)


def changes_of(before: Mart, after: Mart, scope: Scope, questions: Iterable[Question]) -> tuple[IndicatorChange, ...]:
    """The questions that two states answer otherwise."""
    found = (_change(before, after, scope, question) for question in questions)
    return tuple(change for change in found if change.cells or change.verdicts or change.is_emptied)


def depending_on(catalogue: Catalogue, tables: Collection[str]) -> tuple[str, ...]:
    """The indicators that rows in these tables of the lake can change, in the order of the catalogue."""
    touched = frozenset(tables)
    return tuple(one.id for one in catalogue.indicators.values() if MEASURED_FROM[type(one.measure)] & touched)


def _change(before: Mart, after: Mart, scope: Scope, question: Question) -> IndicatorChange:
    one, other = ask(before, scope, question), ask(after, scope, question)
    also_one = also_other = None
    if one.period != other.period:  # the newest period differs: each is looked up in the other state as well
        also_one = _also(before, scope, question, other.period, one)
        also_other = _also(after, scope, question, one.period, other)
    old, new = _numbers(also_one) | _numbers(one), _numbers(also_other) | _numbers(other)
    every = dict.fromkeys((*new, *old))
    cells = [cell for cell in every if not _alike(old.get(cell, NOTHING), new.get(cell, NOTHING))]
    statuses = {cell: (old.get(cell, NOTHING)[-1], new.get(cell, NOTHING)[-1]) for cell in cells}
    return IndicatorChange(
        one,
        other,
        also_one,
        also_other,
        tuple(cells),
        flipped=tuple(cell for cell, (was, now) in statuses.items() if was != now),
        gained=tuple(cell for cell, (was, now) in statuses.items() if was not in SHOWN and now in SHOWN),
        lost=tuple(cell for cell, (was, now) in statuses.items() if was in SHOWN and now not in SHOWN),
        verdicts=_said_otherwise(one, other),
    )


def _also(mart: Mart, scope: Scope, question: Question, period: Period | None, answered: Answer) -> Answer | None:
    """What a state says of the other's newest period; its other periods stand in what it has answered, if anything."""
    if period is None:
        return None
    return ask(mart, scope, replace(question, period=period, history=question.history and answered.is_empty))


NOTHING: tuple[Any, ...] = (None, None, None, None, "not_collected")
"""A cell that an answer does not have reads as one that was not collected."""


def _numbers(answer: Answer | None) -> dict[Cell, tuple[Any, ...]]:
    if answer is None:
        return {}
    found = answer.observations
    column = {name: found[name].array.to_numpy(dtype=object, na_value=None) for name in (*PLACE, *COMPARED)}
    cells = (
        Cell(district, Period(start.date(), end.date()), group)
        for district, start, end, group in zip(*(column[name] for name in PLACE), strict=True)
    )
    return dict(zip(cells, zip(*(column[name] for name in COMPARED), strict=True), strict=True))


def _alike(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Sums of weights may differ in their last digit, depending on the order in which they were added."""
    return all(
        a == b or (isinstance(a, float) and isinstance(b, float) and isclose(a, b, rel_tol=1e-9, abs_tol=1e-9))
        for a, b in zip(one, other, strict=True)
    )


def _said_otherwise(before: Answer, after: Answer) -> tuple[str, ...]:
    """Only where both states speak of the same time: what a first number says is no change of what was said."""
    if before.period != after.period:
        return ()
    old = {verdict.subject: verdict.code for verdict in before.verdicts}
    silent = {VerdictCode.no_comparison, VerdictCode.hidden}
    return tuple(
        verdict.subject
        for verdict in after.verdicts
        if verdict.subject in old and old[verdict.subject] != verdict.code and not {verdict.code} <= silent
    )

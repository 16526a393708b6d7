"""What the steering group wants and does: its targets beside how things stand, its decisions, what walks have found.

A register delivered as confidential is for those who see everything. The state of a target is an Answer like any other,
so a target never tells more about a hidden number than the number itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import pandas as pd

from sipa_data.access.scope import Scope
from sipa_data.answers.types import Answer, Question, Status
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator
from sipa_data.marts import Mart
from sipa_data.periods import Period

SHOWN = (Status.ok, Status.limited)


class Reached(StrEnum):
    """What can be said of a target."""

    yes = "yes"
    no = "no"
    unclear = "unclear"  # the target lies inside the interval of an estimate
    unknown = "unknown"  # no value that this reader may see


@dataclass(frozen=True)
class Goal:
    """A value that the steering group wants, and the one that this reader may see.

    ``area`` : official number of a district, or CITY
    ``value`` : in the indicator's unit
    """

    indicator: Indicator
    area: str
    value: float
    direction: Literal["at_most", "at_least"]
    due: date
    decided_on: date
    answer: Answer

    @property
    def reached(self) -> Reached:
        """Cases and registers are counted in full, so the number decides; of a sample the whole interval must."""
        found = self.answer.observations
        here = found[(found["district"] == self.area) & found["breakdown"].isna() & found["status"].isin(SHOWN)]
        if here.empty:
            return Reached.unknown
        row = here.iloc[0]
        value = float(row["value"])
        sampled = self.indicator.data_class == "survey"
        lower = float(row["lower"]) if sampled and not pd.isna(row["lower"]) else value
        upper = float(row["upper"]) if sampled and not pd.isna(row["upper"]) else value
        if self.direction == "at_least":  # as if it were „at most“, seen from below
            lower, upper, wanted = -upper, -lower, -self.value
        else:
            wanted = self.value
        if upper <= wanted:
            return Reached.yes
        return Reached.no if lower > wanted else Reached.unclear


@dataclass(frozen=True)
class Decision:
    """A decision of the steering group. ``indicator``: what it should move, None where it names none."""

    id: str
    decided_on: date
    text: str
    indicator: Indicator | None
    expected: Literal["rise", "fall"] | None
    due: date | None
    responsible: str | None
    status: str


@dataclass(frozen=True)
class SiteFinding:
    """What was found on a walk through a district."""

    observed_on: date
    district: str | None
    finding: str
    affected: str | None
    proposed_action: str | None
    status: str


def find_goals(mart: Mart, scope: Scope, ask: Callable[[Question], Answer], period: Period | None) -> tuple[Goal, ...]:
    """Targets of the catalogue and of deliveries, the earliest due first.

    Parameters
    ----------
    ask : how this reader asks
    period : only targets that had been decided by its end, beside the values of then; None for how things stand today
    """
    written = (target.model_dump() for target in mart.catalogue.targets)
    told = (*written, *_open_to(scope, mart.rows("targets")))
    goals = [_goal(mart, ask, row, period) for row in told if row["indicator"] in mart.catalogue.indicators]
    return tuple(
        sorted(
            (goal for goal in goals if period is None or goal.decided_on <= period.end),
            key=lambda goal: (goal.due, goal.indicator.title, goal.area),
        )
    )


def find_decisions(mart: Mart, scope: Scope, period: Period | None) -> tuple[Decision, ...]:
    """Decisions of the steering group up to the end of the period, the newest first."""
    found = [
        Decision(
            id=row["decision_id"],
            decided_on=row["decided_on"],
            text=row["text"],
            indicator=mart.catalogue.indicators.get(row["indicator"] or ""),
            expected=row["expected_direction"],
            due=row["due"],
            responsible=row["responsible"],
            status=row["status"],
        )
        for row in _open_to(scope, mart.rows("decisions"))
    ]
    return tuple(one for one in reversed(found) if period is None or one.decided_on <= period.end)


def find_site_findings(
    mart: Mart, scope: Scope, district: str | None, period: Period | None
) -> tuple[SiteFinding, ...]:
    """Findings of walks up to the end of the period, of one district where asked, the newest first."""
    rows = mart.rows("observations_on_site", district=district)
    return tuple(
        SiteFinding(
            observed_on=row["observed_on"],
            district=row["district_id"],
            finding=row["finding"],
            affected=row["affected"],
            proposed_action=row["proposed_action"],
            status=row["status"],
        )
        for row in _open_to(scope, rows)
        if period is None or row["observed_on"] <= period.end
    )


def _open_to(scope: Scope, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What may be told: a confidential register only to those who see all of the place that a row is about."""
    return [row for row in rows if not row["confidential"] or scope.sees_all_of(row.get("district_id"))]


def _goal(mart: Mart, ask: Callable[[Question], Answer], row: dict[str, Any], period: Period | None) -> Goal:
    district = row.get("district_id") or row.get("district")
    question = Question(row["indicator"], districts=(district,) if district else (), period=period)
    return Goal(
        indicator=mart.catalogue.indicators[row["indicator"]],
        area=district or CITY,
        value=float(row["value"]),
        direction=row["direction"],
        due=row["due"],
        decided_on=row["decided_on"],
        answer=ask(question),
    )

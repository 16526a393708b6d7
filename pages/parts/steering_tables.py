"""Tables of what the steering group wants, decided and was told on walks. Cells are German text, ready to show."""

from collections.abc import Iterable

import pandas as pd

from sipa_data import german
from sipa_data.answers.steering import Decision, Goal, Reached, SiteFinding
from sipa_data.figures.rows import subject_row
from sipa_data.figures.when import period_text
from sipa_data.figures.words import NOTHING, value_with_interval, why_hidden

SIDES = {"at_most": "höchstens", "at_least": "mindestens"}
EXPECTED = {"rise": "mehr", "fall": "weniger"}


def goals_table(goals: Iterable[Goal], *, with_place: bool) -> pd.DataFrame:
    """One row per target: what is wanted until when, how things stand, and what can be said of it."""
    found = []
    for goal in goals:
        row = subject_row(goal.answer)
        shown = row is not None and row.value is not None
        place = {"Gebiet": goal.answer.place_name(goal.area)} if with_place else {}
        found.append(
            {
                "Kennzahl": goal.indicator.title,
                **place,
                "Ziel": f"{wanted(goal)} bis {german.day(goal.due)}",
                "Stand": f"{value_with_interval(row, goal.indicator)}, {period_text(row.period)}"
                if row is not None and shown
                else why_hidden(row),
                "Einschätzung": judged(goal),
            }
        )
    return pd.DataFrame(found, dtype="string")


def decisions_table(decisions: Iterable[Decision]) -> pd.DataFrame:
    """One row per decision: what, since when, what it should move, who answers for it, how it stands."""
    return pd.DataFrame(
        [
            {
                "Nummer": one.id,
                "Beschlossen": german.day(one.decided_on),
                "Beschluss": one.text,
                "Woran man es merkt": _moved(one),
                "Zuständig": one.responsible or NOTHING,
                "Stand": one.status if one.due is None else f"{one.status}, fällig {german.day(one.due)}",
            }
            for one in decisions
        ],
        dtype="string",
    )


def walks_table(findings: Iterable[SiteFinding]) -> pd.DataFrame:
    """One row per finding: when, what, whom it affects, what is proposed, how it stands."""
    return pd.DataFrame(
        [
            {
                "Begehung": german.day(one.observed_on),
                "Befund": one.finding,
                "Betroffen": one.affected or NOTHING,
                "Vorschlag": one.proposed_action or NOTHING,
                "Stand": one.status,
            }
            for one in findings
        ],
        dtype="string",
    )


def wanted(goal: Goal) -> str:
    """„höchstens 12 %“, with as many decimals as the target has, not as many as the indicator."""
    decimals = 0 if goal.value == int(goal.value) else max(goal.indicator.decimals, 1)
    return f"{SIDES[goal.direction]} {german.with_unit(goal.value, goal.indicator.unit, decimals)}"


def judged(goal: Goal) -> str:
    """What can be said of a target today."""
    match goal.reached:
        case Reached.yes:
            return "erreicht"
        case Reached.unclear:
            return "noch nicht sicher: Das Ziel liegt im 95-%-Bereich"
        case Reached.no:
            answered = goal.answer.period
            return "nicht erreicht" if answered is not None and goal.due <= answered.end else "noch nicht erreicht"
        case _:
            return NOTHING


def _moved(one: Decision) -> str:
    if one.indicator is None:
        return NOTHING
    return f"{one.indicator.short_title}: {EXPECTED[one.expected]}" if one.expected else one.indicator.short_title

"""What is due: targets and decisions by their day, the overdue first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from pages.parts import steering, verdict
from pages.parts.folded import folded
from pages.parts.steering_tables import decisions_table, judged, wanted
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.answers.steering import Decision, Goal, Reached
from sipa_data.figures.words import NOTHING
from sipa_data.german import count_of, day

MOST_DUE = 6
HEADING = "Was fällig ist"
Due = tuple[date, str, str, str]
"""Day, what, who answers for it, how it stands. What has no day comes last (``date.max``)."""


@dataclass(frozen=True)
class Agenda:
    """Targets of the place, for the whole city the decisions of the steering group, and what of both is left by day."""

    goals: Sequence[Goal]
    decisions: Sequence[Decision]
    left: Sequence[Due]
    today: date | None


def agenda(view: View) -> Agenda:
    """``today`` : the day of the Datenstand: what was due is told as of the numbers beside it."""
    goals = steering.goals_of(view, with_city=False)
    decisions = view.reader.decisions(view.period) if view.is_citywide else ()
    published = view.reader.mart.snapshot.published_at
    left = sorted([*_goals(goals), *_decisions(decisions)])
    return Agenda(goals, decisions, left, None if published is None else published.date())


def due(view: View, found: Agenda) -> None:
    """What the steering group has set itself for a day and not reached; all targets and decisions below it."""
    if not found.goals and not found.decisions:
        return
    st.header(HEADING, anchor=False)
    if found.left:
        table = due_table(found.left[:MOST_DUE], found.today)
        words_table(table, f"Was als Nächstes fällig ist: {view.place_name}")
    else:
        st.markdown(verdict.muted("Alle Ziele sind erreicht, alle Beschlüsse erledigt."))
    if goals := found.goals:
        folded(_all("Ziel", "Ziele", len(goals)), lambda: steering.all_goals(view, goals), key="ziele")
    if decisions := found.decisions:
        folded(_all("Beschluss", "Beschlüsse", len(decisions)), lambda: _all_decisions(decisions), key="beschluesse")


def overdue_brief(found: Agenda) -> None:
    """One line where a day has passed; silent where nothing is overdue."""
    if found.today is not None and (told := overdue_told(found.left, found.today)):
        st.markdown(told)


def overdue_told(left: Iterable[Due], today: date) -> str:
    """The oldest by name, the others by number; empty where no day has passed."""
    late = sorted(one for one in left if one[0] < today)
    if not late:
        return ""
    since, what, *_ = late[0]
    more = f" Dazu {count_of(len(late) - 1, 'weiteres', 'weitere')} unter „{HEADING}“." if late[1:] else ""
    return f"**Überfällig seit {day(since)}:** {verdict.escaped(what.removesuffix('.'))}.{more}"


def _all_decisions(decisions: Iterable[Decision]) -> None:
    words_table(decisions_table(decisions), "Alle Beschlüsse der Lenkungsgruppe")


def _all(singular: str, plural: str, count: int) -> str:
    return f"{count_of(count, singular, plural)} mit Stand"


def _goals(goals: Iterable[Goal]) -> list[Due]:
    """Targets that are not reached, each with the place it is about."""
    return [(goal.due, _wish(goal), NOTHING, judged(goal)) for goal in goals if goal.reached is not Reached.yes]


def _wish(goal: Goal) -> str:
    return f"Ziel: {goal.indicator.title}, {goal.answer.place_name(goal.area)}, {wanted(goal)}"


def _decisions(decisions: Iterable[Decision]) -> list[Due]:
    """Decisions that are not done."""
    return [
        (one.due or date.max, one.text, one.responsible or NOTHING, one.status)
        for one in decisions
        if one.status != steering.DONE
    ]


def due_table(left: Iterable[Due], today: date | None) -> pd.DataFrame:
    """One row per target or decision; ``today`` is the day of the Datenstand."""
    return pd.DataFrame(
        [
            {
                "Fällig": _when(when, today),
                "Ziel oder Beschluss": what,
                "Stand": stands,
                "Zuständig": who,
            }
            for when, what, who, stands in left
        ],
        dtype="string",
    )


def _when(due_on: date, today: date | None) -> str:
    """„überfällig“ where the day lies before the Datenstand, in words and not by a colour."""
    if due_on == date.max:
        return "ohne Termin"
    return f"{day(due_on)}, überfällig" if today is not None and due_on < today else day(due_on)

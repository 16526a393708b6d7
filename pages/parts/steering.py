"""What the steering group wants and decided, and what walks have found. Nothing where there is nothing."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.parts import verdict
from pages.parts.steering_tables import decisions_table, goals_table, walks_table
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.answers.steering import Decision, Goal
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator
from sipa_data.german import count_of, listing, number

DONE = "erledigt"
MOST_FINDINGS = 5


def goals_of(view: View, *, with_city: bool) -> list[Goal]:
    """The targets of the chosen place; with the whole city chosen, those of every place."""
    places = {view.place, CITY} if with_city else {view.place}
    return [goal for goal in view.reader.goals(view.period) if view.is_citywide or goal.area in places]


def goals(view: View, found: Sequence[Goal]) -> None:
    """Targets beside how things stand."""
    if found:
        st.header("Ziele", anchor=False)
        all_goals(view, found)


def all_goals(view: View, found: Sequence[Goal]) -> None:
    """The table of some targets, without a heading."""
    with_place = any(goal.area != view.place for goal in found)
    _table(goals_table(found, with_place=with_place), "Ziele der Lenkungsgruppe und ihr Stand")


def decisions(view: View, about: Sequence[Indicator] | None = None) -> None:
    """Decisions that are not done yet; the others can be opened. Those about some indicators, where asked."""
    named = None if about is None else {indicator.id for indicator in about}
    found = [one for one in view.reader.decisions(view.period) if named is None or _names(one, named)]
    if not found:
        return
    st.header("Beschlüsse der Lenkungsgruppe", anchor=False)
    left, done = [one for one in found if one.status != DONE], [one for one in found if one.status == DONE]
    if left:
        _table(decisions_table(left), "Beschlüsse, die noch nicht erledigt sind")
    else:
        st.markdown(verdict.muted("Alle Beschlüsse sind erledigt."))
    if done:
        told = count_of(len(done), "erledigter Beschluss", "erledigte Beschlüsse")
        with st.expander(told[:1].upper() + told[1:], type="compact", key="tabelle-beschluesse"):
            _table(decisions_table(done), "Erledigte Beschlüsse")


def walks(view: View) -> None:
    """What was found on walks through the chosen district: what is left to do, newest first."""
    found = view.reader.site_findings(view.place, view.period)
    if not found:
        return
    st.header("Begehungen", anchor=False)
    by_status = {status: sum(one.status == status for one in found) for status in ("offen", "in Arbeit", DONE)}
    told = listing([f"{number(count)} {status}" for status, count in by_status.items() if count])
    st.markdown(f"{count_of(len(found), 'Befund', 'Befunde')}: {told}.")
    left = [one for one in found if one.status != DONE]
    if left:
        _table(walks_table(left[:MOST_FINDINGS]), f"Jüngste Befunde in {view.place_name}, die nicht erledigt sind")
    if len(found) > len(left[:MOST_FINDINGS]):
        with st.expander("Alle Befunde", type="compact", key="tabelle-begehungen"):
            _table(walks_table(found), f"Alle Befunde der Begehungen in {view.place_name}")


def _names(decision: Decision, indicators: set[str]) -> bool:
    return decision.indicator is not None and decision.indicator.id in indicators


def _table(rows: pd.DataFrame, alt: str) -> None:
    words_table(rows, alt)

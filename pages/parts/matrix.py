"""The fields of action as a matrix: what people experience, what happens, what the partnership does."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

import streamlit as st

from pages.parts import fragment, verdict
from pages.parts.steering_tables import judged, wanted
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers.families import Family
from sipa_data.answers.steering import Goal
from sipa_data.catalogue.models import FieldOfAction
from sipa_data.figures import Tile

COLUMNS = {"survey": "Was Menschen erleben", "incidents": "Was geschieht", "register": "Was die Partnerschaft tut"}
"""Class of data → what its column is called. Feeling and record stand beside each other, never mixed."""


def matrix(view: View, together: Family) -> None:
    """One row per field; each leads to its page. Told by the same family as the findings above."""
    goals = {goal.indicator.id: goal for goal in view.reader.goals(view.period) if goal.area == view.place}
    # The style sheet makes the container a grid: columns of Streamlit would be three times as much to send and draw.
    with st.container(gap=None, key="verweis-matrix"):
        st.html(_heads())
        for field in view.catalogue.fields.values():
            st.page_link(view.page_of_field(field.id), label=verdict.escaped(field.title))
            st.html(_cells(view, field, together, goals))


def _heads() -> str:
    """Above the columns where they stand beside each other; below each other every cell speaks for itself."""
    row = Element("div", {"class": "sipa-felder sipa-kopf"})
    for title in COLUMNS.values():
        fragment.text(row, "p", title)
    return fragment.as_html(row)


def _cells(view: View, field: FieldOfAction, together: Family, goals: Mapping[str, Goal]) -> str:
    row = Element("div", {"class": "sipa-felder"})
    named: dict[str, str] = {
        view.catalogue.indicator(one).data_class: one for one in field.matrix or filter(None, [field.lead])
    }
    for data_class, title in COLUMNS.items():
        cell = SubElement(row, "div", {"class": "sipa-feld"})
        indicator = named.get(data_class)
        if indicator is None:
            fragment.text(cell, "p", f"{title}: keine Leitkennzahl", "leise")
            continue
        answer = together.applied(view.reader.ask_what_there_is(view.question(indicator)))
        _fill(cell, view.drawn(figures.tile, answer), goals.get(answer.indicator.id))
    return fragment.as_html(row)


def _fill(cell: Element, shown: Tile, goal: Goal | None) -> None:
    """Name, state with interval, direction with its confidence, and the way to the target."""
    fragment.text(cell, "p", shown.title, "leise")
    fragment.text(cell, "p", shown.state, "stand")
    if shown.verdict:
        fragment.text(cell, "p", f"{shown.arrow} {shown.verdict}".strip(), "urteil", shown.ink)
    if goal is not None:
        fragment.text(cell, "p", f"Ziel {wanted(goal)}: {judged(goal)}", "ziel")

"""One field of action: ONE template for all of them, registered once per field."""

import streamlit as st

from pages.parts import chart, effects, place, steering, tile, verdict
from pages.parts.partners_brief import partners_of_field
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers.changes import each_once
from sipa_data.answers.families import Family
from sipa_data.catalogue.models import FieldOfAction


def page(view: View, field: FieldOfAction) -> None:
    """For the chair and for whoever is responsible for the field: its question, its indicators, its projects."""
    view.title(verdict.escaped(field.title), verdict.escaped(field.question))
    if not place.has_data(view):
        return
    members = [one for one in view.catalogue.indicators.values() if field.id in one.fields]
    members.sort(key=lambda one: one.id != field.lead)
    st.header("Kennzahlen", anchor=False)
    if not members:
        st.info("Für dieses Handlungsfeld sind noch keine Kennzahlen festgelegt.")
    questions = [view.question(one.id).over_time() for one in members]
    answers = each_once(view.reader, questions)
    together = Family.of(answers)
    tile.tiles_of_collected(view, [together.applied(answer) for answer in answers], key="feld")
    verdict.aside(together.told)
    if field.lead is not None:
        _lead(view, field.lead, together)
    about = {one.id for one in members}
    steering.goals(view, [goal for goal in steering.goals_of(view, with_city=True) if goal.indicator.id in about])
    steering.decisions(view, members)
    _projects(view, field)
    partners_of_field(view, field.id)
    _principles(view, field)


def _lead(view: View, indicator: str, together: Family) -> None:
    st.header("Leitkennzahl im Einzelnen", anchor=False)
    over_time = together.applied(view.reader.ask_what_there_is(view.question(indicator).over_time()))
    if over_time.is_empty:
        place.why_empty(over_time)
        return
    chart.chart(view, view.drawn(figures.trend, over_time), over_time, key="verlauf")
    everywhere = view.ask_everywhere(over_time.indicator.id)
    chart.chart(view, view.drawn(figures.district_comparison, everywhere), everywhere, key="vergleich")


def _projects(view: View, field: FieldOfAction) -> None:
    st.header("Projekte", anchor=False)
    found = view.reader.projects(field_of_action=field.id)
    if found:
        effects.projects(view, found, f"Projekte: {field.title}", key="feld")
    else:
        st.markdown(verdict.muted("Zu diesem Handlungsfeld ist kein Projekt erfasst."))


def _principles(view: View, field: FieldOfAction) -> None:
    st.header("Grundsätze", anchor=False)
    for key in field.principles:
        principle = view.catalogue.principles[key]
        st.markdown(f"**{verdict.escaped(principle.title)}**  \n{verdict.escaped(principle.served_by)}")

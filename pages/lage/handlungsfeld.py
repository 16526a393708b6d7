"""One field of action: ONE template for all of them, registered once per field."""

import streamlit as st

from pages.parts import chart, place, tile, verdict
from pages.parts.tables import project_table
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers.changes import each_once
from sipa_data.catalogue.models import FieldOfAction


def page(view: View, field: FieldOfAction) -> None:
    """For the chair and for whoever is responsible for the field: its question, its indicators, its projects."""
    view.title(verdict.escaped(field.title), verdict.escaped(field.question))
    if not place.has_data(view):
        return
    members = [one for one in view.catalogue.indicators.values() if field.id in one.fields]
    st.header("Kennzahlen", anchor=False)
    if not members:
        st.info("Für dieses Handlungsfeld sind noch keine Kennzahlen festgelegt.")
    questions = [view.question(one.id).over_time() for one in members]
    tile.tiles_of_collected(view, each_once(view.reader, questions), key="feld")
    if field.lead is not None:
        _lead(view, field.lead)
    _projects(view, field)
    _principles(view, field)


def _lead(view: View, indicator: str) -> None:
    st.header("Leitkennzahl im Einzelnen", anchor=False)
    over_time = view.reader.ask_what_there_is(view.question(indicator).over_time())
    if over_time.is_empty:
        place.why_empty(over_time)
        return
    chart.chart(view, figures.trend(over_time, dark=view.dark), over_time, key="verlauf")
    everywhere = view.ask_everywhere(over_time.indicator.id)
    chart.chart(view, figures.district_comparison(everywhere, dark=view.dark), everywhere, key="vergleich")


def _projects(view: View, field: FieldOfAction) -> None:
    st.header("Projekte", anchor=False)
    found = view.reader.projects(field_of_action=field.id)
    if found:
        st.table(
            project_table(found, view.catalogue), hide_index=True, border="horizontal", alt=f"Projekte: {field.title}"
        )
    else:
        st.markdown(verdict.muted("Zu diesem Handlungsfeld ist kein Projekt erfasst."))


def _principles(view: View, field: FieldOfAction) -> None:
    st.header("Grundsätze", anchor=False)
    for key in field.principles:
        principle = view.catalogue.principles[key]
        st.markdown(f"**{verdict.escaped(principle.title)}**  \n{verdict.escaped(principle.served_by)}")

"""The chair's first screen: what changed, the lead indicators, the ten fields, feeling beside record, what is due."""

import streamlit as st

from pages.parts import chart, place, tile, verdict
from pages.parts.changed import all_compared, changed
from pages.parts.district_list import district_list
from pages.parts.due import agenda, due, overdue_brief
from pages.parts.matrix import matrix
from pages.parts.signals_brief import signals_brief
from pages.parts.view import View
from sipa_data import figures


def page(view: View) -> None:
    """Überblick: for the chair, in sixty seconds."""
    view.title("Lagebild der Sicherheitspartnerschaft")
    if not place.has_data(view):
        return
    with st.container(gap="xsmall", key="befunde"):
        st.header(verdict.escaped(f"Was sich verändert hat: {view.place_name}"), anchor=False)
        found = changed(view, key="befund")
        signals_brief(view)
        overdue_brief(planned := agenda(view))
        all_compared(view, found, key="befund")
    together = found.family
    st.header("Leitkennzahlen", anchor=False)
    asked = (view.question(lead).over_time() for lead in view.catalogue.city.lead_indicators)
    tile.tiles(view, [together.applied(view.reader.ask_what_there_is(one)) for one in asked], key="leit")
    st.header("Handlungsfelder", anchor=False)
    matrix(view, together)
    _districts(view)
    due(view, planned)


def _districts(view: View) -> None:
    """Feeling beside record, and the map: both of the whole city, whichever place is chosen."""
    city = view.catalogue.city
    st.header(city.districts_word, anchor=False)
    mapped = view.reader.ask_what_there_is(
        view.question(city.record_indicator or city.lead_indicators[0]).everywhere().against("rest")
    )
    if city.perception_indicator is None or city.record_indicator is None:
        chart.chart(view, view.drawn(figures.district_map, mapped), mapped, key="karte")
    else:
        feeling = view.ask_everywhere(city.perception_indicator)
        record = view.ask_everywhere(city.record_indicator)
        left, right = st.columns(2, gap="large")
        with left:
            chart.chart(view, view.drawn(figures.quadrant, feeling, record), feeling, record, key="quadrant")
        with right:
            chart.chart(view, view.drawn(figures.district_map, mapped), mapped, key="karte")
    district_list(view, key="ueberblick")

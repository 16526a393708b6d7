"""One indicator: the proof behind every number. ONE template, registered once per indicator."""

import streamlit as st

from pages.parts import chart, finding, place, steering, tile, verdict
from pages.parts.breakdown import breakdowns
from pages.parts.course import course
from pages.parts.district_list import district_list
from pages.parts.funnel import funnel
from pages.parts.view import View
from sipa_data import figures
from sipa_data.catalogue.models import Indicator
from sipa_data.figures.moves import moves_sentence
from sipa_data.figures.words import reading_aid


def page(view: View, indicator: Indicator) -> None:
    """Value, trend with its breaks, districts beside each other, and what the number means."""
    view.title(verdict.escaped(indicator.title), verdict.escaped(indicator.definition))
    if not place.has_data(view):
        return
    over_time = view.ask_over_time(indicator.id)
    st.header(verdict.escaped(view.place_name), anchor=False)
    if over_time.is_empty:
        place.why_empty(over_time)
        _instead(view, indicator)
    else:
        value, trend = st.columns([1, 4], gap="medium")
        with value:
            tile.lone_tile(view, over_time)
        with trend:
            chart.chart(view, view.drawn(figures.trend, over_time), over_time, key="verlauf")
            st.markdown(f"**Lesehilfe:** {verdict.escaped(reading_aid(over_time))}")
            course(view, indicator)
            finding.caveats(over_time)
    steering.goals(view, [goal for goal in steering.goals_of(view, with_city=True) if goal.indicator == indicator])
    _districts(view, indicator)
    _groups(view, indicator)
    steering.decisions(view, [indicator])
    _what_it_means(view, indicator)


def _instead(view: View, indicator: Indicator) -> None:
    """The way to the number that stands in for this one."""
    if indicator.instead is not None:
        other = view.catalogue.indicator(indicator.instead)
        with st.container(key="verweis-stattdessen"):
            st.page_link(view.page_of_indicator(other.id), label=f"Stattdessen: {verdict.escaped(other.title)}")


def _districts(view: View, indicator: Indicator) -> None:
    st.header(view.catalogue.city.districts_word, anchor=False)
    everywhere = view.ask_everywhere(indicator.id)
    chart.chart(view, view.drawn(figures.district_comparison, everywhere), everywhere, key="vergleich")
    verdict.aside(moves_sentence(view.reader.ask(view.question(indicator.id).everywhere())))
    funnel(view, indicator)
    district_list(view, key="kennzahl")


def _groups(view: View, indicator: Indicator) -> None:
    """The breakdowns that a field of the indicator names for it."""
    fields = [view.catalogue.fields[field] for field in indicator.fields]
    wanted = [one for field in fields for one in field.breakdown if indicator.id in one.indicators]
    if wanted:
        st.header("Wer, wann und wo", anchor=False)
        breakdowns(view, wanted, key="kennzahl")


def _what_it_means(view: View, indicator: Indicator) -> None:
    st.header("Woher die Zahl kommt", anchor=False)
    st.markdown(f"**Quelle:** {verdict.escaped(indicator.source)}")
    if indicator.no_interval:
        st.markdown(f"**Ohne Bereich:** {verdict.escaped(indicator.no_interval)}")
    with st.container(horizontal=True, key="verweis-felder"):
        for field in indicator.fields:
            st.page_link(view.page_of_field(field), label=verdict.escaped(view.catalogue.fields[field].title))

"""The funnel of an indicator: districts over their size, without a league table."""

import streamlit as st

from pages.parts import chart, verdict
from pages.parts.view import View
from sipa_data import figures
from sipa_data.catalogue.models import Indicator, RateMeasure


def funnel(view: View, indicator: Indicator) -> None:
    """For rates only, and where enough districts have a value; else nothing, for the comparison above says why."""
    if not isinstance(indicator.measure, RateMeasure):
        return
    question = view.question(indicator.id)
    found = view.reader.funnel(question)
    if found.why_none is not None:
        return
    smoothed = view.reader.smoothed(question)
    chart.chart(view, figures.funnel(found, smoothed, dark=view.dark), found.answer, key="trichter")
    st.markdown("\n".join(f"- {verdict.escaped(note)}" for note in (*found.notes, *smoothed.notes)))

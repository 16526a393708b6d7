"""The funnel of an indicator: districts over their size, without a league table."""

import streamlit as st

from pages.parts import chart, verdict
from pages.parts.view import View
from sipa_data import figures
from sipa_data.catalogue.models import Indicator, RateMeasure


def funnel(view: View, indicator: Indicator, *, alone: bool = False) -> bool:
    """For rates only, and where enough districts have a value; else nothing is drawn, and that is what is told.

    ``alone`` : it stands in place of the comparison, so it must tell districts apart
    """
    if not isinstance(indicator.measure, RateMeasure):
        return False
    question = view.question(indicator.id)
    found = view.reader.funnel(question)
    if found.why_none is not None or (alone and not found.speaks):
        return False
    smoothed = view.reader.smoothed(question)
    chart.chart(view, figures.funnel(found, smoothed, dark=view.dark), found.answer, key="trichter")
    st.markdown("\n".join(f"- {verdict.muted(note)}" for note in (*found.notes, *smoothed.notes)))
    return True

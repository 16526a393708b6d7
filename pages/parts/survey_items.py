"""All questions of the survey by subject: one row each, drawn when somebody opens the subject."""

from collections.abc import Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement

import streamlit as st

from pages.parts import fragment
from pages.parts.folded import folded
from pages.parts.verdict import escaped
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers import Answer
from sipa_data.answers.families import Family
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import DifferenceMeasure, Indicator, MeanMeasure, ShareMeasure
from sipa_data.german import count_of

OTHERS = "Weitere Fragen"
NAME_WIDTH, ROW_WIDTH = 3, 8


def all_questions(view: View, asked: Sequence[Indicator], together: Family) -> None:
    """Parameters as for ``one_question``."""
    st.header("Alle Fragen", anchor=False)
    topics: dict[str, list[Indicator]] = {}
    for indicator in asked:
        topics.setdefault(_topic(view.catalogue, indicator), []).append(indicator)
    for number, (topic, members) in enumerate(topics.items()):
        told = count_of(len(members), "Kennzahl", "Kennzahlen")
        folded(f"{topic}: {told}", partial(_rows, view, members, together), key=f"fragen-{number}")


def _topic(catalogue: Catalogue, indicator: Indicator) -> str:
    measure = indicator.measure
    if isinstance(measure, ShareMeasure | MeanMeasure | DifferenceMeasure):
        return catalogue.items[measure.item].topic or OTHERS
    return OTHERS


def _rows(view: View, members: Sequence[Indicator], together: Family) -> None:
    for indicator in members:
        with st.container(key=f"reihe-frage-{indicator.id}"):
            left, right = st.columns([NAME_WIDTH, ROW_WIDTH], gap="small", vertical_alignment="center")
        with left.container(key=f"verweis-frage-{indicator.id}"):
            st.page_link(view.page_of_indicator(indicator.id), label=escaped(indicator.short_title))
        right.html(_drawn(view, together.applied(view.ask_over_time(indicator.id))))


def _drawn(view: View, answer: Answer) -> str:
    """Value and interval, course over the waves, verdict."""
    shown = view.drawn(figures.tile, answer)
    frame = Element("div", {"class": "sipa-reihe sipa-fragereihe"})
    value = SubElement(frame, "div")
    fragment.text(value, "p", shown.value, "wort")
    fragment.text(value, "p", shown.interval or shown.unit, "leise")
    course = SubElement(frame, "div")
    if shown.spark is not None:
        fragment.small_trend(course, shown.spark)
    said = SubElement(frame, "div")
    fragment.text(said, "p", f"{shown.arrow} {shown.verdict}".strip(), "urteil", shown.ink)
    fragment.text(said, "p", shown.note, "leise")
    return fragment.as_html(frame)

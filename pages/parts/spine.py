"""The profile of a district: one row per indicator, the name a link, the rest a small piece of HTML."""

from collections.abc import Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement

import streamlit as st

from pages.parts import chart, fragment
from pages.parts.folded import folded
from pages.parts.verdict import escaped, muted
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data import figures
from sipa_data.answers import Answer
from sipa_data.figures import SpineRow
from sipa_data.figures.words import source_line

HEAD = ("Wert", "ungünstiger ← übrige Stadt → günstiger", "Verlauf", "Einschätzung")
NAME_WIDTH, ROW_WIDTH = 3, 10


def spine(view: View, rows: Sequence[SpineRow], answers: Sequence[Answer], *, key: str) -> None:
    """The rows under their finding, with what a row means above and table and source below.

    Parameters
    ----------
    answers : what the rows were made of, for the source line
    key : unique on the page
    """
    st.subheader(escaped(figures.spine_title(rows, view.place_name)), anchor=False)
    st.markdown(muted(figures.spine_meaning(view.catalogue.city.districts_word)))
    with st.container(key=f"reihen-{key}", gap="xxsmall"):
        _, right = st.columns([NAME_WIDTH, ROW_WIDTH], gap="small")
        right.html(_head())
        for row in rows:
            with st.container(key=f"reihe-{key}-{row.indicator}"):
                left, right = st.columns([NAME_WIDTH, ROW_WIDTH], gap="small", vertical_alignment="center")
            with left.container(key=f"verweis-{key}-{row.indicator}"):
                st.page_link(view.page_of_indicator(row.indicator), label=escaped(row.title))
            right.html(_drawn(row))
    with st.expander("Daten als Tabelle", type="compact", key=f"tabelle-{key}"):
        words_table(figures.spine_table(rows), f"Profil: {view.place_name}")
    st.markdown(muted(source_line(*answers)))
    folded("Als Datei", partial(chart.files, view, answers, key=f"profil-{key}"), key=f"dateien-{key}")


def _head() -> str:
    """What stands in which column; on a phone, where the columns lie below each other, it is left out."""
    frame = Element("div", {"class": "sipa-reihe sipa-reihenkopf"})
    for words in HEAD:
        fragment.text(frame, "p", words, "leise")
    return fragment.as_html(frame)


def _drawn(row: SpineRow) -> str:
    frame = Element("div", {"class": "sipa-reihe"})
    value = SubElement(frame, "div")
    fragment.text(value, "p", row.value, "wort")
    fragment.text(value, "p", row.interval, "leise")
    for picture in (row.strip, row.course):
        place = SubElement(frame, "div")
        if picture is not None:
            fragment.small_trend(place, picture)
    said = SubElement(frame, "div")
    fragment.text(said, "p", row.apart, "urteil", row.apart_ink)
    fragment.text(said, "p", row.changed, "urteil", row.changed_ink)
    return fragment.as_html(frame)

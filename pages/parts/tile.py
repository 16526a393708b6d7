"""An indicator on a tile: name, value, interval, small trend, verdict, in falling weight."""

from collections.abc import Sequence
from math import ceil
from xml.etree.ElementTree import Element

import streamlit as st

from pages.parts import fragment
from pages.parts.place import is_collected
from pages.parts.verdict import escaped, muted, toned
from pages.parts.view import View
from sipa_data.answers import Answer
from sipa_data.figures import Tile, tile
from sipa_data.figures.when import period_text
from sipa_data.german import listing

MOST_IN_A_ROW = 8
NARROWEST = 128
"""Pixels below which tiles move to the next line: „Straßenkriminalität“ must fit unbroken."""


def tiles(view: View, answers: Sequence[Answer], *, key: str) -> None:
    """Tiles side by side, as many as fit; each leads to the page of its indicator."""
    rows = max(1, ceil(len(answers) / MOST_IN_A_ROW))
    grid = st.grid(max(1, ceil(len(answers) / rows)), min_column_width=NARROWEST, gap=("medium", "xsmall"))
    for answer in answers:
        with grid, st.container(key=f"verweis-kachel-{key}-{answer.indicator.id}", gap="xxsmall"):
            st.page_link(view.page_of_indicator(answer.indicator.id), label=escaped(answer.indicator.short_title))
            st.html(_drawn(view.drawn(tile, answer)))


def not_collected(answers: Sequence[Answer]) -> None:
    """One line for what has no tile: what is missing, and why."""
    missing = [tile(answer) for answer in answers if not is_collected(answer)]
    if missing:
        named = [f"{shown.title} ({shown.note})" if shown.note else shown.title for shown in missing]
        st.markdown(muted(f"Nicht erhoben: {listing(named)}."))


def lone_tile(view: View, answer: Answer) -> None:
    """The tile on the page of its own indicator: no name, no link, no small trend beside the large one."""
    with st.container(key="kachel-allein", gap="xxsmall"):
        st.markdown(muted(period_text(answer.period) if answer.period else ""))
        shown = view.drawn(tile, answer)
        if shown.in_words:  # which a metric would cut off
            st.markdown(f"**{escaped(shown.value)}**")
        else:
            st.metric(escaped(shown.title), escaped(shown.value), label_visibility="collapsed")
        if shown.interval or shown.unit:
            st.markdown(muted(shown.interval or shown.unit))
        if shown.verdict:
            st.markdown(f":small[{toned(escaped(f'{shown.arrow} {shown.verdict}'.strip()), shown.tone)}]")
        if shown.note and shown.note not in shown.value:
            st.markdown(muted(shown.note))


def _drawn(shown: Tile) -> str:
    """Value, interval, small trend, verdict and what must be said beside them, as one piece of HTML."""
    frame = Element("div", {"class": "sipa-kachel"})
    fragment.text(frame, "p", shown.value, "wort" if shown.in_words else "wert")
    if beside := f"{shown.bounds} {shown.unit}".strip():
        fragment.text(frame, "p", beside, "leise")
    if shown.spark is not None:
        fragment.small_trend(frame, shown.spark)
    if shown.verdict:
        fragment.text(frame, "p", f"{shown.arrow} {shown.verdict}".strip(), "urteil", shown.ink)
    if shown.note and shown.note not in shown.value:
        fragment.text(frame, "p", shown.note, "leise")
    return fragment.as_html(frame)

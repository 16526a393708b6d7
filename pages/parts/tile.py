"""An indicator on a tile: name, value, interval, small trend, verdict, in falling weight."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from xml.etree.ElementTree import Element, tostring

import streamlit as st

from pages.parts.place import is_collected
from pages.parts.verdict import escaped, muted, toned
from pages.parts.view import View
from sipa_data.answers import Answer
from sipa_data.figures import Spark, Tile, tile
from sipa_data.figures.when import period_text
from sipa_data.german import listing

MOST_IN_A_ROW = 6
NARROWEST = 150
"""Pixels below which tiles move to the next line: „Straßenkriminalität“ must fit unbroken."""


def tiles(view: View, answers: Sequence[Answer], *, key: str) -> None:
    """Tiles side by side, as many as fit; each leads to the page of its indicator."""
    rows = max(1, ceil(len(answers) / MOST_IN_A_ROW))
    grid = st.grid(max(1, ceil(len(answers) / rows)), min_column_width=NARROWEST, gap=("medium", "small"))
    for answer in answers:
        identifier = f"{key}-{answer.indicator.id}"
        with grid.cell(), st.container(key=f"kachel-{identifier}", gap="xxsmall"):
            with st.container(key=f"verweis-{identifier}"):
                st.page_link(view.page_of_indicator(answer.indicator.id), label=escaped(answer.indicator.short_title))
            _draw(view.drawn(tile, answer))


def tiles_of_collected(view: View, answers: Sequence[Answer], *, key: str) -> None:
    """Tiles of what is collected, and one line for the rest: what is missing, and why."""
    tiles(view, [answer for answer in answers if is_collected(answer)], key=key)
    missing = [tile(answer) for answer in answers if not is_collected(answer)]
    if missing:
        named = [f"{shown.title} ({shown.note})" if shown.note else shown.title for shown in missing]
        st.markdown(muted(f"Nicht erhoben: {listing(named)}."))


def lone_tile(view: View, answer: Answer) -> None:
    """The tile on the page of its own indicator: no name, no link, no small trend beside the large one."""
    with st.container(key="kachel-allein", gap="xxsmall"):
        st.markdown(muted(period_text(answer.period) if answer.period else ""))
        _draw(replace(view.drawn(tile, answer), spark=None))


def _draw(shown: Tile) -> None:
    if shown.in_words:  # which a metric would cut off
        st.markdown(f"**{escaped(shown.value)}**")
    else:
        st.metric(escaped(shown.title), escaped(shown.value), label_visibility="collapsed")
    if shown.interval or shown.unit:  # the interval names the unit too
        st.markdown(muted(shown.interval or shown.unit))
    if shown.spark is not None:
        st.html(_picture(shown.spark))
    if shown.verdict:
        st.markdown(f":small[{toned(escaped(f'{shown.arrow} {shown.verdict}'.strip()), shown.tone)}]")
    if shown.note and shown.note not in shown.value:
        st.markdown(muted(shown.note))


def _picture(small: Spark) -> str:
    """The small trend as a picture inside the page: no request, no script, and a text for those who do not see it."""
    packed = b64encode(small.svg.encode()).decode()
    return tostring(
        Element("img", {"src": f"data:image/svg+xml;base64,{packed}", "alt": small.alt}),
        encoding="unicode",
        method="html",
    )

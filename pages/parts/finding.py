"""A finding in one sentence, with the way to its proof."""

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.answers import Answer, Verdict
from sipa_data.figures.words import arrow_of

Finding = tuple[Answer, Verdict]

DOT = "●"
"""Stands where an arrow would: a difference between places is no movement."""


def findings(view: View, found: Iterable[Finding], *, key: str) -> None:
    """One line each: arrow or dot in the colour of the judgement, the sentence, the link."""
    for answer, said in found:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"verweis-{key}-{answer.indicator.id}"
        ):
            mark = verdict.marked(said, "" if arrow_of(said) else DOT)
            st.markdown(f"{mark} {verdict.escaped(_without_place(view, said.sentence))}", width="content")
            st.page_link(view.page_of_indicator(answer.indicator.id), label=f"Beleg: {answer.indicator.short_title}")


def leads_first(view: View, found: Sequence[Finding]) -> list[Finding]:
    """The lead indicators of city and fields in the order the city gave them, then the others as they came."""
    order = view.catalogue.lead_indicators
    last = len(order)
    return sorted(found, key=lambda one: order.index(one[0].indicator.id) if one[0].indicator.id in order else last)


def _without_place(view: View, sentence: str) -> str:
    """The page already says which district it is about."""
    return sentence.replace(f", {view.catalogue.city.district_word} {view.place_name}:", ":", 1)

"""A finding in one sentence, with the way to its proof."""

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.answers import Answer, Verdict
from sipa_data.answers.changes import by_evidence, where
from sipa_data.figures.findings import where_told
from sipa_data.figures.words import arrow_of
from sipa_data.german import listing

Finding = tuple[Answer, Verdict]

DOT = "●"
"""Stands where an arrow would: a difference between places is no movement."""


def findings(view: View, found: Iterable[Finding], *, key: str, with_field: bool = False) -> None:
    """Arrow or dot in the colour of the judgement, the sentence, the link; below it where, and in which field."""
    for answer, said in found:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"verweis-{key}-{answer.indicator.id}"
        ):
            mark = verdict.marked(said, "" if arrow_of(said) else DOT)
            st.markdown(f"{mark} {_told(_without_place(view, said.sentence))}", width="content")
            st.page_link(view.page_of_indicator(answer.indicator.id), label=f"Beleg: {answer.indicator.short_title}")
        there = where(view.reader, (answer, said))
        parts = ["" if there is None else where_told(answer, there), _fields(view, answer) if with_field else ""]
        verdict.aside(" · ".join(filter(None, parts)))


def caveats(answer: Answer) -> None:
    """What must be known of a number, beside the number: its notes and the limits of its indicator."""
    if answer.notes:
        st.markdown("\n".join(f"- :small[{verdict.escaped(note)}]" for note in answer.notes))


def leads_first(view: View, found: Sequence[Finding]) -> list[Finding]:
    """The strongest evidence first, as on the overview: what was announced beforehand, then the others."""
    return list(by_evidence(found, view.catalogue.announced_indicators))


def _fields(view: View, answer: Answer) -> str:
    fields = answer.indicator.fields
    titles = [field.title for name, field in view.catalogue.fields.items() if name in fields]
    return f"{'Handlungsfeld' if len(titles) == 1 else 'Handlungsfelder'} {listing(titles)}" if titles else ""


def _told(sentence: str) -> str:
    """The sentence with what it is about in bold."""
    about, colon, what = sentence.partition(": ")
    return f"**{verdict.escaped(about)}:** {verdict.escaped(what)}" if colon else verdict.escaped(sentence)


def _without_place(view: View, sentence: str) -> str:
    """The page already says which district it is about."""
    return sentence.replace(f", {view.catalogue.city.district_word} {view.place_name}:", ":", 1)

"""Who, when and where: the breakdowns that a field names, each a small table with marks."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from xml.etree.ElementTree import Element, SubElement

import streamlit as st

from pages.parts import chart, fragment, verdict
from pages.parts.folded import folded
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers import Answer, Question
from sipa_data.catalogue.field_checks import MONTH
from sipa_data.catalogue.models import FieldBreakdown
from sipa_data.figures import Strip, Strips

WHOLE = 100


def breakdowns(view: View, wanted: Sequence[FieldBreakdown], *, key: str) -> None:
    """Two beside each other; what nobody delivers for this place and period says so."""
    for start in range(0, len(wanted), 2):
        for at, (column, one) in enumerate(zip(st.columns(2, gap="large"), wanted[start : start + 2], strict=False)):
            with column:
                _breakdown(view, one, f"{key}-{start + at}")


def _breakdown(view: View, wanted: FieldBreakdown, key: str) -> None:
    if wanted.by == (MONTH,):
        answers = [view.reader.ask(_months_of(view, wanted.indicators[0]))]
        drawn = figures.month_strips(wanted.title, answers[0], dark=view.dark)
    elif wanted.by:
        question = view.question(wanted.indicators[0])
        answers = [view.reader.ask(replace(question, breakdown=item)) for item in wanted.by]
        drawn = figures.group_strips(wanted.title, answers, dark=view.dark)
    else:
        answers = [view.ask(indicator) for indicator in wanted.indicators]
        drawn = figures.side_by_side(wanted.title, answers, dark=view.dark)
    strips(view, drawn, answers, key)


def _months_of(view: View, indicator: str) -> Question:
    """The months up to the end of the period that the filter bar leads to."""
    question = view.question(indicator).against("none")
    answered = view.reader.ask(question).period
    return replace(question, period=None if answered is None else answered.months()[-1]).over_time()


def strips(view: View, drawn: Strips, answers: Sequence[Answer], key: str) -> None:
    """Rows under their finding, each with its mark on the common scale, and the answers as files."""
    st.subheader(verdict.escaped(drawn.title), anchor=False)
    if drawn.is_empty:
        st.markdown(verdict.muted(drawn.source))
        return
    st.markdown(verdict.muted(drawn.subtitle))
    st.html(_table(drawn))
    st.markdown(verdict.muted(drawn.source))
    folded("Als Datei", partial(chart.files, view, answers, key=f"gliederung-{key}"), key=f"gliederung-{key}")


def _table(drawn: Strips) -> str:
    """A table of words with one more column that shows value and interval on a common scale."""
    frame = Element("div", {"class": "sipa-tabelle", "role": "group", "aria-label": drawn.title, "tabindex": "0"})
    table = SubElement(frame, "table", {"class": "sipa-strecken"})
    head = SubElement(SubElement(table, "thead"), "tr")
    for words in (drawn.head, "Wert", "95-%-Bereich", drawn.scale, *(("n",) if drawn.has_base else ())):
        fragment.text(head, "th", words).set("scope", "col")
    body = SubElement(table, "tbody")
    for member in drawn.members:
        line = SubElement(body, "tr")
        name = fragment.text(line, "th", member.name, "auffaellig" if member.stands_out else "")
        name.set("scope", "row")
        fragment.text(line, "td", member.value, "wort" if member.at is None else "")
        fragment.text(line, "td", member.interval)
        _strip(SubElement(line, "td"), member, drawn.ink if member.stands_out else drawn.quiet)
        if drawn.has_base:
            fragment.text(line, "td", member.base)
    return fragment.as_html(frame)


def _strip(cell: Element, member: Strip, ink: str) -> None:
    """What the words beside it say, as a line with a dot; nothing where no value is shown."""
    line = SubElement(cell, "div", {"class": "sipa-strecke", "aria-hidden": "true", "style": f"color: {ink}"})
    if member.lower is not None and member.upper is not None:
        start, length = _percent(member.lower), _percent(member.upper - member.lower)
        SubElement(line, "span", {"class": "bereich", "style": f"left: {start}; width: {length}"})
    if member.at is not None:
        SubElement(line, "span", {"class": "punkt", "style": f"left: {_percent(member.at)}"})


def _percent(part: float) -> str:
    """A part of the length as CSS wants it."""
    return f"{WHOLE * part:.2f}%"

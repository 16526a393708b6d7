"""One question of the survey in full: how it was asked, its course over the waves, and its groups."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from pages.parts import chart, place, verdict
from pages.parts.survey_groups import divided
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers import Answer
from sipa_data.answers.families import Family
from sipa_data.catalogue.models import DifferenceMeasure, Indicator, MeanMeasure, ShareMeasure
from sipa_data.figures.rows import subject_row
from sipa_data.figures.survey_words import asked_how, city_instead_told
from sipa_data.figures.words import reading_aid

Option = TypeVar("Option")

QUESTION_KEY, GROUPS_KEY = "frage", "gruppen"
SILENT = "keine gültige Antwort"
"""In the note on those who were asked and did not answer."""


def one_question(view: View, asked: Sequence[Indicator], together: Family) -> None:
    """A choice of questions and of groups, both in the address.

    Parameters
    ----------
    asked : indicators of the survey, the first one is shown where nothing is chosen
    together : what the page judges together, so that the verdict here is the one above
    """
    st.header("Eine Frage im Einzelnen", anchor=False)
    questions = {one.short_title: one for one in asked}
    dividing = [item for item in view.catalogue.items.values() if item.is_breakdown]
    items = {item.title: item.id for item in sorted(dividing, key=lambda item: item.role != "breakdown")}
    with st.container(horizontal=True):
        indicator = _choice("Frage", QUESTION_KEY, questions)
        breakdown = _choice("Gruppen nach", GROUPS_KEY, items) if items else None
    verdict.aside(asked_how(view.catalogue, indicator))
    over_time = together.applied(view.ask_over_time(indicator.id))
    if over_time.is_empty:
        place.why_empty(over_time)
        return
    chart.chart(view, view.drawn(figures.trend, over_time), over_time, key="frage-verlauf")
    st.markdown(f"**Lesehilfe:** {verdict.escaped(reading_aid(over_time))}")
    _base(over_time)
    if isinstance(indicator.measure, ShareMeasure | MeanMeasure) and indicator.measure.item == breakdown:
        verdict.aside("Nach sich selbst lässt sich eine Frage nicht aufgliedern. Bitte andere Gruppen wählen.")
    elif isinstance(indicator.measure, DifferenceMeasure):
        verdict.aside("Diese Kennzahl ist schon ein Unterschied zwischen Gruppen und wird nicht weiter aufgegliedert.")
    elif breakdown is not None:
        _groups(view, indicator, breakdown)


def _base(answer: Answer) -> None:
    """How many answered this question, and how many of those asked did not."""
    row = subject_row(answer)
    told = [f"Grundlage: {row.basis}."] if row is not None and row.basis else []
    verdict.aside(" ".join([*told, *(note for note in answer.notes if SILENT in note)]))


def _groups(view: View, indicator: Indicator, breakdown: str) -> None:
    question = replace(view.question(indicator.id).over_time(), breakdown=breakdown)
    answer, city_instead = divided(view, question)
    chart.chart(view, view.drawn(figures.dumbbell, answer), answer, key="frage-gruppen")
    if city_instead:
        verdict.aside(city_instead_told(view.catalogue))


def _choice(label: str, key: str, options: Mapping[str, Option]) -> Option:
    """A select box that the address carries; a title it does not know is said, and the first option shown."""
    asked = st.query_params.get(key)
    if asked and asked not in options and key not in st.session_state:
        st.warning(f"„{verdict.escaped(asked[:60])}“ gibt es unter {label} nicht. Gezeigt wird: {next(iter(options))}.")
    chosen = st.selectbox(label, list(options), key=key, bind="query-params", width=340)
    return options.get(chosen, next(iter(options.values())))

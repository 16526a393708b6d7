"""The survey: how safe people feel, who feels less safe, how it was asked, and what a next wave could detect."""

import streamlit as st

from pages.parts import place, verdict
from pages.parts.changed import changed
from pages.parts.next_wave import next_wave
from pages.parts.survey_groups import groups
from pages.parts.survey_items import all_questions
from pages.parts.survey_question import one_question
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.catalogue.models import DifferenceMeasure, Indicator, MeanMeasure, ShareMeasure
from sipa_data.figures.survey_words import answered_how_many, waves_table


def page(view: View) -> None:
    """For the chair and whoever plans a survey. With a district chosen, everything but the planning is about it."""
    waves = view.reader.waves()
    where = view.place_name if view.is_citywide else f"{view.place_name} · ganze Stadt"
    lead = f"{where}, {answered_how_many(waves[0])}" if waves else view.place_name
    view.title("Sicherheitsgefühl", verdict.escaped(lead))
    if not place.has_data(view):
        return
    asked = _asked(view)
    if not waves or not asked:
        st.info("Es ist noch keine Befragung veröffentlicht, zu der es Kennzahlen gibt.")
        return
    st.header("Was sich verändert hat", anchor=False)
    found = changed(view, key="gefuehl", only={one.id for one in asked})
    groups(view)
    one_question(view, asked, found.family)
    all_questions(view, asked, found.family)
    st.header("Wie gefragt wurde", anchor=False)
    words_table(waves_table(waves), "Befragungen mit Feldzeit, Größe und Gewichtung")
    shares = [one for one in asked if isinstance(one.measure, ShareMeasure)]
    if shares:
        next_wave(view, shares[0], waves)


def _asked(view: View) -> list[Indicator]:
    """What the survey asks, the city's own measure of feeling first."""
    kinds = (ShareMeasure, MeanMeasure, DifferenceMeasure)
    found = [one for one in view.catalogue.indicators.values() if isinstance(one.measure, kinds)]
    return sorted(found, key=lambda one: one.id != view.catalogue.city.perception_indicator)

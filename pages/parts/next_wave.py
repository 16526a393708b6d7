"""„Was könnte die nächste Befragung erkennen?“ Two inputs, one sentence; the districts when somebody wants them."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.parts import verdict
from pages.parts.folded import folded
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.answers.planning import Planned
from sipa_data.answers.survey_waves import FieldWork
from sipa_data.catalogue.models import Indicator
from sipa_data.figures.rows import city_row
from sipa_data.figures.survey_words import planned_note, planned_table, planned_told

FEWEST, MOST, STEP = 100, 200_000, 100
MIDDLE = 50


def next_wave(view: View, indicator: Indicator, waves: Sequence[FieldWork]) -> None:
    """For whoever commissions a survey or agrees a target.

    Parameters
    ----------
    indicator : the share that a change is looked for in
    waves : the newest first; their size is what is planned with at first
    """
    st.header("Was könnte die nächste Befragung erkennen?", anchor=False)
    latest = city_row(view.reader.ask(view.question(indicator.id).citywide()))
    share = MIDDLE if latest is None or latest.value is None else min(max(round(latest.value), 1), 99)
    size = next((wave.responded for wave in waves if wave.responded), None)
    with st.container(horizontal=True):
        answers = st.number_input(
            "Gültige Antworten in der ganzen Stadt",
            FEWEST, MOST, min(max(size or STEP, FEWEST), MOST), STEP, key="planung-antworten",
            bind="query-params", width=300,
        )  # fmt: skip
        around = st.number_input(
            "Anteil heute, in %", 1, 99, share, 1, key="planung-anteil", bind="query-params", width=300
        )
    planned = view.reader.planned(indicator.id, int(answers), float(around))
    st.markdown(f"**{verdict.escaped(planned_told(planned))}**")
    verdict.aside(
        f"Voreingestellt: {indicator.short_title} und die Größe der letzten Befragung. {planned_note(planned)}"
    )
    if planned.places:
        folded(f"Für jeden {view.catalogue.city.district_word}", partial(_table, planned), key="planung")


def _table(planned: Planned) -> None:
    words_table(planned_table(planned), "Was eine geplante Befragung erkennen könnte, nach Gebiet")

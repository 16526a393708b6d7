"""Early signals: where something begins that is more than its season. Quiet is the usual state, and looks like it."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

import pandas as pd
import streamlit as st

from pages.parts import place, verdict
from pages.parts.folded import folded
from pages.parts.fragment import as_html, small_trend
from pages.parts.signals_brief import latest_told
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data import figures
from sipa_data.answers.signals import EarlySignals, Looked, Signal
from sipa_data.figures.signal_spark import history_told
from sipa_data.german import count_of, number

METHOD = (
    "Verglichen wird ein Monat mit demselben Monat und seinen Nachbarn in bis zu fünf früheren Jahren. Zum Signal wird "
    "er ab fünf Fällen, wenn er über dem liegt, was bei gewöhnlicher Schwankung in einem von 200 ruhigen Monaten "
    "vorkäme. Unter vielen Monaten zugleich wird strenger geurteilt: Im Mittel ist höchstens jedes zehnte "
    "Signal ein Fehlalarm."
)


def page(view: View) -> None:
    """For the weekly look: signals with their history, or one quiet line and what was looked at."""
    view.title("Frühsignale", "Wo ist mehr geschehen, als zu dieser Jahreszeit zu erwarten war?")
    if not place.has_data(view):
        return
    found = view.reader.signals(None if view.is_citywide else view.place)
    st.header(verdict.escaped(_headline(view, found)), anchor=False)
    verdict.aside(latest_told(found))
    for signal in found.found:
        _signal(view, signal)
    st.markdown(verdict.escaped(found.told))
    if found.left_out:
        told = count_of(len(found.left_out), view.catalogue.city.district_word, view.catalogue.city.districts_word)
        st.markdown(f"In dieser Ansicht vertraulich, also weder auffällig noch unauffällig: {verdict.escaped(told)}.")
    if found.family:
        _looked(view, found)


def _headline(view: View, found: EarlySignals) -> str:
    if not found.family:
        return f"{view.place_name}: nichts zu prüfen"
    if not found.found:
        return f"{view.place_name}: kein Signal"
    return f"{view.place_name}: {count_of(len(found.found), 'Signal', 'Signale')}"


def _signal(view: View, signal: Signal) -> None:
    """The sentence, the way to its proof, and the months that led up to it. No colour: it is no judgement yet."""
    with st.container(key=f"befunde-signal-{signal.area}-{signal.period}-{signal.indicator.id}"):
        said, course = st.columns([3, 2], gap="large", vertical_alignment="center")
    with said:
        st.markdown(f"▲ {verdict.escaped(signal.sentence)}")
        with st.container(key=f"verweis-{signal.area}-{signal.period}-{signal.indicator.id}"):
            st.page_link(view.page_of_indicator(signal.indicator.id), label=f"Beleg: {signal.indicator.short_title}")
    history = view.reader.signal_history(signal)
    spark = figures.signal_spark(signal, history, synthetic=view.reader.mart.snapshot.synthetic, dark=view.dark)
    if spark is not None:
        with course:
            frame = Element("div", {"class": "sipa-verlauf"})
            small_trend(frame, spark)
            st.html(as_html(frame))
            verdict.aside(history_told(history))


def _looked(view: View, found: EarlySignals) -> None:
    """So that „nothing“ can be told from „nobody looked“."""
    st.header("Was angesehen wurde", anchor=False)
    words = view.catalogue.city.district_word
    folded(
        f"Nach Deliktgruppe ({number(len(found.by_group))})",
        lambda: words_table(_table(found.by_group, "Deliktgruppe"), "Geprüfte Monate je Deliktgruppe"),
        key="gruppen",
    )
    folded(
        f"Nach Gebiet ({number(len(found.by_area))})",
        lambda: words_table(_table(found.by_area, "Gebiet"), f"Geprüfte Monate je {words}"),
        key="gebiete",
    )
    verdict.aside(METHOD)


def _table(looked: Sequence[Looked], what: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {what: one.name, "verglichene Monatswerte": number(one.compared), "Signale": number(one.signals)}
            for one in looked
        ],
        dtype="string",
    )

"""Early signals in a line or two, for a page that is about something else."""

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.answers.signals import ONLY_CITY, EarlySignals
from sipa_data.german import count_of

MOST_SIGNALS = 2


def signals_brief(view: View) -> None:
    """The newest signals with their proof, else one quiet line."""
    found = view.reader.signals(None if view.is_citywide else view.place)
    with st.container(gap="xxsmall", key="befunde-signale"):
        for signal in found.found[:MOST_SIGNALS]:
            key = f"verweis-signal-{signal.area}-{signal.period}-{signal.indicator.id}"
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
                st.markdown(f"▲ **Frühes Signal:** {verdict.escaped(signal.sentence)}", width="content")
                proof = view.page_of_indicator(signal.indicator.id)
                st.page_link(proof, label=f"Beleg: {signal.indicator.short_title}")
        verdict.aside(_told(found))


def _told(found: EarlySignals) -> str:
    """That there are more and how old they are, or none and how much was looked at, or why nothing could be."""
    if found.found:
        more = len(found.found[MOST_SIGNALS:])
        further = f"Dazu {count_of(more, 'weiteres Signal', 'weitere Signale')}. " if more else ""
        return further + latest_told(found)
    if not found.family:
        return f"Frühe Signale: {found.told}"
    if found.only_city:
        return f"Frühe Signale: keines in der ganzen Stadt zusammen. {ONLY_CITY} Verglichen wurde: {found.family}."
    return f"Frühe Signale: keine. Verglichen wurde: {found.family}."


def latest_told(found: EarlySignals) -> str:
    """How old the newest month is: an early signal is early only as measured by the deliveries."""
    if found.latest is None:
        return ""
    return f"Jüngster gelieferter Monat: {found.latest.german}; was seither geschah, ist nicht bekannt."

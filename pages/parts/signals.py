"""Early signals: months that are higher than the season of earlier years lets expect, or one quiet line."""

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.answers.signals import Signal
from sipa_data.german import count_of

MOST_SIGNALS = 6


def signals(view: View) -> None:
    """Wehret den Anfängen: what stands out in the place of the filter bar, newest month first."""
    st.header("Frühe Signale", anchor=False)
    found = view.reader.signals(None if view.is_citywide else view.place)
    for signal in found.found[:MOST_SIGNALS]:
        _line(view, signal)
    if more := found.found[MOST_SIGNALS:]:
        st.markdown(verdict.muted(f"Dazu {count_of(len(more), 'weiteres Signal', 'weitere Signale')}."))
    verdict.aside(found.told)


def _line(view: View, signal: Signal) -> None:
    """The sentence and the way to its proof. No colour: a signal is not yet a judgement."""
    key = f"verweis-signal-{signal.area}-{signal.period}-{signal.indicator.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.markdown(f"▲ {verdict.escaped(signal.sentence)}", width="content")
        st.page_link(view.page_of_indicator(signal.indicator.id), label=f"Beleg: {signal.indicator.short_title}")

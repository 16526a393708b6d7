"""Projects and measures: what has helped, what has only moved, and where the chain of evidence breaks off."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import chart, place, verdict
from pages.parts.effects import EXPLAINED
from pages.parts.evidence_tables import chain_table, fields_table, rests_on
from pages.parts.folded import folded
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data import figures
from sipa_data.answers.effect_types import Effect
from sipa_data.answers.evidence import (
    FINDINGS,
    WITHOUT_VERDICT,
    clearest_first,
    evidence_by_field,
    evidence_told,
    gaps_told,
)
from sipa_data.german import count_of

FIELD_KEY = "feld"
EVERY_FIELD = ""
MOST_FINDINGS = 4


def page(view: View) -> None:
    """For the chair and whoever pays: verdicts first, then where cases went, then the whole chain."""
    view.title("Wirkung", "Was hat geholfen, was hat sich nur verlagert, und was wissen wir nicht?")
    if not place.has_data(view):
        return
    field = _chosen_field(view)
    effects = clearest_first(view.reader.effects(field or None, None if view.is_citywide else view.place))
    fields = [one for one in evidence_by_field(view.catalogue, effects) if field in (EVERY_FIELD, one.field.id)]
    st.markdown(verdict.escaped(evidence_told(effects)))
    verdict.aside(gaps_told(fields))
    findings, moved = st.columns([3, 2], gap="large")
    with findings:
        _findings(effects)
    with moved:
        _displacement(view, effects)
    st.header("Vom Handlungsfeld zum Befund", anchor=False)
    words_table(fields_table(fields), "Handlungsfelder mit ihren Maßnahmen und Befunden")
    if effects:
        told = count_of(len(effects), "Ergebnis", "Ergebnisse")
        folded(f"Alle Maßnahmen mit Kennzahl und Befund ({told})", lambda: _chain(view, effects), key="kette")
    verdict.aside(f"Ein Projekt kann mehreren Handlungsfeldern dienen und zählt dann in jedem. {EXPLAINED}")


def _chosen_field(view: View) -> str:
    """The field of action that the screen is narrowed to; what the address says is checked like any other choice."""
    titles = {EVERY_FIELD: "alle Handlungsfelder"} | {one.id: one.title for one in view.catalogue.fields.values()}
    chosen = st.selectbox(
        "Handlungsfeld", list(titles), format_func=titles.__getitem__, key=FIELD_KEY, width=360, bind="query-params"
    )
    return chosen if chosen in titles else EVERY_FIELD


def _findings(effects: Sequence[Effect]) -> None:
    """What somebody has to act on or may build on; verdicts without a comparison are in the chain below."""
    found = [one for one in effects if one.code in FINDINGS]
    st.header("Was sich gezeigt hat", anchor=False)
    if not found:
        st.markdown("Kein Vergleich hat einen Befund ergeben.")
    for effect in found[:MOST_FINDINGS]:
        _finding(effect)
    if more := found[MOST_FINDINGS:]:
        told = count_of(len(more), "weiterer Befund", "weitere Befunde")
        with st.expander(told[:1].upper() + told[1:], type="compact", key="tabelle-befunde"):
            for effect in more:
                _finding(effect)


def _finding(effect: Effect) -> None:
    """What was compared in ordinary letters, and small what must be known beside it."""
    head = f"**{verdict.escaped(effect.title)}: {verdict.escaped(effect.short)}**"
    rests = rests_on(effect)
    beside = [f"{rests[:1].upper()}{rests[1:]}.", effect.sentence.removeprefix(effect.core).strip()]
    st.markdown(f"{head}  \n{verdict.escaped(effect.core)}  \n{verdict.muted(' '.join(beside))}")


def _displacement(view: View, effects: Sequence[Effect]) -> None:
    """One project at a time, for displacement is read beside its own comparison."""
    mapped = [one for one in effects if one.groups and one.indicator is not None]
    if not mapped:
        return
    st.header("Geholfen oder verlagert?", anchor=False)
    titles = {one.project: one.title for one in mapped}
    chosen = next(iter(titles))
    if len(titles) > 1:
        picked = st.selectbox("Projekt", list(titles), format_func=titles.__getitem__, key="projekt-karte", width=360)
        chosen = picked if picked in titles else chosen
    (effect, *_) = [one for one in mapped if one.project == chosen]
    picture = figures.effect_map(effect, view.catalogue, view.reader.mart.snapshot, dark=view.dark)
    chart.chart(view, picture, key="verlagerung")
    if effect.code in WITHOUT_VERDICT:
        st.markdown(verdict.escaped(effect.sentence))


def _chain(view: View, effects: Sequence[Effect]) -> None:
    words_table(chain_table(effects, view.catalogue), "Jede Maßnahme mit Handlungsfeld, Kennzahl und Befund")

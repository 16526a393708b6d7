"""How the numbers are made and how to read them: the house rules, then every indicator's own definition."""

from pathlib import Path

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.answers.protection import rule_told
from sipa_data.catalogue.models import FieldOfAction
from sipa_data.german import day

RULES = (Path(__file__).parent / "methodik.md").read_text(encoding="utf-8")


def page(view: View) -> None:
    """For everyone who has to defend or to doubt a number."""
    view.title("Methodik", "Wie die Zahlen entstehen, was sie aushalten und was sie nicht sagen.")
    st.markdown(RULES)
    st.markdown("\n".join(f"- {told}" for told in rule_told(view.catalogue.city.small_counts)))
    _breaks(view)
    _principles(view)
    st.header("Alle Kennzahlen", anchor=False)
    for field in view.catalogue.fields.values():
        _field(view, field)


def _breaks(view: View) -> None:
    st.header("Brüche in den Reihen", anchor=False)
    lines = [
        f"- **{day(found.date)}, {verdict.escaped(found.title)}:** {verdict.escaped(found.reason)}"
        for found in sorted(view.catalogue.breaks.values(), key=lambda one: one.date)
    ]
    st.markdown("\n".join(lines) if lines else "Es sind keine Brüche bekannt.")


def _principles(view: View) -> None:
    st.header("Was den Grundsätzen dient", anchor=False)
    lines = [
        f"{principle.number}. **{verdict.escaped(principle.title)}** {verdict.escaped(principle.served_by)}"
        for principle in view.catalogue.principles.values()
    ]
    st.markdown("\n".join(lines))


def _field(view: View, field: FieldOfAction) -> None:
    members = [one for one in view.catalogue.indicators.values() if one.fields[:1] == (field.id,)]
    if not members:
        return
    lines = [
        f"- **{verdict.escaped(one.title)}** ({verdict.escaped(one.unit)}): {verdict.escaped(one.definition)} "
        f"Quelle: {verdict.escaped(one.source)}."
        for one in members
    ]
    with st.expander(verdict.escaped(field.title), type="compact", key=f"tabelle-{field.id}"):
        st.markdown("\n".join(lines))

"""A rehearsal on the screen: what would be replaced, which indicators would read otherwise, who answered a survey."""

import streamlit as st

from pages.parts import verdict
from pages.parts.words_table import words_table
from sipa_data.answers.state_changes import IndicatorChange
from sipa_data.answers.wave_review import WaveReview
from sipa_data.figures.state_changes import cells_table, changes_table, flips_table, in_short, left_out
from sipa_data.figures.wave_review import groups_table, review_table
from sipa_data.release import Rehearsal

MOST_ROWS = 12
"""What is read at a glance; the rest is folded away."""


def draw(rehearsal: Rehearsal, key: str) -> None:
    """Everything that a rehearsal says. ``key`` : tells its choices from others on the page"""
    st.markdown(
        f"Verglichen mit Datenstand {rehearsal.compared_with}. Leserinnen und Leser sehen davon nichts; "
        "erst die Freigabe verändert etwas."
    )
    if rehearsal.replaced:
        names = "\n".join(f"- {verdict.escaped(upload.described)}" for upload in rehearsal.replaced)
        st.warning(f"Ersetzt würde, ganz oder zum Teil:\n\n{names}")
    for review in rehearsal.waves:
        _wave(review)
    changes(rehearsal.changes, rehearsal.looked_at, key)
    if rehearsal.public:
        st.markdown("**Was die Öffentlichkeit anders sähe**")
        words_table(flips_table(rehearsal.public), "Zahlen, die für die Öffentlichkeit hinzukommen oder wegfallen")
    with st.expander("Welche Tabellen gefüllt werden", type="compact", key=f"tabelle-ausschnitte-{key}"):
        for place in rehearsal.fills:
            st.markdown(f"- {verdict.escaped(place)}")


def changes(found: tuple[IndicatorChange, ...], looked_at: int, key: str) -> None:
    """The indicators that read otherwise, and one of them in every detail."""
    st.markdown(f"**{in_short(found, looked_at)}**")
    if not found:
        return
    table = changes_table(found)
    words_table(table.head(MOST_ROWS), "Kennzahlen, die sich ändern: Stadt bisher und neu")
    if len(table) > MOST_ROWS:
        with st.expander("Alle Kennzahlen, die sich ändern", type="compact", key=f"tabelle-alle-{key}"):
            words_table(table, "Alle Kennzahlen, die sich ändern: Stadt bisher und neu")
    by_id = {change.indicator.id: change for change in found}
    chosen = st.selectbox(
        "Eine Kennzahl im Einzelnen",
        list(by_id),
        format_func=lambda one: by_id[one].indicator.title,
        key=f"kennzahl-{key}",
        index=None,
        placeholder="bitte wählen",
    )
    if chosen not in by_id:
        return
    change = by_id[chosen]
    words_table(cells_table(change), f"{change.indicator.title}: jede Zahl bisher und neu")
    verdict.aside(left_out(change))


def _wave(review: WaveReview) -> None:
    st.markdown(f"**{verdict.escaped(review.title)}: Gewichte und Rücklauf**")
    words_table(review_table(review), f"{review.title}: Befragte, Gewichte, Designeffekt")
    words_table(groups_table(review), f"{review.title}: Befragte neben der Bevölkerung")
    st.markdown(
        verdict.muted(
            f"Bevölkerung: {review.basis}. Ein Designeffekt von 1,5 heißt: Ungleiche Gewichte machen die Befragung so "
            "ungenau, als hätten nur zwei Drittel geantwortet."
        )
    )

"""A rehearsal on the screen: what would change, what would be replaced, who answered a survey."""

import streamlit as st

from pages.parts import verdict
from pages.parts.folded import folded
from pages.parts.opened import opened_house
from pages.parts.words_table import words_table
from sipa_data.answers.state_difference import Difference
from sipa_data.answers.types import CITY
from sipa_data.answers.wave_review import WaveReview
from sipa_data.catalogue import Catalogue
from sipa_data.figures.state_changes import (
    cells_table,
    changes_table,
    flips_table,
    left_out,
    place_table,
    statuses_table,
    title_of,
)
from sipa_data.figures.state_difference import at_a_glance, in_short
from sipa_data.figures.wave_review import groups_table, review_table
from sipa_data.figures.wave_review import in_short as wave_in_short
from sipa_data.german import count_of, listing
from sipa_data.release import Rehearsal

MOST_ROWS = 6
"""What is read at a glance; the rest is folded away."""


def is_outdated(rehearsal: Rehearsal) -> bool:
    """Whether another Datenstand is in force than the one it was compared with; then that is said here."""
    compared, current = rehearsal.difference.compared_with, opened_house().mart.snapshot.id
    if compared != current:
        st.warning(
            f"Die Probe galt für Datenstand {compared}; inzwischen gilt Datenstand {current}. Bitte wiederholen."
        )
    return compared != current


def draw(rehearsal: Rehearsal, catalogue: Catalogue, key: str) -> None:
    """Everything that a rehearsal says. ``key`` : tells its choices from others on the page"""
    compared = rehearsal.difference.compared_with
    verdict.aside(f"Verglichen mit Datenstand {compared}. Leserinnen und Leser sehen davon nichts.")
    changes(rehearsal.difference, catalogue, key)
    if rehearsal.replaced:
        names = listing([upload.described for upload in rehearsal.replaced])
        st.markdown(verdict.escaped(f"Ersetzt würde, ganz oder zum Teil: {names}."))
    for sentence in rehearsal.marked_otherwise:
        st.warning(verdict.escaped(sentence))
    for review in rehearsal.waves:
        _wave(review, key)
    with st.expander("Welche Tabellen gefüllt werden", type="compact", key=f"tabelle-ausschnitte-{key}"):
        for place in rehearsal.fills:
            st.markdown(f"- {verdict.escaped(place)}")


def changes(found: Difference, catalogue: Catalogue, key: str) -> None:
    """The answer in one sentence, then in six lines, then indicator by indicator."""
    st.markdown(f"**{in_short(found)}**")
    glance = at_a_glance(found, catalogue)
    if glance.empty:
        return
    words_table(glance, "Was sich ändert, auf einen Blick")
    if found.changes:
        table = changes_table(found.changes)
        words_table(table.head(MOST_ROWS), "Kennzahlen, die sich ändern: Stadt bisher und neu", old_and_new=True)
        if len(table) > MOST_ROWS:
            all_of_them = f"Alle {count_of(len(table), 'Kennzahl', 'Kennzahlen')}"
            folded(
                all_of_them,
                lambda: words_table(table, "Alle Kennzahlen, die sich ändern: Stadt bisher und neu", old_and_new=True),
                key=f"alle-{key}",
            )
    if not (flipped := statuses_table(found.changes)).empty:
        folded(
            "Welche Zahlen ihren Status wechseln",
            lambda: words_table(
                flipped, "Zahlen, die ihren Status wechseln: Kennzahl, bisher, neu und wo", old_and_new=True
            ),
            key=f"status-{key}",
        )
    if found.public:
        folded(
            "Was die Öffentlichkeit anders sieht",
            lambda: words_table(
                flips_table(found.public), "Zahlen, die für die Öffentlichkeit hinzukommen oder wegfallen"
            ),
            key=f"oeffentlich-{key}",
        )
    if found.changes:
        folded("Im Einzelnen, nach Kennzahl oder Gebiet", lambda: _details(found, catalogue, key), key=f"einzeln-{key}")


def _details(found: Difference, catalogue: Catalogue, key: str) -> None:
    """Every number of one indicator, or of one place."""
    every = dict(enumerate(found.changes))
    touched = {cell.district for change in found.changes for cell in change.cells}
    places = {CITY: catalogue.city.name, **{district.id: district.name for district in catalogue.districts.values()}}
    with st.container(horizontal=True, key=f"einzeln-wahl-{key}"):
        chosen = st.selectbox(
            "Kennzahl",
            list(every),
            format_func=lambda one: title_of(every[one]),
            key=f"kennzahl-{key}",
            index=None,
            placeholder="bitte wählen",
        )
        place = st.selectbox(
            "Gebiet",
            [one for one in places if one in touched],
            format_func=places.__getitem__,
            key=f"gebiet-{key}",
            index=None,
            placeholder="bitte wählen",
        )
    if chosen in every:
        change = every[chosen]
        words_table(cells_table(change), f"{title_of(change)}: jede Zahl bisher und neu", old_and_new=True)
        verdict.aside(left_out(change))
    if place in touched:
        words_table(place_table(found.changes, place), f"{places[place]}: jede Zahl bisher und neu", old_and_new=True)


def _wave(review: WaveReview, key: str) -> None:
    st.markdown(f"**{verdict.escaped(review.title)}: Gewichte und Rücklauf**")
    words_table(review_table(review), f"{review.title}: Befragte, Gewichte, Designeffekt")
    st.markdown(verdict.escaped(wave_in_short(review)))

    def beside() -> None:
        words_table(groups_table(review), f"{review.title}: Befragte neben der Bevölkerung")
        verdict.aside(f"Bevölkerung: {review.basis}.")

    folded("Befragte neben der Bevölkerung", beside, key=f"gruppen-{key}-{review.title}")

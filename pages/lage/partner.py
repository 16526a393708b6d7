"""Who works with the partnership: institutions by kind, what they contribute, and the projects that name them."""

import streamlit as st

from pages.parts import place, verdict
from pages.parts.partner_tables import districts_table, field_line, partners_table
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.answers.partners import Partners
from sipa_data.catalogue.models import FieldOfAction
from sipa_data.german import count_of, listing

SIDES = {
    "municipal": "Stadt",
    "state": "Land und Bund",
    "society": "Gesellschaft",
}
"""Side of a kind of partner → heading."""


def page(view: View, field: FieldOfAction | None = None) -> None:
    """For the office, the steering group, and whoever looks for somebody to work with. Of one field where asked."""
    if field is None:
        view.title("Partner", f"Wer in {verdict.escaped(view.place_name)} an mehr Sicherheit mitarbeitet, und woran.")
    else:
        about = f"Wer in {view.place_name} an diesem Handlungsfeld mitarbeitet."
        view.title(f"Partner: {verdict.escaped(field.title)}", verdict.escaped(about))
    if not place.has_data(view):
        return
    if field is not None:
        _ways_back(view, field)
    asked = None if field is None else field.id
    found = view.reader.partners(asked, None if view.is_citywide else view.place)
    if not found.registered:
        what = "Es sind noch keine Partner erfasst." if field is None else "Hierzu ist kein Partner erfasst."
        st.markdown(verdict.muted(what))
    if field is None and found.registered:
        _fields(view, found)
    for side, heading in SIDES.items():
        _side(view, found, side, heading, asked)
    _missing(view, found, asked)
    if view.is_citywide and found.registered:
        _districts(view, found, asked)


def _ways_back(view: View, field: FieldOfAction) -> None:
    with st.container(horizontal=True, key="verweis-zurueck"):
        st.page_link(view.page_of_partners(), label="Alle Partner")
        st.page_link(view.page_of_field(field.id), label=f"Kennzahlen: {verdict.escaped(field.title)}")


def _fields(view: View, found: Partners) -> None:
    """How many work on what; each line leads to those of the field."""
    st.header("Je Handlungsfeld", anchor=False)
    for field in view.catalogue.fields.values():
        with st.container(key=f"verweis-feld-{field.id}"):
            name, many = st.columns([5, 7], vertical_alignment="center", gap="small")
        name.page_link(view.page_of_partners(field.id), label=verdict.escaped(field.title))
        many.markdown(
            verdict.muted(field_line(found, view.catalogue, field.id, None if view.is_citywide else view.place))
        )


def _side(view: View, found: Partners, side: str, heading: str, field: str | None) -> None:
    kinds = [kind.id for kind in view.catalogue.partner_kinds.values() if kind.side == side]
    members = [partner for kind in kinds for partner in found.of(kind)]
    if members:
        st.header(heading, anchor=False)
        table = partners_table(members, view.catalogue, field, None if view.is_citywide else view.place)
        words_table(table, f"Partner: {heading}, {view.place_name}")


def _missing(view: View, found: Partners, field: str | None) -> None:
    """What the register does not hold: kinds of partners that nobody has, and names that only projects know."""
    if field is None and view.is_citywide and found.registered:
        without = [kind.title for kind in view.catalogue.partner_kinds.values() if not found.of(kind.id)]
        if without:
            st.markdown(verdict.muted(f"Noch ohne Partner: {listing(without)}."))
    if found.unregistered:
        many = count_of(len(found.unregistered), "Name steht", "Namen stehen")
        named = listing([f"„{name}“" for name in found.unregistered])
        st.markdown(verdict.muted(f"{many} bei Projekten, aber nicht im Partnerregister: {named}."))


def _districts(view: View, found: Partners, field: str | None) -> None:
    """How many work where."""
    word = view.catalogue.city.district_word
    st.header(f"Je {word}", anchor=False)
    table = districts_table(found, view.catalogue, field)
    words_table(table, f"Partner je {word}")

"""Who works with the partnership: institutions by kind, what they contribute, and the projects that name them."""

import streamlit as st

from pages.parts import place, verdict
from pages.parts.partner_tables import districts_table, fields_table, partners_table
from pages.parts.view import View
from sipa_data.answers.partners import Partners
from sipa_data.german import count_of, listing

SIDES = {
    "municipal": "Stadt",
    "state": "Land und Bund",
    "society": "Gesellschaft",
}
"""Side of a kind of partner → heading."""
EVERY_FIELD = "alle Handlungsfelder"


def page(view: View) -> None:
    """For the office, the steering group, and whoever looks for somebody to work with."""
    view.title("Partner", f"Wer in {verdict.escaped(view.place_name)} an mehr Sicherheit mitarbeitet, und woran.")
    if not place.has_data(view):
        return
    field = _chosen_field(view)
    found = view.reader.partners(field, None if view.is_citywide else view.place)
    if not found.registered:
        what = "Es sind noch keine Partner erfasst." if field is None else "Hierzu ist kein Partner erfasst."
        st.markdown(verdict.muted(what))
    for side, heading in SIDES.items():
        _side(view, found, side, heading, field)
    _missing(view, found, field)
    _where(view, found, field)


def _chosen_field(view: View) -> str | None:
    fields = view.catalogue.fields
    chosen: str | None = st.selectbox(
        "Handlungsfeld",
        [None, *fields],
        format_func=lambda field: EVERY_FIELD if field is None else fields[field].title,
        key="partner-handlungsfeld",
        width=420,
    )
    return chosen if chosen in fields else None


def _side(view: View, found: Partners, side: str, heading: str, field: str | None) -> None:
    kinds = [kind.id for kind in view.catalogue.partner_kinds.values() if kind.side == side]
    members = [partner for kind in kinds for partner in found.of(kind)]
    if members:
        st.header(heading, anchor=False)
        table = partners_table(members, view.catalogue, field, None if view.is_citywide else view.place)
        st.table(table, hide_index=True, border="horizontal", alt=f"Partner: {heading}, {view.place_name}")


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


def _where(view: View, found: Partners, field: str | None) -> None:
    """How many work on what and where. With a field chosen only its districts; in one district only its fields."""
    if not found.registered:
        return
    if field is None:
        st.header("Je Handlungsfeld", anchor=False)
        table = fields_table(found, view.catalogue, None if view.is_citywide else view.place)
        st.table(table, hide_index=True, border="horizontal", alt=f"Partner je Handlungsfeld, {view.place_name}")
    if view.is_citywide:
        word = view.catalogue.city.district_word
        st.header(f"Je {word}", anchor=False)
        table = districts_table(found, view.catalogue, field)
        st.table(table, hide_index=True, border="horizontal", alt=f"Partner je {word}")

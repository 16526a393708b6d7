"""The partners of a place or a field in a sentence, with the way to all of them."""

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.german import count_of, listing

MOST_NAMED = 8


def partners_of_field(view: View, field: str) -> None:
    """Who works in a field of action, in the chosen place."""
    found = view.reader.partners(field, None if view.is_citywide else view.place)
    where = "in diesem Handlungsfeld" if view.is_citywide else f"in diesem Handlungsfeld in {view.place_name}"
    _brief(view, [one.title for one in found.registered], where, field)


def partners_of_district(view: View) -> None:
    """Who works in the chosen district; named are those who are there and not everywhere."""
    found = view.reader.partners(district=view.place)
    here = [one.title for one in found.registered if view.place in one.districts]
    _brief(view, here, f"in {view.place_name} vor Ort", None, more=len(found.registered) - len(here))


def _brief(view: View, names: list[str], where: str, field: str | None, *, more: int = 0) -> None:
    st.header("Partner", anchor=False)
    if not names and not more:
        st.markdown(verdict.muted(f"Es ist kein Partner erfasst, der {where} mitarbeitet."))
        return
    if names:
        shown = (
            names if len(names) <= MOST_NAMED else [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} weitere"]
        )
        many = count_of(len(names), "Partner arbeitet", "Partner arbeiten")
        st.markdown(verdict.escaped(f"{many} {where}: {listing(shown)}."))
    if more:
        others = count_of(more, "Partner arbeitet", "Partner arbeiten")
        st.markdown(verdict.escaped(f"{others} in der ganzen Stadt, also auch hier."))
    with st.container(key="verweis-partner"):
        st.page_link(view.page_of_partners(field), label="Alle Partner mit Beitrag und Projekten")

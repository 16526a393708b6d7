"""Which Datenstand a window shows. Numbers never change under a reader: a newer Datenstand is offered, not swapped in.

A window keeps the Datenstand it began with, or the one that its link names (``?stand=41``).
"""

from typing import Final

import streamlit as st

from pages.parts import identity
from pages.parts.opened import opened_entrance, opened_house
from pages.parts.verdict import escaped
from pages.parts.view import View
from sipa_data.access.scope import Scope
from sipa_data.errors import NoSuchSnapshot
from sipa_data.figures.words import snapshot_text
from sipa_data.house import House

PARAMETER: Final = "stand"
KEPT: Final = "sipa-datenstand"
BY_LINK: Final = "sipa-datenstand-aus-link"
"""The value of the parameter that was followed last; None where the window came without one, or let go of it."""
LOOKS_EVERY = "1.5s"
"""How often an open window looks for a newer Datenstand, so that it is offered within two seconds. It does not count
as something the person did."""
LONGEST_NUMBER = 12
CONFIDENTIAL = (
    "Der Datenstand {stand} enthält vertrauliche Lieferungen und wird ohne Anmeldung nicht gezeigt. Öffnen Sie den "
    "aktuellen Datenstand."
)


def of_window(house: House) -> tuple[int, NoSuchSnapshot | None]:
    """The Datenstand that this window shows; with the reason where it cannot, the current one instead."""
    current = house.mart.snapshot.id
    asked = st.query_params.get(PARAMETER)
    if asked is not None and asked != st.session_state.get(BY_LINK):
        st.session_state[BY_LINK], st.session_state[KEPT] = asked, _number(asked)
    kept: int | None = st.session_state.setdefault(KEPT, current)
    if kept == current:
        return current, None
    if kept is not None and st.session_state.get(BY_LINK) is None and not house.keeps(kept):
        # Nobody asked for this old state; building it again for a forgotten window would cost everybody.
        st.session_state[KEPT] = current
        st.toast(f"Seit Ihrem letzten Klick gilt der Datenstand {current}; vorher war es {kept}.")
        return current, None
    try:
        return _checked(house, kept), None
    except NoSuchSnapshot as gone:
        return current, gone


def banner(shown: int) -> None:
    """Says that there is a newer Datenstand than the one this window shows, also when it comes while it is open."""
    _watch(shown)


def refusal(view: View, gone: NoSuchSnapshot) -> None:
    """The page in place of one whose Datenstand cannot be shown."""
    view.title(gone.title)
    st.markdown(escaped(gone.sentence))
    st.button("Zum aktuellen Datenstand", on_click=show_current, key="stand-aktuell")


def show_current() -> None:
    """Callback: from now on this window shows the current Datenstand."""
    st.session_state[KEPT] = opened_house().mart.snapshot.id
    st.session_state[BY_LINK] = None
    if PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


@st.fragment(run_every=LOOKS_EVERY)
def _watch(shown: int) -> None:
    identity.ask_again(by_the_clock=True)
    house = opened_house()
    newest = house.mart.snapshot
    if newest.id == shown:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="neuer-datenstand"):
        st.markdown(escaped(_what_is_new(house, shown)), width="stretch")
        if st.button("Jetzt anzeigen", on_click=show_current, key="stand-jetzt"):
            st.rerun()


def _what_is_new(house: House, shown: int) -> str:
    newest = snapshot_text(house.mart.snapshot)
    if st.session_state.get(BY_LINK) is not None:
        return f"Sie sehen den Datenstand {shown}, den Ihr Link nennt. Jetzt gilt: {newest}."
    try:
        if house.keeps(shown):
            _checked(house, shown)
    except NoSuchSnapshot as gone:
        return gone.sentence
    return f"Neuer {newest}. Diese Seite zeigt noch die Zahlen von Datenstand {shown}."


def _number(asked: str) -> int | None:
    """The number in a link; None where it is none."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else None


def _checked(house: House, kept: int | None) -> int:
    """A Datenstand that may be shown; an old one may hold what the current one does not."""
    if kept is None:
        asked = str(st.session_state.get(BY_LINK))[:40]
        raise NoSuchSnapshot(f"„{asked}“ ist keine Nummer eines Datenstands. Der Link enthält einen Fehler.")
    if opened_entrance().unfit_data(house.reader(Scope.public(), kept).uploads()):
        raise NoSuchSnapshot(CONFIDENTIAL.format(stand=kept))
    return kept

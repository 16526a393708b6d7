"""Which Datenstand a window shows: the one it was opened with, until the reader asks for another.

Numbers must not change under somebody who reads them. So a new Datenstand is offered, not forced; and a link that names
an older one shows that one.
"""

import streamlit as st

from sipa_data.errors import NoSuchSnapshot
from sipa_data.house import House

LINK = "datenstand"
SHOWN = "sipa-datenstand"
LINKED = "sipa-datenstand-verlinkt"
LOOKS_EVERY = "1.5s"
"""A new Datenstand is to be offered within two seconds of its mart being built."""


def shown(house: House) -> int:
    """The snapshot of this window; says why where the one that a link names cannot be shown."""
    asked = st.query_params.get(LINK)
    if asked is not None and st.session_state.get(LINKED) != asked:
        st.session_state[LINKED] = asked
        try:
            st.session_state[SHOWN] = _linked(house, asked)
        except NoSuchSnapshot as error:
            st.warning(f"**{error.title}**  \n{error.sentence} Sie sehen den aktuellen.")
    newest = house.mart.snapshot.id
    kept = st.session_state.setdefault(SHOWN, newest)
    if kept != newest and not house.keeps(kept) and not _is_linked(kept):
        kept = st.session_state[SHOWN] = newest  # ten minutes after the swap nobody holds the old one any more
    try:
        house.mart_of(kept)
    except NoSuchSnapshot:
        kept = st.session_state[SHOWN] = newest
    return int(kept)


def show_newest() -> None:
    """Go to the current Datenstand, and forget the one that a link named. Also a callback."""
    st.session_state.pop(SHOWN, None)
    if LINK in st.query_params:
        del st.query_params[LINK]
    st.session_state.pop(LINKED, None)


@st.fragment(run_every=LOOKS_EVERY)
def notice(house: House, snapshot: int) -> None:
    """Offers the newest Datenstand where this window shows an older one; else nothing."""
    newest = house.mart.snapshot.id
    if newest == snapshot:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="neuer-datenstand"):
        if _is_linked(snapshot):
            st.markdown(f"Dieser Link zeigt Datenstand {snapshot}. Der aktuelle ist Datenstand {newest}.")
            title = "Aktuellen Datenstand anzeigen"
        else:
            st.markdown("Neuer Datenstand")
            title = "Jetzt anzeigen"
        if st.button(title, key="datenstand-anzeigen", on_click=show_newest):
            st.rerun()


def _is_linked(snapshot: int) -> bool:
    return st.session_state.get(LINKED) == str(snapshot)


def _linked(house: House, asked: str) -> int:
    if not (asked.isdecimal() and len(asked) < 12):
        raise NoSuchSnapshot("Der Link nennt einen Datenstand, den es nicht gibt.")
    return house.mart_of(int(asked)).snapshot.id

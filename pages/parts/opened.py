"""The house and its entrance of this process: opened once, by the server before the first visitor."""

import streamlit as st

from sipa_data.entrance import Entrance, open_entrance
from sipa_data.house import House, open_house


def _close(house: House) -> None:
    """The entrance belongs to its house."""
    opened_entrance.clear()
    house.close()


@st.cache_resource(show_spinner=False, on_release=_close)
def opened_house() -> House:
    """Catalogue, lake and mart, shared by all sessions."""
    return open_house()


@st.cache_resource(show_spinner=False, on_release=Entrance.close)
def opened_entrance() -> Entrance:
    """Who may come in, shared by all sessions."""
    house = opened_house()
    return open_entrance(house.settings, house.catalogue)

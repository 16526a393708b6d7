"""The house of this process: opened once, by the server before the first visitor."""

import streamlit as st

from sipa_data.house import House, open_house


@st.cache_resource(show_spinner=False, on_release=House.close)
def opened_house() -> House:
    """Catalogue, lake and mart, shared by all sessions."""
    return open_house()

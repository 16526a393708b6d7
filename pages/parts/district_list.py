"""The districts as a list to choose from: the way of the keyboard wherever a mark in a picture chooses one."""

import streamlit as st

from pages.parts.filter_bar import choose_place
from pages.parts.view import View
from sipa_data.areas import CITY


def district_list(view: View, *, key: str) -> None:
    """One switch per district; the chosen one, pressed again, leads back to the whole city."""
    districts = view.catalogue.districts
    here = f"bezirke-{key}"
    st.session_state[here] = None if view.is_citywide else view.place  # never shows another place than the filter bar
    st.pills(
        f"{view.catalogue.city.district_word} wählen",
        list(districts),
        format_func=lambda district: districts[district].name,
        key=here,
        on_change=_choose,
        args=(view, here),
    )


def _choose(view: View, key: str) -> None:
    choose_place(view.catalogue, st.session_state[key] or CITY)

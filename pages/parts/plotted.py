"""A figure in the page. A click on the mark of a district chooses it; the list of districts is the keyboard's way."""

import streamlit as st

from pages.parts.filter_bar import choose_place
from pages.parts.view import View
from sipa_data.figures import Picture
from sipa_data.figures.style import PLOTLY_CONFIG


def plotted(view: View, picture: Picture, key: str) -> None:
    """Draw the figure of a picture that has one.

    Parameters
    ----------
    key : unique on the page
    """
    if not picture.chooses_district:
        st.plotly_chart(picture.figure, theme=None, config=PLOTLY_CONFIG, alt=picture.alt, key=key)
        return
    # The key must not name the place: a new key would draw every chart anew whenever the filter bar changes.
    st.plotly_chart(
        picture.figure,
        theme=None,
        config=PLOTLY_CONFIG,
        alt=picture.alt,
        key=key,
        on_select=lambda: _chosen(view, key),
        selection_mode="points",
    )


def _chosen(view: View, key: str) -> None:
    """Callback: what the browser says was clicked is only taken where it is a district. No point, no choice."""
    for point in st.session_state[key].selection.points:
        named = point.get("customdata")
        district = named[0] if isinstance(named, list) and named else named
        if isinstance(district, str) and district in view.catalogue.districts:
            choose_place(view.catalogue, district)
            return

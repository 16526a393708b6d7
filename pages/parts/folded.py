"""What is only made when somebody wants to see it: a table that costs time and that most readers never open."""

from collections.abc import Callable

import streamlit as st


def folded(label: str, draw: Callable[[], None], *, key: str) -> None:
    """A closed expander; opening it runs the page once more, and only then ``draw``.

    ``key`` : unique on the page
    """
    toggle = st.expander(label, type="compact", key=f"tabelle-{key}", on_change="rerun")
    if toggle.open:
        with toggle:
            draw()

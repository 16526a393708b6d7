"""While a page is built: grey lines below what stands already, so that a wait does not look like its end."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

LAST_PAGE = "sipa-letzte-seite"
HEIGHT = 240


@contextmanager
def loading(address: str) -> Iterator[None]:
    """Around the building of a page. Only on the way to another page: a changed choice leaves what stands there."""
    body, below = st.container(), st.container()
    before, st.session_state[LAST_PAGE] = st.session_state.get(LAST_PAGE), address
    if before == address:
        with body:
            yield
    else:
        with below.skeleton(height=HEIGHT), body:
            yield

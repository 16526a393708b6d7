"""Doing something that changes the data, and saying on the next run what was done."""

from collections.abc import Callable

import streamlit as st

from pages.parts import failed, stand, verdict
from pages.parts.opened import opened_house
from sipa_data.errors import SipaError

DONE = "sipa-freigabe-getan"
PROBES = "sipa-freigabe-proben"
COMPARED = "sipa-freigabe-verglichen"
OF_ANOTHER_STATE = (PROBES, COMPARED)
"""What this window remembers of numbers; it says nothing any more when the data have changed, and may be deleted."""


def last_done() -> None:
    """What the run before has done, once."""
    if told := st.session_state.pop(DONE, None):
        st.success(verdict.escaped(told))


def done(step: Callable[[], object], told: Callable[..., str]) -> None:
    """Do something that changes the data, show the new Datenstand in this window, and begin the page again."""

    def whole() -> None:
        result = step()
        opened_house().renew()
        stand.show_current()
        for key in OF_ANOTHER_STATE:
            st.session_state.pop(key, None)
        st.session_state[DONE] = told(result)

    if tried(whole):
        st.rerun()


def tried(step: Callable[[], object]) -> bool:
    """Whether it went well; else its title and sentence stand on the page."""
    try:
        step()
    except SipaError as error:
        failed.show(error)
        return False
    return True

"""Doing something that changes the data, and saying on the next run what was done."""

import time
from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts import failed, stand, verdict
from pages.parts.opened import opened_house
from sipa_data.errors import SipaError

DONE = "sipa-freigabe-getan"
NOT_SHOWN_YET = "Der neue Datenstand ließ sich noch nicht aufbauen; SiPa versucht es von selbst wieder. {why}"
PROBES = "sipa-freigabe-proben"
COMPARED = "sipa-freigabe-verglichen"
STAYS = 60.0
"""Seconds."""
OF_ANOTHER_STATE = (PROBES, COMPARED)
"""What this window remembers of numbers; it says nothing any more when the data have changed, and may be deleted."""


def last_done() -> None:
    """What was done last, for a minute: a page that begins again by itself does not take it away unread."""
    told, why, at = st.session_state.get(DONE, ("", "", -STAYS))
    if time.monotonic() - at >= STAYS:
        st.session_state.pop(DONE, None)
        return
    st.success(verdict.escaped(told))
    if why:
        st.warning(verdict.escaped(why))


def done(step: Callable[[], object], told: Callable[..., str]) -> None:
    """Do something that changes the data, show the new Datenstand in this window, and begin the page again.

    What is done is done, also where the new Datenstand cannot be built at once: that is said beside it.
    """
    results: list[Any] = []
    if not tried(lambda: results.append(step())):
        return
    st.session_state[DONE] = told(results[0]), "", time.monotonic()
    for key in OF_ANOTHER_STATE:
        st.session_state.pop(key, None)
    try:
        opened_house().renew()
        stand.show_current()
    except SipaError as error:
        st.session_state[DONE] = told(results[0]), NOT_SHOWN_YET.format(why=failed.sentence(error)), time.monotonic()
    st.rerun()


def tried(step: Callable[[], object]) -> bool:
    """Whether it went well; else its title and sentence stand on the page."""
    try:
        step()
    except SipaError as error:
        failed.show(error)
        return False
    return True

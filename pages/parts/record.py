"""What people look at and take away is logged: once per view, not once per click inside it."""

from datetime import UTC, datetime

import streamlit as st

from pages.parts.opened import opened_entrance
from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.audit import Event
from sipa_data.entrance import Visitor
from sipa_data.errors import NotAllowed
from sipa_data.periods import Period

LAST_VIEW = "sipa-letzte-ansicht"
LAST_ROLE = "sipa-letzte-rolle"


def seen(
    visitor: Visitor, scope: Scope, address: str, place: str, period: Period | None, older: int | None = None
) -> None:
    """Log this view unless it is the one that was logged last in this window.

    ``older`` : the Datenstand, where it is not the current one

    Raises
    ------
    AuditError : it cannot be logged; the page is not shown then
    """
    log = opened_entrance().log
    chosen = st.session_state.get(LAST_ROLE)
    if chosen is not None and chosen != scope:
        log.record(Event.role_chosen, visitor.account, role=words(scope))
    st.session_state[LAST_ROLE] = scope
    view = (address, place, period, scope, older)
    if st.session_state.get(LAST_VIEW) != view:
        said = [place, *([period.german] if period else []), *([f"Datenstand {older}"] if older else [])]
        log.record(Event.viewed, visitor.account, role=words(scope), subject=f"/{address}", detail=" ".join(said))
        st.session_state[LAST_VIEW] = view


def taken(visitor: Visitor, scope: Scope, question: Question, form: str) -> None:
    """Log a file before it is made, on the click, for whoever is still signed in then.

    Raises
    ------
    NotAllowed : the session has ended since the page was drawn
    AuditError : it cannot be logged; there is no file then
    """
    entrance = opened_entrance()
    if not entrance.goes_on(visitor, scope, datetime.now(UTC)):
        raise NotAllowed("Ihre Anmeldung ist beendet. Bitte melden Sie sich neu an.")
    asked = [form, *question.districts, *([question.period.german] if question.period else [])]
    entrance.log.record(
        Event.downloaded, visitor.account, role=words(scope), subject=question.indicator, detail=" ".join(asked)
    )


def words(scope: Scope) -> str:
    """The acting role, and the districts of a district council."""
    return " ".join((scope.role.value, *sorted(scope.own_districts)))

"""Who is looking. The one seam between the sign-in and the Scope that every question is asked with.

Nothing below the call of ``visitor`` runs for anybody who is not in: where somebody is turned away, the page says why
and the script ends.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

import streamlit as st

from pages.parts.opened import opened_entrance, opened_house
from pages.parts.uploads import forbid_uploads, permit_uploads
from pages.parts.verdict import escaped, toned
from sipa_data.access.scope import Right, Role, Scope
from sipa_data.access.session import Over
from sipa_data.catalogue import Catalogue
from sipa_data.entrance import Mode, Refusal, Refused, Visitor
from sipa_data.errors import NotAllowed
from sipa_data.german import listing

ROLE_NAMES = {
    Role.chair: "Lenkungsgruppe",
    Role.office: "Geschäftsstelle",
    Role.analyst: "Analyse",
    Role.reader: "Öffentlichkeit",
}
LOOKS_EVERY = "60s"
"""How often an open window looks whether its session is over. It does not count as something the person did."""
LAST_RUN = "sipa-letzter-lauf"
NOT_CHOSEN = "sipa-"
"""Begins the keys under which pages remember what nobody has touched."""
PLACE_OF_SESSION = 2
"""Where Streamlit's browser side says which session it had, behind the protocol and the token against forgery."""
OVER = {
    Over.signed_out: "Sie haben sich abgemeldet.",
    Over.too_long: "Nach acht Stunden endet jede Anmeldung.",
    Over.idle: "Nach dreißig Minuten ohne Eingabe endet die Anmeldung.",
    Over.withdrawn: "Ihre Rolle hat sich geändert. Nach einer neuen Anmeldung gilt, was Ihnen jetzt zusteht.",
    Over.renew: "Der Anbieter möchte, dass Sie die Anmeldung erneuern.",
    Over.unreachable: "Der Anbieter der Anmeldung antwortet nicht, und ohne ihn lässt sich Ihre Rolle nicht prüfen.",
    Over.expired: "Die Anmeldung ist nicht mehr gültig.",
}
DEMONSTRATION = (
    "Es gibt keine Anmeldung; unter „Ansicht“ lässt sich jede Rolle ausprobieren. Das geht nur auf diesem Rechner und "
    "nur mit Beispieldaten oder Veröffentlichtem."
)
UNFIT = (
    "Der Datenbestand enthält vertrauliche Lieferungen, und es ist keine Anmeldung eingerichtet. Ohne Anmeldung wird "
    "nichts davon gezeigt. Die Technik muss SIPA_AUTH setzen; docs/security.md sagt, wie."
)


def visitor() -> Visitor:
    """Who is looking; draws the way in and ends the run for everybody who may not look.

    Raises
    ------
    NotAllowed : the data need a sign-in, and there is none
    """
    entrance, house = opened_entrance(), opened_house()
    if entrance.unfit_data(house.mart.rows("uploads")):
        raise NotAllowed(UNFIT)
    found = _enter(active=_did_something())
    if isinstance(found, Refused):
        forbid_uploads()
        _turn_away(found, house.catalogue)
    if entrance.mode is Mode.signed_in and found.is_signed_in:
        _watch()
    return found


def admit_uploads(found: Visitor, scope: Scope) -> None:
    """Open or close the server's upload route for this window, as the acting role says."""
    if scope.may(Right.upload):
        permit_uploads(found, scope)
    else:
        forbid_uploads()


def banner() -> None:
    """What everybody must know about the way they came in."""
    if opened_entrance().mode is Mode.demonstration:
        with st.container(border=True, key="vorfuehrmodus"):
            st.markdown(f"**{toned(Mode.demonstration.value, 'unfavourable')}** – {DEMONSTRATION}")


def way_out(found: Visitor) -> None:
    """The button to sign out, or in."""
    entrance = opened_entrance()
    if found.is_signed_in:
        if st.button("Abmelden", key="abmelden", help=f"Angemeldet als {escaped(found.account)}"):
            entrance.sign_out(_claims(), _now())
            st.logout()
            st.stop()  # what follows would ask who is there, and begin anew before the browser has been sent on
    elif entrance.mode is Mode.signed_in:
        _buttons()


def scope_name(scope: Scope, catalogue: Catalogue) -> str:
    """As the screen names a role; a district council by its districts."""
    if scope.role is not Role.district:
        return ROLE_NAMES[scope.role]
    names = [catalogue.districts[one].name for one in catalogue.districts if one in scope.own_districts]
    return f"{catalogue.city.district_word} {listing(names)}"


def _enter(*, active: bool) -> Visitor | Refused:
    claims = _claims()
    tokens = claims.get("tokens")
    token = tokens.get("access") if isinstance(tokens, Mapping) else None
    return opened_entrance().enter(claims, _now(), active=active, token=token)


def _claims() -> Mapping[str, Any]:
    """What the identity cookie of this window says; it was read when the window was opened."""
    return st.user.to_dict()


def _now() -> datetime:
    return datetime.now(UTC)


def _did_something() -> bool:
    """Whether this run comes from the person: another page, place or choice than at the last run of this window.

    A window that a person opens has no last run. One that comes back by itself, after a nap of the laptop or a restart
    of the server, has lost it too, but names the session that it had.
    """
    where = (st.context.url, sorted(st.query_params.to_dict().items()))
    chosen = {key: repr(value) for key, value in st.session_state.items() if not str(key).startswith(NOT_CHOSEN)}
    said = {key: hashlib.sha256(repr(one).encode()).hexdigest() for key, one in {"": where, **chosen}.items()}
    before = st.session_state.get(LAST_RUN)
    st.session_state[LAST_RUN] = said
    if before is None:
        return not _came_back()
    # What was not there before was drawn meanwhile, without anybody touching it.
    return any(said[key] != before[key] for key in said.keys() & before.keys())


def _came_back() -> bool:
    """Whether the browser has joined this window again by itself: only then does it name an earlier session."""
    tokens = st.context.headers.get("Sec-WebSocket-Protocol", "").split(",")
    return len(tokens) > PLACE_OF_SESSION and bool(tokens[PLACE_OF_SESSION].strip())


def ask_again(*, by_the_clock: bool) -> None:
    """First line of every fragment: it runs without the entry script, so that nobody has asked who is there.

    Whoever has left, or whose role was taken away, gets the whole page anew, which says so.

    ``by_the_clock`` : whether the fragment runs by itself too; then its runs say nothing of a person
    """
    if isinstance(_enter(active=not by_the_clock and _did_something()), Refused):
        st.rerun()


@st.fragment(run_every=LOOKS_EVERY)
def _watch() -> None:
    """Empty the window of somebody who has left."""
    ask_again(by_the_clock=True)


def _turn_away(refused: Refused, catalogue: Catalogue) -> NoReturn:
    if refused.reason is Refusal.no_role:
        st.title("Kein Zugang", anchor=False)
        st.markdown(
            f"Sie sind angemeldet, aber Ihrem Konto ist hier keine Rolle zugeordnet. Bitte wenden Sie sich an: "
            f"{escaped(catalogue.city.contact)}. Nennen Sie dabei diese Kennung: {escaped(refused.account)}"
        )
        if st.button("Abmelden", key="abmelden"):
            st.logout()
        st.stop()
    st.title("Anmelden", anchor=False)
    st.markdown(
        OVER[refused.over]
        if refused.over is not None
        else "Dieses Lagebild zeigt Zahlen, die nicht für alle bestimmt sind. Bitte melden Sie sich an."
    )
    _buttons()
    st.markdown(f"Sie haben keinen Zugang oder kommen nicht hinein? {escaped(catalogue.city.contact)}")
    st.stop()


def _buttons() -> None:
    """One per provider. Streamlit sends the browser on its way; what comes back is checked at the next run."""
    for provider in opened_entrance().providers.values():
        if st.button(escaped(provider.title), key=f"anmelden-{provider.id}"):
            st.login(provider.id)

"""Who is looking. The one seam between the sign-in and the Scope that every question is asked with.

There is no sign-in yet: on this machine's own address the product is shown in full (Vorführmodus); under any other
address everybody is the public.
"""

from ipaddress import ip_address

import streamlit as st

from sipa_data.access.scope import Role, Scope

ROLE_NAMES = {
    Role.chair: "Lenkungsgruppe",
    Role.office: "Geschäftsstelle",
    Role.analyst: "Analyse",
    Role.district: "Stadtbezirk",
    Role.reader: "Öffentlichkeit",
}


def scopes_of_visitor() -> tuple[Scope, ...]:
    """What this visitor may look as, the widest first. Never decided by a widget or a link."""
    if _serves_only_this_machine(st.get_option("server.address")):
        return (Scope.chair(), Scope.public())
    return (Scope.public(),)


def role_name(scope: Scope) -> str:
    return ROLE_NAMES[scope.role]


def _serves_only_this_machine(address: str | None) -> bool:
    if address is None:
        return False
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"

"""What Streamlit is told before it starts, from the settings of the machine."""

import os
from dataclasses import dataclass
from typing import Any

from streamlit import config

from sipa_data.access.address import Address, check_secret
from sipa_data.access.providers import Provider, load_providers
from sipa_data.errors import SettingsError, SipaError
from sipa_data.hosts import is_loopback

THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")
MUST_STAY = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.scriptHealthCheckEnabled": False,
    "client.showErrorDetails": "none",
    "global.developmentMode": False,
}
"""Options of Streamlit that open a way past the walls when they are set otherwise."""
MUST_BE_EMPTY = ("server.trustedUserHeaders", "server.corsAllowedOrigins", "server.baseUrlPath")
"""Options that would let a request say who it comes from, or serve under an address that nobody checks."""


@dataclass(frozen=True)
class Prepared:
    """What the server starts with. ``problem`` : why it must not start; said when it tries to."""

    address: Address
    secrets: dict[str, Any]
    problem: SipaError | None = None


def prepared() -> Prepared:
    """Read the settings and hand them to Streamlit."""
    try:
        address = Address.from_environment(os.environ)
        providers = {} if address.providers is None else load_providers(address.providers, os.environ)
        if providers:
            check_secret(address.cookie_secret)
        check_streamlit(address, has_providers=bool(providers))
    except SipaError as problem:
        return Prepared(Address(), {}, problem)
    config.set_option("server.allowedHosts", allowed_hosts(address))
    config.set_option("client.allowedOrigins", [])  # pages of Streamlit's own cloud could else send messages to ours
    if address.cookie_secret:
        config.set_option("server.cookieSecret", address.cookie_secret)
    return Prepared(address, sign_in_secrets(address, providers))


def allowed_hosts(address: Address) -> list[str]:
    """Names under which the server answers. This machine's own are for the proxy's checks and for monitors."""
    return [*THIS_MACHINE, *([address.host] if address.host else [])]


def sign_in_secrets(address: Address, providers: dict[str, Provider]) -> dict[str, Any]:
    """What Streamlit's sign-in wants to find in its secrets. Nothing of it is written to a file."""
    if not providers:
        return {}
    general = {
        "redirect_uri": f"{address.public}/oauth2callback",
        "cookie_secret": address.cookie_secret,
        "expose_tokens": ["access"],
    }
    return {
        "auth": general
        | {
            one.id: {
                "client_id": one.client_id,
                "client_secret": one.secret,
                "server_metadata_url": one.metadata,
                "client_kwargs": {"scope": one.scope, "prompt": one.prompt},
            }
            for one in providers.values()
        }
    }


def check_streamlit(address: Address, *, has_providers: bool) -> None:
    """Whether what else is set leaves the walls standing.

    Raises
    ------
    SettingsError : the sentence says what to set
    """
    for option, wanted in MUST_STAY.items():
        if config.get_option(option) != wanted:
            raise SettingsError(
                f"Die Einstellung {option} darf hier nur den Wert „{str(wanted).lower()}“ haben: Jeder andere öffnet "
                "einen Weg an den Rollen vorbei. Bitte entfernen."
            )
    for option in MUST_BE_EMPTY:
        if config.get_option(option):
            raise SettingsError(f"Die Einstellung {option} ist hier nicht vorgesehen. Bitte entfernen.")
    listens_outside = not is_loopback(config.get_option("server.address"))
    if listens_outside and not has_providers and address.public is None:
        raise SettingsError(
            "Der Server soll unter einer Adresse laufen, die andere Rechner erreichen, aber es ist keine Anmeldung "
            "eingerichtet. Bitte SIPA_AUTH und SIPA_PUBLIC_URL setzen, oder server.address auf 127.0.0.1 lassen."
        )
    if listens_outside and not address.is_encrypted:
        raise SettingsError(
            "Der Server soll unter einer Adresse laufen, die andere Rechner erreichen, aber es ist kein Proxy genannt, "
            "der TLS abschließt. Bitte SIPA_PUBLIC_URL auf dessen https-Adresse setzen, oder server.address auf "
            "127.0.0.1 lassen."
        )

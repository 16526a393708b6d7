"""Under which address the pages are reached, and who may put them into a frame: settings of the machine, checked."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from sipa_data.errors import SettingsError
from sipa_data.hosts import is_loopback

SHORTEST_SECRET = 32
FEWEST_SIGNS = 10
"""Different characters that a random secret of 32 characters practically always has."""
PLACEHOLDERS = ("beispiel", "change", "default", "example", "geheim", "passwor", "secret")
"""What stands in secrets that somebody left as they found them; a random one practically never has it."""
MOST_ALIKE = 0.3
"""Share of neighbouring characters that lie equally far apart. In a random secret it is a tenth at most."""
HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
ORIGIN = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?")


@dataclass(frozen=True)
class Address:
    """What the environment says about the way in.

    ``public`` : the address that people use, in front of which a proxy ends TLS; None: this machine only.
    ``providers`` : file of the sign-in providers; None: there is no sign-in.
    ``roles`` : file of the roles; None: that of the city.
    ``embedders`` : origins that may put public views into a frame.
    """

    public: str | None = None
    providers: Path | None = None
    roles: Path | None = None
    embedders: tuple[str, ...] = ()
    cookie_secret: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Address":
        """The settings, each on its own.

        Raises
        ------
        SettingsError : an address or an origin that is none; the sentence names the variable
        """
        providers, roles = environment.get("SIPA_AUTH"), environment.get("SIPA_ROLES")
        return cls(
            public=_public(environment.get("SIPA_PUBLIC_URL", "")),
            providers=Path(providers) if providers else None,
            roles=Path(roles) if roles else None,
            embedders=_embedders(environment.get("SIPA_EMBED", "")),
            cookie_secret=environment.get("SIPA_COOKIE_SECRET", ""),
        )

    @property
    def is_encrypted(self) -> bool:
        return self.public is not None and self.public.startswith("https://")

    @property
    def host(self) -> str | None:
        """Name of the public host, without port."""
        return None if self.public is None else urlsplit(self.public).hostname


def check_secret(secret: str) -> None:
    """Whether it can sign cookies.

    Raises
    ------
    SettingsError : it is missing, short, or not random
    """
    fault = (
        "fehlt"
        if not secret
        else "ist zu kurz"
        if len(secret) < SHORTEST_SECRET
        else "ist nicht zufällig"
        if _is_patterned(secret)
        else None
    )
    if fault is not None:
        raise SettingsError(
            f"Das Geheimnis, mit dem Anmeldungen unterschrieben werden, {fault}. Bitte SIPA_COOKIE_SECRET auf "
            f"mindestens {SHORTEST_SECRET} zufällige Zeichen setzen, zum Beispiel aus: {HOW_TO_MAKE_ONE}"
        )


def _is_patterned(secret: str) -> bool:
    """Few characters, a row of the alphabet, the same again and again, or a word that asks to be replaced."""
    steps = Counter(ord(after) - ord(before) for before, after in pairwise(secret))
    repeats = any(secret.startswith(secret[shift:]) for shift in range(1, len(secret) // 2 + 1))
    return (
        len(set(secret)) < FEWEST_SIGNS
        or max(steps.values()) > MOST_ALIKE * len(secret)
        or repeats
        or any(word in secret.lower() for word in PLACEHOLDERS)
    )


def _public(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    whole = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/") and not parts.query
    if not whole or parts.username is not None or parts.fragment:
        raise SettingsError(
            "SIPA_PUBLIC_URL ist keine Adresse ohne Pfad. Bitte so angeben: https://lagebild.example.org"
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise SettingsError(
            "SIPA_PUBLIC_URL beginnt nicht mit https://. Eine öffentliche Adresse braucht davor einen Proxy, der TLS "
            "abschließt; docs/security.md enthält ein Beispiel mit nginx."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _embedders(text: str) -> tuple[str, ...]:
    found = tuple(text.split())
    for one in found:
        if not ORIGIN.fullmatch(one):
            raise SettingsError(
                f"SIPA_EMBED nennt „{one[:60]}“. Bitte nur Adressen ohne Pfad angeben, zum Beispiel "
                "https://www.example.org"
            )
    return found

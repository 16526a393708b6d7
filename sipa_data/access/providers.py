"""Who vouches for people: the OpenID Connect providers that an operator sets up in one file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from sipa_data.catalogue.entry import Entry, Identifier, ShortText
from sipa_data.catalogue.files import Place, read_toml
from sipa_data.catalogue.loader import validated
from sipa_data.errors import SettingsError
from sipa_data.hosts import is_loopback

TABLE = "provider"
SECRET_PREFIX = "SIPA_AUTH_SECRET_"  # noqa: S105 -- the name of a variable, not its value  # nosec B105
DISCOVERY = "/.well-known/openid-configuration"


class ProviderEntry(Entry):
    """One provider.

    ``metadata`` : address of its discovery document.
    ``scope`` : what is asked for; must contain ``openid``.
    ``recheck`` : how it is seen during a session that somebody lost a group. ``userinfo``: the provider is asked every
        few minutes. ``sign_in``: for providers whose userinfo names no groups; people sign in again every hour.
    ``prompt`` : how insistently the provider asks who is there.
    """

    id: Identifier
    title: ShortText
    metadata: ShortText
    client_id: ShortText
    scope: ShortText = "openid profile"
    recheck: Literal["userinfo", "sign_in"] = "userinfo"
    prompt: Literal["select_account", "login", "consent", "none"] = "select_account"


@dataclass(frozen=True)
class Provider:
    """A checked provider. The secret never shows in a message."""

    id: str
    title: str
    metadata: str
    client_id: str
    scope: str
    asks_userinfo: bool
    prompt: str
    secret: str = field(repr=False)


def load_providers(file: Path, environment: Mapping[str, str]) -> dict[str, Provider]:
    """The providers by id, their secrets from the environment.

    Raises
    ------
    CatalogueError : the file is wrong; its sentence names place and fix
    SettingsError : a secret is missing
    """
    found: dict[str, Provider] = {}
    for raw in read_toml(file, (TABLE,))[TABLE]:
        entry = validated(ProviderEntry, raw)
        _check(entry, raw.place, found)
        found[entry.id] = Provider(
            id=entry.id,
            title=entry.title,
            metadata=entry.metadata,
            client_id=entry.client_id,
            scope=entry.scope,
            asks_userinfo=entry.recheck == "userinfo",
            prompt=entry.prompt,
            secret=_secret(entry.id, environment),
        )
    if not found:
        raise Place(file.name).wrong(
            "Die Datei enthält keinen Anbieter", f"Bitte mindestens einen Eintrag mit [[{TABLE}]] anlegen"
        )
    return found


def _check(entry: ProviderEntry, place: Place, before: Mapping[str, Provider]) -> None:
    if entry.id in before:
        raise place.wrong(f"„{entry.id}“ kommt zum zweiten Mal vor", "Bitte eindeutig benennen", "id")
    if "_" in entry.id:
        raise place.wrong("Die Kennung enthält einen Unterstrich", "Bitte einen Bindestrich nehmen", "id")
    parts = urlsplit(entry.metadata)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise place.wrong("Die Adresse ist nicht verschlüsselt", "Bitte mit https:// angeben", "metadata")
    if not parts.path.endswith(DISCOVERY):
        raise place.wrong("Die Adresse ist nicht die der Beschreibung", f"Sie endet auf {DISCOVERY}", "metadata")
    if "openid" not in entry.scope.split():
        raise place.wrong("Es fehlt „openid“", 'Bitte ergänzen, zum Beispiel scope = "openid profile"', "scope")


def _secret(provider: str, environment: Mapping[str, str]) -> str:
    name = SECRET_PREFIX + provider.upper().replace("-", "_")
    secret = environment.get(name, "")
    if not secret:
        raise SettingsError(
            f"Zum Anbieter „{provider}“ fehlt das Geheimnis, das er für diese Anwendung ausgestellt hat. "
            f"Bitte als Umgebungsvariable {name} setzen."
        )
    return secret

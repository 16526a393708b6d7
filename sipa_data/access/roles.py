"""From the groups that a provider names to the roles of this house: ``roles.toml`` of a city."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from sipa_data.access.scope import MOST_OWN_DISTRICTS, Role, Scope
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.entry import Entry, Identifier, ShortText
from sipa_data.catalogue.files import Place, read_toml
from sipa_data.catalogue.loader import validated
from sipa_data.catalogue.messages import meant

TABLE = "role"
USUAL_CLAIM = "groups"
SELF_CHOSEN = frozenset({
    "email", "family_name", "given_name", "locale", "middle_name", "name", "nickname", "picture", "preferred_username",
    "profile", "website", "zoneinfo",
})  # fmt: skip
"""Claims that people can often set for themselves, so they must never decide about a role."""


class RoleEntry(Entry):
    """One entry of ``roles.toml``: who is in one of these groups holds this role.

    ``claim`` : where the provider lists the groups; a path into nested claims is written with dots.
    ``provider`` : only groups of this provider count. Needed where several providers are set up, because two of them
        may use one name for different people.
    ``districts`` : number or usual spelling of the districts of a ``bezirk``.
    ``anonymous`` : for ``lesen`` only: everybody, without signing in.
    """

    role: Literal["vorsitz", "geschaeftsstelle", "analyse", "bezirk", "lesen"]
    groups: tuple[Annotated[str, Field(min_length=1, max_length=256)], ...] = ()
    claim: ShortText = USUAL_CLAIM
    provider: Identifier | None = None
    districts: tuple[ShortText, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True)
class Grant:
    """One checked entry; ``own_districts`` are official numbers."""

    scope: Scope
    groups: frozenset[str]
    claim: str
    provider: str | None


@dataclass(frozen=True)
class Roles:
    """Everything that ``roles.toml`` says. Whoever it does not name has no access."""

    grants: tuple[Grant, ...] = ()
    anonymous: bool = False

    def scopes(self, provider: str, claims: Mapping[str, Any]) -> tuple[Scope, ...]:
        """What somebody with these claims may look as, the widest first; empty: no access."""
        return widest_first(grant.scope for grant in self.grants if _holds(grant, provider, claims))

    def without_provider(self) -> bool:
        """Whether an entry leaves open whose groups it means."""
        return any(grant.provider is None and grant.groups for grant in self.grants)


def widest_first(held: Iterable[Scope]) -> tuple[Scope, ...]:
    """Each role once, in the order of the closed list; the districts of several ``bezirk`` are joined.

    Whoever would know more districts than the hidden counts hold against is no ``bezirk`` at all: to leave some of them
    out would be a choice that nobody made, and to show them all would give the others away.
    """
    found: dict[Role, frozenset[str]] = {}
    for scope in held:
        found[scope.role] = found.get(scope.role, frozenset()) | scope.own_districts
    if len(found.get(Role.district, ())) > MOST_OWN_DISTRICTS:
        del found[Role.district]
    return tuple(Scope.of(role, found[role]) for role in Role if role in found)


def groups_in(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    """The groups that a claim lists: a list of texts, or one text. Anything else names no group."""
    found: Any = claims.get(claim)
    if found is None:
        found = claims
        for step in claim.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return frozenset({found})
    if isinstance(found, Collection) and not isinstance(found, Mapping):
        return frozenset(one for one in found if isinstance(one, str))
    return frozenset()


def load_roles(file: Path, catalogue: Catalogue) -> Roles:
    """Everything that the file says, checked.

    Raises
    ------
    CatalogueError : the first mistake; its sentence names file, place and fix
    """
    raw = read_toml(file, (TABLE,))[TABLE]
    if not raw:
        raise Place(file.name).wrong(
            "Die Datei enthält keinen Eintrag", f"Bitte mindestens einen Eintrag mit [[{TABLE}]] anlegen"
        )
    entries = [(validated(RoleEntry, one), one.place) for one in raw]
    grants = tuple(_checked(entry, place, catalogue) for entry, place in entries)
    return Roles(grants, anonymous=any(entry.anonymous for entry, _ in entries))


def _checked(entry: RoleEntry, place: Place, catalogue: Catalogue) -> Grant:
    role = Role(entry.role)
    if entry.claim in SELF_CHOSEN:
        raise place.wrong(
            f"„{entry.claim}“ können viele selbst ändern",
            "Bitte eine Angabe nehmen, die der Anbieter verwaltet",
            "claim",
        )
    if entry.anonymous and role is not Role.reader:
        raise place.wrong(
            f"Ohne Anmeldung gibt es „{role.value}“ nicht", "Möglich ist das nur bei „lesen“", "anonymous"
        )
    if not entry.groups and not entry.anonymous:
        raise place.wrong("Es ist keine Gruppe genannt", "Bitte mindestens eine Gruppe des Anbieters nennen", "groups")
    if role is Role.district and not entry.districts:
        raise place.wrong("„bezirk“ gilt für keinen Bezirk", "Bitte mindestens einen Bezirk nennen", "districts")
    if role is not Role.district and entry.districts:
        raise place.wrong(f"„{role.value}“ gilt für die ganze Stadt", "Bitte entfernen", "districts")
    districts = frozenset(_number_of(text, place, catalogue) for text in entry.districts)
    if len(districts) > MOST_OWN_DISTRICTS:
        raise place.wrong(
            f"Es sind {len(districts)} Bezirke in einer Hand",
            f"Erlaubt sind höchstens {MOST_OWN_DISTRICTS}: Wer mehr kennt, könnte Verborgenes der anderen ausrechnen",
            "districts",
        )
    return Grant(Scope.of(role, districts), frozenset(entry.groups), entry.claim, entry.provider)


def _number_of(text: str, place: Place, catalogue: Catalogue) -> str:
    found = catalogue.find_district(text)
    if found is None:
        names = [district.name for district in catalogue.districts.values()]
        raise place.wrong(f"Den Bezirk „{text}“ gibt es nicht", meant(text, names), "districts")
    return found


def _holds(grant: Grant, provider: str, claims: Mapping[str, Any]) -> bool:
    if grant.provider is not None and grant.provider != provider:
        return False
    return bool(grant.groups & groups_in(claims, grant.claim))

"""The way in: from whoever knocks to the scopes they may look with, or to the reason why not.

Nothing here knows the screen. Pages hand in what the browser brought and draw what comes out.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from sipa_data.access.address import Address, check_secret
from sipa_data.access.identity import CLOCKS_DIFFER, Identity, identity_in
from sipa_data.access.providers import Provider, load_providers
from sipa_data.access.roles import Roles, load_roles
from sipa_data.access.scope import Role, Scope
from sipa_data.access.session import Over, Session, is_due, why_over
from sipa_data.audit import AuditLog, Event, open_audit
from sipa_data.catalogue import Catalogue
from sipa_data.errors import SettingsError
from sipa_data.sessions import ProviderSilent, SessionRegister, Userinfo, open_register
from sipa_data.settings import Settings

HARMLESS = frozenset({"synthetic", "published"})
"""Markings of deliveries that anybody may see who sits at this machine."""
SELDOM = timedelta(seconds=15)
"""Input is noted this often at most: a write per click would cost more than it is worth."""
ANONYMOUS = "ohne Anmeldung"
DEMONSTRATION = "vorführung"


class Mode(StrEnum):
    """How people come in."""

    demonstration = "Vorführmodus"
    open = "öffentlich"
    signed_in = "Anmeldung"


class Refusal(StrEnum):
    """Why somebody does not come in."""

    sign_in = "nicht angemeldet"
    no_role = "keine Rolle"
    over = "Sitzung beendet"


@dataclass(frozen=True)
class Visitor:
    """Somebody who is in.

    ``scopes`` : what they may look as, the widest first.
    ``claims``, ``token`` : what they came in with, to ask again later.
    """

    scopes: tuple[Scope, ...]
    account: str
    key: str | None = None
    claims: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    token: str | None = field(default=None, repr=False, compare=False)

    @property
    def is_signed_in(self) -> bool:
        return self.key is not None


@dataclass(frozen=True)
class Refused:
    """Somebody who is not in, and why."""

    reason: Refusal
    over: Over | None = None
    account: str = ""
    provider: str | None = None


@dataclass
class Entrance:
    """Decides who comes in. One per process, shared by all sessions."""

    catalogue: Catalogue
    mode: Mode
    address: Address
    providers: Mapping[str, Provider]
    role_file: Path
    log: AuditLog
    register: SessionRegister
    userinfo: Userinfo = field(default_factory=Userinfo)
    _roles: tuple[tuple[int, int], Roles] | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def enter(
        self, user: Mapping[str, Any], now: datetime, *, active: bool, token: str | None = None
    ) -> Visitor | Refused:
        """Who may come in, asked anew at every run of a page.

        Parameters
        ----------
        user : claims of the identity cookie; empty where nobody is signed in
        now : in UTC
        active : whether the person has just done something; a page that renews itself has not
        token : access token to ask the provider with
        """
        if self.mode is Mode.demonstration:
            return Visitor(self.demonstration_scopes(), DEMONSTRATION)
        roles = self.roles()
        identity = identity_in(user, self.providers)
        if identity is None:
            return Visitor((Scope.public(),), ANONYMOUS) if roles.anonymous else Refused(Refusal.sign_in)
        scopes = roles.scopes(identity.provider, user)
        session = self.register.find(identity.key)
        if session is None:
            if now > identity.valid_until + CLOCKS_DIFFER:
                return Refused(Refusal.over, Over.expired, identity.account, identity.provider)
            if not scopes:
                self.log.record(Event.refused, identity.account, subject=Refusal.no_role.value, at=now)
                return Refused(Refusal.no_role, account=identity.account, provider=identity.provider)
            session = self.register.begin(identity, held(scopes), now)
            self.log.record(Event.signed_in, identity.account, role=roles_text(scopes), at=now)
        over = self._why_over(session, identity, scopes, now, token)
        if over is not None:
            self.end(session, over, now)
            return Refused(Refusal.over, over, identity.account, identity.provider)
        if active and now - session.active_at >= SELDOM:
            self.register.mark_active(session.key, now)
        return Visitor(scopes, identity.account, session.key, user, token)

    def goes_on(self, visitor: Visitor, scope: Scope, now: datetime) -> bool:
        """Whether somebody who came in may still look so; asked where a file is made long after a page was drawn."""
        found = self.enter(visitor.claims, now, active=False, token=visitor.token)
        return isinstance(found, Visitor) and scope in found.scopes

    def sign_out(self, user: Mapping[str, Any], now: datetime) -> None:
        """End the session of a sign-in in every window. The identity cookie may live on; it opens nothing any more."""
        identity = identity_in(user, self.providers)
        session = None if identity is None else self.register.find(identity.key)
        if session is not None:
            self.end(session, Over.signed_out, now)

    def end(self, session: Session, over: Over, now: datetime) -> None:
        """Note once that a session is over."""
        if session.over is None:
            self.register.end(session.key, over)
            event = Event.signed_out if over is Over.signed_out else Event.session_ended
            self.log.record(event, session.account, subject=over.value, at=now)

    def roles(self) -> Roles:
        """What roles.toml says now: a role that is taken out of it is gone with the next click.

        Raises
        ------
        CatalogueError : the file has become wrong; until it is mended, nobody comes in
        """
        if not self.role_file.is_file():
            return load_roles(self.role_file, self.catalogue)
        stat = self.role_file.stat()
        version = (stat.st_mtime_ns, stat.st_size)
        with self._lock:
            if self._roles is None or self._roles[0] != version:
                before, self._roles = self._roles, (version, load_roles(self.role_file, self.catalogue))
                if before is not None:
                    self.log.record(Event.roles_changed, "-", subject=self.role_file.name)
            return self._roles[1]

    def demonstration_scopes(self) -> tuple[Scope, ...]:
        """Every role, and ``bezirk`` once for each district."""
        everywhere = (Scope.of(role) for role in Role if role is not Role.district)
        districts = (Scope.of(Role.district, frozenset({one})) for one in self.catalogue.districts)
        return (*everywhere, *districts)

    def unfit_data(self, uploads: Iterable[Mapping[str, Any]]) -> bool:
        """Whether there is anything that must not be shown without a sign-in."""
        return self.mode is not Mode.signed_in and any(
            one["status"] == "published" and one["marking"] not in HARMLESS for one in uploads
        )

    def close(self) -> None:
        self.log.close()
        self.register.close()
        self.userinfo.close()

    def _why_over(
        self, session: Session, identity: Identity, scopes: tuple[Scope, ...], now: datetime, token: str | None
    ) -> Over | None:
        provider = self.providers[identity.provider]
        over = why_over(session, now, asks_userinfo=provider.asks_userinfo)
        if over is not None:
            return over
        if not held(scopes) >= session.held:
            return Over.withdrawn
        if provider.asks_userinfo and is_due(session, now):
            return self._ask_provider(session, identity, provider, now, token)
        return None

    def _ask_provider(
        self, session: Session, identity: Identity, provider: Provider, now: datetime, token: str | None
    ) -> Over | None:
        """Whether the provider still knows the person in the groups of the beginning."""
        if not token:
            return Over.renew
        try:
            claims = self.userinfo.claims(provider, token)
        except ProviderSilent:
            return None  # ``why_over`` ends the session when this goes on
        if claims is None:
            return Over.renew
        if f"{provider.id}:{claims.get('sub')}" != identity.account:
            return Over.withdrawn
        if not held(self.roles().scopes(provider.id, claims)) >= session.held:
            return Over.withdrawn
        self.register.mark_checked(session.key, now)
        return None


def held(scopes: Iterable[Scope]) -> frozenset[str]:
    """Roles and own districts as a set of words, to see whether one was lost."""
    return frozenset(
        word
        for scope in scopes
        for word in (scope.role.value, *(f"{scope.role.value}:{one}" for one in scope.own_districts))
    )


def roles_text(scopes: Iterable[Scope]) -> str:
    return " ".join(sorted(held(scopes)))


def open_entrance(settings: Settings, catalogue: Catalogue, environment: Mapping[str, str] | None = None) -> Entrance:
    """The way in as the environment sets it up.

    Raises
    ------
    SettingsError, CatalogueError, AuditError : with the German sentence that says what to set or mend
    """
    given = os.environ if environment is None else environment
    address = Address.from_environment(given)
    providers = {} if address.providers is None else load_providers(address.providers, given)
    role_file = address.roles or catalogue.folder / "roles.toml"
    mode = _mode(address, providers)
    if mode is not Mode.demonstration:
        roles = load_roles(role_file, catalogue)
        _check(mode, address, providers, roles, role_file)
    log = open_audit(settings.record_folder, settings.log_days)
    register = open_register(settings.record_folder / "sitzungen.sqlite")
    return Entrance(catalogue, mode, address, providers, role_file, log, register)


def _mode(address: Address, providers: Mapping[str, Provider]) -> Mode:
    if providers:
        return Mode.signed_in
    return Mode.demonstration if address.public is None else Mode.open


def _check(mode: Mode, address: Address, providers: Mapping[str, Provider], roles: Roles, role_file: Path) -> None:
    """Whether what was set up separately holds together."""
    if mode is Mode.open:
        if not roles.anonymous:
            raise SettingsError(
                "Es ist eine öffentliche Adresse eingestellt (SIPA_PUBLIC_URL), aber keine Anmeldung. Bitte SIPA_AUTH "
                f"auf die Datei der Anbieter setzen oder in {role_file.name} „lesen“ für alle erlauben "
                "(anonymous = true)."
            )
        return
    check_secret(address.cookie_secret)
    if address.public is None:
        raise SettingsError(
            "Für die Anmeldung fehlt die Adresse, unter der diese Seiten erreichbar sind. Bitte SIPA_PUBLIC_URL "
            "setzen, zum Beispiel auf https://lagebild.example.org"
        )
    unknown = sorted({grant.provider for grant in roles.grants if grant.provider} - set(providers))
    if unknown:
        raise SettingsError(
            f"{role_file.name} nennt den Anbieter „{unknown[0]}“, den die Datei der Anbieter nicht kennt."
        )
    if len(providers) > 1 and roles.without_provider():
        raise SettingsError(
            f"Es sind mehrere Anbieter eingerichtet. Bitte in {role_file.name} zu jeder Rolle sagen, wessen Gruppen "
            "gemeint sind (provider)."
        )

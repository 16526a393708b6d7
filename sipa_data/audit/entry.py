"""What the log holds about one event, and how it is sealed."""

import hashlib
import json
from dataclasses import astuple, dataclass
from datetime import timedelta
from enum import StrEnum


class Chain(StrEnum):
    """Two chains, because they are kept for different times."""

    use = "nutzung"
    deeds = "aenderung"


class Event(StrEnum):
    """The closed list of what is logged."""

    signed_in = "angemeldet"
    signed_out = "abgemeldet"
    session_ended = "sitzung beendet"
    refused = "abgewiesen"
    viewed = "angesehen"
    downloaded = "heruntergeladen"
    role_chosen = "rolle gewechselt"
    uploaded = "hochgeladen"
    released = "freigegeben"
    turned_down = "nicht freigegeben"
    withdrawn = "zurückgezogen"
    purge_asked = "löschung beantragt"
    purged = "endgültig gelöscht"
    roles_changed = "rollen geändert"
    backed_up = "gesichert"
    restored = "wiederhergestellt"
    log_exported = "protokoll ausgegeben"
    retention_set = "frist festgelegt"


DEEDS = frozenset({
    Event.uploaded, Event.released, Event.turned_down, Event.withdrawn, Event.purge_asked, Event.purged,
    Event.roles_changed, Event.backed_up, Event.restored, Event.log_exported, Event.retention_set,
})  # fmt: skip
"""What changes something, or takes everything away at once."""
CHAINS: dict[Chain, timedelta] = {Chain.use: timedelta(days=90), Chain.deeds: timedelta(days=3 * 366)}
"""How long the entries of a chain are kept, unless told otherwise."""
SHORTEST = timedelta(days=7)
"""No setting keeps the use for less."""
BEFORE_THE_FIRST = hashlib.sha256(b"SiPa").hexdigest()
"""What the first entry of a chain is sealed with."""


def chain_of(event: Event) -> Chain:
    return Chain.deeds if event in DEEDS else Chain.use


@dataclass(frozen=True)
class Entry:
    """One event. ``at`` : UTC, ISO 8601. ``account`` : id, never a name. ``subject`` : what it was about."""

    number: int
    at: str
    event: str
    account: str
    role: str
    subject: str
    detail: str

    @property
    def day(self) -> str:
        return self.at[:10]

    def sealed(self, before: str) -> str:
        """Hash over this entry and the hash of the one before it."""
        return hashlib.sha256(json.dumps([before, *astuple(self)], ensure_ascii=False).encode()).hexdigest()

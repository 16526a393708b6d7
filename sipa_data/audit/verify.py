"""Whether the log is what was written: entries recomputed, none missing, every day joined to the one before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sipa_data.audit.entry import BEFORE_THE_FIRST, CHAINS, SHORTEST, Chain, Entry
from sipa_data.audit.log import AuditLog, Segment

Sealed = tuple[Entry, str]


@dataclass(frozen=True)
class Finding:
    """What is wrong. ``number`` : the first entry that does not fit; None: a whole day."""

    chain: Chain
    day: str
    number: int | None
    sentence: str


def verify(log: AuditLog) -> list[Finding]:
    """Everything that does not fit; empty: the log is whole.

    Whoever may write the file can also write a whole new log that fits in itself. Against that helps only a closing
    hash that was noted elsewhere: see ``holds``.
    """
    return [finding for chain in Chain for finding in _verify_chain(log, chain)]


def holds(log: AuditLog, sealed: str) -> bool:
    """Whether a hash that was noted once is still that of an entry, or of the end of a day."""
    return any(
        sealed in {segment.closing for segment in log.segments(chain)}
        or any(sealed == found for _, found in log.entries(chain))
        for chain in Chain
    )


def _verify_chain(log: AuditLog, chain: Chain) -> Iterator[Finding]:
    entries = {entry.number: (entry, sealed) for entry, sealed in log.entries(chain)}
    number, seal = 0, BEFORE_THE_FIRST
    segments = log.segments(chain)
    days = {segment.day for segment in segments}
    kept = _kept_on_day(log, chain)
    for segment in segments:
        day = segment.day
        if (segment.first, segment.opening) != (number + 1, seal):
            yield Finding(chain, day, None, f"Der {day} schließt nicht an: Ein Tag fehlt oder ist neu.")
        if segment.deleted_on is None:
            yield from _verify_day(chain, segment, entries)
        elif date.fromisoformat(segment.deleted_on) - date.fromisoformat(day) < kept(segment.deleted_on):
            yield Finding(chain, day, None, f"Die Einträge vom {day} wurden vor ihrer Zeit gelöscht.")
        elif segment.deleted_on not in days:  # days are let go by the first entry of another day, which stays
            yield Finding(chain, day, None, f"Die Einträge vom {day} wurden nicht vom Protokoll selbst gelöscht.")
        number, seal = segment.last, segment.closing
    for one, (entry, _) in sorted(entries.items()):
        yield Finding(chain, entry.day, one, f"Der Eintrag {one} gehört zu keinem Tag: Er ist eingefügt.")


def _kept_on_day(log: AuditLog, chain: Chain) -> Callable[[str], timedelta]:
    """How long a chain was kept when a day was let go; on the day of a change the shorter of the two."""
    said = log.retentions() if chain is Chain.use else []
    forgotten = any(segment.deleted_on for segment in log.segments(Chain.deeds))
    at_first = SHORTEST if chain is Chain.use and forgotten else CHAINS[chain]

    def kept(day: str) -> timedelta:
        before = [one for since, one in said if since < day]
        return min([before[-1] if before else at_first, *(one for since, one in said if since == day)])

    return kept


def _verify_day(chain: Chain, segment: Segment, entries: dict[int, Sealed]) -> Iterator[Finding]:
    """The entries of one day, taken out of ``entries``; the first that does not fit is enough."""
    day, seal = segment.day, segment.opening
    found = {number: entries.pop(number, None) for number in range(segment.first, segment.last + 1)}
    for number, one in found.items():
        if one is None:
            yield Finding(chain, day, number, f"Der Eintrag {number} fehlt.")
            return
        entry, sealed = one
        if entry.sealed(seal) != sealed or entry.day != day:
            yield Finding(chain, day, number, f"Der Eintrag {number} ist verändert.")
            return
        seal = sealed
    if seal != segment.closing:
        yield Finding(chain, day, None, f"Der {day} endet anders, als er abgeschlossen wurde.")

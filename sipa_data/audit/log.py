"""Writing the log. Several threads and processes may append; what cannot be logged must not happen."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Self

from sipa_data.audit.entry import BEFORE_THE_FIRST, CHAINS, Chain, Entry, Event, chain_of
from sipa_data.errors import AuditError
from sipa_data.sql import statement

ROOM = "audit"
BUSY_SECONDS = 10.0
LONGEST_TEXT = 500
FILE = "protokoll.sqlite"


class Segment(NamedTuple):
    """One day of a chain. ``deleted_on`` : when its entries were let go; the rest stays."""

    day: str
    first: int
    last: int
    opening: str
    closing: str
    deleted_on: str | None


class AuditLog:
    """The log in one file.

    Parameters
    ----------
    file : where it lies
    use_days : how long the use is kept; None: as before
    """

    def __init__(self, file: Path, use_days: int | None = None) -> None:
        self.file = file
        file.touch(mode=0o600)  # what SQLite writes beside it gets the same rights
        self._connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        self._lock = Lock()
        self._connection.execute("pragma journal_mode = wal")
        self._connection.executescript(statement(ROOM, "create"))
        said = self.retentions()
        in_force = said[-1][1] if said else CHAINS[Chain.use]
        wanted = in_force if use_days is None else timedelta(days=use_days)
        self.kept = CHAINS | {Chain.use: wanted}
        if wanted != in_force:
            self.record(Event.retention_set, "-", subject=Chain.use.value, detail=str(wanted.days))

    def record(
        self,
        event: Event,
        account: str,
        *,
        role: str = "",
        subject: str = "",
        detail: str = "",
        at: datetime | None = None,
    ) -> None:
        """Append one event. The first of a day lets go of days whose time is up.

        Raises
        ------
        AuditError : it could not be written; whatever was to be logged must not happen
        """
        chain, now = chain_of(event), (at or datetime.now(UTC)).astimezone(UTC)
        texts = (event.value, account or "-", role, subject, detail)
        try:
            with self._transaction() as connection:
                _append(connection, chain, now, tuple(text[:LONGEST_TEXT] for text in texts), self.kept[chain])
        except sqlite3.Error as fault:
            raise self._cannot_write() from fault

    def expect_writable(self) -> None:
        """Ask before a deed that cannot be taken back with its entry.

        Raises
        ------
        AuditError : an entry could not be written now
        """
        try:
            with self._lock:
                self._connection.execute("begin immediate")
                self._connection.execute("rollback")
        except sqlite3.Error as fault:
            raise self._cannot_write() from fault

    def entries(self, chain: Chain) -> Iterator[tuple[Entry, str]]:
        """Every kept entry of a chain with its hash, in order, as of one moment."""
        with closing(sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True)) as reading:
            for *fields, sealed in reading.execute(statement(ROOM, "entries"), {"chain": chain.value}):
                yield Entry(*fields), sealed

    def retentions(self) -> list[tuple[str, timedelta]]:
        """Every change of how long the use is kept, with its day, the oldest first."""
        return [
            (entry.day, timedelta(days=int(entry.detail)))
            for entry, _ in self.entries(Chain.deeds)
            if entry.event == Event.retention_set and entry.detail.isdigit()
        ]

    def segments(self, chain: Chain) -> list[Segment]:
        """Every day of a chain, the oldest first."""
        with self._lock:
            rows = self._connection.execute(statement(ROOM, "segments"), {"chain": chain.value}).fetchall()
        return [Segment(*row) for row in rows]

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _cannot_write(self) -> AuditError:
        return AuditError(
            f"Das Protokoll {self.file} lässt sich nicht schreiben; ohne Protokoll wird nichts gezeigt und nichts "
            "verändert. Bitte Speicherplatz und Schreibrechte prüfen."
        )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself may have rolled back already
                    self._connection.execute("rollback")
                raise


def _append(
    connection: sqlite3.Connection, chain: Chain, now: datetime, texts: tuple[str, ...], kept: timedelta
) -> None:
    newest = connection.execute(statement(ROOM, "last_segment"), {"chain": chain.value}).fetchone()
    day, number, before = "", 0, BEFORE_THE_FIRST
    if newest is not None:
        segment = Segment(*newest)
        day, number, before = segment.day, segment.last, segment.closing
    at = max(now.isoformat(timespec="milliseconds"), day)  # a clock set back never reopens a day that is closed
    entry = Entry(number + 1, at, *texts)
    sealed = entry.sealed(before)
    new_day = entry.day != day
    connection.execute(
        statement(ROOM, "open_segment" if new_day else "extend_segment"),
        {"chain": chain.value, "day": entry.day, "number": entry.number, "closing": sealed}
        | ({"opening": before} if new_day else {}),
    )
    fields = ("at", "event", "account", "role", "subject", "detail")
    values = {name: getattr(entry, name) for name in fields}
    connection.execute(
        statement(ROOM, "append"), values | {"chain": chain.value, "number": entry.number, "hash": sealed}
    )
    if new_day:
        _let_go(connection, chain, now, kept)


def _let_go(connection: sqlite3.Connection, chain: Chain, now: datetime, kept: timedelta) -> None:
    """Delete the entries of days whose time is up; their closing hashes stay."""
    before, today = (now - kept).date().isoformat(), now.date().isoformat()
    connection.execute(statement(ROOM, "mark_deleted"), {"chain": chain.value, "before": before, "today": today})
    connection.execute(statement(ROOM, "delete_marked"), {"chain": chain.value})


def open_audit(folder: Path, use_days: int | None = None) -> AuditLog:
    """The log in this folder, begun where there is none. ``use_days`` : how long the use is kept; None: as before.

    Raises
    ------
    AuditError : the file cannot be opened or written; the sentence says which
    """
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return AuditLog(file, use_days)
    except (OSError, sqlite3.Error) as fault:
        raise AuditError(
            f"Das Protokoll {file} lässt sich nicht öffnen. "
            "Bitte die Schreibrechte auf den Ordner prüfen (SIPA_RECORDS)."
        ) from fault

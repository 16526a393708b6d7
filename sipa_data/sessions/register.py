"""The register of sign-ins: SQLite, so that windows, processes and restarts agree on what is over."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sipa_data.access.identity import Identity
from sipa_data.access.session import Over, Session
from sipa_data.errors import SettingsError
from sipa_data.sql import statement

ROOM = "sessions"
FORGET_AFTER = timedelta(days=31)
"""Longer than Streamlit's identity cookie lives: one that is over must stay over."""
BUSY_SECONDS = 5.0
SEPARATOR = " "


class SessionRegister:
    """Begins, finds, extends and ends sessions. Threads and processes may share its file."""

    def __init__(self, file: Path) -> None:
        file.touch(mode=0o600)  # what SQLite writes beside it gets the same rights
        self._connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        self._lock = Lock()
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute(statement(ROOM, "create"))

    def begin(self, identity: Identity, held: frozenset[str], now: datetime) -> Session:
        """The session of a sign-in, begun now unless it has begun before."""
        self._write("forget", before=(now - FORGET_AFTER).timestamp())
        self._write(
            "begin",
            key=identity.key,
            account=identity.account,
            began=identity.began.timestamp(),
            active_at=now.timestamp(),
            checked_at=now.timestamp(),
            held=SEPARATOR.join(sorted(held)),
        )
        found = self.find(identity.key)
        if found is None:
            raise SettingsError("Das Verzeichnis der Anmeldungen hat eine Anmeldung nicht aufgenommen.")
        return found

    def find(self, key: str) -> Session | None:
        with self._lock:
            row = self._connection.execute(statement(ROOM, "find"), {"key": key}).fetchone()
        if row is None:
            return None
        key, account, began, active_at, checked_at, held, over = row
        return Session(
            key=key,
            account=account,
            began=datetime.fromtimestamp(began, UTC),
            active_at=datetime.fromtimestamp(active_at, UTC),
            checked_at=datetime.fromtimestamp(checked_at, UTC),
            held=frozenset(held.split(SEPARATOR)),
            over=Over(over) if over else None,
        )

    def mark_active(self, key: str, now: datetime) -> None:
        self._write("mark_active", key=key, now=now.timestamp())

    def mark_checked(self, key: str, now: datetime) -> None:
        self._write("mark_checked", key=key, now=now.timestamp())

    def end(self, key: str, over: Over) -> None:
        self._write("end", key=key, over=over.value)

    def close(self) -> None:
        self._connection.close()

    def _write(self, name: str, **values: Any) -> None:
        with self._lock:
            self._connection.execute(statement(ROOM, name), values)


def open_register(file: Path) -> SessionRegister:
    """The register in this file, created where there is none.

    Raises
    ------
    SettingsError : the file cannot be written; the sentence says which
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return SessionRegister(file)
    except (OSError, sqlite3.Error) as fault:
        raise SettingsError(
            f"Das Verzeichnis der Anmeldungen {file} lässt sich nicht öffnen. "
            "Bitte die Schreibrechte auf diesen Ordner prüfen (SIPA_RECORDS)."
        ) from fault

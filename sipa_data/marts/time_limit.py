"""No query of a visitor runs for ever: whoever takes too long is interrupted and told so in German."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import duckdb

from sipa_data.errors import QueryTooSlow
from sipa_data.german import number

LOOKS_PER_LIMIT = 20
"""How often the watch looks during one limit: a query ends at most a twentieth of it too late."""


class TimeLimit:
    """Interrupts queries that run longer than allowed. One thread watches them all, and sleeps while there are none.

    A timer of its own for every query would start a thread per query, which costs more than most queries do.

    Parameters
    ----------
    seconds : how long one query may run
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._running: dict[int, tuple[float, duckdb.DuckDBPyConnection]] = {}
        self._interrupted: set[int] = set()
        self._numbers = count()
        self._lock = threading.Lock()
        self._busy = threading.Event()
        self._watch: threading.Thread | None = None

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Watch the one query that runs on this cursor inside the block.

        Raises
        ------
        QueryTooSlow : it took too long; the sentence says what to do
        """
        query = self._begin(cursor)
        try:
            yield
        except duckdb.InterruptException as fault:
            if not self._end(query):
                raise
            raise QueryTooSlow(
                f"Die Abfrage wurde nach {number(self.seconds, 0 if self.seconds >= 1 else 1)} Sekunden abgebrochen. "
                "Bitte laden Sie die Seite in einer Minute neu, oder wählen Sie einen kürzeren Zeitraum."
            ) from fault
        finally:
            self._end(query)

    def _begin(self, cursor: duckdb.DuckDBPyConnection) -> int:
        query = next(self._numbers)
        with self._lock:
            self._running[query] = (time.monotonic() + self.seconds, cursor)
            if self._watch is None:
                self._watch = threading.Thread(target=self._look_out, name="sipa-time-limit", daemon=True)
                self._watch.start()
        self._busy.set()
        return query

    def _end(self, query: int) -> bool:
        """Stop watching; gives whether the query was interrupted. Its cursor may be closed from now on."""
        with self._lock:
            self._running.pop(query, None)
            interrupted = query in self._interrupted
            self._interrupted.discard(query)
            if not self._running:
                self._busy.clear()
        return interrupted

    def _look_out(self) -> None:
        while True:
            self._busy.wait()
            time.sleep(self.seconds / LOOKS_PER_LIMIT)
            now = time.monotonic()
            with self._lock:
                for query, (deadline, cursor) in self._running.items():
                    if now >= deadline:
                        self._interrupted.add(query)
                        cursor.interrupt()

"""The lake: open it, read one snapshot of it, change it in whole transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Self, TypeVar

import duckdb
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from sipa_data.errors import LakeConflict, LakeError, NoSuchSnapshot, SipaError, WrongCity
from sipa_data.german import day
from sipa_data.lake import schema
from sipa_data.lake.address import Address
from sipa_data.lake.faults import told_in_german
from sipa_data.lake.instance import flush_memory, open_instance
from sipa_data.lake.reader import LakeReader, LakeTransaction
from sipa_data.lake.schema import LAKE, LAKE_TABLES
from sipa_data.sql import literal, quoted, statement

T = TypeVar("T")

MOST_ATTEMPTS = 12
"""How often a transaction is replayed before we give up; with the waits in ``_persistently``, about half a minute."""


@dataclass(frozen=True)
class LakeSnapshot:
    """One published state. ``at`` is UTC."""

    id: int
    at: datetime
    author: str | None
    message: str | None


class Lake:
    """A DuckLake; attaching makes it if there is none. Threads may share it, and processes its catalogue.

    Raises
    ------
    LakeError : the catalogue cannot be reached
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._aliases = count(1)
        with told_in_german(address):
            for folder in (address.files, address.catalogue_folder):
                if folder is not None:
                    folder.mkdir(parents=True, exist_ok=True)
        self._connection = open_instance(address.extensions)
        try:
            _persistently(self._attach)
            self._complete_tables()
        except SipaError:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the instance. Readers that are still open end with an error."""
        self._connection.close()

    def give_memory_back(self) -> None:
        """After much was read: hand what DuckDB keeps for later back to the system."""
        with self.cursor() as cursor:
            flush_memory(cursor)

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own, for this room and ``release``: one connection used by two threads mixes results."""
        with told_in_german(self.address), self._connection.cursor() as cursor:
            yield cursor

    def expect_city(self, official_key: str, name: str, *, claim: bool = True) -> None:
        """Refuse a lake that belongs to another city: their districts have the same numbers.

        Parameters
        ----------
        official_key, name : of the city whose catalogue is used
        claim : whether a lake that belongs to no city yet becomes this city's

        Raises
        ------
        WrongCity : the lake belongs to another city
        """
        with self.cursor() as cursor:
            row = cursor.execute(statement("lake", "city")).fetchone()
        if row is None:
            if claim:
                self.again(lambda: self._note_city(f"{official_key} {name}"))
        elif row[0].partition(" ")[0] != official_key:
            raise WrongCity(
                f"Der Datenbestand {self.address.shown} gehört zu {row[0].partition(' ')[2]}, der Katalog zu {name}."
                " Wählen Sie die andere Stadt, oder nennen Sie mit SIPA_LAKE einen anderen Datenbestand."
            )

    def _note_city(self, city: str) -> None:
        with self.cursor() as cursor:
            cursor.execute(statement("lake", "set_city"), [city]).fetchall()

    def current_snapshot(self) -> int:
        """Id of the newest snapshot."""
        with self.cursor() as cursor:
            return _newest(cursor)

    def snapshots(self) -> tuple[LakeSnapshot, ...]:
        """Every snapshot that can still be read, oldest first."""
        with self.cursor() as cursor:
            rows = cursor.execute(statement("lake", "snapshots")).fetchall()
        return tuple(LakeSnapshot(*row) for row in rows)

    @contextmanager
    def reader(self, snapshot: int | None = None) -> Iterator[LakeReader]:
        """Read one snapshot, the newest if none is named. Publishing goes on meanwhile; nothing is locked.

        Raises
        ------
        NoSuchSnapshot : it never existed, or was purged; the sentence says which
        """
        wanted = self.current_snapshot() if snapshot is None else snapshot
        published_at = self._time_of(wanted)
        if published_at is None:
            raise self._no_such_snapshot(wanted)
        alias = f"snapshot_{wanted}_{next(self._aliases)}"
        beside = f"beside_{alias}"
        with self.cursor() as cursor:
            cursor.execute(self.address.attach(alias, snapshot=wanted))
            cursor.execute(f"CREATE SCHEMA memory.{quoted(beside)}")
            for view in schema.stand_ins(schema.columns_at(cursor, wanted), alias, beside):
                cursor.execute(view)
        try:
            yield LakeReader(
                wanted,
                published_at,
                self.address,
                connect=lambda: self._looking_at(f"memory.{beside},{alias}.main"),
                gone=lambda: None if self._time_of(wanted) else self._no_such_snapshot(wanted),
            )
        finally:
            with self.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA memory.{quoted(beside)} CASCADE")
                cursor.execute(f"DETACH {quoted(alias)}")

    def transaction(self, work: Callable[[LakeTransaction], T], *, author: str, message: str) -> T:
        """Run ``work`` in one transaction and publish it as one snapshot, or change nothing at all.

        When somebody else published meanwhile, the whole of ``work`` runs again on the new state: what it checked
        may no longer hold. So it must not change anything outside the lake.

        Raises
        ------
        LakeConflict : others were faster, ``MOST_ATTEMPTS`` times
        DiskFull, LakeError : the lake cannot be written
        """
        return _persistently(lambda: self._once(work, author, message))

    def again(self, work: Callable[[], T]) -> T:
        """Run a step of maintenance, and again while somebody else is faster."""
        return _persistently(work)

    def rehearsal(self, work: Callable[[LakeTransaction], T]) -> T:
        """Run ``work`` in one transaction and take all of it back. It may run more than once, as ``transaction``."""
        return _persistently(lambda: self._taken_back(work))

    def tables_ever_filled(self) -> tuple[str, ...]:
        """The tables that any snapshot had rows in. The others are slow to read: DuckLake looks up each column."""
        with self.cursor() as cursor:
            rows = cursor.execute(statement("lake", "tables_ever_filled")).fetchall()
        return tuple(sorted({row[0] for row in rows} & LAKE_TABLES.keys()))

    def checksums(self, snapshot: int | None = None) -> dict[str, str]:
        """What each table holds, whatever the order of its rows and the files they lie in."""
        found = dict.fromkeys(LAKE_TABLES, "0:0")
        filled = self.tables_ever_filled()
        if filled:
            with self.reader(snapshot) as reader:
                each = (statement("lake", "checksum", table=table) for table in filled)
                sums = reader.read(" union all ".join(each), filled)
            found |= {row["table_name"]: f"{row['row_count']}:{row['fingerprint']}" for row in sums.to_pylist()}
        return found

    def _attach(self) -> None:
        with self.cursor() as cursor:
            cursor.execute(self.address.attach(LAKE))

    def _complete_tables(self) -> None:
        with self.cursor() as cursor:
            if not schema.missing_in(schema.columns_at(cursor, _newest(cursor))):
                return
        self.transaction(
            lambda begun: schema.complete(begun.cursor, begun.before), author="SiPa", message="Tabellen angelegt"
        )

    def _taken_back(self, work: Callable[[LakeTransaction], T]) -> T:
        with self._begun() as begun:
            return work(begun)

    def _once(self, work: Callable[[LakeTransaction], T], author: str, message: str) -> T:
        with self._begun() as begun:
            result = work(begun)
            with told_in_german(self.address):
                begun.cursor.execute("CALL ducklake_set_commit_message('lake', ?, ?)", [author, message]).fetchall()
                begun.cursor.commit()
            return result

    @contextmanager
    def _begun(self) -> Iterator[LakeTransaction]:
        """A transaction on a cursor of its own, rolled back unless it was committed inside."""
        with self._looking_at(f"{LAKE}.main") as cursor:
            with told_in_german(self.address):
                cursor.begin()
                before = _newest(cursor)
            try:
                yield LakeTransaction(before, self.address, cursor)
            finally:
                # After a commit, also a failed one, DuckDB knows no transaction any more, and that is what we want. A
                # catalogue that is gone cannot be told to roll back, and has done it; what was raised says so.
                with suppress(duckdb.Error):
                    cursor.rollback()

    def _looking_at(self, search_path: str) -> duckdb.DuckDBPyConnection:
        with told_in_german(self.address):
            cursor = self._connection.cursor()
            # this looks into the catalogue, which may be gone or full
            cursor.execute(f"SET search_path = {literal(search_path)}")
        return cursor

    def _time_of(self, snapshot: int) -> datetime | None:
        with self.cursor() as cursor:
            row = cursor.execute(statement("lake", "snapshot_time"), [snapshot]).fetchone()
        return row[0] if row else None

    def _no_such_snapshot(self, snapshot: int) -> NoSuchSnapshot:
        with self.cursor() as cursor:
            row = cursor.execute(statement("lake", "purge_of"), [snapshot]).fetchone()
        if row and row[0]:
            return NoSuchSnapshot(
                f"Daten gelöscht am {day(row[0])}: Den Datenstand {snapshot} gibt es deshalb nicht mehr. Öffnen Sie den"
                " aktuellen Datenstand."
            )
        return NoSuchSnapshot(f"Einen Datenstand {snapshot} gibt es nicht. Der neueste ist {self.current_snapshot()}.")


def _newest(cursor: duckdb.DuckDBPyConnection) -> int:
    row = cursor.execute(statement("lake", "current_snapshot")).fetchone()
    if row is None or row[0] is None:
        raise LakeError("Der Katalog enthält keinen Datenstand. Stellen Sie eine Sicherung wieder her.")
    return int(row[0])


def _persistently(work: Callable[[], T]) -> T:
    """Run ``work`` again while somebody else is faster."""
    for attempt in Retrying(
        retry=retry_if_exception_type(LakeConflict),
        stop=stop_after_attempt(MOST_ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.05, max=5),
        reraise=True,
    ):
        with attempt:
            result = work()
    return result

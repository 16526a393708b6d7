"""What a reader and a writer of the lake can do."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from sipa_data.errors import LakeError, NoSuchSnapshot
from sipa_data.lake.address import Address
from sipa_data.lake.faults import remove_half_written, told_in_german

Parameters = Sequence[Any] | dict[str, Any]


class LakeReader:
    """One snapshot, however the lake moves on. Safe to share between threads: each read has its own cursor.

    Parameters
    ----------
    snapshot : the snapshot all reads see
    published_at : when it was published, UTC; None inside a transaction
    connect : gives a fresh cursor whose search path leads to that snapshot
    gone : the error to raise if the snapshot was purged meanwhile, else None
    """

    def __init__(
        self,
        snapshot: int,
        published_at: datetime | None,
        address: Address,
        connect: Callable[[], duckdb.DuckDBPyConnection],
        gone: Callable[[], NoSuchSnapshot | None],
    ) -> None:
        self.snapshot = snapshot
        self.published_at = published_at
        self._address = address
        self._connect = connect
        self._gone = gone

    def read(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """Run one SELECT and bring the whole result, so that nothing stays open behind it.

        Raises
        ------
        NoSuchSnapshot : the snapshot was purged while it was being read
        LakeError : the lake cannot be read
        """
        try:
            with told_in_german(self._address), self._connect() as cursor:
                result = cursor.execute(sql, parameters).to_arrow_table()
        except LakeError as error:
            if gone := self._gone():
                raise gone from error
            raise
        # A purge beside us may have taken rows away between two looks into the catalogue. Better no answer than a hole.
        if gone := self._gone():
            raise gone
        return result


class LakeTransaction(LakeReader):
    """The lake inside one transaction: reads see what was written before. For one thread.

    ``before`` is the snapshot it started from; ``snapshot`` the one it becomes when it is committed.
    """

    def __init__(self, before: int, address: Address, cursor: duckdb.DuckDBPyConnection) -> None:
        super().__init__(before + 1, None, address, connect=lambda: cursor, gone=lambda: None)
        self.before = before
        self.cursor = cursor

    def read(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """Run one SELECT inside the transaction and bring the whole result."""
        with told_in_german(self._address):
            return self.cursor.execute(sql, parameters).to_arrow_table()

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        """Run one statement that changes the lake."""
        with told_in_german(self._address):
            try:
                self.cursor.execute(sql, parameters).fetchall()
            except duckdb.IOException as error:
                remove_half_written(error, self._address)
                raise

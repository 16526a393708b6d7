"""The mart: one snapshot of the lake, rolled up in memory, and the pattern of cells that may not be shown.

It is a DuckDB instance of its own without extensions, locked: it reads no file and no other database. Every query
takes its own cursor, because one connection used by several threads mixes results.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import duckdb
import pyarrow as pa

from sipa_data.catalogue import Catalogue
from sipa_data.marts.coverage import Coverage
from sipa_data.marts.pattern import hidden_cells
from sipa_data.marts.series import Cell
from sipa_data.periods import Period
from sipa_data.snapshot import Snapshot
from sipa_data.sql import quoted, statement

SQL = "marts.sql"
LOADED = (
    "incidents",
    "population",
    "population_groups",
    "survey_answers",
)
COPIED = (
    "survey_waves",
    "survey_results",
    "person_counts",
    "published_rates",
    "register_values",
    "denominators",
    "projects",
    "project_results",
    "observations_on_site",
    "targets",
    "decisions",
    "uploads",
)
LOCK = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)


class SnapshotReader(Protocol):
    """What the mart needs of the lake: one consistent snapshot to read from."""

    @property
    def snapshot(self) -> int: ...

    @property
    def published_at(self) -> datetime | None: ...

    def read(self, sql: str) -> pa.Table: ...


@dataclass(frozen=True, eq=False)
class Mart:
    """One snapshot, ready to be asked. Only ``answers`` talks to it."""

    catalogue: Catalogue
    snapshot: Snapshot
    coverage: Coverage
    hidden: frozenset[Cell]
    connection: duckdb.DuckDBPyConnection

    def query(self, name: str, **values: object) -> pa.Table:
        """Result of the SQL file ``ask_<name>.sql`` with its values bound."""
        cursor = self.connection.cursor()
        try:
            return cursor.execute(statement(SQL, f"ask_{name}"), values or None).to_arrow_table()
        finally:
            cursor.close()

    def rows(self, name: str, **values: object) -> list[dict[str, object]]:
        """The same as a list of rows, for small results."""
        return self.query(name, **values).to_pylist()  # type: ignore[no-any-return]

    def close(self) -> None:
        self.connection.close()


def build_mart(reader: SnapshotReader, catalogue: Catalogue) -> Mart:
    """Roll one snapshot up. Takes seconds for 100 million incidents; nothing of it depends on who will ask."""
    connection = duckdb.connect(":memory:", config={"temp_directory": ""})
    for setting in LOCK:
        connection.execute(setting)
    for table in LOADED:
        _fill(connection, table, reader.read(statement(SQL, f"load_{table}")))
    for table in COPIED:
        _fill(connection, table, reader.read(f"from {quoted(table)}"))
    coverage = _coverage(connection)
    mart = Mart(catalogue, _snapshot(reader, connection), coverage, frozenset(), connection)
    hidden = hidden_cells(catalogue, coverage, mart.query)
    return Mart(catalogue, mart.snapshot, coverage, hidden, connection)


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f"create table {quoted(table)} as from incoming")
    connection.unregister("incoming")


def _coverage(connection: duckdb.DuckDBPyConnection) -> Coverage:
    def fetch(name: str) -> Iterable[tuple[object, ...]]:
        return connection.execute(statement(SQL, name)).fetchall()

    def period(start: object, end: object) -> Period:
        if not (isinstance(start, date) and isinstance(end, date)):
            raise TypeError(f"the mart gave {start!r} and {end!r} where days were expected")
        return Period(start, end)

    delivered = ((str(row[0]), period(row[1], row[2]), bool(row[3])) for row in fetch("ask_covered_periods"))
    keys = ((str(row[0]), str(row[1]), period(row[2], row[3])) for row in fetch("ask_collected_keys"))
    return Coverage.of(delivered, keys)


def _snapshot(reader: SnapshotReader, connection: duckdb.DuckDBPyConnection) -> Snapshot:
    uploads = connection.execute("select marking, profile from uploads where status = 'published'").fetchall()
    return Snapshot(
        id=reader.snapshot,
        published_at=reader.published_at,
        synthetic=any(marking == "synthetic" for marking, _ in uploads),
        sources=tuple(sorted({profile for _, profile in uploads})),
    )

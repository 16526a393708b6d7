"""A mart from facts written in the test: no file, no lake, every number in sight."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.marts import Mart, build_mart
from sipa_data.tables import TABLES, UPLOADS

MUSTERSTADT = Path(__file__).parent / "musterstadt"


def musterstadt() -> Catalogue:
    return load_catalogue(MUSTERSTADT)


def rows_of(spec: str) -> list[dict[str, object]]:
    """The rows of a spec table; an empty cell is no value."""
    lines = "\n".join(line.strip() for line in spec.strip().splitlines())
    rows = csv.DictReader(io.StringIO(lines), delimiter="|")
    return [{key.strip(): value.strip() or None for key, value in row.items()} for row in rows]


class Facts:
    """A snapshot made of rows. ``add`` takes a spec table: a head row and lines, columns separated by ``|``."""

    def __init__(self, snapshot: int = 1) -> None:
        self.snapshot = snapshot
        self.published_at = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
        self._connection = duckdb.connect()
        for table in (*TABLES.values(), UPLOADS):
            empty = table.schema.append(pa.field("upload_id", pa.string())) if table is not UPLOADS else table.schema
            self._connection.register("empty", empty.empty_table())
            self._connection.execute(f"create table {table.name} as from empty")
            self._connection.unregister("empty")

    def add(self, table: str, spec: str, **constants: object) -> "Facts":
        """Add rows: ``spec`` holds the columns that differ, ``constants`` those that are the same everywhere."""
        cleaned = [row | constants for row in rows_of(spec)]
        self._insert(table, cleaned)
        return self

    def yearly(self, spec: str, source: str = "pks") -> "Facts":
        """Add incident counts of whole years: ``year | district_id | offence_key | cases`` and what else is counted."""
        for row in rows_of(spec):
            year = row.pop("year")
            days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
            self._insert("incident_counts", [row | days | {"source": source}])
        return self

    def _insert(self, table: str, rows: list[dict[str, object]]) -> None:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        self._connection.register("incoming", pa.table(columns))
        self._connection.execute(f"insert into {table} ({', '.join(columns)}) from incoming")
        self._connection.unregister("incoming")

    def read(self, sql: str) -> pa.Table:
        return self._connection.cursor().execute(sql).to_arrow_table()

    def mart(self, catalogue: Catalogue | None = None) -> Mart:
        return build_mart(self, catalogue or musterstadt())

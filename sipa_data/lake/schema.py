"""The tables of the lake: made at the first open, and completed when a newer version knows more."""

import duckdb

from sipa_data.sql import quoted, statement
from sipa_data.tables import PURGES, SQL_TYPES, TABLES, UPLOADS, Column, Table

LAKE = "lake"
"""Alias under which the lake is attached."""
OWN_CATALOGUE = "__ducklake_metadata_lake"
"""Under this alias DuckLake keeps its own catalogue attached."""
UPLOAD_ID = Column("upload_id", "text", optional=False, meaning="id of the upload the row came with")
PARTITIONED_BY_YEAR = ("incident_events", "incident_counts")

_WITH_UPLOAD = {
    name: Table(name, table.grain, (*table.columns, UPLOAD_ID), table.slice_by, table.period_column)
    for name, table in TABLES.items()
}
LAKE_TABLES: dict[str, Table] = {**_WITH_UPLOAD, UPLOADS.name: UPLOADS, PURGES.name: PURGES}
"""Every table as the lake keeps it."""

Columns = dict[str, tuple[str, ...]]


def columns_at(cursor: duckdb.DuckDBPyConnection, snapshot: int) -> Columns:
    """Names of the columns of each table that a snapshot has."""
    found: dict[str, list[str]] = {}
    for table, column in cursor.execute(statement("lake", "columns_at"), {"snapshot": snapshot}).fetchall():
        found.setdefault(table, []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def missing_in(found: Columns) -> list[Table]:
    """The tables that are not there, or lack a column."""
    return [
        table for table in LAKE_TABLES.values() if not {c.name for c in table.columns} <= set(found.get(table.name, ()))
    ]


def complete(cursor: duckdb.DuckDBPyConnection, snapshot: int) -> None:
    """Make what the newest snapshot lacks. Inside a transaction, so that two first openers cannot both succeed."""
    found = columns_at(cursor, snapshot)
    for table in missing_in(found):
        name = f"{LAKE}.{quoted(table.name)}"
        if table.name not in found:
            columns = ", ".join(
                f"{quoted(c.name)} {SQL_TYPES[c.type]}{'' if c.optional else ' NOT NULL'}" for c in table.columns
            )
            cursor.execute(f"CREATE TABLE {name} ({columns})")
            if table.name in PARTITIONED_BY_YEAR and table.period_column:
                cursor.execute(f"ALTER TABLE {name} SET PARTITIONED BY (year({quoted(table.period_column)}))")
            continue
        for column in table.columns:
            if column.name not in found[table.name]:
                cursor.execute(f"ALTER TABLE {name} ADD COLUMN {quoted(column.name)} {SQL_TYPES[column.type]}")


def stand_ins(found: Columns, alias: str, schema: str) -> list[str]:
    """Views for what an older snapshot does not have yet: an empty table, an empty column."""
    made = []
    for table in missing_in(found):
        there = found.get(table.name, ())
        columns = ", ".join(
            quoted(c.name) if c.name in there else f"cast(null as {SQL_TYPES[c.type]}) as {quoted(c.name)}"
            for c in table.columns
        )
        source = f" from {quoted(alias)}.{quoted(table.name)}" if there else " where false"
        made.append(f"CREATE VIEW memory.{quoted(schema)}.{quoted(table.name)} AS SELECT {columns}{source}")
    return made

"""Truly deleting what a purge has marked: old snapshots, files, and every trace in the catalogue.

DuckLake's own clean-up leaves traces (measured with 1.5.5): rows that are inlined in the catalogue stay after
their snapshots have expired, smallest and largest values of a column stay in the table's statistics, and both
databases keep deleted rows on free pages until they are vacuumed.
"""

import secrets
from collections.abc import Sequence

import duckdb

from sipa_data.errors import LakeConflict
from sipa_data.lake import sqlite_process
from sipa_data.lake.lake import Lake
from sipa_data.lake.schema import LAKE_TABLES, OWN_CATALOGUE
from sipa_data.sql import literal, quoted, statement
from sipa_data.tables import SQL_TYPES, ColumnType

VACUUMED = "catalogue_to_vacuum"
"""Alias under which a PostgreSQL catalogue is attached for vacuuming."""
LOCK_TIMEOUT = 2000
"""Milliseconds; the step is tried again."""


def announce_purge(lake: Lake) -> None:
    """Note in the catalogue that a purge has begun, so that the next opener finishes it if we are cut off."""
    lake.again(lambda: _run(lake, statement("lake", "announce_purge"), [secrets.token_hex(8)]))


def finish_purges(lake: Lake) -> None:
    """Delete the snapshots that purges have named, their files and their traces. Safe to repeat.

    Raises
    ------
    LakeConflict : the last traces, in free pages of the catalogue, could not be removed because others read it on
        and on. Rows, snapshots and files are gone. The next opener goes on.
    """
    announced = _announced(lake)
    lake.again(lambda: _expire(lake))
    lake.again(lambda: _run(lake, "CALL ducklake_cleanup_old_files('lake', cleanup_all => true)"))
    lake.again(lambda: _remove_traces(lake))
    try:
        lake.again(lambda: _vacuum(lake))
    except LakeConflict as error:
        raise LakeConflict(
            "Die Lieferung ist gelöscht. In freien Bereichen des Katalogs können noch Reste stehen, denn er wird gerade"
            " gelesen. Das nächste Öffnen räumt sie weg; „python -m sipa_data check“ sagt, ob noch etwas zu tun ist."
        ) from error
    lake.again(lambda: _run(lake, statement("lake", "purge_done"), [announced]))


def is_unfinished(lake: Lake) -> bool:
    """Whether a purge was announced and not finished."""
    return bool(_announced(lake))


def _announced(lake: Lake) -> list[str]:
    with lake.cursor() as cursor:
        return [row[0] for row in cursor.execute(statement("lake", "announced_purges")).fetchall()]


def _run(lake: Lake, sql: str, parameters: Sequence[object] = ()) -> None:
    with lake.cursor() as cursor:
        cursor.execute(sql, parameters).fetchall()


def _expire(lake: Lake) -> None:
    with lake.cursor() as cursor:
        named = [row[0] for row in cursor.execute(statement("lake", "snapshots_to_purge")).fetchall()]
        if named:
            cursor.execute("CALL ducklake_expire_snapshots('lake', versions => ?)", [named]).fetchall()


def _remove_traces(lake: Lake) -> None:
    with lake.cursor() as cursor:
        cursor.begin()
        try:
            inlined = _remove_inlined_rows(cursor)
            for table_id, column_id, table, column in cursor.execute(
                statement("lake", "columns_with_statistics")
            ).fetchall():
                kind = (
                    {c.name: c.type for c in LAKE_TABLES[table].columns}.get(column) if table in LAKE_TABLES else None
                )
                if kind:
                    _renew_statistics(cursor, table_id, column_id, column, kind, inlined.get(table_id, []))
            cursor.commit()
        except duckdb.Error:
            cursor.rollback()
            raise


def _remove_inlined_rows(cursor: duckdb.DuckDBPyConnection) -> dict[int, list[str]]:
    """Delete inlined rows that no snapshot shows any more. Gives the tables that hold inlined rows."""
    found: dict[int, list[str]] = {}
    for table_id, name in cursor.execute(statement("lake", "inlined_tables")).fetchall():
        cursor.execute(statement("lake", "remove_inlined_rows", inlined=name))
        found.setdefault(table_id, []).append(name)
    return found


def _renew_statistics(
    cursor: duckdb.DuckDBPyConnection, table_id: int, column_id: int, column: str, kind: ColumnType, inlined: list[str]
) -> None:
    """Set smallest and largest value from what is still there.

    They must be exact: DuckLake answers min() and max() from them, and takes an empty bound for „no value yet“.
    """
    parts = [statement("lake", "bounds_of_files")]
    for name in inlined:
        columns = {row[0]: row[1] for row in cursor.execute(f"DESCRIBE {OWN_CATALOGUE}.{quoted(name)}").fetchall()}
        if column in columns:
            value = f"decode({quoted(column)})" if columns[column] == "BLOB" else quoted(column)
            parts.append(f"SELECT {value}::VARCHAR AS bound FROM {OWN_CATALOGUE}.{quoted(name)}")  # noqa: S608 -- DuckLake's own names
    typed = f"bound::{SQL_TYPES[kind]}"
    found = cursor.execute(
        f"SELECT min({typed})::VARCHAR, max({typed})::VARCHAR FROM ({' UNION ALL '.join(parts)})",  # noqa: S608 -- as above
        {"table_id": table_id, "column_id": column_id},
    ).fetchone()
    smallest, largest = found or (None, None)
    cursor.execute(statement("lake", "set_bounds"), [smallest, largest, table_id, column_id])


def _vacuum(lake: Lake) -> None:
    """Rewrite what held content. Waits for readers, but not for long: others would have to wait behind us."""
    if not lake.address.on_postgres:
        sqlite_process.vacuum(lake.address)
        return
    with lake.cursor() as cursor:
        cursor.execute(lake.address.attach_catalogue(VACUUMED, lock_timeout=LOCK_TIMEOUT))
        try:
            tables = [quoted(row[0]) for row in cursor.execute(statement("lake", "tables_with_content")).fetchall()]
            # PostgreSQL also keeps samples of values for its planner: ANALYZE draws them anew from what is left.
            for table in (*tables, "pg_catalog.pg_statistic"):
                vacuum = literal(f"VACUUM (FULL, ANALYZE) {table}")
                cursor.execute(f"CALL postgres_execute('{VACUUMED}', {vacuum}, use_transaction => false)").fetchall()
        finally:
            cursor.execute(f"DETACH {VACUUMED}")

"""Truly deleting what a purge has marked: old snapshots, files, and every trace in the catalogue.

DuckLake's own clean-up leaves traces (measured with 1.5.5): rows that are inlined in the catalogue stay after
their snapshots have expired, smallest and largest values of a column stay in the table's statistics, and both
databases keep deleted rows on free pages until they are vacuumed.
"""

import secrets
from collections.abc import Sequence

import duckdb

from sipa_data.errors import LakeConflict, LakeError
from sipa_data.lake import sqlite_process, traces
from sipa_data.lake.lake import Lake
from sipa_data.sql import literal, quoted, statement

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
    LakeError : the lake could not be written. No snapshot shows the rows any more. The next opener goes on.
    """
    try:
        announced = _announced(lake)
        lake.again(lambda: _expire(lake))
        lake.again(lambda: _run(lake, "CALL ducklake_cleanup_old_files('lake', cleanup_all => true)"))
        lake.again(lambda: _remove_traces(lake))
        lake.again(lambda: _vacuum(lake))
        lake.again(lambda: _run(lake, statement("lake", "purge_done"), [announced]))
    except LakeError as error:
        why = (
            "In freien Bereichen des Katalogs können noch Reste stehen, denn er wird gerade gelesen."
            if isinstance(error, LakeConflict)
            else "Noch nicht weggeräumt sind ihre Spuren auf der Platte: Prüfen Sie Speicherplatz, Schreibrechte und"
            " Katalog."
        )
        raise type(error)(
            f"Die Lieferung ist gelöscht. {why} Das nächste Öffnen räumt auf;"
            " „python -m sipa_data check“ sagt, ob noch etwas zu tun ist."
        ) from error


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
            traces.remove(cursor)
            cursor.commit()
        except duckdb.Error:
            cursor.rollback()
            raise


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

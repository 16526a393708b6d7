"""The catalogue as Parquet files, and back: one way for SQLite and PostgreSQL."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sipa_data.errors import BackupError
from sipa_data.lake import sqlite_process
from sipa_data.lake.address import Address
from sipa_data.lake.faults import told_in_german
from sipa_data.lake.instance import open_instance
from sipa_data.lake.lake import Lake
from sipa_data.lake.maintenance import DataFile, files_named_by
from sipa_data.lake.schema import LAKE
from sipa_data.sql import literal, quoted, statement

COPY = "catalogue_copy"
"""Alias under which the bare database of the catalogue is attached."""


def export_catalogue(lake: Lake, folder: Path) -> tuple[int, tuple[DataFile, ...]]:
    """Write each table of the catalogue into a Parquet file, all from one instant.

    PostgreSQL shows one instant for as long as a transaction lasts. DuckDB's SQLite scanner does not (measured with
    1.5.5: it opens a connection per scan), so an SQLite catalogue is copied first.

    Gives the newest snapshot of that instant and the files that the copied catalogue names.
    """
    with TemporaryDirectory(prefix="sipa-") as temporary:
        source = lake.address
        if not source.on_postgres:
            source = replace(source, catalogue=str(Path(temporary) / "catalogue.sqlite"))
            lake.again(lambda: sqlite_process.copy(lake.address, Path(source.catalogue)))
        with told_in_german(source), open_instance(source.extensions) as connection:
            connection.execute(source.attach_catalogue(COPY, read_only=True))
            connection.begin()
            for table in _tables(connection):
                connection.execute(f"COPY {COPY}.{quoted(table)} TO {literal(str(folder / table))} (FORMAT parquet)")
            row = connection.execute(statement("lake", "newest_copied")).fetchone()
            files = files_named_by(connection, COPY)
    return int(row[0]) if row else 0, files


def import_catalogue(address: Address, folder: Path) -> None:
    """Fill an empty catalogue, in one transaction.

    Raises
    ------
    BackupError : the copy comes from a version whose catalogue has other columns
    """
    with told_in_german(address), open_instance(address.extensions) as connection:
        connection.execute(address.attach_catalogue(COPY))
        connection.begin()
        existing = set(_tables(connection))
        for file in sorted(folder.iterdir()):
            table = f"{COPY}.{quoted(file.name)}"
            if file.name in existing:
                connection.execute(f"TRUNCATE {table}").fetchall()
                connection.execute(f"INSERT INTO {table} BY NAME FROM read_parquet(?)", [str(file)]).fetchall()
            else:
                connection.execute(f"CREATE TABLE {table} AS FROM read_parquet(?)", [str(file)]).fetchall()
        connection.execute(statement("lake", "set_data_path"), [f"{address.files}/"]).fetchall()
        connection.commit()


def expect_empty(address: Address) -> str:
    """Make the catalogue if there is none, and refuse one that has content. Gives the version of its format.

    Raises
    ------
    BackupError : the catalogue has content
    """
    with told_in_german(address), open_instance(address.extensions) as connection:
        for place in (address.files, address.catalogue_folder):
            if place is not None:
                place.mkdir(parents=True, exist_ok=True)
        connection.execute(address.attach(LAKE))
        row = connection.execute(statement("lake", "current_snapshot")).fetchone()
        version = format_of(connection)
    if row is None or row[0] != 0:
        raise BackupError(
            f"Der Katalog {address.shown} enthält schon einen Datenbestand. Wiederhergestellt wird nur in einen"
            " leeren. Nennen Sie mit SIPA_LAKE und SIPA_LAKE_FILES einen anderen Ort."
        )
    return version


def format_of(cursor: duckdb.DuckDBPyConnection) -> str:
    """Version of the format in which DuckLake writes its catalogue."""
    row = cursor.execute(statement("lake", "format")).fetchone()
    return str(row[0]) if row else ""


def _tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in cursor.execute(statement("lake", "tables_of_copy")).fetchall()]

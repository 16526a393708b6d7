"""Where a file is worked on: a private folder and a database of its own that may see nothing else."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from sipa_data.errors import DiskFull, SipaError, UnreadableFile
from sipa_data.sql import quoted

BEGUN = "sipa-intake-"
LEFT_BEHIND_AFTER = timedelta(days=1)
"""Younger folders may belong to somebody who is checking a file at this moment."""
MEMORY = "600MB"  # what exceeds it goes to the private folder; a delivery never needs to fit into memory
ROWS_PER_BATCH = 20_000
ROWS_OF_FEW_BYTES = 61_440  # smaller groups take more time and pile up in memory before they are written
FEW_COLUMNS = 16
FEW_BYTES = 400  # of a row; longer rows of that many would not fit beside each other
MANY_COLUMNS = 40  # beyond it the database would hold too much of a file at once
ROWS_OF_MANY_COLUMNS = 2048


class Workbench:
    """A private folder and an in-memory DuckDB without extensions that reads and writes only there.

    Leaving it closes the database and removes everything but ``folder / "tables"``; leaving it with an
    error removes that, too.

    Parameters
    ----------
    keeps : whether anything is to be handed over; a mere look leaves nothing behind
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self._keeps = keeps
        self.folder = Path(tempfile.mkdtemp(prefix=BEGUN))
        self.tables = self.folder / "tables"
        self._files = self.folder / "work"
        self._numbers = 0
        self._longest = 0.0
        try:
            self.tables.mkdir()
            self._files.mkdir()
            self.connection = self._connect()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _connect(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(
            ":memory:",
            config={
                "threads": 2,
                "memory_limit": MEMORY,
                "enable_external_file_cache": False,  # it would fill the memory with what is staged already
                "temp_directory": str(self._files / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "allow_community_extensions": False,
            },
        )
        connection.execute("set allowed_directories = [$folder::varchar]", {"folder": str(self.folder)})
        connection.execute("set enable_external_access = false")
        connection.execute("set enable_progress_bar = false")  # it would print over the caller's own
        connection.execute("set lock_configuration = true")
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        shutil.rmtree(self._files if error is None and self._keeps else self.folder, ignore_errors=True)

    def file(self, name: str) -> Path:
        """A new place in the private folder, gone when the work is done."""
        self._numbers += 1
        return self._files / f"{self._numbers:03d}-{name}"

    def expect(self, bytes_of_a_row: float) -> None:
        """Say how long the rows of a file are on average; of several files, the longest rows count."""
        self._longest = max(self._longest, bytes_of_a_row)

    def stage(self, relation: duckdb.DuckDBPyRelation, name: str) -> duckdb.DuckDBPyRelation:
        """Write a relation to disk and go on from there, so that each step needs little memory."""
        path = self.file(f"{name}.parquet")
        self._write(relation, path)
        return self.connection.read_parquet(str(path))

    def stage_numbered(self, relation: duckdb.DuckDBPyRelation, name: str) -> duckdb.DuckDBPyRelation:
        """As ``stage``, with the number of each row beside it as ``row``: its place in the file needs no counting."""
        path = self.file(f"{name}.parquet")
        self._write(relation, path)
        placed = self.connection.read_parquet(str(path), file_row_number=True)
        return placed.project(", ".join(["file_row_number + 1 as row", *map(quoted, relation.columns)]))

    def keep(self, relation: duckdb.DuckDBPyRelation, table: str) -> Path:
        """Write what is handed over: it stays when the work is done."""
        path = self.tables / f"{table}.parquet"
        self._write(relation, path)
        return path

    def _write(self, relation: duckdb.DuckDBPyRelation, path: Path) -> None:
        if len(relation.columns) <= MANY_COLUMNS:
            short = len(relation.columns) <= FEW_COLUMNS and 0 < self._longest <= FEW_BYTES
            relation.write_parquet(str(path), row_group_size=ROWS_OF_FEW_BYTES if short else ROWS_PER_BATCH)
        else:
            _stream(relation, path)

    def table(self, rows: pa.Table, name: str) -> duckdb.DuckDBPyRelation:
        """A small table made in Python, for joining."""
        path = self.file(f"{name}.parquet")
        pq.write_table(rows, path)
        return self.connection.read_parquet(str(path))


def _stream(relation: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write a relation of hundreds of columns (a survey) a few rows at a time."""
    batches = relation.to_arrow_reader(ROWS_OF_MANY_COLUMNS)
    with pq.ParquetWriter(path, batches.schema) as file:
        for batch in batches:
            file.write_batch(batch)


def remove_left_behind() -> None:
    """Delete what a process that was cut off has left in the folder for temporary files: it holds single answers."""
    for folder in Path(tempfile.gettempdir()).glob(f"{BEGUN}*"):
        with suppress(FileNotFoundError):  # somebody else is tidying up, too
            found = folder.stat()
            if found.st_uid == os.geteuid() and time.time() - found.st_mtime > LEFT_BEHIND_AFTER.total_seconds():
                shutil.rmtree(folder, ignore_errors=True)


def count_rows(relation: duckdb.DuckDBPyRelation) -> int:
    counted = relation.aggregate("count(*)").fetchone()
    return int(counted[0]) if counted else 0


def filled(rows: duckdb.DuckDBPyRelation, width: int) -> duckdb.DuckDBPyRelation:
    """The rows in which at least one of the cells ``c0``, ``c1``, … holds something."""
    return rows.filter(
        duckdb.CoalesceOperator(*(duckdb.ColumnExpression(f"c{place}") for place in range(width))).isnotnull()
    )


def last_row(rows: duckdb.DuckDBPyRelation) -> int:
    found = rows.aggregate("coalesce(max(row), 0)").fetchone()
    return int(found[0]) if found else 0


def no_rows(bench: Workbench) -> duckdb.DuckDBPyRelation:
    """Rows of a file that is not read on, because its head is wrong already."""
    return bench.connection.sql("select 1::bigint as row, null::varchar as c0 where false")


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turn what a library raises over a file into one German sentence, so that nobody sees a traceback.

    Parameters
    ----------
    name : the file's name, for the sentence
    """
    try:
        yield
    except SipaError:
        raise
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise _no_space(name) from fault
        if isinstance(fault, FileNotFoundError):
            raise UnreadableFile(f"Die Datei „{name}“ gibt es nicht. Bitte den Pfad prüfen.") from fault
        if isinstance(fault, IsADirectoryError):
            raise UnreadableFile(f"„{name}“ ist ein Ordner. Bitte eine Datei angeben.") from fault
        raise UnreadableFile(f"Die Datei „{name}“ lässt sich nicht öffnen. Bitte die Zugriffsrechte prüfen.") from fault
    except duckdb.OutOfMemoryException as fault:
        if "max_temp_directory_size" in str(fault):
            raise _no_space(name) from fault
        raise UnreadableFile(
            f"Die Datei „{name}“ hat zu viele Spalten, um sie auf einmal zu prüfen. Bitte nur die Spalten liefern, "
            "die das Profil nennt."
        ) from fault
    except duckdb.Error as fault:
        if "No space left" in str(fault):
            raise _no_space(name) from fault
        raise UnreadableFile(
            f"Die Datei „{name}“ lässt sich nicht auswerten. Bitte die Datei neu exportieren und noch einmal versuchen."
        ) from fault


def _no_space(name: str) -> DiskFull:
    return DiskFull(
        f"Für die Prüfung der Datei „{name}“ reicht der Speicherplatz nicht. "
        "Es wurde nichts übernommen; bitte Platz schaffen und noch einmal versuchen."
    )

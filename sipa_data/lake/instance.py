"""The DuckDB instance of the lake: extensions from the installed wheels, limits, nothing from the network."""

import os
import tempfile
from importlib.resources import files

import duckdb

from sipa_data.errors import LakeError
from sipa_data.sql import literal

MEMORY_LIMIT = "2GB"
MOST_THREADS = 4
EXTENSIONS = ("ducklake", "sqlite_scanner")
CLUSTER_EXTENSIONS = ("ducklake", "postgres_scanner")

SIGNED_ONLY = {"allow_unsigned_extensions": "false"}
"""DuckDB checks the signature of each extension file, a third of a second per instance."""


def open_instance(extensions: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    """Open an in-memory instance with these extensions.

    DuckLake's own retry is switched off: it would commit again without looking at what changed in between, and
    two uploads of the same file would both get in. ``Lake.transaction`` replays from BEGIN instead.
    """
    connection = duckdb.connect(
        config={
            **SIGNED_ONLY,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": MEMORY_LIMIT,
            "threads": str(min(MOST_THREADS, os.cpu_count() or 1)),
            "temp_directory": f"{tempfile.gettempdir()}/sipa-lake-{os.getpid()}",
        }
    )
    connection.execute("SET enable_progress_bar = false")  # else DuckDB draws its own after two seconds
    for name in extensions:
        connection.execute(f"LOAD {literal(_path_of(name))}")
    connection.execute("SET ducklake_max_retry_count = 0")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def flush_memory(cursor: duckdb.DuckDBPyConnection) -> None:
    """Empty the allocator, which else keeps 150 MB after a million answers were read. Setting a limit is the way."""
    cursor.execute("SET memory_limit = ?", [MEMORY_LIMIT])


def _path_of(extension: str) -> str:
    """The signed extension file inside its wheel."""
    try:
        wheel = files(f"duckdb_extension_{extension}")
    except ModuleNotFoundError as error:
        raise LakeError(
            f"Die Erweiterung „{extension}“ für DuckDB fehlt. Installieren Sie das Paket"
            f" duckdb-extension-{extension.replace('_', '-')} in der Version {duckdb.__version__}"
            + (" (Zusatz „cluster“)." if extension not in EXTENSIONS else ".")
        ) from error
    path = wheel / "extensions" / f"v{duckdb.__version__}" / f"{extension}.duckdb_extension"
    if not path.is_file():
        raise LakeError(
            f"Das Paket duckdb-extension-{extension.replace('_', '-')} passt nicht zu DuckDB {duckdb.__version__}."
            " Installieren Sie beide in derselben Version."
        )
    return str(path)

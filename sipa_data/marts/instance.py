"""The DuckDB instance of a mart: without extensions, locked, limited, its tables compressed in memory."""

import duckdb

from sipa_data.sql import quoted

TABLES = "mart"
"""Name of the attached database. DuckDB compresses in memory only what is attached so: a twentieth of the space."""
MEMORY_LIMIT = "1GB"
THREADS = 1
"""Questions read few rows: sharing one out costs more than it saves, and many visitors ask at once anyway."""
LOCK = (
    "set enable_progress_bar = false",  # else DuckDB draws its own after two seconds
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)


def open_instance() -> duckdb.DuckDBPyConnection:
    """An empty instance that reads no file and no other database."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "temp_directory": "",
            "memory_limit": MEMORY_LIMIT,
            "threads": str(THREADS),
        },
    )
    connection.execute(f"attach ':memory:' as {quoted(TABLES)} (compress)")
    for setting in LOCK:
        connection.execute(setting)
    return connection


def shown(table: str) -> str:
    """A view under the plain name, because a cursor does not start in the attached database."""
    return f"create view memory.main.{quoted(table)} as from {stored(table)}"


def stored(table: str) -> str:
    return f"{quoted(TABLES)}.main.{quoted(table)}"

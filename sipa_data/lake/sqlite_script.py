"""What DuckDB cannot do with an SQLite catalogue. Run as a script, in a process of its own.

    sqlite_script.py vacuum CATALOGUE
    sqlite_script.py copy CATALOGUE TARGET

Exit code 75 (try again): others are reading or writing.
"""

import sqlite3
import sys
from contextlib import closing

TRY_AGAIN = 75
PATIENCE = 2
"""Seconds to wait for others; the caller tries again."""


def vacuum(path: str) -> int:
    """Rewrite the file without its free pages, then empty the write-ahead log, which also holds old pages."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return TRY_AGAIN if busy else 0


def copy(path: str, target: str) -> int:
    """Copy the file as it is at one instant. Others may go on writing."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", [target])
    return 0


if __name__ == "__main__":
    action, paths = sys.argv[1], sys.argv[2:]
    try:
        sys.exit(vacuum(*paths) if action == "vacuum" else copy(*paths))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            sys.exit(TRY_AGAIN)
        sys.exit(str(error))

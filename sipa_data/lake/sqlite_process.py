"""Vacuum or copy an SQLite catalogue in a process of its own.

DuckDB brings its own SQLite. A second SQLite library that opens the same file in the same process takes the first
one's file locks away when it closes the file, so Python's ``sqlite3`` must not touch an open lake in here.
"""

import subprocess
import sys
from pathlib import Path

import duckdb

from sipa_data.errors import LakeConflict
from sipa_data.lake.address import Address
from sipa_data.lake.faults import explain
from sipa_data.lake.sqlite_script import TRY_AGAIN

_SCRIPT = Path(__file__).with_name("sqlite_script.py")


def vacuum(address: Address) -> None:
    """Remove what was deleted from the pages of the catalogue.

    Raises
    ------
    LakeConflict : others are reading just now
    LakeError : no room, or no right to write
    """
    _run(address, "vacuum", address.catalogue)


def copy(address: Address, target: Path) -> None:
    """Copy the catalogue as it is at one instant. Raises as ``vacuum``."""
    _run(address, "copy", address.catalogue, str(target))


def _run(address: Address, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 -- our own script, no shell  # nosec B603
        [sys.executable, str(_SCRIPT), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode == TRY_AGAIN:
        raise LakeConflict("Der Katalog wird gerade von anderen benutzt. Wiederholen Sie den Schritt.")
    if done.returncode:
        cause = duckdb.IOException(done.stderr.strip())
        raise explain(cause, address) from cause

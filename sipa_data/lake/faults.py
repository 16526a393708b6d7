"""DuckDB's errors, said in German with what to do."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from sipa_data.errors import DiskFull, LakeConflict, LakeError
from sipa_data.lake.address import Address, without_password

_FULL = ("no space left", "disk is full", "disk quota", "could not extend file")
_PERHAPS_FULL = "disk i/o error"  # what SQLite says when its shared memory file cannot grow
_TOO_LITTLE = 1_000_000  # bytes
_SQLITE = b"SQLite format 3\x00"
_EMPTY = 4_096  # bytes of a page of SQLite; the smallest catalogue has dozens
_CONFLICT = (
    "database is locked",
    "ducklake_max_retry_count",
    "transaction conflict",
    "could not serialize",
    "lock timeout",
    "already exists",  # two processes make the same lake
    "duplicate key value",
)
_READ_ONLY = ("read-only", "readonly", "permission denied", "unable to open database file")
_UNREACHABLE = (
    "unable to connect",
    "connection to server",
    "server closed the connection",
    "terminating connection",
    'failed to execute query "rollback"',  # all that is said when the connection is lost during a commit
    "not a database",
)
_FILE_MISSING = ("no files found that match", "no such file or directory", "cannot open file")


@contextmanager
def told_in_german(address: Address) -> Iterator[None]:
    """Turn an error of DuckDB, or of the file system, into the LakeError that says what to do."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        cause = type(error)(without_password(str(error))) if isinstance(error, duckdb.Error) else error
        raise explain(error, address) from cause


def explain(error: duckdb.Error | OSError, address: Address) -> LakeError:
    """The LakeError for an error of DuckDB. The order matters: a full disk also says that a commit failed."""
    text = str(error).lower()
    if (
        (isinstance(error, OSError) and error.errno == errno.ENOSPC)
        or _says(text, _FULL)
        or _has_no_room(text, address)
    ):
        return DiskFull(
            f"Auf dem Speicher von {address.files} oder des Katalogs ist kein Platz mehr. Es wurde nichts verändert."
            " Schaffen Sie Platz und wiederholen Sie den Schritt."
        )
    if _says(text, _CONFLICT):
        return LakeConflict(
            "Andere haben gleichzeitig veröffentlicht. Es wurde nichts verändert. Wiederholen Sie den Schritt."
        )
    return LakeError(_other_sentence(text, address))


def _other_sentence(text: str, address: Address) -> str:
    if _is_gone(address):
        return (
            f"Der Katalog {address.shown} ist verschwunden. Legen Sie ihn an seinen Platz zurück, oder stellen Sie eine"
            " Sicherung wieder her."
        )
    if _says(text, _READ_ONLY):
        return (
            f"In {address.files} oder beim Katalog {address.shown} darf nicht geschrieben werden. Es wurde nichts"
            " verändert. Geben Sie dem Konto, unter dem SiPa läuft, dort Schreibrechte."
        )
    if _says(text, _UNREACHABLE):
        return (
            f"Der Katalog {address.shown} ist nicht erreichbar. Prüfen Sie die Einstellung SIPA_LAKE und ob der"
            " Datenbankserver läuft."
        )
    if _says(text, _FILE_MISSING):
        return (
            f"Im Ordner {address.files} fehlen Dateien, die der Katalog nennt. Prüfen Sie die Einstellung"
            " SIPA_LAKE_FILES oder stellen Sie eine Sicherung wieder her."
        )
    return (
        f"Der Datenbestand {address.shown} lässt sich nicht lesen oder schreiben. Es wurde nichts verändert."
        " „python -m sipa_data check“ sagt, was fehlt."
    )


def remove_half_written(error: duckdb.IOException, address: Address) -> None:
    """Delete the file that DuckDB was writing when the disk was full.

    It leaves the file behind, so that not even a small publish would find room afterwards (measured with 1.5.5).
    """
    found = re.search(r'Could not write file "([^"]+\.parquet)"', str(error))
    if found and (path := Path(found[1])).is_relative_to(address.files):
        path.unlink(missing_ok=True)


def _has_no_room(text: str, address: Address) -> bool:
    if _PERHAPS_FULL not in text:
        return False
    folders = (address.files, address.catalogue_folder)
    return any(shutil.disk_usage(folder).free < _TOO_LITTLE for folder in folders if folder and folder.is_dir())


def _is_gone(address: Address) -> bool:
    """Whether an SQLite catalogue is not where it was; SQLite then makes a database of one empty page in its place."""
    folder, catalogue = address.catalogue_folder, Path(address.catalogue)
    if folder is None or not os.access(folder, os.W_OK):
        return False
    if not catalogue.is_file():
        return True
    head = catalogue.read_bytes()[: len(_SQLITE)] if catalogue.stat().st_size <= _EMPTY else None
    return head in (b"", _SQLITE)


def _says(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)

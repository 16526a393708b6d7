"""How a command ends: the exit code, and what is printed when something went wrong."""

import logging
import secrets
import sys
import traceback
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from tempfile import gettempdir

from rich.text import Text

from sipa_data.cli.printing import findings_table, on_stderr
from sipa_data.errors import (
    AlreadyPublished,
    AuditError,
    BoundariesRefused,
    CatalogueError,
    InvalidQuestion,
    LakeError,
    NoSuchSnapshot,
    NoSuchUpload,
    NotAllowed,
    NotWaiting,
    NotWithdrawable,
    ProfileError,
    QueryTooSlow,
    RefusedDelivery,
    SettingsError,
    SipaError,
    UnreadableFile,
)
from sipa_data.intake import Finding
from sipa_data.settings import Settings


class Exit(IntEnum):
    """The exit codes. ``docs/operations.md`` lists them."""

    ok = 0
    unexpected = 1
    wrong_call = 2
    refused = 3
    lake = 4
    not_found = 5
    setup = 6
    interrupted = 130


# The first class that fits counts, so the special ones come first.
_CODES: tuple[tuple[type[SipaError], Exit], ...] = (
    (NoSuchUpload, Exit.not_found),
    (NoSuchSnapshot, Exit.not_found),
    (InvalidQuestion, Exit.not_found),
    (NotAllowed, Exit.not_found),
    (NotWaiting, Exit.not_found),
    (UnreadableFile, Exit.refused),
    (RefusedDelivery, Exit.refused),
    (BoundariesRefused, Exit.refused),
    (AlreadyPublished, Exit.refused),
    (NotWithdrawable, Exit.refused),
    (LakeError, Exit.lake),
    (AuditError, Exit.lake),
    (QueryTooSlow, Exit.lake),
    (CatalogueError, Exit.setup),
    (ProfileError, Exit.setup),
    (SettingsError, Exit.setup),
)


def exit_code_of(error: SipaError) -> Exit:
    """The exit code for one of our own errors."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.unexpected)


def tell(error: SipaError, *, verbose: bool) -> Exit:
    """Print title, sentence and findings of one of our own errors."""
    console = on_stderr()
    console.print(Text(error.title, style="bold red"))
    console.print(Text(error.sentence), soft_wrap=True)
    findings: Sequence[Finding] = getattr(error, "findings", ())
    if findings:
        console.print(findings_table(findings))
    if verbose:
        console.print(Text("".join(traceback.format_exception(error)), style="dim"))
    return exit_code_of(error)


def tell_unexpected(error: Exception, *, verbose: bool) -> Exit:
    """Print an id, and keep the rest in the log under it."""
    number = secrets.token_hex(4)
    details = "".join(traceback.format_exception(error))
    path = _log(number, details)
    console = on_stderr()
    console.print(Text("Ein unerwarteter Fehler ist aufgetreten", style="bold red"))
    where = f"Fehlernummer {number}. Einzelheiten stehen in {path}. Bitte melden Sie beides der Technik."
    console.print(Text(where), soft_wrap=True)
    if verbose:
        console.print(Text(details, style="dim"))
    return Exit.unexpected


def _log(number: str, details: str) -> Path:
    """Beside the lake if we may write there, else in the machine's folder for temporary files."""
    for folder in (Settings.from_environment().lake_files.parent, Path(gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(folder / "sipa-fehler.log", encoding="utf-8")
        except OSError as error:
            print(f"{folder}: {error.strerror}", file=sys.stderr)  # noqa: T201 -- the log itself is what fails
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.emit(logging.makeLogRecord({"msg": f"{number}\n{details}", "levelno": logging.ERROR}))
        handler.close()
        return folder / "sipa-fehler.log"
    return Path("-")

"""What the shell does goes into the audit log as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sipa_data.audit import Event, open_audit
from sipa_data.settings import Settings

ROLE = "Kommandozeile"
"""Whoever may run a command may read the files: the shell has no other role."""


class Record(Protocol):
    def __call__(self, event: Event, by: str, subject: str, detail: str = "") -> None: ...


@contextmanager
def recording(settings: Settings) -> Iterator[Record]:
    """Open the log before anything is done, so that nothing is done that could not be logged.

    Raises
    ------
    AuditError : the log cannot be opened or written
    """
    with open_audit(settings.record_folder, settings.log_days) as log:

        def record(event: Event, by: str, subject: str, detail: str = "") -> None:
            log.record(event, f"kommandozeile:{by}", role=ROLE, subject=subject, detail=detail)

        yield record

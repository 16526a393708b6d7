"""What intake hands over: one checked file, as staged Parquet tables and a report."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Self

Marking = Literal["synthetic", "published", "confidential"]
Severity = Literal["error", "warning", "note"]
MARKINGS: Mapping[str, str] = {
    "published": "öffentlich",
    "confidential": "vertraulich",
    "synthetic": "Beispieldaten (synthetisch)",
}


@dataclass(frozen=True)
class Finding:
    """One cause, with how often it came and where it came first. ``sentence`` is German."""

    severity: Severity
    code: str
    sentence: str
    line: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    count: int = 1


@dataclass(frozen=True)
class Slice:
    """The part of a table that a delivery fills, and that a corrected delivery replaces.

    ``equals`` holds a value for each of the table's ``slice_by`` columns. ``start`` and ``end`` bound its
    ``period_column``; both are None for tables without one.
    """

    table: str
    equals: tuple[tuple[str, str], ...]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Report:
    """What was read and what became of each row: rows_in = rows_taken + rows_refused + rows_skipped."""

    profile: str
    file_name: str
    sha256: str
    marking: Marking
    rows_in: int
    rows_taken: int
    rows_refused: int
    rows_skipped: int
    not_locatable: int
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What somebody has to acknowledge before the delivery may be submitted."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


@dataclass(frozen=True)
class Delivery:
    """One checked file on its way in. A context manager: leaving it removes the staged files.

    ``tables`` maps a table name to a Parquet file with exactly the columns of ``sipa_data.tables``
    (without ``upload_id``). Tables stay on disk, so a large file never has to fit into memory.
    """

    tables: Mapping[str, Path]
    slices: tuple[Slice, ...]
    report: Report
    folder: Path = field(repr=False)

    @property
    def touched(self) -> frozenset[str]:
        """Tables of the lake whose rows its publication can change."""
        return frozenset(self.tables) | {place.table for place in self.slices}

    @property
    def is_there(self) -> bool:
        """Whether its staged files still are: a temporary folder may be cleared away under an open window."""
        return all(path.is_file() for path in self.tables.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

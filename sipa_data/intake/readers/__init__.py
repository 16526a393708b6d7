"""Open a file as what it is: the content decides, not the name."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sipa_data.errors import UnreadableFile
from sipa_data.intake.readers.delimited import read_delimited
from sipa_data.intake.readers.headings import Wanted
from sipa_data.intake.readers.parquet import read_parquet
from sipa_data.intake.readers.statistics_file import read_statistics_file
from sipa_data.intake.readers.workbook import read_workbook
from sipa_data.intake.source import Source
from sipa_data.intake.workbench import Workbench
from sipa_data.intake.writing import AS_FOUND, Writing

ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
SPSS, STATA = (b"$FL2", b"$FL3"), b"<stata_dta>"
OLD_STATA_VERSIONS = frozenset({105, 108, 110, 111, 113, 114, 115})
FOREIGN = {
    b"%PDF": "ein PDF-Dokument",
    b"\x89PNG": "ein Bild",
    b"\xff\xd8\xff": "ein Bild",
    b"\x1f\x8b": "ein gepacktes Archiv (gzip)",
    b"7z\xbc\xaf": "ein gepacktes Archiv (7z)",
    b"Rar!": "ein gepacktes Archiv (RAR)",
    b"<!DOC": "eine Internetseite",
    b"<html": "eine Internetseite",
}


def read_source(
    path: Path,
    bench: Workbench,
    wanted: Sequence[Wanted],
    *,
    head_rows: int = 1,
    sheet: str | None = None,
    most_rows: int | None = None,
    writing: Writing = AS_FOUND,
) -> Source:
    """Read any supported file as rows of text.

    Parameters
    ----------
    wanted : the columns to look for; they also tell where the head of the table is. Without any, it is guessed
    head_rows : rows that make up one head
    sheet : name of the worksheet; without it the first one with the wanted columns
    most_rows : read on only up to about here, for a first look
    writing : how it is written, as far as somebody says so

    Raises
    ------
    UnreadableFile : empty, damaged, or of a kind that is not supported
    """
    source = _read(path, bench, wanted, head_rows, sheet, most_rows, writing)
    return replace(source, form=replace(source.form, decimal=writing.decimal, days=writing.days))


def _read(
    path: Path,
    bench: Workbench,
    wanted: Sequence[Wanted],
    head_rows: int,
    sheet: str | None,
    most_rows: int | None,
    writing: Writing,
) -> Source:
    with path.open("rb") as file:
        start = file.read(16)
    for mark, kind in FOREIGN.items():
        if start.lower().startswith(mark.lower()):
            raise UnreadableFile(
                f"„{path.name}“ ist {kind}. Gelesen werden CSV, XLSX, XLS, ODS, SPSS (SAV), Stata (DTA) und Parquet."
            )
    if start.startswith((ZIP, OLE)):
        return read_workbook(path, bench, wanted, head_rows, sheet, most_rows, writing)
    if start.startswith(PARQUET):
        return read_parquet(path, bench, wanted, most_rows)
    if start.startswith((*SPSS, STATA)) or _is_old_stata(start):
        return read_statistics_file(path, bench, wanted, most_rows)
    return read_delimited(path, bench, wanted, head_rows, most_rows, writing)


def _is_old_stata(start: bytes) -> bool:
    """Stata before version 13 begins with its version, the byte order and the type of file; no text does."""
    return len(start) > 2 and start[0] in OLD_STATA_VERSIONS and start[1] in (1, 2) and start[2] == 1

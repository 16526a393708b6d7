"""XLSX, XLS and ODS: the sheet is found by its headings; merged head rows are read as a person reads them."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from sipa_data.errors import UnreadableFile
from sipa_data.german import listing, number
from sipa_data.intake.readers.apart import end_of_reader
from sipa_data.intake.readers.headings import (
    ROWS_LOOKED_AT,
    Head,
    Wanted,
    find_head,
    head_findings,
    plain,
    refuse_too_wide,
)
from sipa_data.intake.readers.rows_of_text import as_text, stage_rows
from sipa_data.intake.source import Form, Source
from sipa_data.intake.workbench import Workbench, count_rows, no_rows
from sipa_data.intake.writing import Writing

LARGEST = 1_000_000_000  # bytes unpacked; a workbook has at most a million rows
PANIC = "pyo3_runtime"
SMALL_TABLE = 200  # rows of a sheet that only describes


@dataclass(frozen=True)
class _Sheet:
    """A sheet at first sight. The sheet itself is let go: all of them beside each other may need all the memory."""

    name: str
    top: list[list[str]]
    head: Head | None


def read_workbook(
    path: Path,
    bench: Workbench,
    wanted: Sequence[Wanted],
    head_rows: int,
    sheet: str | None,
    most_rows: int | None,
    writing: Writing,
) -> Source:
    """Read the sheet that is named, or else the one that has most of the wanted columns.

    Raises
    ------
    UnreadableFile : damaged, locked with a password, far too large, or without the sheet that is named
    """
    with _plain_faults(path):
        _refuse_bombs(path)
        _refuse_what_ends_the_reader(path)
        workbook = CalamineWorkbook.from_path(path)
        names = _names(workbook, path, sheet)
        stands = None if writing.head is None else writing.head - 1
        sheets = [_look_at(name, workbook.get_sheet_by_name(name), wanted, head_rows, stands) for name in names]
        best = max(sheets, key=lambda one: one.head.found if one.head else 0)
        form = Form(
            "workbook",
            sheet=best.name,
            head=(best.head.first + 1, best.head.last + 1) if best.head else (0, 0),
            tops={one.name: one.top for one in sheets},
        )
        return replace(_read(best, workbook, bench, wanted, most_rows), form=form)


@contextmanager
def _plain_faults(path: Path) -> Iterator[None]:
    """What the reader says about a damaged workbook, in one sentence.

    On some truncated XLS files the reader's Rust code panics. Its exception is no ``Exception`` and cannot be imported.
    """
    try:
        yield
    except PasswordError as fault:
        raise UnreadableFile(
            f"Die Datei „{path.name}“ ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern."
        ) from fault
    except (CalamineError, zipfile.BadZipFile, ValueError, OverflowError) as fault:
        raise _damaged(path) from fault
    except BaseException as fault:
        if type(fault).__module__ == PANIC:
            raise _damaged(path) from fault
        raise


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"Die Tabellendatei „{path.name}“ ist beschädigt, abgeschnitten oder kein XLSX, XLS oder ODS. "
        "Bitte neu speichern."
    )


def _refuse_bombs(path: Path) -> None:
    """Refuse a packed file that would fill the memory."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > LARGEST:
        raise UnreadableFile(
            f"Die Tabellendatei „{path.name}“ wäre ausgepackt {number(size / 1e9, 1)} GB groß. "
            "Bitte als CSV exportieren."
        )


def _refuse_what_ends_the_reader(path: Path) -> None:
    """Let a process of its own open it first. What is merely damaged is told by the reading that follows."""
    if end_of_reader(path, "workbook"):
        raise UnreadableFile(
            f"Die Tabellendatei „{path.name}“ nennt Zellen so weit außen, dass der Speicher nicht reicht, oder sie ist "
            "zu groß. Bitte leere Zeilen und Spalten löschen oder die Tabelle als CSV exportieren."
        )


def _names(workbook: CalamineWorkbook, path: Path, sheet: str | None) -> list[str]:
    if not workbook.sheet_names:
        raise UnreadableFile(f"Die Tabellendatei „{path.name}“ enthält kein Tabellenblatt.")
    if sheet is None:
        return list(workbook.sheet_names)
    found = [name for name in workbook.sheet_names if plain(name) == plain(sheet)]
    if not found:
        shown = listing([f"„{name}“" for name in workbook.sheet_names])
        raise UnreadableFile(
            f"In der Tabellendatei „{path.name}“ fehlt das Blatt „{sheet}“; vorhanden ist {shown}. "
            "Bitte das Blatt umbenennen."
        )
    return found


def _look_at(name: str, sheet: CalamineSheet, wanted: Sequence[Wanted], head_rows: int, stands: int | None) -> _Sheet:
    top = [[(as_text(cell) or "").strip() for cell in row] for row in islice(_rows(sheet), ROWS_LOOKED_AT)]
    return _Sheet(name, top, find_head(top, wanted, head_rows, stands))


def _rows(sheet: CalamineSheet) -> Iterator[list[object]]:
    """From the first cell that a sheet could have, one at a time: a list of them takes half as much again."""
    left: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    return ([*left, *row] for row in sheet.iter_rows())


def _read(
    one: _Sheet, workbook: CalamineWorkbook, bench: Workbench, wanted: Sequence[Wanted], most_rows: int | None
) -> Source:
    lines = list(range(1, len(one.top) + 1))
    findings = head_findings(one.head, one.top, wanted, lines)
    headings = one.head.headings if one.head else tuple(one.top[0]) if one.top else ()
    if findings or one.head is None:
        return Source(headings, no_rows(bench), 0, lambda row: row, tuple(findings))
    refuse_too_wide(one.name, len(headings))
    above = one.head.last + 1
    cells = _rows(workbook.get_sheet_by_name(one.name))
    below = islice(cells, above, None if most_rows is None else above + most_rows)
    rows, _ = stage_rows(below, len(headings), bench)
    return Source(headings, rows, count_rows(rows), lambda row: above + row, (), notes=_notes(workbook, one.name))


def _notes(workbook: CalamineWorkbook, table: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The other sheets, as far as they are short lists of what and value."""
    notes = {}
    for name in workbook.sheet_names:
        if name == table:
            continue
        rows = workbook.get_sheet_by_name(name).to_python(nrows=SMALL_TABLE)
        notes[plain(name)] = tuple(
            ((as_text(row[0]) or "").strip(), (as_text(row[1]) or "").strip()) for row in rows if len(row) > 1
        )
    return notes

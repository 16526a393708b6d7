"""SPSS and Stata files: codes stay codes, value labels come along, declared missing values stay visible."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyreadstat

from sipa_data.errors import UnreadableFile
from sipa_data.intake.readers.apart import end_of_reader
from sipa_data.intake.readers.headings import Head, Wanted, head_findings, refuse_too_wide
from sipa_data.intake.readers.rows_of_text import as_text, stage_columns
from sipa_data.intake.source import Form, Source
from sipa_data.intake.workbench import Workbench, count_rows, no_rows

ROWS_PER_READ = 5_000
FAULTS = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError, OverflowError)


def read_statistics_file(path: Path, bench: Workbench, wanted: Sequence[Wanted], most_rows: int | None) -> Source:
    """Read a SAV, ZSAV or DTA file; a row's line is the number of its case.

    Codes are text (``1.0`` is ``1``), and values that the file declares as missing are kept as they are, so that
    the survey's rules can say which kind of missing they mean.

    Raises
    ------
    UnreadableFile : damaged, cut off, or in an encoding of its own
    """
    stata = not _is_spss(path)
    read = pyreadstat.read_dta if stata else pyreadstat.read_sav
    match end_of_reader(path, "stata" if stata else "spss"):
        case "memory":
            raise _too_large(path)
        case "crash":
            raise _damaged(path)
    try:
        _, meta = read(str(path), metadataonly=True)
        headings = tuple(str(name) for name in meta.column_names)
        refuse_too_wide(path.name, len(headings))
        findings = head_findings(Head(headings, 0, 0, 0), [headings], wanted, [1])
        if findings:
            return Source(headings, no_rows(bench), 0, lambda row: row, tuple(findings))
        rows, count = stage_columns(
            _cases(read, path, headings, only_first=most_rows is not None), len(headings), bench
        )
    except FAULTS as fault:
        raise _damaged(path) from fault
    declared = getattr(meta, "number_rows", None)
    if most_rows is None and declared is not None and declared >= 0 and count != declared:
        raise UnreadableFile(
            f"Die Datei „{path.name}“ kündigt {declared} Fälle an, enthält aber nur {count}. "
            "Sie wurde abgeschnitten; bitte neu exportieren."
        )
    labels = {str(name): _labels(codes) for name, codes in meta.variable_value_labels.items()}
    form = replace(_form(meta, headings, stata=stata), cut=most_rows is not None and count >= ROWS_PER_READ)
    return Source(headings, rows, count_rows(rows), lambda row: row, (), labels, form=form)


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"Die SPSS- oder Stata-Datei „{path.name}“ ist beschädigt oder abgeschnitten. Bitte neu exportieren."
    )


def _too_large(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"Für die SPSS- oder Stata-Datei „{path.name}“ reicht der Speicher nicht. Bitte nur die Spalten liefern, die "
        "gebraucht werden, oder die Tabelle als CSV exportieren."
    )


def _is_spss(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3) == b"$FL"


def _form(meta: Any, headings: Sequence[str], *, stata: bool) -> Form:
    """Names of the columns in words, and the codes that the file declares as missing."""
    words = {str(name): str(words) for name, words in meta.column_names_to_labels.items() if words}
    declared = {
        str(name): tuple(as_text(span["lo"]) or "" for span in spans if span["lo"] == span["hi"])
        for name, spans in (meta.missing_ranges or {}).items()
    }
    kind = "stata" if stata else "spss"
    return Form(kind, encoding=meta.file_encoding, tops={"": [headings]}, labels=words, declared=declared)


def _cases(read: Any, path: Path, headings: Sequence[str], *, only_first: bool) -> Iterator[list[Any]]:
    """The columns of some thousand cases at a time."""
    offset = 0
    while True:
        columns, _ = read(
            str(path), row_offset=offset, row_limit=ROWS_PER_READ, user_missing=True, output_format="dict"
        )
        listed = [columns[name] for name in headings]
        height = len(listed[0]) if listed else 0
        yield listed
        if only_first or height < ROWS_PER_READ:
            return
        offset += height


def _labels(codes: dict[Any, Any]) -> dict[str, str]:
    return {as_text(code) or "": str(label) for code, label in codes.items()}

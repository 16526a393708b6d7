"""SPSS and Stata files: codes stay codes, value labels come along, declared missing values stay visible."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyreadstat

from sipa_data.errors import UnreadableFile
from sipa_data.intake.readers.headings import Head, Wanted, head_findings
from sipa_data.intake.readers.rows_of_text import as_text, stage_rows
from sipa_data.intake.source import Source
from sipa_data.intake.workbench import Workbench, count_rows, no_rows

ROWS_PER_READ = 5_000
FAULTS = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError, OverflowError)


def read_statistics_file(path: Path, bench: Workbench, wanted: Sequence[Wanted]) -> Source:
    """Read a SAV, ZSAV or DTA file; a row's line is the number of its case.

    Codes are text (``1.0`` is ``1``), and values that the file declares as missing are kept as they are, so that
    the survey's rules can say which kind of missing they mean.

    Raises
    ------
    UnreadableFile : damaged, cut off, or in an encoding of its own
    """
    read = pyreadstat.read_dta if path.suffix.lower() == ".dta" or _is_stata(path) else pyreadstat.read_sav
    try:
        _, meta = read(str(path), metadataonly=True)
        headings = tuple(str(name) for name in meta.column_names)
        findings = head_findings(Head(headings, 0, 0, 0), [headings], wanted, [1])
        if findings:
            return Source(headings, no_rows(bench), 0, lambda row: row, tuple(findings))
        rows, count = stage_rows(_cases(read, path, headings), len(headings), bench)
    except FAULTS as fault:
        raise UnreadableFile(
            f"Die SPSS- oder Stata-Datei „{path.name}“ ist beschädigt oder abgeschnitten. Bitte neu exportieren."
        ) from fault
    declared = getattr(meta, "number_rows", None)
    if declared is not None and declared >= 0 and count != declared:
        raise UnreadableFile(
            f"Die Datei „{path.name}“ kündigt {declared} Fälle an, enthält aber nur {count}. "
            "Sie wurde abgeschnitten; bitte neu exportieren."
        )
    labels = {str(name): _labels(codes) for name, codes in meta.variable_value_labels.items()}
    return Source(headings, rows, count_rows(rows), lambda row: row, (), labels)


def _is_stata(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(11) == b"<stata_dta>"


def _cases(read: Any, path: Path, headings: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """The cases, some thousand at a time."""
    offset = 0
    while True:
        columns, _ = read(
            str(path), row_offset=offset, row_limit=ROWS_PER_READ, user_missing=True, output_format="dict"
        )
        listed = [columns[name] for name in headings]
        height = len(listed[0]) if listed else 0
        yield from zip(*listed, strict=True)
        if height < ROWS_PER_READ:
            return
        offset += height


def _labels(codes: dict[Any, Any]) -> dict[str, str]:
    return {as_text(code) or "": str(label) for code, label in codes.items()}

"""Parquet: columns and types are in the file; the cells become text as in any other file."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

import duckdb
from duckdb import CaseExpression, ColumnExpression, Expression, SQLExpression

from sipa_data.errors import UnreadableFile
from sipa_data.intake.expressions import call
from sipa_data.intake.readers.headings import Head, Wanted, head_findings, refuse_too_wide
from sipa_data.intake.readers.rows_of_text import LIKE_THOUSANDS
from sipa_data.intake.source import Form, Source
from sipa_data.intake.workbench import Workbench, count_rows, filled, no_rows

FILE = "file"  # with a table before it, a name with a dot or a star in it is taken as it is
FRACTIONS = frozenset({"float", "double", "decimal"})


def read_parquet(path: Path, bench: Workbench, wanted: Sequence[Wanted], most_rows: int | None) -> Source:
    """Read a Parquet file; a row's line is its number.

    Raises
    ------
    UnreadableFile : damaged or cut off
    """
    copy = bench.file("delivered.parquet")
    copyfile(path, copy)
    try:
        whole = bench.connection.read_parquet(str(copy)).set_alias(FILE)
        found = whole if most_rows is None else whole.limit(most_rows).set_alias(FILE)
        headings = tuple(found.columns)
        refuse_too_wide(path.name, len(headings))
        findings = head_findings(Head(headings, 0, 0, 0), [headings], wanted, [1])
        if findings:
            return Source(headings, no_rows(bench), 0, lambda row: row, tuple(findings), form=Form("parquet"))
        cells = [
            _text(ColumnExpression(FILE, name), kind.id).alias(f"c{place}")
            for place, (name, kind) in enumerate(zip(headings, found.types, strict=True))
        ]
        number = SQLExpression("row_number() over ()").alias("row")
        rows = bench.stage(filled(found.project(number, *cells), len(cells)), "rows")
    except duckdb.Error as fault:
        raise UnreadableFile(
            f"Die Parquet-Datei „{path.name}“ ist beschädigt oder abgeschnitten. Bitte den Export wiederholen."
        ) from fault
    form = Form("parquet", tops={"": [headings]})
    return Source(headings, rows, count_rows(rows), lambda row: row, tuple(findings), form=form)


def _text(value: Expression, kind: str) -> Expression:
    """A cell as text; numbers as in ``rows_of_text``: 12.0 is 12, and 1.234 does not look like thousands."""
    words = value.cast("VARCHAR")
    if kind not in FRACTIONS:
        return words
    plain = call("regexp_replace", words, r"\.0+$", "")
    like_thousands = call("regexp_full_match", plain, LIKE_THOUSANDS)
    return CaseExpression(like_thousands, call("concat", plain, "0")).otherwise(plain)

"""Rows that a library hands over in Python, written to disk in batches so that memory stays flat."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import islice
from math import isnan
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sipa_data.intake.workbench import ROWS_PER_BATCH, Workbench, filled

LIKE_THOUSANDS = r"-?\d{1,3}\.\d{3}"  # the number 1.234 is not to be mistaken for the text „1.234“
CELLS_PER_BATCH = 1_000_000  # of wide tables fewer rows at a time
LARGEST_EXACT = 10**15  # whole numbers up to here are exact as floating point


def as_text(value: object) -> str | None:
    """A cell as a person reads it: whole numbers without „.0“, days without a time, nothing for an empty cell."""
    match value:
        case None | "":
            return None
        case bool():
            return "ja" if value else "nein"
        case float():
            return _number(value)
        case datetime():
            return _moment(value)
        case _:
            return str(value)


def _number(value: float) -> str | None:
    if isnan(value):
        return None
    if value.is_integer() and abs(value) < LARGEST_EXACT:
        return str(int(value))
    return str(value) + ("0" if re.fullmatch(LIKE_THOUSANDS, str(value)) else "")


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="microseconds" if value.microsecond else "seconds")


def stage_rows(rows: Iterable[Sequence[object]], width: int, bench: Workbench) -> tuple[duckdb.DuckDBPyRelation, int]:
    """Write rows as ``row``, ``c0``, ``c1``, …; those that are wholly empty only count.

    Returns
    -------
    the staged rows, and how many there were with the empty ones
    """
    schema, path, seen = _schema(width), bench.file("rows.parquet"), 0
    with pq.ParquetWriter(path, schema) as file:
        for batch in _batches(rows, width):
            texts = [[as_text(cell) for cell in row[:width]] for row in batch]
            kept = [(seen + number, row) for number, row in enumerate(texts, start=1) if any(row)]
            cells = [[row[place] if place < len(row) else None for _, row in kept] for place in range(width)]
            columns = [
                pa.array([number for number, _ in kept], pa.int64()),
                *(pa.array(said, pa.string()) for said in cells),
            ]
            file.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
            seen += len(batch)
    return bench.connection.read_parquet(str(path)), seen


def stage_columns(
    batches: Iterable[Sequence[Sequence[Any]]], width: int, bench: Workbench
) -> tuple[duckdb.DuckDBPyRelation, int]:
    """As ``stage_rows``, for a library that hands over columns: each different value is turned into text once."""
    path, seen = bench.file("rows.parquet"), 0
    with pq.ParquetWriter(path, _schema(width)) as file:
        for columns in batches:
            texts = [_texts(column) for column in columns]
            height = len(texts[0]) if texts else 0
            numbers = pa.array(range(seen + 1, seen + height + 1), pa.int64())
            batch = pa.RecordBatch.from_arrays([numbers, *texts], schema=_schema(width))
            file.write_batch(batch)
            seen += height
    return filled(bench.connection.read_parquet(str(path)), width), seen


def _texts(values: Sequence[Any]) -> pa.Array:
    numbers = np.asarray(values)
    codes, different = pd.factorize(numbers if numbers.dtype.kind == "f" else np.asarray(values, dtype=object))
    words = pa.array([as_text(value) for value in different.tolist()], pa.string())
    return words.take(pa.array(codes, mask=codes < 0))


def _schema(width: int) -> pa.Schema:
    return pa.schema([("row", pa.int64()), *((f"c{place}", pa.string()) for place in range(width))])


def _batches(rows: Iterable[Sequence[object]], width: int) -> Iterator[list[Sequence[object]]]:
    waiting, most = iter(rows), max(1, min(ROWS_PER_BATCH, CELLS_PER_BATCH // max(1, width)))
    while batch := list(islice(waiting, most)):
        yield batch

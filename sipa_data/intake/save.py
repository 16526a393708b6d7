"""The last step: staged Parquet files with exactly the columns of the lake's tables, and the slices they fill."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import ColumnExpression

from sipa_data.errors import RefusedDelivery
from sipa_data.intake.delivery import Finding, Slice
from sipa_data.intake.workbench import ROWS_PER_BATCH, Workbench
from sipa_data.periods import Period
from sipa_data.sql import quoted
from sipa_data.tables import TABLES


def save(tables: Mapping[str, duckdb.DuckDBPyRelation], bench: Workbench) -> dict[str, Path]:
    """Write each table in batches. The schema is the lake's: a value that must be there and is not stops it.

    Raises
    ------
    RefusedDelivery : a column that must have a value has none, although no check said so
    """
    paths = {}
    for name, rows in tables.items():
        schema = TABLES[name].schema
        path = bench.tables / f"{name}.parquet"
        wanted = rows.project(*(ColumnExpression(column) for column in schema.names))
        with pq.ParquetWriter(path, schema) as file:
            for batch in wanted.to_arrow_reader(ROWS_PER_BATCH):
                file.write_table(_as_the_lake_wants_it(batch, schema, name))
        paths[name] = path
    return paths


def _as_the_lake_wants_it(batch: pa.RecordBatch, schema: pa.Schema, table: str) -> pa.Table:
    try:
        return pa.Table.from_batches([batch]).cast(schema)
    except ValueError as fault:
        sentence = f"In den Zeilen für die Tabelle „{table}“ fehlt ein Wert. Bitte das Dateiprofil prüfen."
        raise RefusedDelivery(sentence, [Finding("error", "value_missing", sentence)]) from fault


def slices_of(tables: Mapping[str, duckdb.DuckDBPyRelation], period: Period | None) -> tuple[Slice, ...]:
    """What a delivery fills: per source (or wave, register, kind) the period it covers.

    A file of single incidents covers whole months, because a month without its last days' incidents is still the month.
    """
    found: list[Slice] = []
    for name, rows in tables.items():
        table = TABLES[name]
        keys = ", ".join(quoted(column) for column in table.slice_by)
        when = table.period_column
        ends = "null, null"
        if when is not None:
            last = "period_end" if "period_end" in rows.columns else when
            ends = f"min({quoted(when)}), max({quoted(last)})"
        for row in rows.aggregate(f"{keys}, {ends}", keys).order(keys).fetchall():
            equals = tuple(zip(table.slice_by, map(str, row[:-2]), strict=True))
            start, end = _covered(row[-2], row[-1], period) if when else (None, None)
            found.append(Slice(name, equals, start, end))
    return tuple(found)


def _covered(first: date | datetime, last: date | datetime, period: Period | None) -> tuple[date, date]:
    if period is not None:
        return period.start, period.end
    if isinstance(first, datetime) and isinstance(last, datetime):
        return Period.month(first.year, first.month).start, Period.month(last.year, last.month).end
    return first, last

"""The last step: staged Parquet files with exactly the columns of the lake's tables, and the slices they fill."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from duckdb import ColumnExpression

from sipa_data.errors import RefusedDelivery
from sipa_data.intake.delivery import Finding, Slice
from sipa_data.intake.workbench import Workbench
from sipa_data.periods import Period
from sipa_data.sql import quoted
from sipa_data.tables import SQL_TYPES, TABLES, Table


def save(tables: Mapping[str, duckdb.DuckDBPyRelation], bench: Workbench) -> dict[str, Path]:
    """Write each table with the columns and types of the lake. A value that must be there and is not stops it.

    Raises
    ------
    RefusedDelivery : a column that must have a value has none, although no check said so
    """
    paths = {}
    for name, rows in tables.items():
        columns = TABLES[name].columns
        wanted = (ColumnExpression(column.name).cast(SQL_TYPES[column.type]).alias(column.name) for column in columns)
        paths[name] = bench.keep(rows.project(*wanted), name)
        _refuse_missing_values(paths[name], TABLES[name])
    return paths


def _refuse_missing_values(path: Path, table: Table) -> None:
    """The file itself says how many values each of its columns lacks."""
    groups = pq.read_metadata(path)
    needed = [place for place, column in enumerate(table.columns) if not column.optional]
    for group in map(groups.row_group, range(groups.num_row_groups)):
        if any(group.column(place).statistics.null_count for place in needed):
            sentence = f"In den Zeilen für die Tabelle „{table.name}“ fehlt ein Wert. Bitte das Dateiprofil prüfen."
            raise RefusedDelivery(sentence, [Finding("error", "value_missing", sentence)])


def slices_of(paths: Mapping[str, Path], bench: Workbench, period: Period | None) -> tuple[Slice, ...]:
    """What a delivery fills: per source (or wave, register, kind) the period it covers.

    A file of single incidents covers whole months, because a month without its last days' incidents is still the month.
    """
    found: list[Slice] = []
    for name, path in paths.items():
        rows, table = bench.connection.read_parquet(str(path)), TABLES[name]
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

"""Cells of a source as expressions, and their distinct values: the only values that Python ever looks at."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from duckdb import ColumnExpression, Expression

from sipa_data.intake.expressions import text, without
from sipa_data.intake.readers.headings import plain
from sipa_data.intake.source import Source

MOST_DISTINCT = 200_000  # addresses of a large city; more different values are no key of anything


@dataclass(frozen=True)
class Distinct:
    """One combination of values: how often it came and in which row first."""

    values: tuple[str | None, ...]
    count: int
    row: int


def heading_of(source: Source, names: Sequence[str]) -> str | None:
    """The heading of the file that is one of these names, as the file writes it."""
    by_plain = {plain(heading): heading for heading in reversed(source.headings)}
    return next((by_plain[plain(name)] for name in names if plain(name) in by_plain), None)


def cell(source: Source, names: Sequence[str], empty: tuple[str, ...] = ()) -> Expression:
    """The text under one of these headings, without blanks around it; nothing where the file lacks the column."""
    heading = heading_of(source, names)
    if heading is None:
        return duckdb.ConstantExpression(None).cast("VARCHAR")
    said = ColumnExpression(f"c{source.headings.index(heading)}")
    return without(said, empty) if source.trimmed else text(said, empty)


def distinct(rows: duckdb.DuckDBPyRelation, cells: Sequence[Expression], most: int = MOST_DISTINCT) -> list[Distinct]:
    """Every combination that occurs, in the order of first appearance."""
    names = [f"v{place}" for place in range(len(cells))]
    named = rows.project(
        ColumnExpression("row"), *(value.alias(name) for value, name in zip(cells, names, strict=True))
    )
    listed = ", ".join(names)
    found = (
        named.aggregate(f"{listed}, count(*) as times, min(row) as first_row", listed).order("first_row").limit(most)
    )
    return [Distinct(tuple(row[: len(cells)]), int(row[-2]), int(row[-1])) for row in found.fetchall()]

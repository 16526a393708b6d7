"""What DuckLake's catalogue keeps of rows that no snapshot shows any more, and how it goes."""

from collections import defaultdict
from dataclasses import dataclass

import duckdb

from sipa_data.lake.schema import LAKE_TABLES, OWN_CATALOGUE
from sipa_data.sql import quoted, statement
from sipa_data.tables import SQL_TYPES


@dataclass(frozen=True)
class Bounds:
    """Smallest and largest value that DuckLake remembers of one column, as text."""

    table_id: int
    column_id: int
    table: str
    column: str
    least: str | None
    most: str | None

    @property
    def sql_type(self) -> str:
        """Type of the column; text for a column that this version does not know."""
        columns = LAKE_TABLES[self.table].columns if self.table in LAKE_TABLES else ()
        return next((SQL_TYPES[column.type] for column in columns if column.name == self.column), "VARCHAR")


def remove(cursor: duckdb.DuckDBPyConnection) -> None:
    """Delete inlined rows that no snapshot shows, then set the bounds of every column from what is left."""
    inlined: dict[int, list[str]] = defaultdict(list)
    for table_id, name in cursor.execute(statement("lake", "inlined_tables")).fetchall():
        cursor.execute(statement("lake", "remove_inlined_rows", inlined=name))
        inlined[table_id].append(name)
    of_table: dict[int, list[Bounds]] = defaultdict(list)
    for row in cursor.execute(statement("lake", "columns_with_statistics")).fetchall():
        of_table[row[0]].append(Bounds(*row))
    for table_id, all_bounds in of_table.items():
        _renew(cursor, all_bounds, inlined[table_id])


def _renew(cursor: duckdb.DuckDBPyConnection, all_bounds: list[Bounds], inlined: list[str]) -> None:
    """Set the bounds of the columns of one table.

    They must be exact: DuckLake answers min() and max() from them, and takes an empty bound for „no value yet“.
    """
    types = {name: _column_types(cursor, name) for name in inlined}
    found = cursor.execute(" UNION ALL ".join(_left_of(bounds, types) for bounds in all_bounds)).fetchall()
    left = {column_id: (least, most) for column_id, least, most in found}
    for bounds in all_bounds:
        if left[bounds.column_id] != (bounds.least, bounds.most):
            changed = [*left[bounds.column_id], bounds.table_id, bounds.column_id]
            cursor.execute(statement("lake", "set_bounds"), changed)


def _left_of(bounds: Bounds, inlined: dict[str, dict[str, str]]) -> str:
    """A query for the bounds of one column: in the files that some snapshot needs, and in rows in the catalogue."""
    ids = f"table_id = {int(bounds.table_id)} AND column_id = {int(bounds.column_id)}"
    files = f"{OWN_CATALOGUE}.ducklake_file_column_stats WHERE {ids}"
    parts = [f"SELECT unnest([min_value, max_value]) AS bound FROM {files}"]  # noqa: S608 -- numbers and own names only  # nosec B608
    for name, types in inlined.items():
        if bounds.column in types:
            # PostgreSQL's catalogue keeps text as bytes.
            value = f"decode({quoted(bounds.column)})" if types[bounds.column] == "BLOB" else quoted(bounds.column)
            parts.append(f"SELECT {value}::VARCHAR FROM {OWN_CATALOGUE}.{quoted(name)}")  # noqa: S608 -- as above  # nosec B608
    typed = f"bound::{bounds.sql_type}"
    return (
        f"SELECT {int(bounds.column_id)}, min({typed})::VARCHAR, max({typed})::VARCHAR"  # noqa: S608 -- as above  # nosec B608
        f" FROM ({' UNION ALL '.join(parts)})"
    )


def _column_types(cursor: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    described = cursor.execute(f"DESCRIBE {OWN_CATALOGUE}.{quoted(name)}").fetchall()
    return {row[0]: row[1] for row in described}

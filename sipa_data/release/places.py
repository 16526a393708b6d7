"""Slices as conditions on the tables of the lake. Names come from the closed list of tables; values are bound."""

from collections.abc import Sequence
from datetime import date

from sipa_data.errors import RefusedDelivery
from sipa_data.intake.delivery import Slice
from sipa_data.lake import LakeTransaction
from sipa_data.sql import quoted
from sipa_data.tables import TABLES, Table

Bound = tuple[str, list[str | date]]


def rows_of(place: Slice) -> Bound:
    """Condition and values for the rows of a slice: the same keys, and a period inside it."""
    table = _table_of(place)
    condition, values = _keys_of(place, table)
    if table.period_column:
        condition += f" and cast({quoted(table.period_column)} as date) between ? and ?"
        values += [place.start or date.min, place.end or date.max]
    if table.period_column == "period_start":
        condition += f" and {quoted('period_end')} <= ?"
        values.append(place.end or date.max)
    return condition, values


def rows_cut_by(place: Slice) -> Bound | None:
    """Condition and values for rows whose period reaches beyond the slice; None where a row has but one day."""
    table = _table_of(place)
    if table.period_column != "period_start":
        return None
    condition, values = _keys_of(place, table)
    condition += " and period_start <= ? and period_end >= ? and not (period_start >= ? and period_end <= ?)"
    start, end = place.start or date.min, place.end or date.max
    return condition, [*values, end, start, start, end]


def delete_rows_of(transaction: LakeTransaction, place: Slice) -> None:
    """Delete the rows of a slice."""
    condition, values = rows_of(place)
    transaction.execute(f"DELETE FROM {quoted(place.table)} WHERE {condition}", values)  # noqa: S608 -- see module  # nosec B608


def count_rows(transaction: LakeTransaction, table: str, condition: str, values: Sequence[str | date]) -> int:
    """Number of rows that meet a condition of this module."""
    sql = f"SELECT count(*) AS found FROM {quoted(table)} WHERE {condition}"  # noqa: S608 -- see module  # nosec B608
    return int(transaction.read(sql, values)["found"][0].as_py())


def bring_back_rows_of(transaction: LakeTransaction, place: Slice, snapshot: int) -> None:
    """Insert the rows that a slice had in an older snapshot.

    Upload by upload, so that each data file holds rows of one upload only and a purge can delete whole files.
    """
    condition, values = rows_of(place)
    table = quoted(place.table)
    old = f"{table} AT (VERSION => {int(snapshot)}) WHERE {condition}"
    ids = transaction.read(f"SELECT DISTINCT upload_id FROM {old} ORDER BY upload_id", values)  # noqa: S608 -- see module  # nosec B608
    for upload_id in ids["upload_id"].to_pylist():
        insert = f"INSERT INTO {table} BY NAME SELECT * FROM {old} AND upload_id = ?"  # noqa: S608 -- see module  # nosec B608
        transaction.execute(insert, [*values, upload_id])


def _keys_of(place: Slice, table: Table) -> Bound:
    condition = " and ".join(f"{quoted(column)} = ?" for column in table.slice_by)
    given = dict(place.equals)
    return condition, [given[column] for column in table.slice_by]


def _table_of(place: Slice) -> Table:
    """The slice's table.

    Raises
    ------
    RefusedDelivery : the slice names a table or columns that do not exist
    """
    table = TABLES.get(place.table)
    if table is None or {column for column, _ in place.equals} != set(table.slice_by):
        raise RefusedDelivery(
            f"Die Lieferung sagt für die Tabelle „{place.table}“ nicht vollständig, welchen Ausschnitt sie füllt."
            " Prüfen Sie das Dateiprofil."
        )
    return table

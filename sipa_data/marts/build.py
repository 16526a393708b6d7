"""A mart is built: tables are taken from the lake, rolled up once, and the cells that may not be shown are found."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import duckdb
import pyarrow as pa

from sipa_data.catalogue import Catalogue
from sipa_data.marts.block import pattern_of
from sipa_data.marts.coverage import Coverage
from sipa_data.marts.filled import INCIDENT_TABLES, filled_slices
from sipa_data.marts.instance import TABLES, open_instance, shown, stored
from sipa_data.marts.mart import SQL, Mart, asked
from sipa_data.marts.pattern import Pattern
from sipa_data.marts.person_pattern import person_pattern_of
from sipa_data.marts.series import Series, all_series
from sipa_data.periods import Period
from sipa_data.snapshot import Snapshot
from sipa_data.sql import literal, quoted, statement
from sipa_data.tables import UPLOADS

LOADED = (
    "incidents",
    "population",
    "population_groups",
    "survey_answers",
    "survey_districts",
)
COPIED = (
    "survey_waves",
    "survey_results",
    "person_counts",
    "published_rates",
    "register_values",
    "denominators",
    "partners",
    "projects",
    "project_results",
    "observations_on_site",
    "targets",
    "decisions",
    UPLOADS.name,
)
ROLLED_UP = (
    "series_counts",
    "wave_items",
    "survey_sums",
)
"""What the questions read instead of single rows, so that they cost the same however many rows there are."""
_CASES, _ANSWERS = frozenset(INCIDENT_TABLES), frozenset({"survey_answers", "survey_respondents"})
MADE_OF: Mapping[str, frozenset[str]] = {
    "incidents": _CASES,
    "series_counts": _CASES,
    "population": frozenset({"population"}),
    "population_groups": frozenset({"population"}),
    "survey_answers": _ANSWERS,
    "survey_sums": _ANSWERS,
    "wave_items": _ANSWERS,
    "survey_districts": frozenset({"survey_respondents"}),
}
"""Tables of the lake behind each table of the mart. The others are copies under the same name."""
BY_WAVE = frozenset({"survey_answers", "survey_districts", "survey_sums", "wave_items"})
"""Tables of which every row is made of the answers of one survey wave."""


class SnapshotReader(Protocol):
    """What the mart needs of the lake: one consistent snapshot to read from."""

    @property
    def snapshot(self) -> int: ...

    @property
    def published_at(self) -> datetime | None: ...

    def read(self, sql: str) -> pa.Table: ...


@dataclass(frozen=True, eq=False)
class Neighbour:
    """The mart of another state, of which only some tables of the lake are different: what it knows need not be found
    out again.

    ``changed`` : tables of the lake that may differ; the history of uploads always does
    ``waves`` : of survey tables, the waves whose rows may; None: any
    """

    mart: Mart
    changed: Collection[str] = field(default=())
    waves: Collection[str] | None = None

    def has(self, table: str) -> bool:
        """Whether a table of the mart is the same in both states."""
        return MADE_OF.get(table, frozenset({table})).isdisjoint({*self.changed, UPLOADS.name})

    def has_other_waves(self, table: str) -> bool:
        """Whether most of a table is the same: all but the rows of a few waves."""
        return table in BY_WAVE and self.waves is not None

    def rows(self, table: str) -> pa.Table:
        """The rows that are the same in both states."""
        condition = "true" if self.has(table) else f"not {self.of_waves}"
        with self.mart.connection.cursor() as cursor:
            return cursor.execute(f"from {stored(table)} where {condition}").to_arrow_table()

    @property
    def of_waves(self) -> str:
        """SQL: whether a row is of a wave that may differ."""
        return f"wave_id in ({', '.join(map(literal, sorted(self.waves or ())))})" if self.waves else "false"


def build_mart(
    reader: SnapshotReader, catalogue: Catalogue, previous: Pattern | None = None, neighbour: Neighbour | None = None
) -> Mart:
    """Roll one snapshot up. Takes seconds for 100 million incidents; nothing of it depends on who will ask.

    Parameters
    ----------
    previous : the pattern before the last correction; cells that did not change since stay hidden or shown
    neighbour : of the same catalogue; makes it quicker and changes nothing of the result
    """
    connection = open_instance()
    for table in (*LOADED, *COPIED):
        sql = statement(SQL, f"load_{table}") if table in LOADED else f"from {quoted(table)}"
        _keep(connection, table, _rows(table, neighbour, reader.read, sql))
    series = {one: number for number, one in enumerate(all_series(catalogue))}
    for table in ROLLED_UP:
        if neighbour and (neighbour.has(table) or neighbour.has_other_waves(table)):
            sql = statement(SQL, f"roll_up_{table}")
            rolled = _rows(table, neighbour, lambda one: connection.execute(one).to_arrow_table(), sql)
            _keep(connection, table, rolled)
        else:
            _roll_up(connection, table, series)
    connection.execute(statement(SQL, "macro_chosen_respondents"))
    connection.execute(f"checkpoint {quoted(TABLES)}")  # this is when DuckDB compresses
    coverage = _coverage(connection)
    if neighbour and neighbour.has("series_counts"):
        pattern = neighbour.mart.pattern
    else:
        pattern = _pattern(connection, catalogue, coverage, previous)
    if neighbour and neighbour.has("person_counts"):
        persons = neighbour.mart.person_pattern
    else:
        persons = person_pattern_of(catalogue, lambda name, **values: asked(connection, None, name, values).to_pylist())
    return Mart(catalogue, _snapshot(reader, connection), coverage, pattern, persons, connection, series)


def pattern_at(reader: SnapshotReader, catalogue: Catalogue, previous: Pattern | None = None) -> Pattern:
    """The pattern of hidden cells of a snapshot alone, without a mart around it. Parameters as for ``build_mart``."""
    with open_instance() as connection:
        _keep(connection, "incidents", reader.read(statement(SQL, "load_incidents")))
        _keep(connection, UPLOADS.name, reader.read(f"from {quoted(UPLOADS.name)}"))
        _roll_up(connection, "series_counts", {one: number for number, one in enumerate(all_series(catalogue))})
        return _pattern(connection, catalogue, _coverage(connection), previous)


def _pattern(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, coverage: Coverage, previous: Pattern | None
) -> Pattern:
    return pattern_of(catalogue, coverage, lambda name, **values: asked(connection, None, name, values), previous)


def _rows(table: str, neighbour: Neighbour | None, read: Callable[[str], pa.Table], sql: str) -> pa.Table:
    """All rows of a table of the mart; read is only what the neighbour does not have."""
    if neighbour is None or not (neighbour.has(table) or neighbour.has_other_waves(table)):
        return read(sql)
    if neighbour.has(table):
        return neighbour.rows(table)
    return pa.concat_tables([neighbour.rows(table), read(f"from ({sql}) where {neighbour.of_waves}")])


def _keep(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f"create table {stored(table)} as from incoming")
    connection.unregister("incoming")
    connection.execute(shown(table))


def _roll_up(connection: duckdb.DuckDBPyConnection, table: str, series: Mapping[Series, int]) -> None:
    values = members(series) if table == "series_counts" else None
    connection.execute(f"create table {stored(table)} as\n{statement(SQL, f'roll_up_{table}')}", values)
    connection.execute(shown(table))


def members(series: Mapping[Series, int]) -> dict[str, list[object]]:
    """The series as columns, one row per offence key and kind of place."""
    rows = [
        (number, one.source, key, kind)
        for one, number in series.items()
        for key in one.offence_keys
        for kind in one.place_kinds or ("",)
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    return dict(zip(("series", "sources", "offence_keys", "place_kinds"), columns, strict=True))


def _coverage(connection: duckdb.DuckDBPyConnection) -> Coverage:
    def fetch(name: str) -> Iterable[tuple[object, ...]]:
        return connection.execute(statement(SQL, name)).fetchall()

    def period(start: object, end: object) -> Period:
        if not (isinstance(start, date) and isinstance(end, date)):
            raise TypeError(f"the mart gave {start!r} and {end!r} where days were expected")
        return Period(start, end)

    delivered = ((str(row[0]), period(row[1], row[2]), bool(row[3])) for row in fetch("ask_covered_periods"))
    keys = (
        (str(source), str(key), None if kind is None else str(kind), period(start, end))
        for source, key, kind, start, end in fetch("ask_collected_keys")
    )
    uploads = ((str(slices), bool(purged)) for slices, purged in fetch("ask_upload_slices"))
    return Coverage.of(delivered, keys, filled_slices(uploads))


def _snapshot(reader: SnapshotReader, connection: duckdb.DuckDBPyConnection) -> Snapshot:
    uploads = connection.execute("select marking, profile from uploads where status = 'published'").fetchall()
    return Snapshot(
        id=reader.snapshot,
        published_at=reader.published_at,
        synthetic=any(marking == "synthetic" for marking, _ in uploads),
        sources=tuple(sorted({profile for _, profile in uploads})),
    )

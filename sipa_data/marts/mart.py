"""The mart: one snapshot of the lake, rolled up in memory, and the pattern of cells that may not be shown.

It is a DuckDB instance of its own without extensions, locked: it reads no file and no other database. Every query
takes its own cursor, because one connection used by several threads mixes results, and has a time limit.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

import duckdb
import pyarrow as pa

from sipa_data.catalogue import Catalogue
from sipa_data.marts.block import pattern_of
from sipa_data.marts.coverage import Coverage
from sipa_data.marts.filled import filled_slices
from sipa_data.marts.instance import TABLES, open_instance, shown, stored
from sipa_data.marts.pattern import Pattern
from sipa_data.marts.person_pattern import PersonPattern, person_pattern_of
from sipa_data.marts.series import Series, all_series
from sipa_data.marts.time_limit import TimeLimit
from sipa_data.memory import Memory
from sipa_data.periods import Period
from sipa_data.snapshot import Snapshot
from sipa_data.sql import quoted, statement

T = TypeVar("T")

SQL = "marts.sql"
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
    "uploads",
)
ROLLED_UP = (
    "series_counts",
    "wave_items",
    "survey_sums",
)
"""What the questions read instead of single rows, so that they cost the same however many rows there are."""
QUERY_SECONDS = 10.0
"""Questions take milliseconds; what runs for seconds is stuck, and would keep a core from everybody else."""
VISITORS = TimeLimit(QUERY_SECONDS)
MOST_BYTES = 16 * 2**20
"""A snapshot never changes, so a result stays right: other districts and readers ask for the same counts again."""
TABLE_BYTES = 2_000
"""What a result takes beside its cells, with the question it answers."""
ResultMemory = Memory[Hashable, pa.Table]


class SnapshotReader(Protocol):
    """What the mart needs of the lake: one consistent snapshot to read from."""

    @property
    def snapshot(self) -> int: ...

    @property
    def published_at(self) -> datetime | None: ...

    def read(self, sql: str) -> pa.Table: ...


@dataclass(frozen=True, eq=False)
class Mart:
    """One snapshot, ready to be asked. Only ``answers`` talks to it."""

    catalogue: Catalogue
    snapshot: Snapshot
    coverage: Coverage
    pattern: Pattern
    person_pattern: PersonPattern
    connection: duckdb.DuckDBPyConnection
    series: Mapping[Series, int]  # every askable series, by its number in series_counts
    time_limit: TimeLimit = VISITORS
    derived: dict[Hashable, object] = field(default_factory=dict, repr=False)
    results: ResultMemory = field(default_factory=lambda: Memory(MOST_BYTES, lambda table: table.nbytes + TABLE_BYTES))

    def query(self, name: str, **values: object) -> pa.Table:
        """Result of the SQL file ``ask_<name>.sql`` with its values bound.

        Raises
        ------
        QueryTooSlow : it took longer than the time limit
        """
        key = name, tuple((value, _hashable(values[value])) for value in sorted(values))
        return self.results.recall(key, lambda: _ask(self.connection, self.time_limit, name, values))

    def rows(self, name: str, **values: object) -> list[dict[str, object]]:
        """The same as a list of rows, for small results."""
        return self.query(name, **values).to_pylist()  # type: ignore[no-any-return]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What answers make of many rows, made once per mart, as the inhabitants of all districts and dates.

        Parameters
        ----------
        key : from a list that the catalogue closes, never from a visitor: nothing is forgotten
        make : gives a value that nobody changes
        """
        if key not in self.derived:
            self.derived[key] = make()
        return self.derived[key]  # type: ignore[return-value]  # the same key always comes with the same kind of value

    def close(self) -> None:
        self.connection.close()


def build_mart(reader: SnapshotReader, catalogue: Catalogue, previous: Pattern | None = None) -> Mart:
    """Roll one snapshot up. Takes seconds for 100 million incidents; nothing of it depends on who will ask.

    Parameters
    ----------
    previous : the pattern before the last correction; cells that did not change since stay hidden or shown
    """
    connection = open_instance()
    for table in LOADED:
        _keep(connection, table, reader.read(statement(SQL, f"load_{table}")))
    for table in COPIED:
        _keep(connection, table, reader.read(f"from {quoted(table)}"))
    series = {one: number for number, one in enumerate(all_series(catalogue))}
    for table in ROLLED_UP:
        rolled_up = statement(SQL, f"roll_up_{table}")
        values = _members(series) if table == "series_counts" else None
        connection.execute(f"create table {stored(table)} as\n{rolled_up}", values)
        connection.execute(shown(table))
    connection.execute(statement(SQL, "macro_chosen_respondents"))
    connection.execute(f"checkpoint {quoted(TABLES)}")  # this is when DuckDB compresses
    coverage = _coverage(connection)

    def ask(name: str, **values: object) -> pa.Table:
        return _ask(connection, None, name, values)

    pattern = pattern_of(catalogue, coverage, ask, previous)
    persons = person_pattern_of(catalogue, lambda name, **values: ask(name, **values).to_pylist())
    return Mart(catalogue, _snapshot(reader, connection), coverage, pattern, persons, connection, series)


def pattern_at(reader: SnapshotReader, catalogue: Catalogue, previous: Pattern | None = None) -> Pattern:
    """The pattern of hidden cells of a snapshot alone, without a mart around it. Parameters as for ``build_mart``."""
    with open_instance() as connection:
        _keep(connection, "incidents", reader.read(statement(SQL, "load_incidents")))
        _keep(connection, "uploads", reader.read("from uploads"))
        series = {one: number for number, one in enumerate(all_series(catalogue))}
        rolled_up = statement(SQL, "roll_up_series_counts")
        connection.execute(f"create table {stored('series_counts')} as\n{rolled_up}", _members(series))
        connection.execute(shown("series_counts"))
        coverage = _coverage(connection)
        return pattern_of(catalogue, coverage, lambda name, **values: _ask(connection, None, name, values), previous)


def _hashable(value: object) -> Hashable:
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


def _ask(
    connection: duckdb.DuckDBPyConnection, limit: TimeLimit | None, name: str, values: Mapping[str, object]
) -> pa.Table:
    """Run one question on a cursor of its own; a mart that is being built has no time limit."""
    with connection.cursor() as cursor, limit.over(cursor) if limit else nullcontext():
        return cursor.execute(statement(SQL, f"ask_{name}"), values or None).to_arrow_table()


def _keep(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f"create table {stored(table)} as from incoming")
    connection.unregister("incoming")
    connection.execute(shown(table))


def _members(series: Mapping[Series, int]) -> dict[str, list[object]]:
    """The series as columns, one row per offence key and kind of place."""
    members = [
        (number, one.source, key, kind)
        for one, number in series.items()
        for key in one.offence_keys
        for kind in one.place_kinds or ("",)
    ]
    columns = [list(column) for column in zip(*members, strict=True)] or [[], [], [], []]
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

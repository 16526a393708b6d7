"""The mart: one snapshot of the lake, rolled up in memory, and the pattern of cells that may not be shown.

It is a DuckDB instance of its own without extensions, locked: it reads no file and no other database. Every query
takes its own cursor, because one connection used by several threads mixes results, and has a time limit.
"""

from collections.abc import Callable, Hashable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TypeVar

import duckdb
import pyarrow as pa

from sipa_data.catalogue import Catalogue
from sipa_data.marts.coverage import Coverage
from sipa_data.marts.pattern import Pattern
from sipa_data.marts.person_pattern import PersonPattern
from sipa_data.marts.series import Series
from sipa_data.marts.time_limit import TimeLimit
from sipa_data.memory import Memory
from sipa_data.snapshot import Snapshot
from sipa_data.sql import statement

T = TypeVar("T")

SQL = "marts.sql"
QUERY_SECONDS = 10.0
"""Questions take milliseconds; what runs for seconds is stuck, and would keep a core from everybody else."""
VISITORS = TimeLimit(QUERY_SECONDS)
MOST_BYTES = 16 * 2**20
"""A snapshot never changes, so a result stays right: other districts and readers ask for the same counts again."""
TABLE_BYTES = 2_000
"""What a result takes beside its cells, with the question it answers."""
ResultMemory = Memory[Hashable, pa.Table]


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
        return self.results.recall(key, lambda: asked(self.connection, self.time_limit, name, values))

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


def _hashable(value: object) -> Hashable:
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


def asked(
    connection: duckdb.DuckDBPyConnection, limit: TimeLimit | None, name: str, values: Mapping[str, object]
) -> pa.Table:
    """Run one question on a cursor of its own; a mart that is being built has no time limit."""
    with connection.cursor() as cursor, limit.over(cursor) if limit else nullcontext():
        return cursor.execute(statement(SQL, f"ask_{name}"), values or None).to_arrow_table()

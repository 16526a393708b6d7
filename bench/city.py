"""The example city as plain Parquet files, with as many single incidents as wanted, and a mart made of them."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.measure import PROJECT
from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.demo import build_example_city
from sipa_data.lake import open_lake
from sipa_data.marts import Mart, build_mart
from sipa_data.settings import Settings
from sipa_data.sql import quoted
from sipa_data.tables import TABLES, UPLOADS

WORK = PROJECT / "build" / "bench"
ANYWHERE = 0.1
"""Share of the events that lie in any district and any kind of place."""
MOST_AT_ONCE = 10_000_000
MADE_OF = ("data/stuttgart", "data/demo", "data/profiles", "sipa_data/demo", "sipa_data/tables.py")
"""What the example city depends on; where none of it changed, the one of the last run serves again."""


@dataclass(frozen=True)
class RawCity:
    """A snapshot of plain Parquet files, one per table. ``build_mart`` reads it as it reads the lake."""

    folder: Path
    snapshot: int = 1
    published_at: datetime = datetime(2026, 1, 31, 12, tzinfo=UTC)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A database whose tables are the files themselves."""
        connection = duckdb.connect()
        for path in self.folder.glob("*.parquet"):
            connection.execute(f"create view {quoted(path.stem)} as from read_parquet('{path}')")
        return connection

    def read(self, sql: str) -> pa.Table:
        with self.connect() as connection:
            return connection.execute(sql).to_arrow_table()

    def mart(self) -> Mart:
        return build_mart(self, catalogue())


@cache
def catalogue() -> Catalogue:
    return load_catalogue(PROJECT / "data" / "stuttgart")


def example_city(tell: Callable[[str], object] = print) -> Settings:
    """The example city, delivered through the door like any other data; built anew when it has changed."""
    folder = WORK / f"city-{_fingerprint()}"
    settings = Settings(
        city=PROJECT / "data" / "stuttgart",
        profiles=PROJECT / "data" / "profiles",
        lake=str(folder / "catalogue.sqlite"),
        lake_files=folder / "files",
    )
    if not (folder / "complete").exists():
        for old in WORK.glob("city-*"):  # beside them lie the files of whoever measures
            shutil.rmtree(old)
        tell("building the example city (once) …")
        build_example_city(settings)
        (folder / "complete").touch()
    return settings


def raw_city(settings: Settings, events: int, folder: Path | None = None) -> RawCity:
    """The example city with its recorded cases as ``events`` single incidents.

    They lie over months, districts, keys and kinds of place as the cases of the example city do; a tenth lies anywhere,
    so that with their number the number of different combinations grows, too.
    """
    target = folder or Path(settings.lake).parent / f"raw-{events}"
    if not (target / "complete").exists():
        target.mkdir(parents=True, exist_ok=True)
        with open_lake(settings) as lake, lake.reader() as reader:
            for table in (*TABLES.values(), UPLOADS):
                pq.write_table(reader.read(f"from {quoted(table.name)}"), target / f"{table.name}.parquet")
        _write_events(target, events)
        (target / "complete").touch()
    return RawCity(target)


def _write_events(target: Path, events: int) -> None:
    """They take the place of the counts. Piece by piece, so that a hundred million need no more memory than a few."""
    counts = pq.read_table(target / "incident_counts.parquet")
    path = target / "incident_events.parquet"
    delivered = pq.read_table(path)  # of sources that deliver single incidents anyway
    cases = counts["cases"].to_numpy()
    pieces = -(-events // MOST_AT_ONCE)
    with pq.ParquetWriter(path, delivered.schema) as file:
        file.write_table(delivered)
        for piece in range(pieces):
            random = np.random.default_rng(piece)
            times = random.poisson(cases * (events / pieces / cases.sum()))
            file.write_table(_events(counts, np.repeat(np.arange(times.size), times), random, delivered.schema))
    pq.write_table(counts.slice(0, 0), target / "incident_counts.parquet")


def _events(counts: pa.Table, cell: np.ndarray, random: np.random.Generator, schema: pa.Schema) -> pa.Table:
    """One event per entry of ``cell``, the row of the counts that it belongs to."""
    rows = {name: counts[name].combine_chunks() for name in schema.names if name in counts.schema.names}
    columns = {name: column.dictionary_encode().take(pa.array(cell)) for name, column in rows.items()}
    elsewhere = pa.array(random.random(cell.size) < ANYWHERE)
    for name in ("district_id", "place_kind"):
        names = columns[name].dictionary
        drawn = pa.DictionaryArray.from_arrays(random.integers(0, len(names), cell.size).astype(np.int32), names)
        columns[name] = pc.if_else(elsewhere, drawn, columns[name])
    starts, ends = (counts[name].to_numpy().astype("datetime64[m]") for name in ("period_start", "period_end"))
    minutes = (ends - starts + np.timedelta64(1, "D")).astype(int)[cell]
    when = starts[cell] + (random.random(cell.size) * minutes).astype("timedelta64[m]")
    columns["occurred_at"] = pa.array(when.astype("datetime64[us]"))
    columns["event_id"] = pa.array(np.arange(cell.size)).cast(pa.string())
    cases = counts["cases"].to_numpy()
    for flag, counted in (("attempted", "attempts"), ("cleared", "cleared")):
        share = counts[counted].to_numpy() / np.maximum(cases, 1)  # without a number: not a number
        yes = random.random(cell.size) < share[cell]
        columns[flag] = pa.array(yes, mask=np.isnan(share)[cell])
    return pa.table({name: columns[name] for name in schema.names}).cast(schema)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in MADE_OF:
        root = PROJECT / name
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

"""Writing delivery files as offices do: CSV with semicolons, or Parquet where a table is large."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq


def write_csv(table: pa.Table, path: Path) -> None:
    """Semicolons, UTF-8, quotes only where a cell needs them."""
    plain = [pc.cast(column, pa.string()) for column in table.columns]
    options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="needed")
    pyarrow.csv.write_csv(pa.table(plain, names=table.column_names), path, write_options=options)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Words as words, numbers as numbers."""
    pq.write_table(table, path, compression="zstd")


def write_pairs(pairs: Sequence[tuple[str, str]], path: Path) -> None:
    """What a survey institute says of a wave: a statement per line."""
    table = pa.table({"Angabe": [what for what, _ in pairs], "Wert": [value for _, value in pairs]})
    write_csv(table, path)

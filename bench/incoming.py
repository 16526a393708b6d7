"""Import with all checks against DuckDB's bare COPY of the same file to Parquet: rows per second, and peak memory."""

from pathlib import Path

from bench import incoming_files
from bench.measure import in_own_process
from bench.report import Row, at_least, at_most

ROWS = 5_000_000
KOELN_ROWS = 500_000
FEWER = 5
"""Memory is compared with a file of a fifth of the rows."""


def measure(folder: Path, rows: int = ROWS, koeln_rows: int = KOELN_ROWS) -> list[Row]:
    """Both shapes of file; each way in a process of its own, so that its peak of memory is its own."""
    plain, fewer = folder / "vorfaelle.csv", folder / "vorfaelle-weniger.csv"
    incoming_files.write_plain(plain, rows)
    incoming_files.write_plain(fewer, rows // FEWER)
    koeln = incoming_files.write_koeln(folder / "koeln", koeln_rows)
    found = [
        *_compared(f"own layout, {rows:,} rows", "eigene-vorfaelle", plain, folder),
        *_compared(f"Köln's shape, {koeln_rows:,} rows", "koeln-ordnungswidrigkeiten", koeln, folder),
    ]
    most, least = (
        in_own_process("bench.incoming_once", "import", "eigene-vorfaelle", path)["megabytes"]
        for path in (plain, fewer)
    )
    growth = at_most(1.2, most / least)
    what = f"peak memory, {rows:,} against {rows // FEWER:,} rows"
    return [*found, Row("import", what, f"{most:.0f} MB", f"{least:.0f} MB", **growth)]  # type: ignore[arg-type]


def _compared(what: str, profile: str, path: Path, folder: Path) -> list[Row]:
    bare = in_own_process("bench.incoming_once", "copy", path, folder / "bare.parquet")
    ours = in_own_process("bench.incoming_once", "import", profile, path)
    if ours["rows"] != bare["rows"]:
        raise ValueError(f"{path.name}: {ours['rows']} rows read, COPY found {bare['rows']}")
    speeds = [run["rows"] / run["seconds"] for run in (ours, bare)]
    shown = [f"{speed:,.0f} rows/s" for speed in speeds]
    return [Row("import", f"{what}, with all checks against bare COPY", *shown, **at_least(0.5, speeds[0] / speeds[1]))]  # type: ignore[arg-type]

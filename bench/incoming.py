"""From a file to its rehearsal, against DuckDB's bare COPY of the same file to Parquet: speed, and peak memory."""

import statistics
from pathlib import Path
from typing import Any

from bench import incoming_files
from bench.measure import in_own_process
from bench.report import Row, at_least, at_most

ROWS = 5_000_000
FEWEST_ROWS, MOST_ROWS = 1_000_000, 10_000_000
"""Memory is compared between these."""
KOELN_ROWS = 500_000
PERSONS = 10_000
A_FEW_SECONDS = 5
TURNS = 3
CHECKED, REHEARSED = 0.5, 0.4
"""Aims: shares of the rows per second of a bare COPY."""
Run = dict[str, Any]
OWN, KOELN, SURVEY = "eigene-vorfaelle", "koeln-ordnungswidrigkeiten", "eigene-befragung"


def measure(folder: Path) -> list[Row]:
    """Each way in a process of its own, so that its peak of memory is its own."""
    plain, wave = folder / "vorfaelle.csv", folder / "welle.sav"
    incoming_files.write_plain(plain, ROWS)
    koeln = incoming_files.write_koeln(folder / "koeln", KOELN_ROWS)
    return [
        *_against_copy(f"own layout, {ROWS:,} rows", plain, OWN, folder),
        *_against_copy(f"Köln's shape, {KOELN_ROWS:,} rows", koeln, KOELN, folder, rehearsed=False),
        _memory(folder),
        _wave(wave, incoming_files.write_wave(wave, PERSONS)),
    ]


def _against_copy(what: str, path: Path, profile: str, folder: Path, *, rehearsed: bool = True) -> list[Row]:
    """In turns, so that a busy second of the machine hits both; a rehearsal takes long enough to be run once."""
    ours, bare = [], []
    for _ in range(TURNS):
        bare.append(in_own_process("bench.incoming_once", "copy", path, folder / "bare.parquet"))
        ours.append(in_own_process("bench.incoming_once", "import", profile, path))
    to_rehearsal = [in_own_process("bench.incoming_once", "rehearse", profile, path)] if rehearsed else []
    if len(counts := {run["rows"] for run in (*ours, *bare, *to_rehearsal)}) > 1:
        raise ValueError(f"{path.name}: {counts} rows were read")
    compared = [
        _speed(f"{what}, file to checked Parquet against bare COPY", ours, bare, aim=CHECKED),
        _processor(f"{what}, the same in time of the processors", ours, bare),
    ]
    if rehearsed:
        compared.append(_speed(f"{what}, file to finished rehearsal, likewise", to_rehearsal, bare, aim=REHEARSED))
    return compared


def _speed(what: str, ours: list[Run], bare: list[Run], *, aim: float) -> Row:
    speeds = [statistics.median(run["rows"] / run["seconds"] for run in runs) for runs in (ours, bare)]
    shown = [f"{speed:,.0f} rows/s" for speed in speeds]
    return Row("import", what, *shown, **at_least(aim, speeds[0] / speeds[1]))  # type: ignore[arg-type]


def _processor(what: str, ours: list[Run], bare: list[Run]) -> Row:
    """What a busy machine hardly changes."""
    used = [statistics.median(run["processor_seconds"] for run in runs) for runs in (ours, bare)]
    return Row("import", what, *(f"{seconds:.2f} s" for seconds in used), f"{used[1] / used[0]:.2f}×")


def _memory(folder: Path) -> Row:
    held = {}
    for rows in (FEWEST_ROWS, MOST_ROWS):
        path = folder / "speicher.csv"
        incoming_files.write_plain(path, rows)
        held[rows] = in_own_process("bench.incoming_once", "import", OWN, path)["megabytes"]
    growth = at_most(1.2, held[MOST_ROWS] / held[FEWEST_ROWS])
    what = f"peak memory, {MOST_ROWS:,} against {FEWEST_ROWS:,} rows"
    return Row("import", what, f"{held[MOST_ROWS]:.0f} MB", f"{held[FEWEST_ROWS]:.0f} MB", **growth)  # type: ignore[arg-type]


def _wave(path: Path, questions: int) -> Row:
    found = in_own_process("bench.incoming_once", "rehearse", SURVEY, path)
    took, used = found["seconds"], found["processor_seconds"]
    what = f"SPSS wave, {PERSONS:,} respondents, {questions} questions, from drop to rehearsal"
    shown = (f"{took:.1f} s", f"{used:.1f} s of the processors")
    return Row("import", what, *shown, aim=f"≤ {A_FEW_SECONDS} s", reaches=took <= A_FEW_SECONDS)

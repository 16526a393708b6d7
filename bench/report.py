"""What was measured, as rows of one table, and their place in docs/benchmarks.md."""

import importlib.metadata
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import PROJECT

PAGE = PROJECT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LIBRARIES = ("streamlit", "duckdb", "pandas", "polars", "plotly")


@dataclass(frozen=True)
class Row:
    """One measured thing beside what it is compared with.

    ``ratio`` : as the aim is worded; ``reaches`` : whether it does, None where no aim is set
    """

    subject: str
    what: str
    ours: str
    compared: str = ""
    ratio: str = ""
    aim: str = ""
    reaches: bool | None = None


def at_least(aim: float, ratio: float) -> dict[str, object]:
    return {"ratio": f"{ratio:.2f}×", "aim": f"≥ {aim:g}×", "reaches": ratio >= aim}


def at_most(aim: float, ratio: float) -> dict[str, object]:
    return {"ratio": f"{ratio:.2f}×", "aim": f"≤ {aim:g}×", "reaches": ratio <= aim}


def machine() -> str:
    """Cores, memory and versions; no names."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    load = f"load {os.getloadavg()[0]:.1f} at the end of the run"
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, {versions}; "
        f"{datetime.now(UTC):%Y-%m-%d}, {load}"
    )


def table(rows: list[Row]) -> str:
    """Markdown, one line per measurement; subjects that were measured in this run only."""
    marks = {True: "reached", False: "**missed**", None: ""}
    lines = ["| subject | what | ours | compared with | ratio | aim | |", "|---|---|---:|---:|---:|---:|---|"]
    lines += [
        f"| {row.subject} | {row.what} | {row.ours} | {row.compared} | {row.ratio} | {row.aim} | {marks[row.reaches]} |"
        for row in rows
    ]
    return "\n".join(lines)


def write(rows: list[Row], page: Path = PAGE) -> None:
    """Put the table where the page keeps it; subjects that were not measured now keep their lines."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    measured = {row.subject for row in rows}
    kept = [line for line in old.splitlines() if line.startswith("| ") and _subject(line) not in measured | {"subject"}]
    new = table(rows).splitlines()
    body = sorted([*new[2:], *kept], key=_subject)
    page.write_text("\n".join([before + BEGIN, machine(), "", *new[:2], *body, END]) + after, encoding="utf-8")


def _subject(line: str) -> str:
    return line.split("|")[1].strip()

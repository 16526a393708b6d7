"""How things are measured: medians of several runs, and work in a process of its own where memory counts."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
MEGABYTE = 2**20


def seconds(work: Callable[[], object], runs: int, before: Callable[[], object] = lambda: None) -> float:
    """Median duration of ``work``; ``before`` is not counted."""
    found = []
    for _ in range(runs):
        before()
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def in_own_process(module: str, *arguments: object) -> dict[str, Any]:
    """What ``python -m module`` prints as JSON in its last line."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # -- our own module  # nosec B603
    if run.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{run.stdout}\n{run.stderr}")
    return json.loads(run.stdout.splitlines()[-1])


def peak_megabytes() -> float:
    """The most memory this process has held so far. Not from getrusage: that begins with what the parent held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def resident_megabytes(process: int) -> float:
    """What a process holds in memory now, with its children."""
    pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in (process, *_children(process))]
    return sum(pages) * 4096 / MEGABYTE


def _children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_children(int(child))]
    return found

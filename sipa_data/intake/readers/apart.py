"""Let a process of its own open a file first: what ends it must not end the server."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

PROBE = Path(__file__).with_name("probe.py")
MOST_MEMORY = 700_000_000  # bytes; a sheet of a million rows and twenty columns takes them
NO_MEMORY = 3  # how the probe ends when they are not enough

End = Literal["crash", "memory"]


def end_of_reader(path: Path, kind: Literal["workbook", "spss", "stata"]) -> End | None:
    """What ends the reader of such files over this one. What is merely damaged is told by the reading itself."""
    tried = subprocess.run(  # noqa: S603 -- our own script, our own interpreter, a path of ours  # nosec B603
        [sys.executable, "-I", str(PROBE), kind, str(path), str(MOST_MEMORY)], capture_output=True, check=False
    )
    if tried.returncode == NO_MEMORY:
        return "memory"
    return "crash" if tried.returncode < 0 else None

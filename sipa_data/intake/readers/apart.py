"""Let a process of its own open a file first: what ends it must not end the server."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

PROBE = Path(__file__).with_name("probe.py")


def ends_its_reader(path: Path, kind: Literal["workbook", "spss", "stata"]) -> bool:
    """Whether the reader of such files is ended by this one. What is merely damaged is told by the reading itself."""
    tried = subprocess.run(  # noqa: S603 -- our own script, our own interpreter, a path of ours  # nosec B603
        [sys.executable, "-I", str(PROBE), kind, str(path)], capture_output=True, check=False
    )
    return tried.returncode < 0

"""Open a workbook in a process of its own, with little memory and time: run as a script, never imported by the house.

The reader reserves room for every cell up to the last one that a sheet names. A file of ten kilobytes that names the
last cell there can be would end the whole server; here it only ends this process.
"""

import resource
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

MOST_MEMORY = 700_000_000  # bytes of addresses beyond what the interpreter has taken already
MOST_SECONDS = 120


def _reserved() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    limit = _reserved() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    workbook = CalamineWorkbook.from_path(sys.argv[1])
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name)

"""Open a file in a process of its own, with little memory and time: run as a script, never imported by the house.

The reader of workbooks reserves room for every cell up to the last one that a sheet names; a file of ten kilobytes that
names the last cell there can be ends its process. The reader of SPSS and Stata files crashes on some damaged ones.
Here that ends this process, and not the server.
"""

import resource
import sys
from pathlib import Path

MOST_MEMORY = 700_000_000  # bytes of addresses beyond what the interpreter and the reader have taken already
MOST_SECONDS = 120
ROWS_PER_READ = 5_000


def _limit() -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _workbook(path: str) -> None:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 -- each kind of file needs only its own reader

    _limit()
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name)


def _statistics(path: str, kind: str) -> None:
    import pyreadstat  # noqa: PLC0415 -- as above

    _limit()
    read = pyreadstat.read_sav if kind == "spss" else pyreadstat.read_dta
    read(path, metadataonly=True)
    offset, height = 0, ROWS_PER_READ
    while height == ROWS_PER_READ:
        columns, _ = read(path, row_offset=offset, row_limit=ROWS_PER_READ, user_missing=True, output_format="dict")
        height = len(next(iter(columns.values()), ()))
        offset += height


if __name__ == "__main__":
    if sys.argv[1] == "workbook":
        _workbook(sys.argv[2])
    else:
        _statistics(sys.argv[2], sys.argv[1])

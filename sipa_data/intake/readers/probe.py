"""Open a file in a process of its own, with little memory and time: run as a script, never imported by the house.

The reader of workbooks reserves room for every cell up to the last one that a sheet names; a file of ten kilobytes that
names the last cell there can be ends its process. The reader of SPSS and Stata files crashes on some damaged ones.
Here that ends this process, and not the server. Too little memory has an exit code of its own: a library that notices
it raises an exception, and so does a file that is merely damaged.
"""

import resource
import sys
from pathlib import Path

MOST_SECONDS = 120
ROWS_PER_READ = 5_000
NO_MEMORY = 3  # exit code; an exception ends a process with 1
SAYS_SO = "Unable to allocate memory"  # how ReadStat puts it


def _limit(most_memory: int) -> None:
    """``most_memory`` : bytes of addresses beyond what the interpreter and the reader have taken already."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + most_memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _workbook(path: str, most_memory: int) -> None:
    """All sheets beside each other: whoever reads them one by one needs less, and as long for each."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 -- each kind of file needs only its own reader

    _limit(most_memory)
    workbook = CalamineWorkbook.from_path(path)
    _ = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]


def _statistics(path: str, kind: str, most_memory: int) -> None:
    import pyreadstat  # noqa: PLC0415 -- as above

    _limit(most_memory)
    read = pyreadstat.read_sav if kind == "spss" else pyreadstat.read_dta
    read(path, metadataonly=True, output_format="dict")
    offset, height = 0, ROWS_PER_READ
    while height == ROWS_PER_READ:
        columns, _ = read(path, row_offset=offset, row_limit=ROWS_PER_READ, user_missing=True, output_format="dict")
        height = len(next(iter(columns.values()), ()))
        offset += height


def _open(kind: str, path: str, most_memory: int) -> None:
    if kind == "workbook":
        _workbook(path, most_memory)
    else:
        _statistics(path, kind, most_memory)


if __name__ == "__main__":
    try:
        _open(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    except MemoryError:
        sys.exit(NO_MEMORY)
    except Exception as fault:
        if SAYS_SO in str(fault):
            sys.exit(NO_MEMORY)
        raise

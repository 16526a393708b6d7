"""One import or one bare COPY, in a process of its own. Prints rows, seconds and peak memory as JSON."""

import json
import sys
import time
from pathlib import Path

import duckdb

from bench.measure import PROJECT, peak_megabytes
from sipa_data.catalogue import load_catalogue
from sipa_data.intake import load_profiles, read_delivery


def bare_copy(path: Path, target: Path) -> int:
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")  # as many as an import has
        copied = connection.execute(f"copy (from read_csv('{path}')) to '{target}' (format parquet)").fetchone()
    return int(copied[0])


def whole_import(profile: str, path: Path) -> int:
    catalogue = load_catalogue(PROJECT / "data" / "stuttgart")
    with read_delivery(path, catalogue, load_profiles(PROJECT / "data" / "profiles")[profile]) as delivery:
        return delivery.report.rows_in


def main(way: str, first: str, second: str) -> None:
    begun = time.perf_counter()
    rows = bare_copy(Path(first), Path(second)) if way == "copy" else whole_import(first, Path(second))
    took = time.perf_counter() - begun
    print(json.dumps({"rows": rows, "seconds": took, "megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(*sys.argv[1:4])

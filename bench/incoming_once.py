"""One bare COPY, one import or one way from a file to its rehearsal, in a process of its own. Prints JSON.

``rows``; ``seconds`` and ``processor_seconds`` of the work alone, not of starting; ``megabytes``: the most it held.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from bench.city import example_city
from bench.measure import PROJECT, peak_megabytes
from sipa_data.access.scope import Role, Scope
from sipa_data.catalogue import load_catalogue
from sipa_data.house import open_house
from sipa_data.intake import Wave, load_profiles, look_at, read_delivery, recognise
from sipa_data.release import rehearsal_of

WAVE = Wave(id="messung", title="Messung", field_start=date(2027, 3, 1), field_end=date(2027, 4, 30))
Work = Callable[[], int]
"""Does it, and says how many rows there were."""


def bare_copy(path: Path, target: Path) -> dict[str, float]:
    def copy() -> int:
        with duckdb.connect() as connection:
            connection.execute("set threads = 2")  # as many as an import has
            copied = connection.execute(f"copy (from read_csv('{path}')) to '{target}' (format parquet)").fetchone()
        return int(copied[0])

    return _measured(copy)


def whole_import(profile: str, path: Path) -> dict[str, float]:
    def read() -> int:
        catalogue = load_catalogue(PROJECT / "data" / "stuttgart")
        with read_delivery(path, catalogue, load_profiles(PROJECT / "data" / "profiles")[profile]) as delivery:
            return delivery.report.rows_in

    return _measured(read)


def to_rehearsal(profile: str, path: Path) -> dict[str, float]:
    """What the page does from the drop of a file until the rehearsal stands, in the example city."""
    settings, wave = example_city(), WAVE if path.suffix == ".sav" else None
    with open_house(settings) as house:

        def rehearse() -> int:
            profiles = load_profiles(settings.profiles)
            recognise(look_at(path), house.catalogue, profiles)
            with read_delivery(path, house.catalogue, profiles[profile], described=wave, coarsen=True) as delivery:
                rehearsal_of(house.lake, house.mart, delivery, Scope.of(Role.office), may_replace=True)
                return delivery.report.rows_in

        return _measured(rehearse)


def _measured(work: Work) -> dict[str, float]:
    begun, busy = time.perf_counter(), time.process_time()
    rows = work()
    took, used = time.perf_counter() - begun, time.process_time() - busy
    return {"rows": rows, "seconds": took, "processor_seconds": used, "megabytes": peak_megabytes()}


def main(way: str, first: str, second: str) -> None:
    match way:
        case "copy":
            found = bare_copy(Path(first), Path(second))
        case "import":
            found = whole_import(first, Path(second))
        case _:
            found = to_rehearsal(first, Path(second))
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:4])

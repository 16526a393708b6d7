"""A thousand publishing processes killed at random moments: each leaves the old state or the new one, never a third.

The test suite does this four times at chosen steps and twice at chosen moments; here the moment is anybody's guess.
"""

import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from multiprocessing.synchronize import Event
from pathlib import Path

from sipa_data.german import number
from sipa_data.lake import Lake, open_lake
from sipa_data.release import inconsistencies, publish
from sipa_data.settings import Settings
from soak.report import Line
from tests.support.deliveries import Office

CRASHES = 1_000
SMALL, LARGE = 40, 2_000
"""Districts in the two states, so that they can be told apart and writing takes a while."""
LONGER = 1.15
"""Kills fall anywhere from the start to a bit after the time that an undisturbed publication takes."""


def run(crashes: int = CRASHES, seed: int = 20_262) -> list[Line]:
    """Stops with an error at the first state that is neither the old nor the new one."""
    with tempfile.TemporaryDirectory(prefix="sipa-crashes-") as folder:
        found = crash(Path(folder), crashes, random.Random(seed))
    told = f"{number(found['old'])} alter Stand, {number(found['new'])} neuer Stand, {number(found['torn'])} zerrissen"
    return [
        Line(
            f"{number(crashes)}-mal mitten im Veröffentlichen getötet", told, "nie zerrissen", found["torn"] == 0
        )
    ]  # fmt: skip


def crash(folder: Path, crashes: int, chance: random.Random) -> Counter[str]:
    """What each killed process left behind: the old state, the new one, or (never) something else."""
    settings = Settings(
        city=folder / "city", profiles=folder / "profiles", lake=str(folder / "lake" / "catalogue.sqlite"),
        lake_files=folder / "lake" / "files",
    )  # fmt: skip
    with open_lake(settings) as lake:
        publish(lake, Office(folder).population(2024, range(SMALL), name="erster"), by="soak")
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    undisturbed = _seconds(processes, settings, folder)
    left: Counter[str] = Counter()
    now = LARGE
    for run_number in range(crashes):
        size = SMALL if now == LARGE else LARGE
        begun = processes.Event()
        writer = processes.Process(target=_publish, args=(settings, folder, size, run_number, begun))
        writer.start()
        begun.wait()
        time.sleep(chance.uniform(0, LONGER * undisturbed))
        if writer.pid is not None and writer.is_alive():
            os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        with open_lake(settings) as lake:
            state = _state(lake)
        left["torn" if state not in (now, size) else "new" if state == size else "old"] += 1
        now = state if state in (SMALL, LARGE) else now
    return left


def _publish(settings: Settings, folder: Path, size: int, number_of_run: int, begun: Event) -> None:
    delivery = Office(folder).population(2024, range(size), name=f"lauf {number_of_run}")
    with open_lake(settings) as lake:
        begun.set()
        publish(lake, delivery, by="soak", replace=True)


def _seconds(processes: multiprocessing.context.ForkServerContext, settings: Settings, folder: Path) -> float:
    """How long an undisturbed publication of the larger state takes; it stays."""
    begun = processes.Event()
    writer = processes.Process(target=_publish, args=(settings, folder, LARGE, -1, begun))
    writer.start()
    begun.wait()
    start = time.perf_counter()
    writer.join()
    return time.perf_counter() - start


def _state(lake: Lake) -> int | None:
    """How many districts are there; None where numbers are missing or mixed, or the history does not fit the tables."""
    with lake.reader() as reader:
        found = reader.read("select count(*) as n, sum(inhabitants)::bigint as total from population").to_pylist()[0]
    whole = found["total"] == found["n"] * (found["n"] - 1) // 2
    return found["n"] if whole and inconsistencies(lake) == () else None

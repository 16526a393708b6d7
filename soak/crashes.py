"""Processes killed at random moments of submitting, releasing, publishing, withdrawing and purging.

Each leaves the old state or the new one, never a third, and what was cut off can be done again. The test suite does it
with fewer crashes; here there are hundreds, on both kinds of catalogue.
"""

import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Event
from pathlib import Path

from sipa_data.errors import AlreadyPublished, NotWaiting, NotWithdrawable
from sipa_data.german import number
from sipa_data.lake import Lake, open_lake
from sipa_data.lake.instance import SIGNED_ONLY
from sipa_data.release import WaitingRoom, history, inconsistencies, publish, purge, release, submit, waiting, withdraw
from sipa_data.settings import Settings
from soak.report import Line
from tests.support.deliveries import Office
from tests.support.postgres import find_binaries, running_server

CRASHES = 300
"""Of all deeds together, per kind of catalogue."""
SMALL, LARGE = 40, 2_000
"""Districts in the two states, so that they can be told apart and writing takes a while."""
LONGER = 1.15
"""Kills fall anywhere from the start to a bit after the time that the undisturbed deed takes."""


@dataclass(frozen=True)
class Place:
    """Where the lake lies, and the files and waiting deliveries beside it."""

    settings: Settings
    folder: Path

    @property
    def room(self) -> WaitingRoom:
        return WaitingRoom(self.folder / "eingang")


@dataclass(frozen=True)
class Deed:
    """Something that a process may be killed in.

    ``prepare`` : brings the lake into the old state, and says what the deed is about
    ``do`` : the deed itself; may be repeated
    ``state`` : what is there, as one word; ``allowed`` : the old state and the new one
    """

    prepare: Callable[[Place, Lake, str], str]
    do: Callable[[Place, Lake, str], object]
    state: Callable[[Place, Lake, str], str]
    allowed: tuple[str, str]


def run(crashes: int = CRASHES, seed: int = 20_262) -> list[Line]:
    """One line per kind of catalogue; a torn state misses the aim."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="sipa-crashes-") as folder:
        lines.append(_line("SQLite", crash(place_below(Path(folder) / "sqlite"), crashes, random.Random(seed))))
        if binaries := find_binaries():
            with running_server(binaries) as server:
                place = place_below(Path(folder) / "postgres", server.new_database())
                lines.append(_line("PostgreSQL", crash(place, crashes, random.Random(seed))))
    return lines


def _line(kind: str, found: Counter[str]) -> Line:
    told = f"{number(found['old'])} alter Stand, {number(found['new'])} neuer Stand, {number(found['torn'])} zerrissen"
    many = number(found.total())
    what = f"{many}-mal mitten im Einreichen, Freigeben, Veröffentlichen, Zurückziehen oder Löschen getötet ({kind})"
    return Line(what, told, "nie zerrissen", found["torn"] == 0)


def place_below(folder: Path, catalogue: str | None = None) -> Place:
    folder.mkdir(parents=True)
    lake = catalogue or str(folder / "lake" / "catalogue.sqlite")
    return Place(Settings(folder / "city", folder / "profiles", lake, folder / "lake" / "files"), folder)


def crash(place: Place, crashes: int, chance: random.Random) -> Counter[str]:
    """What each killed process left behind: the old state, the new one, or (never) something else."""
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"  # the same files every time
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    left: Counter[str] = Counter()
    undisturbed: dict[str, float] = {}
    for turn in range(crashes):
        name = list(DEEDS)[turn % len(DEEDS)]
        if name not in undisturbed:
            undisturbed[name] = _killed(processes, place, name, f"probe {turn}", None)[1]
        found = _killed(processes, place, name, f"lauf {turn}", chance.uniform(0, LONGER * undisturbed[name]))[0]
        left[found] += 1
    return left


def _killed(processes: ForkServerContext, place: Place, name: str, turn: str, after: float | None) -> tuple[str, float]:
    """What the deed left behind when it was killed so many seconds after its begin; None: undisturbed, and timed."""
    deed = DEEDS[name]
    with open_lake(place.settings) as lake:
        about = deed.prepare(place, lake, turn)
    begun = processes.Event()
    process = processes.Process(target=_do, args=(place, name, about, begun))
    process.start()
    begun.wait()
    start = time.perf_counter()
    if after is not None:
        time.sleep(after)
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
    process.join()
    seconds = time.perf_counter() - start
    with open_lake(place.settings) as lake:
        state = deed.state(place, lake, about)
        whole = inconsistencies(lake) == () and state in deed.allowed
        found = "torn" if not whole else ("old", "new")[deed.allowed.index(state)]
        if found == "old":  # what was cut off can be done again
            deed.do(place, lake, about)
        if deed.state(place, lake, about) != deed.allowed[1] or inconsistencies(lake) != ():
            found = "torn"
    return found, seconds


def _do(place: Place, name: str, about: str, begun: Event) -> None:
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"
    with open_lake(place.settings) as lake:
        begun.set()
        DEEDS[name].do(place, lake, about)


def _delivery(place: Place, about: str, size: int):  # noqa: ANN202 -- Delivery
    return Office(place.folder / "files", source="amt").population(2024, range(size), name=about)


def _small(place: Place, lake: Lake, about: str) -> str:
    """Publish the small state, whatever is there."""
    publish(lake, _delivery(place, f"klein {about}", SMALL), by="soak", replace=True)
    return about


def _small_then_large(place: Place, lake: Lake, about: str) -> str:
    _small(place, lake, about)
    return publish(lake, _delivery(place, f"groß {about}", LARGE), by="soak", replace=True).upload_id


def _small_and_one_waiting(place: Place, lake: Lake, about: str) -> str:
    _small(place, lake, about)
    return submit(place.room, _delivery(place, f"groß {about}", LARGE), by="ana", may_replace=True).id


def _publish(place: Place, lake: Lake, about: str) -> None:
    with suppress(AlreadyPublished):
        publish(lake, _delivery(place, f"groß {about}", LARGE), by="soak", replace=True)


def _submit(place: Place, _lake: Lake, about: str) -> None:
    with suppress(AlreadyPublished):
        submit(place.room, _delivery(place, about, LARGE), by="ana")


def _release(place: Place, lake: Lake, about: str) -> None:
    with suppress(NotWaiting):
        release(lake, place.room, about, by="erika")


def _withdraw(_place: Place, lake: Lake, about: str) -> None:
    with suppress(NotWithdrawable):
        withdraw(lake, about, by="soak")


def _purge(_place: Place, lake: Lake, about: str) -> None:
    with suppress(NotWithdrawable):
        purge(lake, about, by="soak", second="erika")


def _size(_place: Place, lake: Lake, _about: str) -> str:
    """How many districts are there; „mixed“ where numbers are missing or of both states."""
    with lake.reader() as reader:
        found = reader.read("select count(*) as n, sum(inhabitants)::bigint as total from population").to_pylist()[0]
    whole = (found["total"] or 0) == found["n"] * (found["n"] - 1) // 2
    return str(found["n"]) if whole else "mixed"


def _released(place: Place, lake: Lake, about: str) -> str:
    """It waits and nothing is public, or it is public and waits no more."""
    waits = about in {one.id for one in waiting(lake, place.room)}
    public = about in {upload.upload_id for upload in history(lake)}
    if waits:
        place.room.delivery(place.room.find(about))  # raises where a table is damaged
    return f"{_size(place, lake, about)} {'waiting' if waits else ''}{'public' if public else ''}"


def _submitted(place: Place, _lake: Lake, about: str) -> str:
    """It waits as a whole, or there is nothing of it that anybody would see."""
    found = [one for one in place.room.all() if one.report.file_name == f"{about}.csv"]
    for one in found:
        place.room.delivery(one)
    return str(len(found))


def _nothing(_place: Place, _lake: Lake, about: str) -> str:
    return about


DEEDS = {
    "submit": Deed(_nothing, _submit, _submitted, ("0", "1")),
    "release": Deed(_small_and_one_waiting, _release, _released, (f"{SMALL} waiting", f"{LARGE} public")),
    "publish": Deed(_small, _publish, _size, (str(SMALL), str(LARGE))),
    "withdraw": Deed(_small_then_large, _withdraw, _size, (str(LARGE), str(SMALL))),
    "purge": Deed(_small_then_large, _purge, _size, (str(LARGE), "0")),
}

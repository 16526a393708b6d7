"""Many who submit, release and withdraw beside many who read: each upload once or refused, no reader sees a mixture.

Two persons share an office and a list of files, so they get in each other's way: the same file at the same time, and
always the same place. Every delivery holds one number three times: for two districts, and as cases in another table. A
reader that ever finds two different numbers, or one without the others, has seen half a publication.
"""

import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sipa_data.errors import AlreadyPublished, LakeConflict, NotWaiting, NotWithdrawable
from sipa_data.german import number
from sipa_data.lake import Lake, open_lake
from sipa_data.lake.instance import SIGNED_ONLY
from sipa_data.release import WaitingRoom, history, inconsistencies, release, submit, waiting, withdraw
from sipa_data.settings import Settings
from soak.processes import copies, start
from soak.report import Line
from tests.support.deliveries import Office
from tests.support.disturbed import in_memory
from tests.support.postgres import find_binaries, running_server

PEOPLE = 20
SECONDS = 120.0
PATIENCE = 300.0
"""Seconds beyond the end after which somebody who has not come back is taken for stuck."""
REASONS = (AlreadyPublished, LakeConflict, NotWaiting)
"""Why an upload may be refused here: the same file, others were faster on and on, or somebody else decided about it."""
SOMETIMES = 0.3
"""How often somebody takes a delivery back after its release."""
DISTRICTS = (
    "select source, count(*) as many, min(inhabitants) as least, max(inhabitants) as most from population group by 1"
)
CASES = "select source, sum(cases)::bigint as cases, count(*) as many from incident_counts group by 1"

Told = Counter[str]


@dataclass(frozen=True)
class Person:
    number: int
    chance: random.Random


Work = Callable[[Lake, Settings, Person, "Shift", Told], None]


def run(people: int = PEOPLE, seconds: float = SECONDS) -> list[Line]:
    """One line per kind of catalogue."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="sipa-nebeneinander-", dir=in_memory()) as folder:
        lines.append(_line("SQLite", beside(settings_below(Path(folder) / "sqlite"), people, seconds), people, seconds))
        if binaries := find_binaries():
            with running_server(binaries) as server:
                settings = settings_below(Path(folder) / "postgres", server.new_database())
                lines.append(_line("PostgreSQL", beside(settings, people, seconds), people, seconds))
    return lines


def _line(kind: str, found: Told, people: int, seconds: float) -> Line:
    faults = [what for what in found if what.startswith("fault")]
    told = (
        f"{number(found['published'])} veröffentlicht, {number(found['withdrawn'])} zurückgezogen,"
        f" {number(found['refused'])} mit Grund abgelehnt, {number(found['looks'])}-mal gelesen,"
        f" {number(found['mixed'])} Mischungen, {number(found['lost'])} verloren oder doppelt,"
        f" {number(len(faults))} Fehler"
    )
    whole = found["mixed"] == found["lost"] == 0 and not faults
    return Line(
        f"{people} liefern und {people} lesen {number(seconds)} Sekunden nebeneinander ({kind})",
        "; ".join([told, *faults]),
        "keine Mischung, nichts verloren",
        whole,
    )


def settings_below(folder: Path, catalogue: str | None = None) -> Settings:
    folder.mkdir(parents=True)
    lake = catalogue or str(folder / "lake" / "catalogue.sqlite")
    return Settings(folder / "city", folder / "profiles", lake, folder / "lake" / "files")


def beside(settings: Settings, people: int, seconds: float, *, pause: float = 0.0, seed: int = 20_262) -> Told:
    """What became of every upload, and what the readers saw. Who is stuck ends it with ``queue.Empty``.

    Parameters
    ----------
    people : processes that upload, and as many that read
    seconds : how long
    pause : how long, on average, everybody thinks before the next step
    """
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"  # the same files every time
    with open_lake(settings):
        WaitingRoom.of(settings)  # the tables are there before anybody reads
    processes = copies(__name__)
    told: Queue[Told] = processes.Queue()
    ready = processes.Barrier(2 * people)
    everybody = [
        processes.Process(
            target=_told,
            args=(work, settings, Person(turn, random.Random(seed + turn)), Shift(ready, seconds, pause), told),
            daemon=True,
        )
        for turn in range(people)
        for work in (_deliver, _read)
    ]
    for process in everybody:
        start(process)
    found: Told = Counter()
    for _ in everybody:
        found += told.get(timeout=seconds + PATIENCE)
    for process in everybody:
        process.join()
    with open_lake(settings) as lake:
        found["lost"] += _lost(lake, WaitingRoom.of(settings), found)
    return found


@dataclass(frozen=True)
class Shift:
    """From when everybody is there: how long it goes on, and how long one thinks before the next step."""

    ready: Barrier
    seconds: float
    pause: float

    def steps(self, chance: random.Random) -> Iterator[int]:
        """1, 2, 3, … until the end."""
        self.ready.wait(PATIENCE)
        end = time.monotonic() + self.seconds
        for turn in count(1):
            time.sleep(chance.uniform(0, 2 * self.pause))
            if time.monotonic() > end:
                return
            yield turn


def _told(work: Work, settings: Settings, person: Person, shift: Shift, told: "Queue[Told]") -> None:
    """Whatever happens to somebody is told; nobody has to be waited for in vain."""
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"
    found: Told = Counter()
    try:
        with open_lake(settings) as lake:
            work(lake, settings, person, shift, found)
    except Exception as fault:  # noqa: BLE001 -- told to the parent, which fails
        last = traceback.extract_tb(fault.__traceback__)[-1]
        found[f"fault: {fault!r} in {last.name}"] += 1
    told.put(found)


def _deliver(lake: Lake, settings: Settings, person: Person, shift: Shift, found: Told) -> None:
    """Deliver the year anew, and now and then take the latest back. Two neighbours deliver the very same files."""
    room, source = WaitingRoom.of(settings), f"amt-{person.number // 2}"
    office = Office(settings.lake_files.parent / f"lieferungen-{person.number}", source)
    for turn in shift.steps(person.chance):
        try:
            with office.pair(2024, [turn, turn], cases=turn, name=f"{source} {turn}") as delivery:
                found["uploads"] += 1
                waits = submit(room, delivery, by="ana", may_replace=True)
            upload = release(lake, room, waits.id, by="erika")
            found["published"] += 1
        except REASONS:
            found["refused"] += 1
            continue
        if person.chance.random() < SOMETIMES:
            try:
                withdraw(lake, upload.upload_id, by="erika")
                found["withdrawn"] += 1
            except (NotWithdrawable, LakeConflict):  # the neighbour has replaced it before, or others were faster
                found["kept"] += 1


def _read(lake: Lake, _settings: Settings, person: Person, shift: Shift, found: Told) -> None:
    """Look until the end: one snapshot, two tables, one after the other."""
    for _ in shift.steps(person.chance):
        with lake.reader() as reader:
            districts = {row["source"]: row for row in reader.read(DISTRICTS).to_pylist()}
            cases = {row["source"]: row for row in reader.read(CASES).to_pylist()}
        found["looks"] += 1
        found["seen"] += len(districts)
        found["mixed"] += sum(not is_whole(districts.get(one), cases.get(one)) for one in districts | cases)


def is_whole(districts: dict[str, int] | None, cases: dict[str, int] | None) -> bool:
    if districts is None or cases is None:
        return False
    same = districts["least"] == districts["most"] == cases["cases"]
    return same and (districts["many"], cases["many"]) == (2, 1)


def _lost(lake: Lake, room: WaitingRoom, found: Told) -> int:
    """Uploads that are neither published once nor refused and still waiting; whatever is not whole."""
    waits = waiting(lake, room)
    uploads = history(lake)
    shown = Counter(upload.sha256 for upload in uploads if upload.status in {"published", "replaced"})
    withdrawn = sum(upload.status == "withdrawn" for upload in uploads)
    return (
        abs(len(uploads) - found["published"])
        + abs(withdrawn - found["withdrawn"])
        + abs(found["uploads"] - found["published"] - found["refused"])
        + sum(many - 1 for many in shown.values())
        + max(0, len(waits) - found["refused"])
        + len(inconsistencies(lake))
    )

"""Many who submit, release and withdraw beside many who read: each upload once or refused, no reader sees a mixture.

Every delivery of an office holds the same number for two districts. A reader that ever finds two different numbers, or
one district without the other, has seen half a publication.
"""

import multiprocessing
import random
import tempfile
from collections import Counter
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

from sipa_data.errors import SipaError
from sipa_data.german import number
from sipa_data.lake import Lake, open_lake
from sipa_data.lake.instance import SIGNED_ONLY
from sipa_data.release import WaitingRoom, history, inconsistencies, release, submit, withdraw
from sipa_data.settings import Settings
from soak.report import Line
from tests.support.deliveries import Office
from tests.support.postgres import find_binaries, running_server

PEOPLE = 20
UPLOADS = 6
"""Of each uploader; twenty of them publish for about two minutes."""
PATIENCE = 600.0
MIXED = """
select source, count(*) as districts, count(distinct inhabitants) as numbers
from population group by source having districts <> 2 or numbers <> 1
"""


def run(people: int = PEOPLE, uploads: int = UPLOADS) -> list[Line]:
    """One line per kind of catalogue."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="sipa-nebeneinander-") as folder:
        lines.append(_line("SQLite", beside(_settings(Path(folder) / "sqlite"), people, uploads), people))
        if binaries := find_binaries():
            with running_server(binaries) as server:
                settings = _settings(Path(folder) / "postgres", server.new_database())
                lines.append(_line("PostgreSQL", beside(settings, people, uploads), people))
    return lines


def _line(kind: str, found: Counter[str], people: int) -> Line:
    told = (
        f"{number(found['published'])} veröffentlicht, {number(found['withdrawn'])} zurückgezogen,"
        f" {number(found['refused'])} mit Grund abgelehnt, {number(found['looks'])}-mal gelesen,"
        f" {number(found['mixed'])} Mischungen, {number(found['lost'])} verloren oder doppelt"
    )
    whole = found["mixed"] == 0 and found["lost"] == 0
    return Line(
        f"{people} liefern und {people} lesen nebeneinander ({kind})", told, "keine Mischung, nichts verloren", whole
    )


def _settings(folder: Path, catalogue: str | None = None) -> Settings:
    folder.mkdir(parents=True)
    lake = catalogue or str(folder / "lake" / "catalogue.sqlite")
    return Settings(folder / "city", folder / "profiles", lake, folder / "lake" / "files")


def beside(settings: Settings, people: int, uploads: int, seed: int = 20_262) -> Counter[str]:
    """What became of every upload, and what the readers saw.

    Parameters
    ----------
    people : processes that upload, and as many that read
    uploads : how often each of them delivers
    """
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"  # the same files every time
    with open_lake(settings):
        WaitingRoom.of(settings)  # the tables are there before anybody reads
    processes: ForkServerContext = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    told: Queue[Counter[str]] = processes.Queue()
    over = processes.Event()
    readers = [processes.Process(target=_read, args=(settings, over, told)) for _ in range(people)]
    writers = [
        processes.Process(target=_deliver, args=(settings, f"amt-{turn}", uploads, seed + turn, told))
        for turn in range(people)
    ]
    for process in (*readers, *writers):
        process.start()
    found: Counter[str] = Counter()
    for _ in writers:
        found += told.get(timeout=PATIENCE)
    over.set()
    for _ in readers:
        found += told.get(timeout=PATIENCE)
    for process in (*readers, *writers):
        process.join()
    with open_lake(settings) as lake:
        found["lost"] += _lost(lake, found)
    return found


def _deliver(settings: Settings, source: str, uploads: int, seed: int, told: "Queue[Counter[str]]") -> None:
    """Deliver year after year anew, and now and then take the latest back."""
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"
    chance, found = random.Random(seed), Counter()
    folder = settings.lake_files.parent / source
    with open_lake(settings) as lake:
        room = WaitingRoom.of(settings)
        for turn in range(uploads):
            count = chance.randrange(1, 10_000)
            try:
                with Office(folder, source).population(2024, [count, count], name=f"{source} {turn}") as delivery:
                    waits = submit(room, delivery, by="ana", may_replace=True)
                upload = release(lake, room, waits.id, by="erika")
                found["published"] += 1
                if chance.random() < 0.3:
                    withdraw(lake, upload.upload_id, by="erika")
                    found["withdrawn"] += 1
            except SipaError:
                found["refused"] += 1
    told.put(found)


def _read(settings: Settings, over: Event, told: "Queue[Counter[str]]") -> None:
    """Look until nobody delivers any more."""
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"
    found: Counter[str] = Counter()
    with open_lake(settings) as lake:
        while not over.is_set():
            with lake.reader() as reader:
                found["mixed"] += reader.read(MIXED).num_rows
            found["looks"] += 1
    told.put(found)


def _lost(lake: Lake, found: Counter[str]) -> int:
    """Uploads that were said to be published and are not in the history, or are in it twice; whatever is not whole."""
    uploads = history(lake)
    files = Counter(upload.sha256 for upload in uploads)
    twice = sum(many - 1 for many in files.values())
    withdrawn = sum(upload.status == "withdrawn" for upload in uploads)
    return (
        abs(len(uploads) - found["published"])
        + abs(withdrawn - found["withdrawn"])
        + twice
        + len(inconsistencies(lake))
    )

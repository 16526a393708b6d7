"""What may be cut off in the middle: submitting, refusing, releasing, publishing, withdrawing and purging.

A prepared lake is copied for each attempt, so that the state before and the state after an undisturbed deed are known
to the last row. Whatever is found after a disturbance is held against these two.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sipa_data.errors import AlreadyPublished, NotWaiting, NotWithdrawable, SipaError
from sipa_data.intake import Delivery
from sipa_data.lake import Lake, open_lake
from sipa_data.lake.maintenance import OWNER, data_files
from sipa_data.release import (
    WaitingRoom,
    history,
    inconsistencies,
    publish,
    purge,
    refuse,
    release,
    submit,
    waiting,
    withdraw,
)
from sipa_data.settings import Settings
from sipa_data.tables import PURGES, UPLOADS
from tests.support.deliveries import Office
from tests.support.postgres import Server

REPLACED, SHOWN, NEW = (f"2025-01-0{day}-0000abcd" for day in (1, 2, 3))
AT = datetime(2025, 1, 3, tzinfo=UTC)
SMALL, LARGE = 40, 2_000
"""Districts of the replaced delivery and of the others, so that writing takes a while."""
SECRET = "lieferung-die-geloescht-wird"
TWO_DAYS = 2 * 24 * 3600

Facts = dict[str, object]


@dataclass(frozen=True)
class Place:
    """A prepared lake.

    ``offices`` : where deliveries are made; ``waits`` : number of the one in the waiting room; ``server`` : of its
    catalogue, if any
    """

    settings: Settings
    folder: Path
    offices: Path
    waits: str = ""
    server: Server | None = None

    @property
    def room(self) -> WaitingRoom:
        return WaitingRoom.of(self.settings)

    def delivery(self, name: str, size: int) -> Delivery:
        """Two tables: one that goes into files, and one so small that it is kept in the catalogue."""
        return Office(self.offices, source="amt").pair(2024, range(size), cases=size, name=name)

    def copied(self, to: Path) -> "Place":
        """The same lake once more."""
        shutil.copytree(self.folder, to)
        place = replace(self, folder=to, settings=_settings(to, None))
        if self.server is None:
            return place
        return replace(place, settings=_settings(to, self.server.new_database(template=self.settings.lake)))

    def remove(self) -> None:
        shutil.rmtree(self.folder)
        if self.server is not None:
            self.server.drop(self.settings.lake)

    def settle(self) -> None:
        """Wait until the server has noticed that somebody is gone: what was sent to it may still become true."""
        while self.server is not None and self.server.busy(self.settings.lake):
            time.sleep(0.01)


@dataclass(frozen=True)
class Deed:
    """Something that may be disturbed. ``refused`` : what is said when it is done a second time."""

    do: Callable[[Place, Lake], object]
    refused: type[SipaError]


@dataclass(frozen=True)
class States:
    """What is there before and after a deed that nobody disturbs, and how long it takes in seconds."""

    old: Facts
    new: Facts
    seconds: float


DEEDS = {
    "submit": Deed(lambda place, _: submit(place.room, place.delivery("neu", LARGE), by="ana"), AlreadyPublished),
    "refuse": Deed(
        lambda place, lake: refuse(lake, place.room, place.waits, by="erika", reason="falsches Jahr"), NotWaiting
    ),
    "release": Deed(lambda place, lake: release(lake, place.room, place.waits, by="erika"), NotWaiting),
    "publish": Deed(
        lambda place, lake: publish(
            lake, place.delivery("neu", LARGE), by="ana", replace=True, upload_id=NEW, uploaded_at=AT
        ),
        AlreadyPublished,
    ),
    "withdraw": Deed(lambda _, lake: withdraw(lake, SHOWN, by="erika"), NotWithdrawable),
    "purge": Deed(lambda _, lake: purge(lake, SHOWN, by="erika", second="max"), NotWithdrawable),
}


def prepared(folder: Path, server: Server | None = None, *, offices: Path | None = None) -> Place:
    """A lake in which one delivery was replaced by a larger one, and a third waits for its release."""
    folder.mkdir(parents=True)
    settings = _settings(folder, server.new_database() if server else None)
    place = Place(settings, folder, offices or folder.with_name(f"{folder.name}-lieferungen"), server=server)
    with open_lake(place.settings) as lake:
        publish(lake, place.delivery("klein", SMALL), by="ana", upload_id=REPLACED, uploaded_at=AT)
        publish(lake, place.delivery(SECRET, LARGE), by="ana", replace=True, upload_id=SHOWN, uploaded_at=AT)
    waits = submit(place.room, place.delivery("wartet", LARGE // 2), by="ana", may_replace=True)
    place.settle()
    return replace(place, waits=waits.id)


def _settings(folder: Path, catalogue: str | None) -> Settings:
    lake = folder / "lake"
    return Settings(folder / "city", folder / "profiles", catalogue or str(lake / "catalogue.sqlite"), lake / "files")


def facts(place: Place, lake: Lake) -> Facts:
    """Everything that somebody could see of a lake and its waiting room, but for the times at which it was done."""
    with_times = {UPLOADS.name, PURGES.name}
    ids = [snapshot.id for snapshot in lake.snapshots()]
    uploads = history(lake)
    return {
        "snapshots": ids,
        "one earlier": lake.checksums(ids[-2]),
        "tables": {name: found for name, found in lake.checksums().items() if name not in with_times},
        "uploads": [(one.upload_id, one.status, one.sha256, one.slices, one.rows_taken) for one in uploads],
        "waiting": [_whole(place.room, one.id) for one in waiting(lake, place.room)],
        "refused": [one.report.sha256 for one in place.room.all() if one.state == "refused"],
    }


def _whole(room: WaitingRoom, submission_id: str) -> object:
    """A delivery that waits and could be released now; raises where one of its tables is damaged."""
    found = room.find(submission_id)
    return found.report.sha256, sorted(room.delivery(found).tables)


@contextmanager
def copy_of(template: Place) -> Iterator[Place]:
    """A copy to be disturbed, gone afterwards."""
    place = template.copied(template.folder.with_name(f"{template.folder.name}-{time.monotonic_ns()}"))
    try:
        yield place
    finally:
        place.settle()
        place.remove()


def states_of(template: Place, name: str) -> States:
    """Do it once with nobody in the way."""
    with copy_of(template) as place, open_lake(place.settings) as lake:
        old = facts(place, lake)
        begun = time.perf_counter()
        DEEDS[name].do(place, lake)
        seconds = time.perf_counter() - begun
        new = facts(place, lake)
    if old == new:
        raise AssertionError(f"{name} changes nothing that could be told apart")
    return States(old, new, seconds)


class Torn(AssertionError):
    """Neither the old state nor the new one."""


def found_after(place: Place, name: str, states: States) -> str:
    """„old“ or „new“ after a disturbance, or else what is wrong.

    The lake opens; it is one of the two states to the last row; what was cut off can be done again, and what was done
    is not done twice; and a start after the time of grace leaves no file that nobody knows.
    """
    place.settle()
    try:
        with open_lake(place.settings) as lake:
            found = _found(facts(place, lake), states)
            _expect_whole(lake)
            _do_again(place, lake, DEEDS[name], found)
            _expect(_found(facts(place, lake), states) == "new", "done again, it is not the new state")
        _grow_old(place)
        with open_lake(place.settings) as lake:
            _expect_whole(lake)
            left = _left_over(place, lake)
        _expect(not left, f"left over: {left}")
        traces = _traces(place) if name == "purge" else []
        _expect(not traces, f"traces of what was purged: {traces}")
    except Torn as torn:
        return str(torn)
    return found


def _found(seen: Facts, states: States) -> str:
    if seen == states.old:
        return "old"
    if seen == states.new:
        return "new"
    raise Torn(_difference(seen, states))


def _expect(fine: bool, else_: str) -> None:  # noqa: FBT001 -- as assert has it
    if not fine:
        raise Torn(else_)


def _expect_whole(lake: Lake) -> None:
    wrong = inconsistencies(lake)
    _expect(not wrong, f"inconsistent: {wrong}")


def _do_again(place: Place, lake: Lake, deed: Deed, found: str) -> None:
    try:
        deed.do(place, lake)
    except deed.refused as refusal:
        if found == "old":
            raise Torn(f"cannot be done again: {refusal.sentence}") from refusal
        return
    _expect(found == "old", "was done twice")


def _difference(seen: Facts, states: States) -> str:
    return (
        "; ".join(
            f"{key}: {value}, not {states.old[key]} nor {states.new[key]}"
            for key, value in seen.items()
            if value not in (states.old[key], states.new[key])
        )
        or f"a mixture: {[(key, value == states.old[key], value == states.new[key]) for key, value in seen.items()]}"
    )


def _grow_old(place: Place) -> None:
    """Two days pass for every file: the time of grace for what somebody may be writing is over."""
    then = time.time() - TWO_DAYS
    for path in (place.folder / "lake").rglob("*"):
        os.utime(path, (then, then))


def _left_over(place: Place, lake: Lake) -> list[str]:
    """Files that neither the catalogue nor a delivery in the waiting room needs."""
    files = place.settings.lake_files
    known = {file.path for file in data_files(lake)}
    found = {path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()}
    room = place.room
    room.tidy()
    needed = {f"{one.id}/{name}" for one in room.all() for name in _names(list(one.tables))}
    waits = {path.relative_to(room.folder).as_posix() for path in room.folder.rglob("*") if path.is_file()}
    return sorted(path for path in found - known if not path.startswith(OWNER)) + sorted(waits - needed)


def _names(tables: list[str]) -> list[str]:
    return ["lieferung.json", *(f"{table}.parquet" for table in tables)]


def _traces(place: Place) -> list[str]:
    """Where a file name that was purged can still be read, as bytes."""
    if place.server is not None:
        return []  # the server's own folder; what a purge leaves there is tested where purging is
    return [
        str(path)
        for path in (place.folder / "lake").rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]

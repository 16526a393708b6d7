"""Everything one process needs, opened once: catalogue, lake, and the mart of the current snapshot."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from threading import Lock
from typing import Protocol, Self

from cachetools import TTLCache

from sipa_data.access.scope import Scope
from sipa_data.answers.reader import AnswerMemory, Reader
from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.errors import NoSuchSnapshot, WithdrawnSnapshot
from sipa_data.intake.workbench import remove_left_behind
from sipa_data.lake import Lake, open_lake
from sipa_data.marts import Mart, build_mart
from sipa_data.marts.former import Former, current_mart, mart_at, pattern_before
from sipa_data.memory import Memory
from sipa_data.settings import Settings
from sipa_data.sql import quoted
from sipa_data.tables import PURGES

OLD_MARTS_KEPT = 2
"""Links on an older Datenstand are rare; each keeps a whole mart in memory."""
OLD_MARTS_SECONDS = 600
"""Long enough for a page that was running at the swap, and for somebody who compares two states."""
MOST_DRAWN_BYTES = 32 * 2**20


class Held(Protocol):
    """Something that knows what it takes in memory."""

    @property
    def held_bytes(self) -> int: ...


class DrawnMemory(Memory[tuple[int, Hashable], Held]):
    """What was drawn of answers: most of the work of a page, and the same for everybody who looks at the same.

    Its key is the snapshot and everything else that a drawing depends on: who looks, what was asked and told, theme.
    """

    def __init__(self, most_bytes: int = MOST_DRAWN_BYTES) -> None:
        super().__init__(most_bytes, attrgetter("held_bytes"))


@dataclass
class House:
    """The open house. ``mart`` is replaced as a whole by one assignment; readers finish on the one they have."""

    settings: Settings
    catalogue: Catalogue
    lake: Lake
    mart: Mart
    memory: AnswerMemory = field(default_factory=AnswerMemory, repr=False)
    drawn: DrawnMemory = field(default_factory=DrawnMemory, repr=False)
    _former: Former = field(default=((), None), repr=False)
    _old: TTLCache[int, Mart] = field(default_factory=lambda: TTLCache(OLD_MARTS_KEPT, OLD_MARTS_SECONDS), repr=False)
    _purged: tuple[tuple[int, int], ...] = field(default=(), repr=False)  # first and last snapshot of each purge
    _lock: Lock = field(default_factory=Lock, repr=False)  # for _old, never held for long
    _building: Lock = field(default_factory=Lock, repr=False)  # one mart at a time

    def reader(self, scope: Scope, snapshot: int | None = None, *, even_withdrawn: bool = False) -> Reader:
        """A reader of the current Datenstand, or of an older one that a link names.

        It stays with that Datenstand, and finds its mart again whenever it asks.

        ``even_withdrawn`` : for whoever looks into the history at the shell. On the pages only the history of
            deliveries looks at what was withdrawn, through ``mart_of``, for those who may upload

        Raises
        ------
        NoSuchSnapshot : the link names a Datenstand that does not exist or was purged
        WithdrawnSnapshot : it holds a delivery that was withdrawn since
        """
        current = self.mart
        wanted = current.snapshot.id if snapshot is None else snapshot
        if wanted != current.snapshot.id and not even_withdrawn:
            _refuse_withdrawn(self.mart_of(wanted), current)
        return Reader(partial(self.mart_of, wanted), scope, self.memory)

    def keeps(self, snapshot: int) -> bool:
        """Whether a Datenstand can be read without its mart being built first."""
        return self._kept(snapshot) is not None

    def mart_of(self, snapshot: int) -> Mart:
        """The mart of a snapshot; one that is no longer kept is built again from the lake.

        Raises
        ------
        NoSuchSnapshot : it never existed, or was purged
        """
        if found := self._kept(snapshot):
            return found
        with self._building:
            if found := self._kept(snapshot):
                return found
            if self._is_purged(snapshot):
                raise NoSuchSnapshot(
                    f"Die Daten des Datenstands {snapshot} wurden endgültig gelöscht. Öffnen Sie den aktuellen."
                )
            mart = mart_at(self.lake, self.catalogue, snapshot)
            self._keep(mart)
            return mart

    def renew(self) -> bool:
        """Build a new mart beside the old one if the lake has moved on, and swap it in."""
        with self._lock:
            self._old.expire()
        if self.lake.current_snapshot() == self.mart.snapshot.id:
            return False
        with self._building:
            if self.lake.current_snapshot() == self.mart.snapshot.id:
                return True  # somebody else was waiting for the same
            with self.lake.reader() as reader:
                former = pattern_before(self.lake, reader, self.catalogue, self._former)
                mart = build_mart(reader, self.catalogue, former[1])
                purges = reader.read(f"from {quoted(PURGES.name)}").to_pylist()
            self._keep(self.mart)
            self.mart, self._former = mart, former
            self.lake.give_memory_back()
            self._purged = tuple((purge["first_snapshot"], purge["last_snapshot"]) for purge in purges)
        self._forget_purged()
        return True

    def _kept(self, snapshot: int) -> Mart | None:
        if (current := self.mart).snapshot.id == snapshot:
            return current
        with self._lock:
            return self._old.get(snapshot)

    def _keep(self, mart: Mart) -> None:
        with self._lock:
            self._old[mart.snapshot.id] = mart

    def _is_purged(self, snapshot: int) -> bool:
        return any(first <= snapshot <= last for first, last in self._purged)

    def _forget_purged(self) -> None:
        """What was truly deleted must not live on in memory."""
        with self._lock:
            for gone in filter(self._is_purged, list(self._old)):
                del self._old[gone]
        self.memory.forget(lambda key: self._is_purged(key[0]))
        self.drawn.forget(lambda key: self._is_purged(key[0]))

    def close(self) -> None:
        self.mart.close()
        self.lake.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refuse_withdrawn(old: Mart, current: Mart) -> None:
    """What somebody took back is not quoted any more; what was only replaced stays readable where it stood."""
    withdrawn = {row["upload_id"] for row in current.rows("uploads") if row["status"] == "withdrawn"}
    for row in old.rows("uploads"):
        if row["status"] == "published" and row["upload_id"] in withdrawn:
            raise WithdrawnSnapshot(
                f"Der Datenstand {old.snapshot.id} enthält eine Lieferung, die inzwischen zurückgezogen wurde: "
                f"{row['file_name']}. Er wird deshalb nicht mehr gezeigt. Öffnen Sie den aktuellen Datenstand."
            )


def open_house(settings: Settings | None = None) -> House:
    """Load the catalogue, open the lake, build the mart. What processes that were cut off have left behind goes.

    Raises
    ------
    CatalogueError, LakeError, SettingsError : with the German sentence that says what to mend
    """
    chosen = settings or Settings.from_environment()
    catalogue = load_catalogue(chosen.city)
    remove_left_behind()
    lake = open_lake(chosen)
    mart, former = current_mart(lake, catalogue)
    return House(chosen, catalogue, lake, mart, _former=former)

"""Deliveries that wait for their release: the checked tables and who stands for them, in a folder of their own.

Each lies in a folder that gets its name last, so that it is there as a whole or not at all, whenever the process
is killed at. They hold single answers and cases: only the account of the server may read them.
"""

import fcntl
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from sipa_data.errors import FolderUnreachable, NotWaiting
from sipa_data.intake.delivery import Delivery
from sipa_data.release.manifest import digest
from sipa_data.release.publishing import new_id
from sipa_data.release.submission import RECORD, Submission, mentions
from sipa_data.settings import Settings

LOG = logging.getLogger(__name__)
FOLDER = "eingang"
BEGUN = ".neu-"
GONE = ".weg-"
KEPT_AFTER_REFUSAL = timedelta(days=90)
HALF_DONE_AFTER = timedelta(days=1)
"""Younger ones may belong to somebody who is submitting at this moment."""


class WaitingRoom:
    """The deliveries that wait below a folder. Several threads and processes may use it.

    Raises
    ------
    FolderUnreachable : the folder cannot be read or written
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """That of a lake: beside its files, where every server of it can reach it."""
        return cls(settings.lake_files.parent / FOLDER)

    def new_folder(self) -> Path:
        """A folder for a file that somebody is looking at; what is left of it goes after a day."""
        with self._told():
            return Path(tempfile.mkdtemp(prefix=f"{BEGUN}datei-", dir=self.folder))

    def add(self, delivery: Delivery, *, by: str, may_replace: bool, note: str | None = None) -> Submission:
        """Keep a copy of a checked delivery."""
        with self._told():
            digests = {table: digest(path) for table, path in delivery.tables.items()}
        submission = Submission(
            id=new_id(),
            report=delivery.report,
            slices=delivery.slices,
            tables=digests,
            may_replace=may_replace,
            submitted_by=by,
            submitted_at=datetime.now(UTC),
            note=note,
        )
        begun = self.folder / f"{BEGUN}{submission.id}"
        with self._told():
            try:
                begun.mkdir(mode=0o700)
                for table, path in delivery.tables.items():
                    shutil.copyfile(path, begun / f"{table}.parquet")
                (begun / RECORD).write_text(submission.to_json(), encoding="utf-8")
                _sync(begun)
                begun.rename(self._place(submission.id))
            except OSError:
                shutil.rmtree(begun, ignore_errors=True)
                raise
        return submission

    def all(self) -> tuple[Submission, ...]:
        """Everything that waits or was refused, oldest first; what is damaged is not among it."""
        found = [one for _, one in self._entries() if one is not None]
        return tuple(sorted(found, key=lambda one: (one.submitted_at, one.id)))

    def damaged(self) -> tuple[str, ...]:
        """The folders whose record cannot be read; ``DAMAGED`` says of each what to do."""
        return tuple(sorted(place.name for place, one in self._entries() if one is None))

    def find(self, submission_id: str) -> Submission:
        """The delivery that waits under this number.

        Raises
        ------
        NotWaiting : there is none (any more)
        """
        for one in self.all():
            if one.id == submission_id and one.state == "waiting":
                return one
        raise NotWaiting(
            f"Eine wartende Lieferung mit der Nummer „{submission_id[:60]}“ gibt es nicht (mehr). Vielleicht hat gerade"
            " jemand anderes über sie entschieden."
        )

    @contextmanager
    def deciding(self, submission_id: str) -> Iterator[Submission]:
        """The delivery that waits under this number, held until one person has decided about it.

        The hold is a lock of the operating system on its record: whoever is killed lets go of it, and other threads,
        processes and servers see it.

        Raises
        ------
        NotWaiting : there is none (any more), or somebody else is deciding about it at this moment
        """
        with self._held(self.find(submission_id)):
            yield self.find(submission_id)  # once more: it may have been decided about before it was held

    def delivery(self, submission: Submission) -> Delivery:
        """The staged tables, as they were submitted. They stay where they are.

        Raises
        ------
        NotWaiting : a table is missing or was changed
        """
        place = self._place(submission.id)
        tables = {table: place / f"{table}.parquet" for table in submission.tables}
        with self._told():
            if any(not path.is_file() or digest(path) != submission.tables[table] for table, path in tables.items()):
                raise NotWaiting(
                    f"Die Lieferung {submission.described} ist beschädigt. Bitte die Datei noch einmal hochladen."
                )
        return Delivery(tables, submission.slices, submission.report, place)

    def remove(self, submission_id: str) -> None:
        """Forget a delivery, whatever became of it."""
        with self._told():
            gone = self.folder / f"{GONE}{submission_id}"
            try:
                self._place(submission_id).rename(gone)
            except FileNotFoundError:
                return  # somebody else was faster
            _remove_folder(gone)

    def refuse(self, submission: Submission, *, by: str, reason: str) -> Submission:
        """Keep that it was refused, and why; its tables go."""
        refused = replace(
            submission, tables={}, state="refused", decided_by=by, decided_at=datetime.now(UTC), reason=reason
        )
        place = self._place(submission.id)
        with self._told():
            written = place / f".{RECORD}"
            written.write_text(refused.to_json(), encoding="utf-8")
            written.replace(place / RECORD)
            _remove_tables(place)
        return refused

    def clear_away(self, submission_id: str) -> None:
        """Remove what was published or deleted. That stands, whatever becomes of this: who looks next tries again."""
        try:
            self.remove(submission_id)
        except FolderUnreachable:
            LOG.warning("%s waits no more and cannot be cleared away yet", submission_id, exc_info=True)

    def tidy(self) -> None:
        """Remove what was cut off, and refusals whose time is up. Others may do the same at this moment."""
        with self._told():
            for place in self.folder.iterdir():
                if place.name.startswith(GONE) or (place.name.startswith(BEGUN) and _is_old(place)):
                    _remove_folder(place)
        for one in self.all():
            if one.state == "refused":
                with self._told():
                    _remove_tables(self._place(one.id))  # if whoever refused it was cut off
            if one.decided_at and datetime.now(UTC) - one.decided_at > KEPT_AFTER_REFUSAL:
                self.remove(one.id)

    def forget_file(self, sha256: str) -> None:
        """Remove every trace of a file that is deleted for good."""
        for place, one in self._entries():
            if one.report.sha256 == sha256 if one is not None else mentions(place, sha256):
                self.remove(place.name)

    @contextmanager
    def _held(self, submission: Submission) -> Iterator[None]:
        with ExitStack() as opened:
            with self._told():
                try:
                    record = opened.enter_context((self._place(submission.id) / RECORD).open("r+b"))
                    fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except (FileNotFoundError, BlockingIOError):
                    raise NotWaiting(
                        f"Über die Lieferung {submission.described} entscheidet gerade jemand anderes. Bitte gleich"
                        " noch einmal nachsehen."
                    ) from None
            yield

    def _place(self, submission_id: str) -> Path:
        return self.folder / submission_id

    def _entries(self) -> tuple[tuple[Path, Submission | None], ...]:
        """Every folder with its record; None where that cannot be read. One bad entry does not close the room."""
        with self._told():
            places = [place for place in self.folder.iterdir() if not place.name.startswith(".") and place.is_dir()]
        found = [(place, Submission.recorded_in(place)) for place in places]
        return tuple((place, one) for place, one in found if one is not None or place.is_dir())  # else just decided

    def _told(self) -> AbstractContextManager[None]:
        return told_of(self.folder)


@contextmanager
def told_of(folder: Path) -> Iterator[None]:
    """Say in German that a folder of the waiting room cannot be read or written."""
    try:
        yield
    except OSError as fault:
        raise FolderUnreachable(
            f"Der Eingang {folder} lässt sich nicht lesen oder schreiben. Es wurde nichts verändert. Bitte"
            " Speicherplatz und Schreibrechte prüfen."
        ) from fault


def _remove_tables(place: Path) -> None:
    """A refused delivery keeps its record; its rows go."""
    for table in place.glob("*.parquet"):
        table.unlink(missing_ok=True)


def _remove_folder(place: Path) -> None:
    """Somebody else may be removing the same."""
    try:
        shutil.rmtree(place)
    except FileNotFoundError:
        shutil.rmtree(place, ignore_errors=True)  # what the other one had not reached yet


def _is_old(place: Path) -> bool:
    """Whether nobody can be writing it any more; what is gone by now needs no removing."""
    try:
        return time.time() - place.stat().st_mtime > HALF_DONE_AFTER.total_seconds()
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    """Bring everything in a folder to the disk before it gets its name."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())

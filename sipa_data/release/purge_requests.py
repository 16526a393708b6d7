"""One person asks for a deletion, another carries it out: what was asked for lies in a folder until then."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sipa_data.errors import FolderUnreachable, NotAllowed, NotWithdrawable
from sipa_data.settings import Settings

FOLDER = "loeschantraege"
ENDING = ".json"
DAMAGED = "Der Löschantrag zur Lieferung {} ist beschädigt. Bitte zurücknehmen und noch einmal stellen."


@dataclass(frozen=True)
class PurgeRequest:
    """``at`` : UTC."""

    upload_id: str
    by: str
    at: datetime


class PurgeRequests:
    """The open requests below a folder, one small file each. Several threads and processes may use it.

    Every call raises ``FolderUnreachable`` where the folder cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of a lake: beside its files, where every server of it can reach them."""
        return cls(settings.lake_files.parent / FOLDER)

    def ask(self, upload_id: str, by: str) -> PurgeRequest:
        """Ask for a deletion; the first who asked stays the one who did.

        Raises
        ------
        NotWithdrawable : there is a request that nobody can read
        """
        request = PurgeRequest(upload_id, by, datetime.now(UTC))
        with self._told():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".neu-", encoding="utf-8") as begun:
                begun.write(json.dumps(asdict(request), default=datetime.isoformat))
                begun.flush()
                try:
                    os.link(begun.name, self._place(upload_id))  # unlike a renaming, it replaces nothing
                except FileExistsError:
                    return self._of_the_first(upload_id)
        return request

    def all(self) -> tuple[PurgeRequest, ...]:
        """Open requests, oldest first; what is damaged is not among them."""
        found = (self.find(upload_id) for upload_id in self._ids())
        return tuple(sorted((one for one in found if one), key=lambda one: one.at))

    def damaged(self) -> tuple[str, ...]:
        """Of which uploads there is a request that nobody can read; ``DAMAGED`` says what to do."""
        return tuple(one for one in self._ids() if self.find(one) is None and self._place(one).exists())

    def find(self, upload_id: str) -> PurgeRequest | None:
        """The open request; None where there is none that could be read."""
        try:
            fields = json.loads(self._place(upload_id).read_text(encoding="utf-8"))
            if fields["upload_id"] != upload_id:
                return None
            return PurgeRequest(upload_id, str(fields["by"]), datetime.fromisoformat(fields["at"]))
        except (OSError, KeyError, TypeError, ValueError):
            return None

    def remove(self, upload_id: str) -> None:
        with self._told():
            self._place(upload_id).unlink(missing_ok=True)

    def expect_other_person(self, upload_id: str, account: str) -> PurgeRequest:
        """The request that this person may carry out.

        Raises
        ------
        NotAllowed : nobody has asked, or the same person
        """
        found = self.find(upload_id)
        if found is None:
            raise NotAllowed("Diese Löschung hat niemand beantragt, oder der Antrag wurde zurückgenommen.")
        if found.by.strip().casefold() == account.strip().casefold():
            raise NotAllowed("Endgültig löschen muss jemand anderes als die Person, die es beantragt hat.")
        return found

    def _of_the_first(self, upload_id: str) -> PurgeRequest:
        found = self.find(upload_id)
        if found is None:
            raise NotWithdrawable(DAMAGED.format(upload_id))
        return found

    def _ids(self) -> list[str]:
        with self._told():
            names = [path.name for path in self.folder.iterdir()] if self.folder.exists() else []
        return sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING) and name[0] != ".")

    def _place(self, upload_id: str) -> Path:
        return self.folder / f"{upload_id}{ENDING}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            raise FolderUnreachable(
                f"Der Ordner der Löschanträge {self.folder} lässt sich nicht lesen oder schreiben. Bitte Speicherplatz"
                " und Schreibrechte prüfen."
            ) from fault

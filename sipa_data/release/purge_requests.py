"""One person asks for a deletion, another carries it out: what was asked for lies in a folder until then."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sipa_data.errors import NotAllowed, NotWithdrawable
from sipa_data.settings import Settings

FOLDER = "loeschantraege"


@dataclass(frozen=True)
class PurgeRequest:
    """``at`` : UTC."""

    upload_id: str
    by: str
    at: datetime


class PurgeRequests:
    """The open requests below a folder, one small file each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of a lake: beside its files, where every server of it can reach them."""
        return cls(settings.lake_files.parent / FOLDER)

    def ask(self, upload_id: str, by: str) -> PurgeRequest:
        """Ask for a deletion; the first who asked stays the one who did."""
        if found := self.find(upload_id):
            return found
        request = PurgeRequest(upload_id, by, datetime.now(UTC))
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            begun = self.folder / f".{upload_id}"
            begun.write_text(json.dumps(asdict(request), default=datetime.isoformat), encoding="utf-8")
            begun.replace(self._place(upload_id))
        except OSError as fault:
            raise NotWithdrawable(
                f"Der Antrag lässt sich in {self.folder} nicht festhalten. Bitte Speicherplatz und Schreibrechte"
                " prüfen."
            ) from fault
        return request

    def all(self) -> tuple[PurgeRequest, ...]:
        """Open requests, oldest first."""
        names = sorted(self.folder.glob("[!.]*.json")) if self.folder.is_dir() else []
        found = (self.find(name.stem) for name in names)
        return tuple(sorted((one for one in found if one), key=lambda one: one.at))

    def find(self, upload_id: str) -> PurgeRequest | None:
        try:
            fields = json.loads(self._place(upload_id).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return PurgeRequest(fields["upload_id"], fields["by"], datetime.fromisoformat(fields["at"]))

    def remove(self, upload_id: str) -> None:
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

    def _place(self, upload_id: str) -> Path:
        return self.folder / f"{upload_id}.json"

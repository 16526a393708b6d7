"""The counter at which a page may change something: the role is asked here, and everything done is logged.

The shell goes past it on purpose: whoever may run a command may write the files anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sipa_data.access.scope import Right, Scope
from sipa_data.audit import AuditLog, Event
from sipa_data.catalogue import Catalogue
from sipa_data.intake import Delivery, Profile, read_delivery
from sipa_data.lake import Lake, LakeReader
from sipa_data.release.publishing import publish, rehearse
from sipa_data.release.purging import purge
from sipa_data.release.upload import Upload
from sipa_data.release.withdrawal import withdraw

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What one signed-in person may change. Every call raises ``NotAllowed`` where the acting role does not cover it.

    ``scope`` : as whom the person acts. ``account`` : for the history and the log.
    """

    lake: Lake
    log: AuditLog
    scope: Scope
    account: str

    def read(self, file: Path, catalogue: Catalogue, profile: Profile, **reading: Any) -> Delivery:
        """Read and check a file; nothing is changed."""
        self.scope.require(Right.upload)
        self._record(Event.uploaded, profile.id)
        return read_delivery(file, catalogue, profile, **reading)

    def rehearse(self, delivery: Delivery, look: Callable[[LakeReader], T], *, replace: bool = False) -> T:
        """See what publishing would change."""
        self.scope.require(Right.upload)
        return rehearse(self.lake, delivery, look, replace=replace)

    def release(
        self, delivery: Delivery, *, uploaded_by: str, replace: bool = False, note: str | None = None
    ) -> Upload:
        """Publish what somebody has uploaded."""
        self.scope.require(Right.release)
        done = publish(self.lake, delivery, by=uploaded_by, approved_by=self.account, replace=replace, note=note)
        self._record(Event.released, done.upload_id, f"Datenstand {done.snapshot}")
        return done

    def withdraw(self, upload_id: str) -> Upload:
        """Take a delivery back."""
        self.scope.require(Right.withdraw)
        done = withdraw(self.lake, upload_id, by=self.account)
        self._record(Event.withdrawn, upload_id)
        return done

    def purge(self, upload_id: str, second: "Desk") -> Upload:
        """Delete a delivery for good; the second person must hold the right as well."""
        self.scope.require(Right.purge)
        second.scope.require(Right.purge)
        self._record(Event.purged, upload_id, f"zweite Person: {second.account}")  # before: it cannot be taken back
        return purge(self.lake, upload_id, by=self.account, second=second.account)

    def _record(self, event: Event, subject: str, detail: str = "") -> None:
        self.log.record(event, self.account, role=self.scope.role.value, subject=subject, detail=detail)

"""The counter at which a page may change something: the role is asked here, and everything done is logged.

The shell goes past it on purpose, with the same functions: whoever may run a command may write the files anyway.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pandas as pd

from sipa_data.access.scope import Right, Scope
from sipa_data.audit import AuditLog, Event
from sipa_data.catalogue import Catalogue
from sipa_data.errors import NotAllowed
from sipa_data.intake import Delivery, Profile, Report, as_delivered, read_delivery, template
from sipa_data.lake import Lake
from sipa_data.marts import Mart
from sipa_data.release import submitting
from sipa_data.release.code_book import code_book, waves
from sipa_data.release.purge_requests import PurgeRequest, PurgeRequests
from sipa_data.release.purging import ask_for_purge, open_requests, purge_with_traces
from sipa_data.release.registers import rows_of_register
from sipa_data.release.rehearsal import Rehearsal, Tell, rehearsal_of
from sipa_data.release.submission import Submission
from sipa_data.release.upload import Upload
from sipa_data.release.waiting_room import WaitingRoom
from sipa_data.release.withdrawal import withdraw
from sipa_data.settings import Settings

DROPPED = "Antrag zurückgenommen"
"""What the log says of a request for a deletion that nobody carries out."""
NEEDS_SIGN_IN = "Vertrauliche Lieferungen nimmt SiPa nur an, wenn eine Anmeldung eingerichtet ist."


@dataclass(frozen=True)
class Desk:
    """What one signed-in person may change. Every call raises ``NotAllowed`` where the acting role does not cover it.

    ``scope`` : as whom the person acts. ``account`` : for the history and the log.
    ``room`` : where deliveries wait; ``requests`` : the deletions that were asked for
    ``no_sign_in`` : nobody proves who they are, so nothing confidential may come in or be looked at
    """

    lake: Lake
    log: AuditLog
    catalogue: Catalogue
    room: WaitingRoom
    requests: PurgeRequests
    scope: Scope
    account: str
    no_sign_in: bool = False

    @classmethod
    def at(
        cls,
        settings: Settings,
        lake: Lake,
        log: AuditLog,
        catalogue: Catalogue,
        scope: Scope,
        account: str,
        *,
        no_sign_in: bool = False,
    ) -> Self:
        """The counter of a house."""
        room, requests = WaitingRoom.of(settings), PurgeRequests.of(settings)
        return cls(lake, log, catalogue, room, requests, scope, account, no_sign_in)

    def read(self, file: Path, profile: Profile, **reading: Any) -> Delivery:
        """Read and check a file; nothing is changed."""
        self.scope.require(Right.upload)
        return read_delivery(file, self.catalogue, profile, **reading)

    def rehearse(
        self, delivery: Delivery, now: Mart, *, may_replace: bool = False, tell: Tell | None = None
    ) -> Rehearsal:
        """See what publishing would change."""
        self.scope.require(Right.upload)
        return rehearsal_of(self.lake, now, delivery, self.scope, may_replace=may_replace, tell=tell)

    def submit(
        self, delivery: Delivery, *, may_replace: bool = False, acknowledged: bool = False, note: str | None = None
    ) -> Submission:
        """Let a checked delivery wait for its release."""
        self._require(Right.upload)
        self._expect_harmless(delivery.report)
        done = submitting.submit(
            self.room, delivery, by=self.account, may_replace=may_replace, acknowledged=acknowledged, note=note
        )
        self._record(Event.uploaded, done.id, f"{done.report.profile} {done.report.sha256[:16]}")
        return done

    def takes(self, marking: str) -> bool:
        """Whether a delivery of this marking can be submitted here at all; ``submit`` asks again."""
        return marking != "confidential" or not self.no_sign_in

    def waiting(self) -> tuple[Submission, ...]:
        """What waits for its release."""
        self.scope.require(Right.upload)
        return submitting.waiting(self.lake, self.room)

    def damaged(self) -> tuple[str, ...]:
        """The entries of the waiting room that nobody can decide about; nobody but the office is told."""
        return self.room.damaged() if self.scope.may(Right.release) else ()

    def refused(self) -> tuple[Submission, ...]:
        """What was not released in the last months, the latest first."""
        self.scope.require(Right.upload)
        return submitting.refused(self.room)

    def rehearse_waiting(self, submission_id: str, now: Mart, tell: Tell | None = None) -> Rehearsal:
        """What releasing would change by now: others may have published since it was submitted."""
        self.scope.require(Right.upload)
        found = self.room.find(submission_id)
        self._expect_harmless(found.report)
        return self.rehearse(self.room.delivery(found), now, may_replace=found.may_replace, tell=tell)

    def may_release(self, submission: Submission) -> bool:
        """Whether the release of this one is this person's to give; ``release`` asks again."""
        try:
            self._expect_harmless(submission.report)
            submitting.expect_second_person(submission, self.account, self.catalogue.city.released_alone)
        except NotAllowed:
            return False
        return self.scope.may(Right.release)

    def release(self, submission_id: str) -> Upload:
        """Publish what somebody else has submitted."""
        self._require(Right.release)
        self._expect_harmless(self.room.find(submission_id).report)
        alone = self.catalogue.city.released_alone
        done = submitting.release(self.lake, self.room, submission_id, by=self.account, released_alone=alone)
        self._record(Event.released, done.upload_id, f"Datenstand {done.snapshot}")
        return done

    def refuse(self, submission_id: str, reason: str) -> Submission:
        """Do not publish it. Uploaders may take back what they submitted themselves."""
        self._require(Right.upload)
        if self.room.find(submission_id).submitted_by != self.account:
            self.scope.require(Right.release)
        done = submitting.refuse(self.lake, self.room, submission_id, by=self.account, reason=reason)
        self._record(Event.turned_down, submission_id, reason)
        return done

    def waves(self) -> tuple[tuple[str, str], ...]:
        """Id and title of every published survey wave, the newest first."""
        self.scope.require(Right.upload)
        with self.lake.reader() as reader:
            return waves(reader)

    def code_book(self, wave_id: str) -> tuple[tuple[str, pd.DataFrame], ...]:
        """Every question of a wave with its answers and how often each was given in the whole city."""
        self.scope.require(Right.upload)
        with self.lake.reader() as reader:
            return code_book(reader, self.catalogue, wave_id)

    def register(self, profile: Profile) -> bytes:
        """The workbook of a layout with all that its register holds now."""
        self.scope.require(Right.upload)
        with self.lake.reader() as reader:
            rows = rows_of_register(reader, profile)
        if not all(self.takes(str(row["marking"])) for row in rows):
            raise NotAllowed(NEEDS_SIGN_IN)
        self._record(Event.downloaded, profile.id, "Register")
        return template(profile, self.catalogue, as_delivered(profile, self.catalogue, rows))

    def withdraw(self, upload_id: str) -> Upload:
        """Take a delivery back."""
        self._require(Right.withdraw)
        done = withdraw(self.lake, upload_id, by=self.account)
        self._record(Event.withdrawn, upload_id)
        return done

    def ask_for_purge(self, upload_id: str) -> PurgeRequest:
        """Ask that a delivery is deleted for good; somebody else with the right has to carry it out."""
        self._require(Right.purge)
        asked = ask_for_purge(self.lake, self.requests, upload_id, by=self.account)
        self._record(Event.purge_asked, upload_id)
        return asked

    def drop_purge(self, upload_id: str) -> None:
        """Take the request for a deletion back, whoever asked."""
        self.scope.require(Right.purge)
        self._record(Event.purge_asked, upload_id, DROPPED)
        self.requests.remove(upload_id)

    def purge_requests(self) -> tuple[PurgeRequest, ...]:
        """What waits for the second person of a deletion; nobody else is told."""
        return open_requests(self.lake, self.requests) if self.scope.may(Right.purge) else ()

    def damaged_purge_requests(self) -> tuple[str, ...]:
        """Of which uploads a request cannot be read; it can be taken back."""
        return self.requests.damaged() if self.scope.may(Right.purge) else ()

    def purge(self, upload_id: str) -> Upload:
        """Delete for good what somebody else asked to be deleted."""
        self.scope.require(Right.purge)
        asked = self.requests.expect_other_person(upload_id, self.account)
        self._record(Event.purged, upload_id, f"beantragt von {asked.by}")  # before: it cannot be taken back
        return purge_with_traces(self.lake, self.room, self.requests, upload_id, by=asked.by, second=self.account)

    def _require(self, right: Right) -> None:
        """Before a deed: the role covers it, and it can be logged."""
        self.scope.require(right)
        self.log.expect_writable()

    def _expect_harmless(self, report: Report) -> None:
        """Nothing confidential where nobody signs in: neither in nor out, nor shown in a rehearsal."""
        if not self.takes(report.marking):
            raise NotAllowed(NEEDS_SIGN_IN)

    def _record(self, event: Event, subject: str, detail: str = "") -> None:
        self.log.record(event, self.account, role=self.scope.role.value, subject=subject, detail=detail)

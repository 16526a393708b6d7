"""From a checked delivery to a released one: submit, release with four eyes, refuse. Pages and shell do it here."""

from collections.abc import Collection

from sipa_data.errors import AlreadyPublished, NotAllowed, NotWaiting, RefusedDelivery
from sipa_data.intake import Delivery
from sipa_data.lake import Lake
from sipa_data.release.history import history
from sipa_data.release.publishing import expect_staged, publish
from sipa_data.release.slices import any_table_shared
from sipa_data.release.submission import Submission
from sipa_data.release.upload import Upload
from sipa_data.release.waiting_room import WaitingRoom


def submit(
    room: WaitingRoom,
    delivery: Delivery,
    *,
    by: str,
    may_replace: bool = False,
    acknowledged: bool = False,
    note: str | None = None,
) -> Submission:
    """Let a checked delivery wait for its release.

    Parameters
    ----------
    by : account of the uploader
    acknowledged : whether the uploader has read the warnings

    Raises
    ------
    DeliveryGone : its staged files were removed
    RefusedDelivery : there are warnings that nobody has acknowledged
    AlreadyPublished : the same file waits already, for one of the same tables
    FolderUnreachable : it cannot be kept
    """
    expect_staged(delivery)
    if delivery.report.warnings and not acknowledged:
        raise RefusedDelivery(
            f"„{delivery.report.file_name}“ hat Warnungen, die noch niemand zur Kenntnis genommen hat: "
            f"{delivery.report.warnings[0].sentence}",
            delivery.report.warnings,
        )
    for other in room.all():
        same = other.report.sha256 == delivery.report.sha256 and any_table_shared(other.slices, delivery.slices)
        if same and other.state == "waiting":
            raise AlreadyPublished(f"Genau diese Datei wartet schon auf Freigabe: {other.described}.")
    return room.add(delivery, by=by, may_replace=may_replace, note=note)


def waiting(lake: Lake, room: WaitingRoom) -> tuple[Submission, ...]:
    """What waits for its release, oldest first.

    What was published and not yet cleared away goes now, and any trace of a file that was deleted for good.
    """
    uploads = history(lake)
    published = {upload.upload_id for upload in uploads}
    purged = {upload.sha256 for upload in uploads if upload.status == "purged"}
    found = room.all()
    over = {one.id for one in found if one.id in published or one.report.sha256 in purged}
    for number in over:
        room.clear_away(number)
    return tuple(one for one in found if one.state == "waiting" and one.id not in over)


def refused(room: WaitingRoom) -> tuple[Submission, ...]:
    """What was not released in the last months, the latest first."""
    return tuple(one for one in reversed(room.all()) if one.state == "refused")


def release(
    lake: Lake, room: WaitingRoom, submission_id: str, *, by: str, released_alone: Collection[str] = ()
) -> Upload:
    """Publish what waits: one transaction, one new snapshot, or nothing at all.

    Parameters
    ----------
    by : account of the releaser
    released_alone : profiles that the city lets one person submit and release

    Raises
    ------
    NotAllowed : the releaser is the uploader
    NotWaiting : it does not wait any more, is damaged, or somebody else is deciding about it
    AlreadyPublished, RefusedDelivery, LakeError : as ``publish``; it goes on waiting
    """
    with room.deciding(submission_id) as submission:
        expect_second_person(submission, by, released_alone)
        _expect_unpublished(lake, room, submission)
        done = publish(
            lake,
            room.delivery(submission),
            by=submission.submitted_by,
            approved_by=by,
            replace=submission.may_replace,
            note=submission.note,
            upload_id=submission.id,
            uploaded_at=submission.submitted_at,
        )
        room.clear_away(submission.id)
    return done


def expect_second_person(submission: Submission, by: str, released_alone: Collection[str]) -> None:
    """Four eyes, unless the city asks for two.

    Raises
    ------
    NotAllowed : the releaser is the uploader
    """
    if submission.report.profile in released_alone or _person(by) != _person(submission.submitted_by):
        return
    raise NotAllowed(
        "Freigeben muss jemand anderes als die Person, die hochgeladen hat (Vier-Augen-Prinzip). Für einzelne"
        " Dateiprofile lässt sich das in city.toml unter released_alone ändern."
    )


def refuse(lake: Lake, room: WaitingRoom, submission_id: str, *, by: str, reason: str) -> Submission:
    """Do not publish what waits. Why is kept for the uploader; the uploader may take it back the same way.

    Raises
    ------
    NotWaiting : it does not wait any more, somebody else is deciding about it, or no reason is given
    AlreadyPublished : whoever released it was cut off after its publication
    """
    if not reason.strip():
        raise NotWaiting("Bitte einen Grund nennen: Wer hochgeladen hat, soll wissen, was zu tun ist.")
    with room.deciding(submission_id) as submission:
        _expect_unpublished(lake, room, submission)
        return room.refuse(submission, by=by, reason=reason.strip())


def _expect_unpublished(lake: Lake, room: WaitingRoom, submission: Submission) -> None:
    """What is public waits no more, also where nobody could clear it away; that is done now."""
    for upload in history(lake):
        if upload.upload_id == submission.id:
            room.clear_away(submission.id)
            raise AlreadyPublished(f"Die Lieferung {submission.described} ist schon freigegeben und veröffentlicht.")


def _person(account: str) -> str:
    return account.strip().casefold()

"""Truly delete an upload, because the law can demand it: rows, old snapshots and files. Two persons."""

from datetime import UTC, datetime

from sipa_data.errors import FolderUnreachable, NotAllowed, NotWithdrawable
from sipa_data.lake import Lake, LakeTransaction
from sipa_data.lake.purge import announce_purge, finish_purges
from sipa_data.release.purge_requests import PurgeRequest, PurgeRequests
from sipa_data.release.upload import Upload, find, uploads_in
from sipa_data.release.waiting_room import WaitingRoom
from sipa_data.sql import statement

PURGED = "{} endgültig gelöscht"
"""What the catalogue says of the snapshot."""


def purge(lake: Lake, upload_id: str, *, by: str, second: str) -> Upload:
    """Delete an upload for good, and with it every snapshot from its publication until now.

    Those snapshots hold its rows, its file name or its report. A link to one of them then says „Daten gelöscht
    am …“. The upload stays in the history without its content.

    Raises
    ------
    NotAllowed : the two persons are the same, or one is not named
    NoSuchUpload : there is no such upload
    NotWithdrawable : it is purged already
    """
    _expect_two_persons(by, second)

    def work(transaction: LakeTransaction) -> Upload:
        upload = find(uploads_in(transaction), upload_id)
        if upload.status == "purged":
            raise _purged_already(upload)
        for table in sorted({place.table for place in upload.slices}):
            transaction.execute(statement("release", "delete_upload_rows", table=table), [upload_id])
        transaction.execute(statement("release", "forget_upload"), [upload_id])
        transaction.execute(
            statement("release", "insert_purge"),
            {
                "upload_id": upload_id,
                "first_snapshot": upload.snapshot,
                "last_snapshot": transaction.before,
                "purged_at": datetime.now(UTC).replace(tzinfo=None),
                "purged_by": by,
                "second": second,
            },
        )
        return find(uploads_in(transaction), upload_id)

    with lake.reader() as reader:
        find(uploads_in(reader), upload_id)
    announce_purge(lake)
    purged = lake.transaction(work, author=f"{by}, {second}", message=PURGED.format(upload_id))
    finish_purges(lake)
    return purged


def purge_with_traces(
    lake: Lake, room: WaitingRoom, requests: PurgeRequests, upload_id: str, *, by: str, second: str
) -> Upload:
    """Delete an upload for good, and what the waiting room and the requests still know of it.

    Raises
    ------
    FolderUnreachable : it is deleted, but not all that the waiting room knows of it
    NotAllowed, NoSuchUpload, NotWithdrawable, LakeError : as ``purge``; what waits goes on waiting
    """
    _expect_two_persons(by, second)
    try:
        return purge(lake, upload_id, by=by, second=second)
    finally:  # also where it was deleted before, by somebody who was cut off, or where tidying up has failed
        upload = _upload(lake, upload_id)
        if upload.status == "purged":
            _forget_traces(room, requests, upload)


def _forget_traces(room: WaitingRoom, requests: PurgeRequests, upload: Upload) -> None:
    try:
        room.forget_file(upload.sha256)
        requests.remove(upload.upload_id)
    except FolderUnreachable as fault:
        raise FolderUnreachable(
            f"Die Lieferung {upload.upload_id} ist endgültig gelöscht, aber im Eingang oder bei den Löschanträgen"
            " liegt noch etwas von ihr. Bitte Schreibrechte prüfen und „python -m sipa_data waiting“ ausführen; das"
            " räumt auf."
        ) from fault


def ask_for_purge(lake: Lake, requests: PurgeRequests, upload_id: str, *, by: str) -> PurgeRequest:
    """Ask that an upload is deleted for good; another person has to carry it out.

    Raises
    ------
    NoSuchUpload, NotWithdrawable : there is no such upload, or it is deleted already
    """
    upload = _upload(lake, upload_id)
    if upload.status == "purged":
        raise _purged_already(upload)
    return requests.ask(upload_id, by)


def open_requests(lake: Lake, requests: PurgeRequests) -> tuple[PurgeRequest, ...]:
    """What somebody asked to be deleted and is there still. What was deleted in the meantime is cleared away."""
    found = requests.all()
    if not found:
        return ()
    with lake.reader() as reader:
        gone = {one.upload_id for one in uploads_in(reader) if one.status == "purged"}
    for one in found:
        if one.upload_id in gone:
            requests.remove(one.upload_id)
    return tuple(one for one in found if one.upload_id not in gone)


def _upload(lake: Lake, upload_id: str) -> Upload:
    with lake.reader() as reader:
        return find(uploads_in(reader), upload_id)


def _purged_already(upload: Upload) -> NotWithdrawable:
    return NotWithdrawable(f"Die Lieferung {upload.described} ist schon endgültig gelöscht.")


def _expect_two_persons(by: str, second: str) -> None:
    persons = {person.strip().casefold() for person in (by, second)}
    if len(persons) < 2 or "" in persons:
        raise NotAllowed("Endgültig löschen können nur zwei verschiedene Personen gemeinsam. Nennen Sie beide.")

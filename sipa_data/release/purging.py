"""Truly delete an upload, because the law can demand it: rows, old snapshots and files. Two persons."""

from datetime import UTC, datetime

from sipa_data.errors import NotAllowed, NotWithdrawable
from sipa_data.lake import Lake, LakeTransaction
from sipa_data.lake.purge import announce_purge, finish_purges
from sipa_data.release.upload import Upload, find, uploads_in
from sipa_data.sql import statement


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
    persons = {person.strip().casefold() for person in (by, second)}
    if len(persons) < 2 or "" in persons:
        raise NotAllowed("Endgültig löschen können nur zwei verschiedene Personen gemeinsam. Nennen Sie beide.")

    def work(transaction: LakeTransaction) -> Upload:
        upload = find(uploads_in(transaction), upload_id)
        if upload.status == "purged":
            raise NotWithdrawable(f"Die Lieferung {upload.described} ist schon endgültig gelöscht.")
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
    purged = lake.transaction(work, author=f"{by}, {second}", message=f"{upload_id} endgültig gelöscht")
    finish_purges(lake)
    return purged

"""Take an upload back: its place is filled again as it was before."""

from sipa_data.errors import NotWithdrawable
from sipa_data.german import listing
from sipa_data.lake import Lake, LakeTransaction
from sipa_data.release.places import bring_back_rows_of
from sipa_data.release.publishing import update_statuses
from sipa_data.release.slices import any_overlap, remaining
from sipa_data.release.upload import TAKES_THE_PLACE, Upload, find, later_in_the_same_place, uploads_in
from sipa_data.sql import statement

WITHDRAWN = "{} zurückgezogen"
"""What the catalogue says of the snapshot."""


def withdraw(lake: Lake, upload_id: str, *, by: str) -> Upload:
    """Withdraw an upload. Itself a new snapshot; old ones keep what they showed.

    Raises
    ------
    NoSuchUpload : there is no such upload
    NotWithdrawable : it is gone already, a later upload fills its place, or what was there before was purged
    """

    def work(transaction: LakeTransaction) -> Upload:
        uploads = uploads_in(transaction)
        upload = find(uploads, upload_id)
        _check(upload, uploads)
        for table in sorted({place.table for place in upload.slices}):
            transaction.execute(statement("release", "delete_upload_rows", table=table), [upload_id])
        if _replaced_something(upload, uploads):
            _check_snapshot(lake, upload)
            for place in upload.slices:
                bring_back_rows_of(transaction, place, upload.snapshot_before)
        transaction.execute(statement("release", "set_status"), ["withdrawn", upload_id])
        update_statuses(transaction, uploads_in(transaction))
        return find(uploads_in(transaction), upload_id)

    return lake.transaction(work, author=by, message=WITHDRAWN.format(upload_id))


def _check(upload: Upload, uploads: tuple[Upload, ...]) -> None:
    if upload.status == "withdrawn":
        raise NotWithdrawable(f"Die Lieferung {upload.described} ist schon zurückgezogen.")
    if upload.status == "purged":
        raise NotWithdrawable(f"Die Lieferung {upload.described} ist endgültig gelöscht.")
    if later := later_in_the_same_place(upload, uploads):
        names = listing([other.described for other in later])
        raise NotWithdrawable(
            f"Die Lieferung {upload.described} wurde später ganz oder teilweise ersetzt durch {names}."
            " Ziehen Sie zuerst die spätere Lieferung zurück."
        )


def _replaced_something(upload: Upload, uploads: tuple[Upload, ...]) -> bool:
    """Whether rows of others stood in its place when it came, and may come back."""
    for other in uploads:
        if other.snapshot >= upload.snapshot or other.status not in {"published", "replaced"}:
            continue
        between = (
            place
            for third in uploads
            if other.snapshot < third.snapshot < upload.snapshot and third.status in TAKES_THE_PLACE
            for place in third.slices
        )
        if any_overlap(remaining(other.slices, between), upload.slices):
            return True
    return False


def _check_snapshot(lake: Lake, upload: Upload) -> None:
    if upload.snapshot_before not in {snapshot.id for snapshot in lake.snapshots()}:
        raise NotWithdrawable(
            f"Was vor der Lieferung {upload.described} galt, wurde inzwischen endgültig gelöscht und lässt sich nicht"
            " wiederherstellen. Liefern Sie statt dessen eine berichtigte Datei."
        )

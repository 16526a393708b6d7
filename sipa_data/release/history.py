"""What became public, and when."""

from sipa_data.lake import Lake, LakeSnapshot
from sipa_data.release.purging import PURGED
from sipa_data.release.upload import Upload, uploads_in
from sipa_data.release.withdrawal import WITHDRAWN


def history(lake: Lake) -> tuple[Upload, ...]:
    """Every upload, oldest first: also withdrawn, replaced and purged ones."""
    with lake.reader() as reader:
        return uploads_in(reader)


def snapshots(lake: Lake) -> tuple[LakeSnapshot, ...]:
    """Every Datenstand that can still be shown, oldest first."""
    return lake.snapshots()


def taken_back(lake: Lake, upload: Upload) -> LakeSnapshot | None:
    """The Datenstand with which an upload was withdrawn or deleted for good: who did it, and when.

    None where it still stands, and where that Datenstand was itself deleted since.
    """
    said = {"withdrawn": WITHDRAWN, "purged": PURGED}.get(upload.status, "").format(upload.upload_id)
    return next((one for one in reversed(lake.snapshots()) if said and one.message == said), None)

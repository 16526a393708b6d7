"""What became public, and when."""

from sipa_data.lake import Lake, LakeSnapshot
from sipa_data.release.upload import Upload, uploads_in


def history(lake: Lake) -> tuple[Upload, ...]:
    """Every upload, oldest first: also withdrawn, replaced and purged ones."""
    with lake.reader() as reader:
        return uploads_in(reader)


def snapshots(lake: Lake) -> tuple[LakeSnapshot, ...]:
    """Every Datenstand that can still be shown, oldest first."""
    return lake.snapshots()

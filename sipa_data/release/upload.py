"""An upload: what became public, when, by whom, and what is left of it."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, Self

from sipa_data.errors import NoSuchUpload
from sipa_data.german import day
from sipa_data.intake.delivery import Finding, Slice
from sipa_data.lake import LakeReader
from sipa_data.release.slices import any_overlap, remaining
from sipa_data.sql import statement

Status = Literal["published", "withdrawn", "replaced", "purged"]
TAKES_THE_PLACE: frozenset[Status] = frozenset({"published", "replaced", "purged"})
"""What a later upload has replaced stays replaced, also when the later one is purged; not when it is withdrawn."""


@dataclass(frozen=True)
class Upload:
    """One row of the history. Times are UTC."""

    upload_id: str
    profile: str
    file_name: str
    sha256: str
    marking: str
    rows_in: int
    rows_taken: int
    rows_refused: int
    rows_skipped: int
    slices: tuple[Slice, ...]
    snapshot_before: int
    uploaded_by: str
    uploaded_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    status: Status
    note: str | None
    findings: tuple[Finding, ...]

    @property
    def snapshot(self) -> int:
        """The snapshot that published it: publishing is one transaction, so always the next one."""
        return self.snapshot_before + 1

    @property
    def published_at(self) -> datetime:
        """When it was released; without a second person that is when it came in."""
        return self.approved_at or self.uploaded_at

    @property
    def described(self) -> str:
        """As a sentence names it. After a purge there is no file name any more."""
        file = f"„{self.file_name}“ " if self.file_name else ""
        return f"{file}({self.upload_id}, veröffentlicht am {day(self.published_at)} von {self.uploaded_by})"

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        """From a row of the table ``uploads``."""
        report = json.loads(row.pop("report") or "{}")
        return cls(
            **row
            | {
                "slices": slices_from_json(row["slices"]),
                "findings": tuple(Finding(**finding) for finding in report.get("findings", ())),
                "uploaded_at": row["uploaded_at"].replace(tzinfo=UTC),
                "approved_at": row["approved_at"] and row["approved_at"].replace(tzinfo=UTC),
            }
        )


def uploads_in(lake: LakeReader) -> tuple[Upload, ...]:
    """Every upload that a snapshot knows, oldest first."""
    return tuple(Upload.from_row(row) for row in lake.read(statement("release", "uploads")).to_pylist())


def find(uploads: Iterable[Upload], upload_id: str) -> Upload:
    """The upload with this id.

    Raises
    ------
    NoSuchUpload : there is none
    """
    for upload in uploads:
        if upload.upload_id == upload_id:
            return upload
    raise NoSuchUpload(
        f"Eine Lieferung mit der Nummer „{upload_id}“ gibt es nicht. „python -m sipa_data history“ nennt alle."
    )


def still_filled(upload: Upload, uploads: Iterable[Upload]) -> tuple[Slice, ...]:
    """What of an upload's slices no later upload has taken."""
    later = [other for other in uploads if other.snapshot > upload.snapshot and other.status in TAKES_THE_PLACE]
    return remaining(upload.slices, (place for other in later for place in other.slices))


def later_in_the_same_place(upload: Upload, uploads: Iterable[Upload]) -> tuple[Upload, ...]:
    """Later uploads that fill a part of this one's slices."""
    return tuple(
        other
        for other in uploads
        if other.snapshot > upload.snapshot
        and other.status in TAKES_THE_PLACE
        and any_overlap(upload.slices, other.slices)
    )


def status_now(upload: Upload, uploads: Iterable[Upload]) -> Status:
    """Published while anything of it shows, replaced when later uploads have taken all of it."""
    if upload.status not in {"published", "replaced"} or not upload.slices:
        return upload.status
    return "published" if still_filled(upload, uploads) else "replaced"


def slices_to_json(slices: Iterable[Slice]) -> str:
    return json.dumps([asdict(place) for place in slices], default=date.isoformat, ensure_ascii=False)


def slices_from_json(text: str) -> tuple[Slice, ...]:
    return tuple(
        Slice(
            place["table"],
            tuple((column, value) for column, value in place["equals"]),
            date.fromisoformat(place["start"]) if place["start"] else None,
            date.fromisoformat(place["end"]) if place["end"] else None,
        )
        for place in json.loads(text)
    )

"""What is recorded of a delivery that waits for its release."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Self

from sipa_data.intake.delivery import Finding, Report, Slice
from sipa_data.release.upload import slices_from_json, slices_to_json

RECORD = "lieferung.json"
DAMAGED = (
    "Der Eintrag „{}“ im Eingang ist beschädigt oder stammt von einer neueren Fassung von SiPa. Er lässt sich weder "
    "freigeben noch ablehnen. Die Technik kann den Ordner entfernen; die Datei ist dann noch einmal hochzuladen."
)

State = Literal["waiting", "refused"]


@dataclass(frozen=True)
class Submission:
    """One checked delivery on its way to be released. Times are UTC.

    ``id`` : the number that the upload will have. ``may_replace`` : whether the uploader wants older rows to go.
    ``tables`` : SHA-256 of each staged table; empty once it was refused.
    """

    id: str
    report: Report
    slices: tuple[Slice, ...]
    tables: dict[str, str]
    may_replace: bool
    submitted_by: str
    submitted_at: datetime
    note: str | None = None
    state: State = "waiting"
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    @property
    def described(self) -> str:
        return f"„{self.report.file_name}“ ({self.id}, eingereicht von {self.submitted_by})"

    def to_json(self) -> str:
        fields = asdict(self) | {"slices": json.loads(slices_to_json(self.slices))}
        return json.dumps(fields, default=_iso, ensure_ascii=False)

    @classmethod
    def recorded_in(cls, place: Path) -> Self | None:
        """What a folder of the waiting room says; None where it cannot be read, or is about another folder."""
        try:
            found = cls.from_json((place / RECORD).read_text(encoding="utf-8"))
        except (OSError, KeyError, TypeError, ValueError):
            return None
        return found if found.id == place.name else None

    @classmethod
    def from_json(cls, text: str) -> Self:
        fields: dict[str, Any] = json.loads(text)
        report = fields["report"]
        report["findings"] = tuple(Finding(**finding) for finding in report["findings"])
        decided = fields["decided_at"] and datetime.fromisoformat(fields["decided_at"])
        times = {"submitted_at": datetime.fromisoformat(fields["submitted_at"]), "decided_at": decided}
        slices = slices_from_json(json.dumps(fields["slices"]))
        return cls(**fields | times | {"report": Report(**report), "slices": slices})


def mentions(place: Path, sha256: str) -> bool:
    """Whether a record that cannot be understood is about this file."""
    try:
        return sha256.encode() in (place / RECORD).read_bytes()
    except OSError:
        return False


def _iso(value: date) -> str:
    return value.isoformat()

"""The Datenstand: which published state of the lake a number comes from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Snapshot:
    """``synthetic`` : at least one delivery in it is invented and must be labelled so. Times are UTC."""

    id: int
    published_at: datetime | None
    synthetic: bool
    sources: tuple[str, ...] = ()

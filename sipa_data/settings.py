"""What a machine may set, from the environment. Everything else is in the city's files."""

import os
from dataclasses import dataclass
from pathlib import Path

from sipa_data.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent
FEWEST_LOG_DAYS, MOST_LOG_DAYS = 7, 366
"""Shorter proves nothing about last week; longer is more than showing who saw what needs."""


@dataclass(frozen=True)
class Settings:
    """``city`` : folder of the city's catalogue. ``lake`` : path of the SQLite catalogue or a ``postgres:`` address.

    ``lake_files`` : folder of the Parquet files. ``records`` : folder of what the house writes about its own use (the
    audit log, the register of sign-ins), on a local disk; None: the folder above the Parquet files. ``log_days`` : how
    long the audit log keeps who saw what; None: as it has been told before, at first 90 days. ``own_profiles`` : folder
    of the file layouts that were mapped here; None: ``profile`` beside the Parquet files.
    """

    city: Path
    profiles: Path
    lake: str
    lake_files: Path
    records: Path | None = None
    log_days: int | None = None
    own_profiles: Path | None = None

    @property
    def profiles_made_here(self) -> Path:
        return self.lake_files.parent / "profile" if self.own_profiles is None else self.own_profiles

    @property
    def record_folder(self) -> Path:
        return self.lake_files.parent if self.records is None else self.records

    @classmethod
    def from_environment(cls) -> "Settings":
        """What the machine sets.

        Raises
        ------
        SettingsError : a setting that means nothing; the sentence names it
        """
        lake = os.environ.get("SIPA_LAKE") or str(PROJECT / "data" / "lake" / "catalogue.sqlite")
        files = os.environ.get("SIPA_LAKE_FILES")
        if files is None:
            files = (
                str(PROJECT / "data" / "lake" / "files")
                if lake.startswith("postgres:")
                else str(Path(lake).parent / "files")
            )
        records = os.environ.get("SIPA_RECORDS")
        own = os.environ.get("SIPA_PROFILES")
        return cls(
            city=city_folder(os.environ.get("SIPA_CITY", "stuttgart")),
            profiles=PROJECT / "data" / "profiles",
            lake=lake,
            lake_files=Path(files),
            records=Path(records) if records else None,
            log_days=_log_days(os.environ.get("SIPA_LOG_DAYS", "")),
            own_profiles=Path(own) if own else None,
        )


def _log_days(text: str) -> int | None:
    if not text:
        return None
    days = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_LOG_DAYS)) else 0
    if not FEWEST_LOG_DAYS <= days <= MOST_LOG_DAYS:
        raise SettingsError(
            f"SIPA_LOG_DAYS ist „{text[:20]}“. Bitte als ganze Zahl angeben, wie viele Tage das Protokoll Ansichten, "
            f"Downloads und Anmeldungen behält: {FEWEST_LOG_DAYS} bis {MOST_LOG_DAYS}."
        )
    return days


def city_folder(name: str) -> Path:
    """The folder of a city: a path, or the name of a folder under ``data/``."""
    path = Path(name)
    return path if path.is_dir() else PROJECT / "data" / name

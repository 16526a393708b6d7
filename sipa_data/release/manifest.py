"""What a backup holds, written last: a folder without a manifest is no backup."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

from sipa_data.errors import BackupError

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    ``duckdb``, ``lake_format`` : versions of the program that wrote it, and of DuckLake's catalogue
    ``tables`` : logical checksum of each table at the newest snapshot
    ``files`` : SHA-256 of each file by its path in the folder
    """

    format: int
    created_at: str
    snapshot: int
    catalogue: Literal["sqlite", "postgres"]
    duckdb: str
    lake_format: str
    tables: dict[str, str]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_text(text, encoding="utf-8")

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Read the manifest of a backup.

        Raises
        ------
        BackupError : the folder holds no backup, or one of another format
        """
        try:
            found = cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise BackupError(f"Im Ordner {folder} liegt keine vollständige Sicherung: {MANIFEST} fehlt.") from error
        except (TypeError, ValueError) as error:
            raise BackupError(f"{folder / MANIFEST} ist beschädigt. Nehmen Sie eine andere Sicherung.") from error
        if found.format != FORMAT:
            raise BackupError(
                f"Die Sicherung in {folder} hat das Format {found.format}; diese Version liest Format {FORMAT}."
            )
        return found

    def expect_whole(self, folder: Path) -> None:
        """Compare every file with its checksum.

        Raises
        ------
        BackupError : a file is missing or was changed
        """
        for path, expected in self.files.items():
            if not (folder / path).is_file():
                raise BackupError(
                    f"In der Sicherung {folder} fehlt die Datei {path}. Nehmen Sie eine andere Sicherung."
                )
            if digest(folder / path) != expected:
                raise BackupError(
                    f"In der Sicherung {folder} ist die Datei {path} beschädigt: ihre Prüfsumme stimmt nicht."
                    " Nehmen Sie eine andere Sicherung."
                )


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

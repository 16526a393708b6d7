"""Looking after the files of the lake: are they there, is anything left over."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from sipa_data.errors import LakeError
from sipa_data.lake.faults import told_in_german
from sipa_data.lake.lake import Lake
from sipa_data.lake.schema import OWN_CATALOGUE
from sipa_data.sql import statement

ORPHANS_AFTER = timedelta(days=1)
"""Files younger than this may belong to a publish that is running in another process."""
OWNER = "katalog-"
"""An empty file in the folder of the lake's files begins so; the number of its catalogue follows."""


@dataclass(frozen=True)
class DataFile:
    """A file that some snapshot needs. ``path`` is below the folder of the lake's files."""

    path: str
    size: int

    def is_whole_in(self, folder: Path) -> bool:
        """Whether it is there with the size that the catalogue names."""
        file = folder / self.path
        return file.is_file() and file.stat().st_size == self.size


def data_files(lake: Lake) -> tuple[DataFile, ...]:
    """Every file that some snapshot needs."""
    with lake.cursor() as cursor:
        return files_named_by(cursor, OWN_CATALOGUE)


def files_named_by(cursor: duckdb.DuckDBPyConnection, catalogue: str) -> tuple[DataFile, ...]:
    """Every file that the catalogue attached under this alias names."""
    return tuple(
        DataFile(*row) for row in cursor.execute(statement("lake", "data_files", catalogue=catalogue)).fetchall()
    )


def expect_files(lake: Lake) -> None:
    """Refuse a folder that is not this catalogue's, before anything is written into it.

    Raises
    ------
    LakeError : none of the files that the catalogue names is in the folder
    """
    needed = data_files(lake)
    if needed and not any(file.is_whole_in(lake.address.files) for file in needed):
        raise LakeError(
            f"Im Ordner {lake.address.files} liegt keine der Dateien, die der Katalog {lake.address.shown} nennt."
            " Prüfen Sie die Einstellung SIPA_LAKE_FILES oder stellen Sie eine Sicherung wieder her."
        )


def expect_own_folder(lake: Lake) -> None:
    """Refuse a folder that another catalogue has written into, and mark it as this one's.

    Where a catalogue has gone missing, opening makes a new, empty one. To that one every file would be an orphan.

    Raises
    ------
    LakeError : the folder belongs to another catalogue
    """
    with lake.cursor() as cursor:
        row = cursor.execute(statement("lake", "catalogue_number")).fetchone()
    own = f"{OWNER}{row[0] if row else ''}"
    with told_in_german(lake.address):
        if any(found.name != own for found in lake.address.files.glob(f"{OWNER}*")):
            raise LakeError(
                f"Die Dateien in {lake.address.files} gehören zu einem anderen Katalog als {lake.address.shown}. Es"
                " wurde nichts verändert. Ist der Katalog verschwunden, legen Sie ihn zurück oder stellen Sie eine"
                " Sicherung an einem anderen Ort wieder her; sonst prüfen Sie SIPA_LAKE und SIPA_LAKE_FILES."
            )
        if not (lake.address.files / own).exists():
            (lake.address.files / own).touch()


def remove_orphans(lake: Lake) -> None:
    """Delete files that no snapshot knows: left behind by a publish that was cut off."""
    with lake.cursor() as cursor:
        cursor.execute(statement("lake", "remove_orphans"), [ORPHANS_AFTER.total_seconds()]).fetchall()

"""Looking after the files of the lake: are they there, is anything left over."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from sipa_data.errors import LakeError
from sipa_data.lake.lake import Lake
from sipa_data.lake.schema import OWN_CATALOGUE
from sipa_data.sql import statement

ORPHANS_AFTER = timedelta(days=1)
"""Files younger than this may belong to a publish that is running in another process."""


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


def remove_orphans(lake: Lake) -> None:
    """Delete files that no snapshot knows: left behind by a publish that was cut off."""
    with lake.cursor() as cursor:
        cursor.execute(statement("lake", "remove_orphans"), [ORPHANS_AFTER.total_seconds()]).fetchall()

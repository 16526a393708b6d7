"""Back the lake up into a folder, and restore it from one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from sipa_data.errors import BackupError
from sipa_data.lake import Lake, open_lake
from sipa_data.lake.address import Address
from sipa_data.lake.copying import expect_empty, export_catalogue, format_of, import_catalogue
from sipa_data.lake.faults import told_in_german
from sipa_data.release.manifest import FORMAT, Manifest, digest
from sipa_data.settings import Settings

Progress = Callable[[int, int], None]
"""Called with the number of files done and of all files."""
CATALOGUE = "catalogue"
FILES = "files"


def backup(lake: Lake, folder: Path, *, progress: Progress | None = None) -> Manifest:
    """Copy catalogue and files, as they are at one instant, into a new folder. Publishing goes on meanwhile.

    Raises
    ------
    BackupError : the folder is not empty, or a purge deleted files while they were copied
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"Der Ordner {folder} ist nicht leer. Eine Sicherung braucht einen neuen oder leeren Ordner.")
    with told_in_german(lake.address), _removed_on_failure(folder):
        (folder / CATALOGUE).mkdir(parents=True)
        snapshot, needed = export_catalogue(lake, folder / CATALOGUE)
        for done, file in enumerate(needed, start=1):
            if not file.is_whole_in(lake.address.files):
                raise BackupError(
                    f"Die Datei {lake.address.files / file.path} fehlt oder ist unvollständig. Wurde gerade eine"
                    " Lieferung endgültig gelöscht, wiederholen Sie die Sicherung; sonst hilft nur eine ältere."
                )
            _copy(lake.address.files / file.path, folder / FILES / file.path)
            if progress:
                progress(done, len(needed))
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        manifest = Manifest(
            format=FORMAT,
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            snapshot=snapshot,
            catalogue=_kind_of(lake.address),
            duckdb=duckdb.__version__,
            lake_format=_format_of(lake),
            tables=lake.checksums(snapshot),
            files={path.relative_to(folder).as_posix(): digest(path) for path in paths},
        )
        manifest.write(folder)
    return manifest


def restore(folder: Path, settings: Settings, *, progress: Progress | None = None) -> Manifest:
    """Fill the empty lake that the settings name from a backup, and prove that it is the same.

    Raises
    ------
    BackupError : the target is not empty, the backup is damaged, or its catalogue is of the other kind
    """
    manifest = Manifest.of(folder)
    address = Address.of(settings)
    if manifest.catalogue != _kind_of(address):
        raise BackupError(
            f"Die Sicherung stammt aus einem Katalog der Art „{manifest.catalogue}“, SIPA_LAKE nennt einen der Art"
            f" „{_kind_of(address)}“. Wiederhergestellt wird nur in dieselbe Art."
        )
    if address.files.exists() and any(address.files.iterdir()):
        raise BackupError(
            f"Der Ordner {address.files} ist nicht leer. Wiederhergestellt wird nur in einen leeren. Nennen Sie mit"
            " SIPA_LAKE_FILES einen anderen."
        )
    if expect_empty(address) != manifest.lake_format:
        raise BackupError(
            f"Die Sicherung wurde mit DuckDB {manifest.duckdb} geschrieben, dessen Katalog anders aufgebaut ist als der"
            f" von DuckDB {duckdb.__version__}. Stellen Sie sie mit DuckDB {manifest.duckdb} wieder her."
        )
    manifest.expect_whole(folder)
    with told_in_german(address), _removed_on_failure(address.files):
        files = [path for path in manifest.files if path.startswith(f"{FILES}/")]
        for done, path in enumerate(files, start=1):
            _copy(folder / path, address.files / Path(path).relative_to(FILES))
            if progress:
                progress(done, len(files))
        import_catalogue(address, folder / CATALOGUE)
    with open_lake(settings) as lake:
        if lake.checksums(manifest.snapshot) != manifest.tables:
            raise BackupError(
                "Der wiederhergestellte Datenbestand stimmt nicht mit der Sicherung überein. Benutzen Sie ihn nicht und"
                " nehmen Sie eine andere Sicherung."
            )
    return manifest


@contextmanager
def _removed_on_failure(folder: Path) -> Iterator[None]:
    """Leave nothing half-made behind."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _format_of(lake: Lake) -> str:
    with lake.cursor() as cursor:
        return format_of(cursor)


def _kind_of(address: Address) -> Literal["sqlite", "postgres"]:
    return "postgres" if address.on_postgres else "sqlite"

"""A ZIP with one file in it is that file. Unpacked in the private folder, under a name of ours."""

import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from sipa_data.errors import DiskFull, UnreadableFile
from sipa_data.german import count_of, listing, number
from sipa_data.intake.naming import shown_name
from sipa_data.intake.workbench import Workbench

MARK = b"PK\x03\x04"
WORKBOOKS = ("[content_types].xml", "mimetype")  # XLSX and ODS are ZIP files, too
SUSPICIOUS = 200  # times as large unpacked: a table of a million rows reaches 30
HARMLESS = 50_000_000  # bytes; what stays below may be as dense as it likes
NOT_MEANT = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What ``zipfile`` raises of an archive that is damaged, packed in a way it does not know, or locked (RuntimeError)."""


@dataclass(frozen=True)
class Unpacked:
    """Where the content lies, and what its file is called; the file itself where nothing was packed."""

    path: Path
    name: str


def unpacked(path: Path, name: str, bench: Workbench) -> Unpacked:
    """The one file inside a ZIP.

    Raises
    ------
    UnreadableFile : damaged, locked, several files or none, packed twice, or far larger than it looks
    DiskFull : no room to unpack it
    """
    if not _is_archive(path):
        return Unpacked(path, name)
    try:
        with zipfile.ZipFile(path) as archive:
            part = _the_one_file(archive, name)
            _refuse_bombs(part, name, bench)
            target = bench.file("unpacked")
            with archive.open(part) as source, target.open("wb") as into:
                shutil.copyfileobj(source, into, 1 << 20)
    except FAULTS as fault:
        raise UnreadableFile(
            f"Das ZIP-Archiv „{name}“ ist beschädigt oder mit einem Kennwort geschützt. "
            "Bitte neu packen, ohne Kennwort."
        ) from fault
    return Unpacked(target, shown_name(part.filename))


def _is_archive(path: Path) -> bool:
    """A ZIP that is no workbook. What is too damaged to tell goes on, and the reader of workbooks says so."""
    with path.open("rb") as file:
        if file.read(4) != MARK:
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not any(part.filename.casefold() in WORKBOOKS for part in archive.infolist())
    except FAULTS:
        return False


def _the_one_file(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    parts = [part for part in archive.infolist() if not part.is_dir() and _is_meant(part.filename)]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        raise UnreadableFile(f"Das ZIP-Archiv „{name}“ enthält keine Datei. Bitte die Datei neu packen.")
    shown = listing([f"„{shown_name(part.filename)}“" for part in parts[:3]])
    raise UnreadableFile(
        f"Das ZIP-Archiv „{name}“ enthält {count_of(len(parts), 'Datei', 'Dateien')}, darunter {shown}. "
        "Bitte nur eine Datei packen oder die Dateien einzeln liefern."
    )


def _is_meant(name: str) -> bool:
    said = name.casefold()
    return not said.startswith(NOT_MEANT[0]) and not said.endswith(NOT_MEANT[1:])


def _refuse_bombs(part: zipfile.ZipInfo, name: str, bench: Workbench) -> None:
    if part.file_size > max(HARMLESS, SUSPICIOUS * part.compress_size):
        size = number(part.file_size / 1e9, 1)
        raise UnreadableFile(
            f"Das ZIP-Archiv „{name}“ wäre ausgepackt {size} GB groß, weit mehr, als eine Tabelle ergibt. "
            "Bitte die Datei ungepackt liefern."
        )
    if part.file_size > shutil.disk_usage(bench.folder).free:
        raise DiskFull(
            f"Zum Auspacken von „{name}“ reicht der Speicherplatz nicht. "
            "Es wurde nichts übernommen; bitte Platz schaffen und noch einmal versuchen."
        )

"""Boundaries for a city: read, match, check, simplify, and leave beside its other files."""

from dataclasses import dataclass
from pathlib import Path

from sipa_data.boundaries.areas import read_areas
from sipa_data.boundaries.matching import match_districts
from sipa_data.boundaries.outlines import fitting_outlines
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.boundaries import FILE, BoundariesFile
from sipa_data.errors import BoundariesRefused


@dataclass(frozen=True)
class Imported:
    """What was written, where, and how large it is."""

    path: Path
    file: BoundariesFile

    @property
    def size(self) -> int:
        return len(self.file.as_text().encode())

    @property
    def corners(self) -> int:
        """Points of all outlines together."""
        return sum(len(ring) // 2 for outline in self.file.districts.values() for ring in outline.rings)


def import_boundaries(
    path: Path,
    catalogue: Catalogue,
    *,
    source: str | None = None,
    name_column: str | None = None,
    layer: str | None = None,
    crs: str | None = None,
) -> Imported:
    """Write the outlines of the city's districts into its folder; on any fault leave there what was there.

    Parameters
    ----------
    path : GeoJSON, TopoJSON, GeoPackage, or a Shapefile in a ZIP file
    source : whose boundaries they are, printed under every map; None names the file
    name_column, layer, crs : where the file does not speak for itself

    Raises
    ------
    UnreadableFile, BoundariesRefused : with the sentence that names file, feature and way out
    """
    areas = read_areas(path, layer, crs)
    matched = match_districts(areas, catalogue, path.name, name_column)
    file = fitting_outlines(matched, source or f"Datei {path.name}", areas.crs.to_string())
    target = catalogue.folder / FILE
    _write(target, file.as_text())
    return Imported(target, file)


def _write(target: Path, text: str) -> None:
    """All or nothing."""
    beside = target.with_suffix(".neu")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise BoundariesRefused(
            f"Im Ordner „{target.parent}“ lässt sich „{target.name}“ nicht schreiben. Bitte die Schreibrechte prüfen."
        ) from fault

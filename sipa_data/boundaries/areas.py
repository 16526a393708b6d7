"""Reading areas: any file that GDAL knows, any coordinate system, every ring in order. Metres come out."""

from pathlib import Path
from typing import Any, Final, TypeAlias

import geopandas
import numpy as np
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from sipa_data.errors import BoundariesRefused, UnreadableFile
from sipa_data.german import listing

ENDINGS: Final = (".geojson", ".json", ".topojson", ".gpkg", ".shp", ".zip")
DEGREES: Final = "EPSG:4326"
LARGEST_DEGREES: Final = np.array([180.0, 90.0, 180.0, 90.0])

Areas: TypeAlias = Any
"""A GeoDataFrame; GeoPandas has no types."""


def read_areas(path: Path, layer: str | None = None, crs: str | None = None) -> Areas:
    """Features with their areas in metres of the map projection that suits the place, every area valid.

    Parameters
    ----------
    layer : which layer of the file; needed where it holds several
    crs : the coordinate system, where the file does not say it or says it wrong

    Raises
    ------
    UnreadableFile : not a file of boundaries
    BoundariesRefused : without areas, or nobody can say where they lie
    """
    if not path.is_file():
        raise UnreadableFile(f"Die Datei „{path}“ gibt es nicht. Bitte den Pfad prüfen.")
    if path.suffix.lower() not in ENDINGS:
        raise UnreadableFile(f"„{path.name}“ ist keine Datei mit Grenzen. Möglich sind {listing(ENDINGS, 'und')}.")
    try:
        read = geopandas.read_file(path, layer=_layer(path, layer), engine="pyogrio")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError, ValueError) as fault:
        raise UnreadableFile(
            f"„{path.name}“ lässt sich nicht als Datei mit Grenzen lesen. Ist sie vollständig? Ein Shapefile gehört "
            "mit allen seinen Teilen in eine ZIP-Datei."
        ) from fault
    if not isinstance(read, geopandas.GeoDataFrame) or read.empty:
        raise BoundariesRefused(f"„{path.name}“ enthält keine Flächen.")
    return _in_metres(path, _mended(path, _located(path, read, crs)))


def _layer(path: Path, wanted: str | None) -> str:
    """The one layer to read."""
    names = [str(name) for name, _ in pyogrio.list_layers(path)]
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted in names:
        return str(wanted)
    has = f"„{path.name}“ hat die Ebenen {listing([f'„{name}“' for name in names])}."
    asked = "Bitte eine davon mit --layer wählen." if wanted is None else f"Die Ebene „{wanted}“ gibt es nicht."
    raise BoundariesRefused(f"{has} {asked}")


def _located(path: Path, read: Areas, crs: str | None) -> Areas:
    """The features with a coordinate system that can be true of them."""
    if crs is not None:
        try:
            return read.set_crs(CRS.from_user_input(crs), allow_override=True)
        except CRSError as fault:
            raise BoundariesRefused(f"Das Koordinatensystem „{crs}“ ist unbekannt; üblich ist EPSG:25832.") from fault
    looks_like_degrees = bool((np.abs(read.total_bounds) <= LARGEST_DEGREES).all())
    if read.crs is None and looks_like_degrees:
        return read.set_crs(DEGREES)
    if read.crs is None or (read.crs.is_geographic and not looks_like_degrees):
        raise BoundariesRefused(
            f"„{path.name}“ sagt nicht, in welchem Koordinatensystem ihre Zahlen stehen. Bitte mit --crs angeben, zum "
            "Beispiel --crs EPSG:25832."
        )
    return read


def _mended(path: Path, located: Areas) -> Areas:
    """Every feature as a valid area in two dimensions: crossed rings untangled, lines and points left out."""
    valid = shapely.make_valid(shapely.force_2d(located.geometry.to_numpy()), method="structure", keep_collapsed=False)
    areas = [_area_of(one) for one in valid]
    if without := [str(place) for place, area in enumerate(areas, start=1) if area is None]:
        word = "Objekt" if len(without) == 1 else "Objekte"
        raise BoundariesRefused(f"„{path.name}“: {word} {listing(without)} ohne Fläche.")
    return located.set_geometry(areas, crs=located.crs)


def _area_of(geometry: Any) -> Any:
    """All polygons of a geometry as one; None where it has none."""
    if geometry is None:
        return None
    polygons = [part for part in shapely.get_parts(geometry, return_index=False) if part.geom_type == "Polygon"]
    polygons += [
        part
        for several in shapely.get_parts(geometry)
        if several.geom_type == "MultiPolygon"
        for part in shapely.get_parts(several)
    ]
    return shapely.MultiPolygon(polygons) if polygons else None


def _in_metres(path: Path, mended: Areas) -> Areas:
    """In the zone of the UTM grid in which the middle of the city lies."""
    projected = mended.to_crs(mended.estimate_utm_crs())
    if not np.isfinite(projected.total_bounds).all():
        raise BoundariesRefused(
            f"„{path.name}“: Die Koordinaten liegen nicht dort, wo ihr Koordinatensystem gilt. Bitte mit --crs "
            "angeben, welches gemeint ist."
        )
    return projected

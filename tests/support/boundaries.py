"""Musterstadt as four rectangles of exactly the areas that its catalogue says, somewhere near Stuttgart."""

import geopandas
import shapely

from sipa_data.catalogue.boundaries import FILE, BoundariesFile

EAST, NORTH = 512_000, 5_402_000
GRID = "EPSG:32632"
RECTANGLES = {  # metres from the corner of the old town: 2,5 km², 4 km², 4 km², 8 km²
    "Altstadt": (0, 0, 2500, 1000),
    "Nordstadt": (0, 1000, 2500, 2600),
    "Südstadt": (0, -1600, 2500, 0),
    "Hafen": (2500, -1600, 4500, 2400),
}


def rectangle(west, south, east, north):
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def districts(**changed):
    """The four, in metres; ``changed`` replaces an area by name, None leaves it out."""
    shapes = {name: rectangle(*edges) for name, edges in RECTANGLES.items()} | changed
    kept = {name: shape for name, shape in shapes.items() if shape is not None}
    return geopandas.GeoDataFrame({"bezirk": list(kept)}, geometry=list(kept.values()), crs=GRID)


def written(catalogue):
    return BoundariesFile.model_validate_json((catalogue.folder / FILE).read_text(encoding="utf-8"))


def polygon_of(outline):
    """The area that an outline draws: rings one way round are land, the other way round holes."""
    rings = [shapely.Polygon(zip(ring[::2], ring[1::2], strict=True)) for ring in outline.rings]
    land = [ring for ring in rings if ring.exterior.is_ccw]
    holes = [ring for ring in rings if not ring.exterior.is_ccw]
    return shapely.union_all(land).difference(shapely.union_all(holes))

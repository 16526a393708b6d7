"""From areas to outlines that fit into a page: shared borders are simplified once, so no gap opens between two."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import shapely
from shapely.affinity import scale

from sipa_data.catalogue.boundaries import MOST_BYTES, BoundariesFile, Outline
from sipa_data.errors import BoundariesRefused
from sipa_data.german import number

FINEST_OF_THE_CITY: Final = 1 / 400
"""First tolerance as a part of the city’s width: about a pixel of a map on a page."""
COARSEST_OF_THE_CITY: Final = 1 / 20
"""From here on nobody would know the city again."""
LETTERS_ARE_WIDER: Final = 2.0
"""Than they are high: a name with a number below it."""


def fitting_outlines(areas: Mapping[str, Any], source: str, crs: str) -> BoundariesFile:
    """The finest outlines that fit.

    Parameters
    ----------
    areas : shapely areas by district, in metres

    Raises
    ------
    BoundariesRefused : they do not fit, however coarse
    """
    shapes = np.array(list(areas.values()))
    west, south, east, north = shapely.total_bounds(shapes)
    width = max(east - west, north - south)
    tolerance = width * FINEST_OF_THE_CITY
    while tolerance <= width * COARSEST_OF_THE_CITY:
        simple = shapely.coverage_simplify(shapes, tolerance)
        found = _file(dict(zip(areas, simple, strict=True)), tolerance, source, crs)
        if len(found.as_text().encode()) <= MOST_BYTES:
            return found
        tolerance *= 1.5
    limit = number(MOST_BYTES // 1000)
    raise BoundariesRefused(
        f"Die Grenzen sind so zerklüftet, dass sie auch stark vereinfacht nicht in {limit} kB passen."
    )


def _file(simple: Mapping[str, Any], tolerance: float, source: str, crs: str) -> BoundariesFile:
    west, south, _, _ = (int(edge) for edge in shapely.total_bounds(np.array(list(simple.values()))))
    found = {district: _outline(area, tolerance, (west, south)) for district, area in simple.items()}
    return BoundariesFile(source=source, crs=crs, origin=(west, south), districts=found)


def _outline(area: Any, tolerance: float, origin: tuple[int, int]) -> Outline:
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    seen = [part for part in shapely.get_parts(area) if part is largest or part.area >= tolerance**2]
    return Outline(
        mark=_mark(largest, tolerance, origin),
        rings=tuple(ring for part in seen for ring in _rings(part, tolerance, origin)),
    )


def _mark(area: Any, tolerance: float, origin: tuple[int, int]) -> tuple[int, int]:
    """Where most room for letters is: the middle of the largest circle in an area stretched upwards."""
    stretched = scale(area, xfact=1, yfact=LETTERS_ARE_WIDER, origin=(0, 0))
    circle = shapely.maximum_inscribed_circle(stretched, tolerance)
    across, up = shapely.get_coordinates(circle)[0] / (1, LETTERS_ARE_WIDER)
    return round(across - origin[0]), round(up - origin[1])


def _rings(polygon: Any, tolerance: float, origin: tuple[int, int]) -> Iterator[tuple[int, ...]]:
    """The outer ring and the holes that can be seen, one way round and the other, without the last point."""
    turned = shapely.orient_polygons(polygon)
    for ring in (turned.exterior, *turned.interiors):
        if ring is turned.exterior or shapely.Polygon(ring).area >= tolerance**2:
            corners = np.round(shapely.get_coordinates(ring)[:-1] - origin).astype(int)
            yield tuple(int(one) for one in corners.ravel())

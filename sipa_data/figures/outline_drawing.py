"""The districts in their real outlines: filled lines in metres, no request to another host, no WebGL."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sipa_data.catalogue.boundaries import Boundaries, Outline
from sipa_data.catalogue.models import District
from sipa_data.figures.map_places import NO_FILL, Shown, ShownPlaces, line_of, marks
from sipa_data.figures.palette import Colours
from sipa_data.figures.style import Spec, plain, text_width

Point = tuple[int, int]

MAP_WIDTH = 350
"""Pixels that the city is surely drawn wide; letters that fit here fit on larger screens too."""
LARGER = 1.2
"""Where there is room, the map is drawn so much larger than on a phone."""
TALLEST = 520
LINE_HEIGHT = 12
LETTERS = 11
MARGIN = 4


def outlines_drawn(
    places: Sequence[District], boundaries: Boundaries, shown: ShownPlaces, theme: Colours
) -> tuple[list[Spec], Spec]:
    """Traces and layout of the map. A fill cannot be selected, so each district has a mark well inside."""
    outlines = [boundaries.outlines[place.id] for place in places]
    corners = [corner for outline in outlines for ring in outline.rings for corner in _corners(ring)]
    width, height = (max(one) for one in zip(*corners, strict=True))
    metres = width / MAP_WIDTH
    layout: Spec = {
        "height": min(round(MAP_WIDTH * LARGER * height / width), TALLEST) + 2 * MARGIN,
        "margin": {"l": 0, "r": 0, "t": MARGIN, "b": MARGIN},
        "xaxis": {"range": [0, width], "visible": False, "constrain": "domain", "constraintoward": "left"},
        "yaxis": {
            "range": [0, height], "visible": False, "scaleanchor": "x", "scaleratio": 1, "constrain": "domain",
            "constraintoward": "top",
        },
        "annotations": [
            label
            for place, outline in zip(places, outlines, strict=True)
            for label in _label(place, outline, shown[place.id], metres)
        ],
    }  # fmt: skip
    fills = [_fill(outline, shown[place.id], theme) for place, outline in zip(places, outlines, strict=True)]
    inside = [float(one.mark[0]) for one in outlines], [float(one.mark[1]) for one in outlines]
    return [*fills, marks(places, shown, inside, "circle", theme)], layout


def _fill(outline: Outline, shown: Shown, theme: Colours) -> Spec:
    """All rings of a district in one line with gaps; holes run the other way round and stay open."""
    x: list[int | None] = []
    y: list[int | None] = []
    for ring in outline.rings:
        x += [*ring[::2], ring[0], None]
        y += [*ring[1::2], ring[1], None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x[:-1],
        "y": y[:-1],
        "fill": "toself",
        "fillcolor": shown.fill or NO_FILL,
        "line": line_of(shown, theme, theme.grey),
        "hoveron": "fills",
        "text": shown.told,
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _label(place: District, outline: Outline, shown: Shown, metres: float) -> Iterator[Spec]:
    """Name and text where they fit inside, else the text alone, else nothing: pointer and table have both."""
    name = plain(place.name)
    options = (
        (f"{name}<br>{shown.text}", max(text_width(place.name, LETTERS), _width(shown.text)), 2),
        (name if not shown.text else "", text_width(place.name, LETTERS), 1),
        (shown.short, _width(shown.short), 1),
    )
    for text, width, lines in options:
        if text and width * metres <= _room(outline, lines * LINE_HEIGHT * metres / 2):
            yield {
                "text": text,
                "x": outline.mark[0],
                "y": outline.mark[1],
                "font": {"color": shown.letters, "size": LETTERS},
            }
            return


def _width(marked: str) -> int:
    """Pixels of a text without its tags."""
    return text_width(re.sub("<[^>]*>", "", marked), LETTERS)


def _room(outline: Outline, reach: float) -> float:
    """Metres between the borders left and right of the mark, twice the nearer; the least from above to below."""
    across, up = outline.mark
    return min(_free(outline, across, up + part * reach) for part in (-1, -0.5, 0, 0.5, 1))


def _free(outline: Outline, across: int, up: float) -> float:
    crossings = [
        x0 + (up - y0) / (y1 - y0) * (x1 - x0)
        for ring in outline.rings
        for (x0, y0), (x1, y1) in pairwise((*_corners(ring), (ring[0], ring[1])))
        if (y0 <= up) != (y1 <= up)
    ]
    left = [across - one for one in crossings if one < across]
    right = [one - across for one in crossings if one >= across]
    if len(left) % 2 == 0 or len(right) % 2 == 0:  # outside
        return 0.0
    return 2 * min(*left, *right) if len(left) + len(right) > 2 else 2 * min(left[0], right[0])


def _corners(ring: tuple[int, ...]) -> list[Point]:
    return list(zip(ring[::2], ring[1::2], strict=True))

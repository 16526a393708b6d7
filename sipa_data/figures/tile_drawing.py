"""The districts as a grid of equal tiles: every name readable, whatever their size."""

from collections.abc import Sequence

from sipa_data.catalogue.models import District
from sipa_data.figures.map_places import (
    LETTERS_IN_A_LINE,
    NAME_SIZE,
    NO_FILL,
    SMALLEST_NAME,
    Shown,
    ShownPlaces,
    line_of,
    marks,
)
from sipa_data.figures.palette import Colours
from sipa_data.figures.style import Spec, plain

TILE_HEIGHT = 50
TILE_RATIO = 0.62
"""Height of a tile as a part of its width, on every screen."""
GAP = 0.025


def tiles_drawn(places: Sequence[District], shown: ShownPlaces, theme: Colours) -> tuple[list[Spec], Spec]:
    """Traces and layout of the grid. Each tile has a mark in its middle that can be selected."""
    rows = [place.tile_row for place in places]
    columns = [place.tile_column for place in places]
    layout: Spec = {
        "height": (max(rows) - min(rows) + 1) * TILE_HEIGHT + 8,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4},
        "xaxis": {
            "range": [min(columns) - 0.5, max(columns) + 0.5],
            "visible": False,
            "constrain": "domain",
            "constraintoward": "left",
        },
        "yaxis": {
            "range": [max(rows) + 0.5, min(rows) - 0.5],
            "visible": False,
            "scaleanchor": "x",
            "scaleratio": TILE_RATIO,
            "constrain": "domain",
            "constraintoward": "top",
        },
        "shapes": [_tile(place, shown[place.id], theme) for place in places],
        "annotations": [_label(place, shown[place.id]) for place in places],
    }
    middles = [float(one) for one in columns], [float(one) for one in rows]
    return [marks(places, shown, middles, "square", theme)], layout


def _tile(place: District, shown: Shown, theme: Colours) -> Spec:
    return {
        "type": "rect",
        "x0": place.tile_column - 0.5 + GAP,
        "x1": place.tile_column + 0.5 - GAP,
        "y0": place.tile_row - 0.5 + GAP,
        "y1": place.tile_row + 0.5 - GAP,
        "layer": "below",
        "fillcolor": shown.fill or NO_FILL,
        "line": line_of(shown, theme, shown.fill or theme.grey),
    }


def _label(place: District, shown: Shown) -> Spec:
    name, size = _name(place.name)
    return {
        "text": f"<span style='font-size:{size}px'>{name}</span><br>{shown.text}",
        "x": place.tile_column,
        "y": place.tile_row,
        "font": {"color": shown.letters},
    }


def _name(name: str) -> tuple[str, int]:
    """A name that fits its tile: long ones are broken at a hyphen or a space, very long ones set smaller."""
    lines = [name]
    middle = len(name) / 2
    breaks = [index + 1 for index, letter in enumerate(name) if letter in "- /"]
    if len(name) > LETTERS_IN_A_LINE + 2 and breaks:
        cut = min(breaks, key=lambda index: abs(index - middle))
        lines = [name[:cut].rstrip(), name[cut:]]
    longest = max(len(line) for line in lines)
    size = min(NAME_SIZE, max(SMALLEST_NAME, NAME_SIZE * LETTERS_IN_A_LINE // longest))
    return "<br>".join(plain(line) for line in lines), size

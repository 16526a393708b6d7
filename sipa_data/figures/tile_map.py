"""The districts as a grid of equal tiles: no boundaries, no request to another host, every name readable."""

import plotly.graph_objects as go

from sipa_data.answers.types import Answer, Status
from sipa_data.catalogue.models import District
from sipa_data.figures.findings import places_alt, places_title
from sipa_data.figures.palette import Colours, colours, tint
from sipa_data.figures.picture import Picture
from sipa_data.figures.rows import Row, district_rows
from sipa_data.figures.style import Spec, bold, figure, plain
from sipa_data.figures.table import table
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    hidden_key,
    measured,
    short_text,
    source_line,
    value_text,
    value_with_interval,
    why_hidden,
)

TILE_HEIGHT = 50
TILE_RATIO = 0.62
"""Height of a tile as a part of its width, on every screen."""
GAP = 0.025
NAME_SIZE = 12
SMALLEST_NAME = 9
LETTERS_IN_A_LINE = 11


def tile_map(answer: Answer, *, dark: bool = False) -> Picture:
    """One tile per district, the deeper the tint the higher the value; asked everywhere.

    Each tile has a mark in its middle that can be selected; ``customdata`` carries the district's id.
    """
    theme = colours(dark=dark)
    title = places_title(answer)
    found = district_rows(answer)
    shown = [row for row in found if row.value is not None]
    parts = [measured(answer.indicator), *([period_text(shown[0].period)] if shown else []), hidden_key(found)]
    return Picture(
        figure=_draw(answer, {row.district: row for row in found}, theme) if shown else None,
        title=title,
        subtitle=" · ".join(part for part in parts if part),
        alt=places_alt(answer, title),
        table=table(answer),
        source=source_line(answer),
    )


def _draw(answer: Answer, found: dict[str, Row], theme: Colours) -> go.Figure:
    places = list(answer.places.values())
    values = [row.value for row in found.values() if row.value is not None]
    scale = min(0.0, *values), max(0.0, *values)
    fills = {place.id: _fill(found.get(place.id), scale, theme) for place in places}
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
        "shapes": [_tile(place, fills[place.id][0], theme) for place in places],
        "annotations": [_label(place, found.get(place.id), answer, fills[place.id][1]) for place in places],
    }
    return figure([_marks(places, found, answer, theme)], layout, theme, synthetic=answer.snapshot.synthetic)


def _fill(row: Row | None, scale: tuple[float, float], theme: Colours) -> tuple[str | None, str]:
    """Fill and letters of a tile; what is not shown has no fill at all, so it cannot pass for a low value."""
    if row is None or row.value is None:
        return None, theme.muted
    low, high = scale
    return tint((row.value - low) / (high - low) if high > low else 0.0, theme)


def _tile(place: District, fill: str | None, theme: Colours) -> Spec:
    return {
        "type": "rect",
        "x0": place.tile_column - 0.5 + GAP,
        "x1": place.tile_column + 0.5 - GAP,
        "y0": place.tile_row - 0.5 + GAP,
        "y1": place.tile_row + 0.5 - GAP,
        "layer": "below",
        "fillcolor": fill or "rgba(0,0,0,0)",
        "line": {"width": 1, "color": fill or theme.grey, "dash": "solid" if fill else "dot"},
    }


def _label(place: District, row: Row | None, answer: Answer, letters: str) -> Spec:
    name, size = _name(place.name)
    value = short_text(row, answer.indicator) if row is not None else why_hidden(None)
    is_word = row is None or (row.value is None and row.status is Status.not_collected)
    shown = f"<span style='font-size:{SMALLEST_NAME + 1}px'>{value}</span>" if is_word else bold(value)
    return {
        "text": f"<span style='font-size:{size}px'>{name}</span><br>{shown}",
        "x": place.tile_column,
        "y": place.tile_row,
        "font": {"color": letters},
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


def _marks(places: list[District], found: dict[str, Row], answer: Answer, theme: Colours) -> Spec:
    """What the pointer finds: a nearly invisible mark over each tile."""

    def told(place: District) -> str:
        row = found.get(place.id)
        if row is None:
            return f"{plain(place.name)}: {why_hidden(None)}"
        said = (
            value_with_interval(row, answer.indicator) if row.value is not None else value_text(row, answer.indicator)
        )
        return f"{plain(place.name)}: {said}"

    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place.tile_column for place in places],
        "y": [place.tile_row for place in places],
        "customdata": [place.id for place in places],
        "hovertext": [told(place) for place in places],
        "hoverinfo": "text",
        "marker": {"symbol": "square", "size": 42, "color": theme.ink, "opacity": 0.01},
        "selected": {"marker": {"opacity": 0.15}},
        "unselected": {"marker": {"opacity": 0.01}},
        "cliponaxis": False,
    }

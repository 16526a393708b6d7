"""The districts on a map: in their real outlines where the city has imported them, else as tiles."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sipa_data.answers.types import Answer, Status
from sipa_data.catalogue.boundaries import Boundaries
from sipa_data.catalogue.models import District
from sipa_data.figures.findings import places_alt, places_title
from sipa_data.figures.map_places import SMALLEST_NAME, Shown, ShownPlaces
from sipa_data.figures.outline_drawing import outlines_drawn
from sipa_data.figures.palette import Colours, colours, tint
from sipa_data.figures.picture import Picture
from sipa_data.figures.rows import Row, district_rows
from sipa_data.figures.style import bold, figure, plain
from sipa_data.figures.table import table
from sipa_data.figures.tile_drawing import tiles_drawn
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    hidden_key,
    measured,
    short_text,
    source_line,
    value_text,
    value_with_interval,
    whose,
    why_hidden,
)


def district_map(answer: Answer, *, dark: bool = False) -> Picture:
    """One place per district, the deeper the tint the higher the value; asked everywhere.

    Each has a mark in its middle that can be selected; ``customdata`` carries the district's id.
    """
    theme = colours(dark=dark)
    title = places_title(answer)
    found = district_rows(answer)
    shown = [row for row in found if row.value is not None]
    parts = [measured(answer.indicator), *([period_text(shown[0].period)] if shown else []), whose(answer.indicator)]
    parts.append(hidden_key(found))
    return Picture(
        figure=_draw(answer, {row.district: row for row in found}, theme) if shown else None,
        title=title,
        subtitle=" · ".join(part for part in parts if part),
        alt=places_alt(answer, title),
        table=table(answer),
        source=with_boundaries(source_line(answer), answer.boundaries),
        chooses_district=True,
    )


def places_figure(
    places: Sequence[District],
    boundaries: Boundaries | None,
    shown: ShownPlaces,
    theme: Colours,
    *,
    synthetic: bool,
) -> go.Figure:
    """The map of what is shown of each place."""
    if boundaries is None:
        traces, layout = tiles_drawn(places, shown, theme)
    else:
        traces, layout = outlines_drawn(places, boundaries, shown, theme)
    return figure(traces, layout, theme, synthetic=synthetic)


def with_boundaries(source: str, boundaries: Boundaries | None) -> str:
    """The source line, with whose boundaries are drawn."""
    return source if boundaries is None else f"{source} · Grenzen: {boundaries.source}"


def _draw(answer: Answer, found: dict[str, Row], theme: Colours) -> go.Figure:
    places = list(answer.places.values())
    values = [row.value for row in found.values() if row.value is not None]
    scale = min(0.0, *values), max(0.0, *values)
    shown = {place.id: _shown(place, found.get(place.id), answer, scale, theme) for place in places}
    return places_figure(places, answer.boundaries, shown, theme, synthetic=answer.snapshot.synthetic)


def _shown(place: District, row: Row | None, answer: Answer, scale: tuple[float, float], theme: Colours) -> Shown:
    fill, letters = _fill(row, scale, theme)
    value = short_text(row, answer.indicator) if row is not None else why_hidden(None)
    is_word = row is None or (row.value is None and row.status is Status.not_collected)
    text = f"<span style='font-size:{SMALLEST_NAME + 1}px'>{value}</span>" if is_word else bold(value)
    return Shown(fill, letters, text, "" if is_word else text, _told(place, row, answer))


def _fill(row: Row | None, scale: tuple[float, float], theme: Colours) -> tuple[str | None, str]:
    """Fill and letters of a place; what is not shown has no fill at all, so it cannot pass for a low value."""
    if row is None or row.value is None:
        return None, theme.muted
    low, high = scale
    return tint((row.value - low) / (high - low) if high > low else 0.0, theme)


def _told(place: District, row: Row | None, answer: Answer) -> str:
    if row is None:
        return f"{plain(place.name)}: {why_hidden(None)}"
    said = value_with_interval(row, answer.indicator) if row.value is not None else value_text(row, answer.indicator)
    return f"{plain(place.name)}: {said}"

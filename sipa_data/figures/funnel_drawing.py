"""Dots, limits and names of the funnel."""

import plotly.graph_objects as go

from sipa_data import german
from sipa_data.answers.funnels import Funnel, FunnelPlace, Position
from sipa_data.figures.label_places import Box, free_place
from sipa_data.figures.palette import Colours, translucent
from sipa_data.figures.rows import city_row
from sipa_data.figures.style import SMALL, TEXT, Spec, bold, figure, number_ticks, plain, text_width
from sipa_data.figures.words import short_measured, short_text

HEIGHT = 360
PLOT_HEIGHT = HEIGHT - 78
NARROWEST_PLOT = 300
"""Width in pixels that names are placed for, that of a telephone; on a wider screen they only move apart."""
DOT = 9.0
FAR_OUT = 2.0
"""So many times everything else a value may be before the axis ends below it, else the funnel is a flat line."""


def draw_funnel(found: Funnel, theme: Colours) -> go.Figure:
    """The funnel of a city; a value far beyond the axis stands at its upper edge and says its number."""
    top = _top(found)
    across = (0.0, 1.03 * max(limit.size for limit in found.grid))
    layout: Spec = {
        "height": HEIGHT,
        "margin": {"l": 52, "r": 10, "t": 30, "b": 48},
        "xaxis": {"range": list(across), "nticks": 5, "tickformat": ",.0f", "showline": True},
        "yaxis": {"range": [0, top], "nticks": 5, "showgrid": True, **number_ticks(found.answer.indicator)},
        "annotations": [
            *_axis_titles(found, theme), _centre_label(found, across[1], theme), *_names(found, across[1], top, theme)
        ],
    }  # fmt: skip
    traces = [_band(found, top, theme), _centre_line(found, across, theme), *_edges(found, top, theme)]
    return figure([*traces, _dots(found, top, theme)], layout, theme, synthetic=found.answer.snapshot.synthetic)


def _top(found: Funnel) -> float:
    """Where the axis ends: above everything, but not above single values that lie far beyond all others."""
    limits = max(place.inner[1] for place in found.places)
    values = sorted(place.value for place in found.places)
    near = [value for value in values if value <= FAR_OUT * max(limits, values[len(values) // 2])]
    return 1.1 * max(limits, *near) or 1.0


def _band(found: Funnel, top: float, theme: Colours) -> Spec:
    sizes = [limit.size for limit in found.grid]
    upper, lower = ([min(limit.inner[end], top) for limit in found.grid] for end in (1, 0))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": sizes + sizes[::-1],
        "y": upper + lower[::-1],
        "fill": "toself",
        "fillcolor": theme.band,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _edges(found: Funnel, top: float, theme: Colours) -> list[Spec]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [limit.size for limit in found.grid],
            "y": [limit.outer[end] if limit.outer[end] <= top else None for limit in found.grid],
            "line": {"color": theme.grey, "width": 1},
            "hoverinfo": "skip",
        }
        for end in (0, 1)
    ]


def _dots(found: Funnel, top: float, theme: Colours) -> Spec:
    inside = [place.position is Position.inside for place in found.places]
    inks = [theme.grey if calm or place.many_visitors else theme.blue
            for calm, place in zip(inside, found.places, strict=True)]  # fmt: skip
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place.size for place in found.places],
        "y": [min(place.value, top) for place in found.places],
        "customdata": [place.district for place in found.places],
        "hovertext": [_hover(place, found) for place in found.places],
        "hoverinfo": "text",
        "marker": {
            "size": DOT,
            "opacity": 1,
            "symbol": ["triangle-up" if place.value > top else "circle" for place in found.places],
            "color": [theme.paper if calm else ink for calm, ink in zip(inside, inks, strict=True)],
            "line": {"color": inks, "width": 2},
        },
        "cliponaxis": False,
    }


def _hover(place: FunnelPlace, found: Funnel) -> str:
    indicator = found.answer.indicator
    value = german.with_unit(place.value, indicator.unit, indicator.decimals)
    limits = german.interval(*place.inner, indicator.unit, indicator.decimals)
    name = plain(found.answer.place_name(place.district))
    return f"{name}: {value}<br>{german.number(place.size)} {found.size_word}<br>95-%-Grenzen: {limits}"


def _centre_line(found: Funnel, across: tuple[float, float], theme: Colours) -> Spec:
    line = {"color": theme.muted, "width": 1}
    ends = {"x": list(across), "y": [found.centre, found.centre]}
    return {"type": "scatter", "mode": "lines", **ends, "line": line, "hoverinfo": "skip"}


def _centre_label(found: Funnel, right: float, theme: Colours) -> Spec:
    city = city_row(found.answer)
    text = f"{plain(city.place)} {short_text(city, found.answer.indicator)}" if city is not None else ""
    place = {"x": right, "y": found.centre, "xanchor": "right", "yanchor": "bottom"}
    return {"text": text, **place, "font": {"size": SMALL, "color": theme.muted}}


def _axis_titles(found: Funnel, theme: Colours) -> list[Spec]:
    paper = {"xref": "paper", "yref": "paper", "font": {"size": SMALL, "color": theme.muted}}
    up = {"x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "xshift": -52, "yshift": 6}
    across = {"x": 1, "y": 0, "xanchor": "right", "yanchor": "top", "yshift": -26}
    return [
        {"text": f"↑ {plain(short_measured(found.answer.indicator))}", **up, **paper},
        {"text": f"{plain(found.size_word)} →", **across, **paper},
    ]


def _names(found: Funnel, right: float, top: float, theme: Colours) -> list[Spec]:
    """The names of those outside, where they cover nothing; without a place, pointing at the dot or the table tells."""
    at = {place: (place.size / right * NARROWEST_PLOT, min(place.value, top) / top * PLOT_HEIGHT)
          for place in found.places}  # fmt: skip
    taken: list[Box] = [(x - DOT / 2, y - DOT / 2, DOT, DOT) for x, y in at.values()]
    labels = []
    for place in found.places:
        if place.position is Position.inside:
            continue
        name = found.answer.place_name(place.district)
        beyond = f" {german.number(place.value, found.answer.indicator.decimals)}" if place.value > top else ""
        size = (text_width(f"{name}{beyond}") + 4, TEXT + 5)
        free = free_place(at[place], DOT / 2 + 2, size, (NARROWEST_PLOT, PLOT_HEIGHT + 24), taken)
        if free is not None:
            taken.append(free.box)
            font = {"size": TEXT, "color": theme.muted if place.many_visitors else theme.ink}
            where = {"x": place.size, "y": min(place.value, top), **free.anchors}
            text = plain(f"{name}{beyond}") if place.many_visitors else bold(f"{name}{beyond}")
            labels.append({"text": text, **where, "bgcolor": translucent(theme.paper, 0.75), "font": font})
    return labels

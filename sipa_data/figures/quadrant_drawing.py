"""Dots, strokes and names of the quadrant."""

from collections.abc import Sequence

import plotly.graph_objects as go

from sipa_data.answers.types import Answer
from sipa_data.figures.palette import Colours, translucent
from sipa_data.figures.rows import Row, city_row
from sipa_data.figures.standing import Pair, more_is_worse, standing
from sipa_data.figures.style import SMALL, TEXT, Spec, bold, figure, number_ticks, plain, text_width
from sipa_data.figures.words import short_measured, value_with_interval

HEIGHT = 400
DOT = 10.0
NARROWEST_PLOT = 300
"""Width in pixels that names are placed for; on a wider screen they only move apart."""

Box = tuple[float, float, float, float]
"""Left, bottom, width and height in pixels."""


def draw_quadrant(perception: Answer, record: Answer, pairs: list[Pair], theme: Colours) -> go.Figure:
    across, up = _span([pair.record for pair in pairs]), _span([pair.feeling for pair in pairs])
    inks = [theme.blue if pair.differs else theme.grey for pair in pairs]
    strokes = [
        stroke
        for pair, ink in sorted(zip(pairs, inks, strict=True), key=lambda drawn: drawn[0].differs)
        for stroke in _strokes(pair, ink)
    ]
    layout: Spec = {
        "height": HEIGHT,
        "margin": {"l": 44, "r": 10, "t": 30, "b": 48},
        "xaxis": {"range": across, "nticks": 5, **number_ticks(record.indicator), "showline": True},
        "yaxis": {"range": up, "nticks": 5, **number_ticks(perception.indicator), "showline": True},
        "shapes": [*_city_lines(perception, record, theme), *strokes],
        "annotations": [
            *_axis_titles(perception, record, theme),
            *_corners(perception, record, theme),
            *_names([pair for pair in pairs if pair.differs], across, up, theme),
        ],
    }
    marks = _marks(perception, record, pairs, inks)
    return figure([marks], layout, theme, synthetic=perception.snapshot.synthetic)


def _span(shown: Sequence[Row]) -> list[float]:
    ends = [end for row in shown for end in (row.value, row.lower, row.upper) if end is not None]
    reach = (max(ends) - min(ends)) or abs(max(ends)) or 1.0
    return [min(ends) - 0.12 * reach, max(ends) + 0.12 * reach]


def _marks(perception: Answer, record: Answer, pairs: list[Pair], inks: list[str]) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [pair.record.value for pair in pairs],
        "y": [pair.feeling.value for pair in pairs],
        "customdata": [pair.feeling.district for pair in pairs],
        "hovertext": [
            f"{bold(pair.name)}<br>{plain(perception.indicator.short_title)}: "
            f"{value_with_interval(pair.feeling, perception.indicator)}<br>"
            f"{plain(record.indicator.short_title)}: {value_with_interval(pair.record, record.indicator)}<br>"
            f"{pair.standing}"
            for pair in pairs
        ],
        "hoverinfo": "text",
        "marker": {
            "size": [DOT if pair.differs else 7 for pair in pairs],
            "color": inks,
            "opacity": 1,
            "line": {"width": 0},
        },
        "cliponaxis": False,
    }


def _strokes(pair: Pair, ink: str) -> list[Spec]:
    x, y = pair.record, pair.feeling
    ends = [(x.lower, x.upper, y.value, y.value), (x.value, x.value, y.lower, y.upper)]
    line = {"color": ink, "width": 1.5 if pair.differs else 1}
    return [
        {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below", "line": line}
        for x0, x1, y0, y1 in ends
        if None not in (x0, x1, y0, y1)
    ]


def _city_lines(perception: Answer, record: Answer, theme: Colours) -> list[Spec]:
    lines: list[Spec] = []
    for answer, along, across in ((record, "x", "y"), (perception, "y", "x")):
        city = city_row(answer)
        if city is not None and city.value is not None:
            ends = {f"{along}0": city.value, f"{along}1": city.value, f"{across}0": 0, f"{across}1": 1}
            line = {"color": theme.hairline, "width": 1.5}
            lines.append({"type": "line", **ends, f"{across}ref": "paper", "layer": "below", "line": line})
    return lines


def _axis_titles(perception: Answer, record: Answer, theme: Colours) -> list[Spec]:
    font = {"size": SMALL, "color": theme.muted}
    paper = {"xref": "paper", "yref": "paper", "font": font}
    up, across = plain(short_measured(perception.indicator)), plain(short_measured(record.indicator))
    return [
        {
            "text": f"↑ {up}",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "xshift": -44,
            "yshift": 6,
            **paper,
        },
        {"text": f"{across} →", "x": 1, "y": 0, "xanchor": "right", "yanchor": "top", "yshift": -26, **paper},
    ]


def _corners(perception: Answer, record: Answer, theme: Colours) -> list[Spec]:
    """The four names at their corners, turned where more of a measure is better."""
    top, right = more_is_worse(perception.indicator), more_is_worse(record.indicator)
    at = {True: (1, "right", -4), False: (0, "left", 4)}
    upright = {True: (1, "top"), False: (0, "bottom")}
    labels = []
    for unsafe in (True, False):
        for burdened in (True, False):
            x, side, shift = at[burdened == right]
            y, edge = upright[unsafe == top]
            labels.append(
                {
                    "text": standing(unsafe=unsafe, burdened=burdened).value,
                    "xref": "paper",
                    "yref": "paper",
                    "x": x,
                    "y": y,
                    "xanchor": side,
                    "yanchor": edge,
                    "xshift": shift,
                    "font": {"size": SMALL, "color": theme.muted},
                }
            )
    return labels


def _names(named: list[Pair], across: list[float], up: list[float], theme: Colours) -> list[Spec]:
    """Each name at a corner of its dot where it covers neither another name nor another dot."""
    dots = [
        (
            ((pair.record.value or 0.0) - across[0]) / (across[1] - across[0]) * NARROWEST_PLOT,
            ((pair.feeling.value or 0.0) - up[0]) / (up[1] - up[0]) * (HEIGHT - 80),
        )
        for pair in named
    ]
    taken: list[Box] = [(x - DOT / 2, y - DOT / 2, DOT, DOT) for x, y in dots]
    labels = []
    for pair, (x, y) in zip(named, dots, strict=True):
        corner, box = _free_corner(x, y, text_width(pair.name) + 6, taken)
        taken.append(box)
        labels.append(_name_at(pair, corner, theme))
    return labels


def _free_corner(x: float, y: float, width: float, taken: list[Box]) -> tuple[tuple[int, int], Box]:
    """The first free corner of the dot for a label of this width; the upper right one where none is free."""
    height = TEXT + 6
    tried = []
    for side, rise in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        left = x + DOT / 2 if side > 0 else x - DOT / 2 - width
        box = (left, y if rise > 0 else y - height, width, height)
        inside = box[0] >= 0 and box[0] + width <= NARROWEST_PLOT
        if inside and not any(_overlap(box, other) for other in taken):
            return (side, rise), box
        tried.append(((side, rise), box))
    return tried[0]


def _name_at(pair: Pair, corner: tuple[int, int], theme: Colours) -> Spec:
    side, rise = corner
    return {
        "text": bold(pair.name),
        "x": pair.record.value,
        "y": pair.feeling.value,
        "xanchor": "left" if side > 0 else "right",
        "yanchor": "bottom" if rise > 0 else "top",
        "xshift": DOT / 2 * side,
        "yshift": 2 * rise,
        "bgcolor": translucent(theme.paper, 0.75),
        "borderpad": 0,
        "font": {"size": TEXT, "color": theme.ink},
    }


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )

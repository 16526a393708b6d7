"""Dots, strokes and names of the quadrant."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

import plotly.graph_objects as go

from sipa_data import german
from sipa_data.answers.types import Answer
from sipa_data.figures.label_places import Box, free_place
from sipa_data.figures.palette import Colours, translucent
from sipa_data.figures.rows import Row, city_row
from sipa_data.figures.standing import Pair, more_is_worse, spoken_of, standing
from sipa_data.figures.style import SMALL, TEXT, Spec, bold, figure, number_ticks, plain, text_width
from sipa_data.figures.words import short_measured, value_with_interval

HEIGHT = 400
PLOT_HEIGHT = HEIGHT - 78
DOT = 10.0
SMALL_DOT = 7.0
NARROWEST_PLOT = 300
"""Width in pixels that names are placed for, that of a telephone; on a wider screen they only move apart."""
RIGHT_MARGIN = 10
"""A name may reach into it."""
FAR_OUT = 5.0
"""So many times the median a district may lie out before the axis counts in multiples, else all others are one spot."""


@dataclass(frozen=True)
class Axis:
    """Where a value lies. In multiples the logarithm is drawn and the ticks say the values."""

    multiples: bool
    span: tuple[float, float]

    def at(self, value: float) -> float:
        return log10(max(value, 10 ** self.span[0])) if self.multiples else value

    def part(self, value: float) -> float:
        """The place as a part of the length, from 0 to 1."""
        return (self.at(value) - self.span[0]) / (self.span[1] - self.span[0])


def in_multiples(pairs: Sequence[Pair]) -> bool:
    """Whether one district lies so far out that equal steps would press all others together."""
    values = [pair.record.value or 0.0 for pair in pairs]
    return bool(values) and min(values) > 0 and max(values) > FAR_OUT * median(values)


def draw_quadrant(perception: Answer, record: Answer, pairs: list[Pair], theme: Colours) -> go.Figure:
    multiples = in_multiples(pairs)
    across = Axis(multiples, _span([pair.record for pair in pairs], multiples=multiples))
    up = Axis(multiples=False, span=_span([pair.feeling for pair in pairs], multiples=False))
    named = spoken_of(pairs)
    places = {pair.name for pair in named}
    inks = [theme.blue if pair.name in places else theme.grey for pair in pairs]
    strokes = [
        stroke
        for pair, ink in sorted(zip(pairs, inks, strict=True), key=lambda drawn: drawn[0].name in places)
        for stroke in _strokes(pair, ink, across, thick=pair.name in places)
    ]
    layout: Spec = {
        "height": HEIGHT,
        "margin": {"l": 44, "r": RIGHT_MARGIN, "t": 30, "b": 48},
        "xaxis": {"range": list(across.span), **_ticks(across, record), "showline": True},
        "yaxis": {"range": list(up.span), "nticks": 5, **number_ticks(perception.indicator), "showline": True},
        "shapes": [*_city_lines(perception, record, across, theme), *strokes],
        "annotations": [
            *_axis_titles(perception, record, theme),
            *_corners(perception, record, theme),
            *_names(named, pairs, across, up, theme),
        ],
    }
    marks = _marks(perception, record, pairs, inks, across, places)
    return figure([marks], layout, theme, synthetic=perception.snapshot.synthetic)


def _span(shown: Sequence[Row], *, multiples: bool) -> tuple[float, float]:
    ends = [end for row in shown for end in (row.value, row.lower, row.upper) if end is not None]
    if multiples:
        lowest = min(row.value for row in shown if row.value)
        ends = [log10(max(end, lowest / 2)) for end in ends]
    reach = (max(ends) - min(ends)) or abs(max(ends)) or 1.0
    return min(ends) - 0.12 * reach, max(ends) + 0.12 * reach


def _ticks(axis: Axis, answer: Answer) -> Spec:
    if not axis.multiples:
        return {"nticks": 5, **number_ticks(answer.indicator)}
    low, high = axis.span
    steps = [step * 10**power for power in range(int(low) - 1, int(high) + 2) for step in (1, 3)]
    shown = [step for step in steps if low <= log10(step) <= high]
    return {
        "tickvals": [log10(step) for step in shown],
        "ticktext": [german.number(step, 0 if step >= 1 else 1) for step in shown],
    }


def _marks(
    perception: Answer, record: Answer, pairs: list[Pair], inks: list[str], across: Axis, named: set[str]
) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [across.at(pair.record.value or 0.0) for pair in pairs],
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
            "size": [DOT if pair.name in named else SMALL_DOT for pair in pairs],
            "color": inks,
            "opacity": 1,
            "line": {"width": 0},
        },
        "cliponaxis": False,
    }


def _strokes(pair: Pair, ink: str, across: Axis, *, thick: bool) -> list[Spec]:
    x, y = pair.record, pair.feeling
    ends = [(x.lower, x.upper, y.value, y.value), (x.value, x.value, y.lower, y.upper)]
    line = {"color": ink, "width": 1.5 if thick else 1}
    found: list[Spec] = []
    for x0, x1, y0, y1 in ends:
        if x0 is not None and x1 is not None and y0 is not None and y1 is not None:
            where = {"x0": across.at(x0), "x1": across.at(x1), "y0": y0, "y1": y1}
            found.append({"type": "line", **where, "layer": "below", "line": line})
    return found


def _city_lines(perception: Answer, record: Answer, axis: Axis, theme: Colours) -> list[Spec]:
    lines: list[Spec] = []
    for answer, along, across in ((record, "x", "y"), (perception, "y", "x")):
        city = city_row(answer)
        if city is not None and city.value is not None:
            place = axis.at(city.value) if along == "x" else city.value
            ends = {f"{along}0": place, f"{along}1": place, f"{across}0": 0, f"{across}1": 1}
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
    at = {True: (1, "right", -4), False: (0, "left", 4)}
    upright = {True: (1, "top"), False: (0, "bottom")}
    labels = []
    for text, right, top in _corner_texts(perception, record):
        x, side, shift = at[right]
        y, edge = upright[top]
        labels.append(
            {
                "text": text,
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


def _corner_texts(perception: Answer, record: Answer) -> list[tuple[str, bool, bool]]:
    """The four names, whether each stands right, and whether on top."""
    top, right = more_is_worse(perception.indicator), more_is_worse(record.indicator)
    return [
        (standing(unsafe=unsafe, burdened=burdened).value, burdened == right, unsafe == top)
        for unsafe in (True, False)
        for burdened in (True, False)
    ]


def _names(named: list[Pair], pairs: list[Pair], across: Axis, up: Axis, theme: Colours) -> list[Spec]:
    """Each name beside its dot where it covers no other name, dot or corner; without such a place it is left out.

    Who is left out can still be read by pointing at the dot, and in the table.
    """

    def at(pair: Pair) -> tuple[float, float]:
        return (
            across.part(pair.record.value or 0.0) * NARROWEST_PLOT,
            up.part(pair.feeling.value or 0.0) * PLOT_HEIGHT,
        )

    taken = [_dot(*at(pair)) for pair in pairs] + _corner_boxes()
    labels = []
    for pair in named:
        x, y = at(pair)
        size, plot = (text_width(pair.name) + 4, TEXT + 5), (NARROWEST_PLOT + RIGHT_MARGIN, PLOT_HEIGHT)
        found = free_place((x, y), DOT / 2, size, plot, taken)
        if found is not None:
            taken.append(found.box)
            labels.append(
                {
                    "text": bold(pair.name),
                    "x": across.at(pair.record.value or 0.0),
                    "y": pair.feeling.value,
                    **found.anchors,
                    "bgcolor": translucent(theme.paper, 0.75),
                    "borderpad": 0,
                    "font": {"size": TEXT, "color": theme.ink},
                }
            )
    return labels


def _dot(x: float, y: float) -> Box:
    return (x - DOT / 2, y - DOT / 2, DOT, DOT)


def _corner_boxes() -> list[Box]:
    """The lines at the upper and the lower edge that the names of the quadrants stand in."""
    line = SMALL + 6.0
    return [(0.0, PLOT_HEIGHT - line, NARROWEST_PLOT, line), (0.0, 0.0, NARROWEST_PLOT, line)]

"""Lines, bands and points of a figure over time."""

from datetime import date, timedelta

import plotly.graph_objects as go

from sipa_data import german
from sipa_data.answers.types import Answer, Status
from sipa_data.figures.palette import Colours
from sipa_data.figures.rows import Row
from sipa_data.figures.series import Series, place_in_time, stretches, ticks
from sipa_data.figures.style import SMALL, Spec, figure, number_ticks, plain, text_width
from sipa_data.figures.trend_labels import PLOT_HEIGHT, breaks_in_series, end_labels, not_shown
from sipa_data.figures.when import period_text
from sipa_data.figures.words import value_with_interval

MOST_MARKS = 24
MOST_BANDS = 3
HALF_A_YEAR = timedelta(days=182)


def is_survey(answer: Answer) -> bool:
    """Waves of a survey are points with strokes; what is counted all the time is a line with a band."""
    return answer.indicator.data_class == "survey"


def value_span(all_series: tuple[Series, ...]) -> tuple[float, float]:
    """From zero, unless the values fill less than half of it: then the axis begins below them, and says so."""
    ends = [end for series in all_series for row in series.shown for end in (row.value, row.lower, row.upper)]
    known = [end for end in ends if end is not None]
    low, high = min(known), max(known)
    reach = (high - low) or abs(high) or 1.0
    if 0 <= low <= high / 2 or high == 0:
        return 0.0, high * 1.08 or 1.0
    start = low - 0.25 * reach
    return (max(start, 0.0) if low > 0 else start), high + 0.12 * reach


def draw_trend(answer: Answer, all_series: tuple[Series, ...], theme: Colours) -> go.Figure:
    low, high = value_span(all_series)
    places, names = ticks([row.period for series in all_series for row in series.rows])
    inks = _inks(all_series, theme)
    labels = end_labels(answer, all_series, inks, (low, high))
    right = max((text_width(label["text"].replace("<b>", "").replace("</b>", "")) for label in labels), default=0)
    days = _time_span(all_series)
    breaks, break_labels, room_above = breaks_in_series(answer, days, theme)
    traces = [
        trace
        for series, ink in sorted(zip(all_series, inks, strict=True), key=lambda pair: pair[0].spoken_of)
        for trace in _traces(series, ink, answer, theme, with_band=series.spoken_of and len(all_series) <= MOST_BANDS)
    ]
    below = 30 if all("<br>" not in name for name in names) else 46
    layout: Spec = {
        "height": PLOT_HEIGHT + room_above + 12 + below,
        "margin": {"l": _axis_room(answer, high), "r": right + 12, "t": room_above + 12, "b": below},
        "xaxis": {
            "tickangle": 0,
            "tickvals": places,
            "ticktext": names,
            "range": [day.isoformat() for day in days],
            "type": "date",
        },
        "yaxis": {
            "range": [low, high],
            "nticks": 5,
            "showgrid": True,
            **number_ticks(answer.indicator),
        },
        "annotations": [*labels, *break_labels, *not_shown(all_series, theme)],
        "shapes": breaks,
    }
    return figure(traces, layout, theme, synthetic=answer.snapshot.synthetic)


def _axis_room(answer: Answer, high: float) -> int:
    decimals = answer.indicator.decimals if high < 10 else 0
    return text_width(german.number(high, decimals), SMALL) + (18 if answer.indicator.unit == "%" else 8)


def _time_span(all_series: tuple[Series, ...]) -> tuple[date, date]:
    days = sorted(date.fromisoformat(place_in_time(row.period)) for series in all_series for row in series.rows)
    pad = (days[-1] - days[0]) * 0.03 or HALF_A_YEAR
    return days[0] - pad, days[-1] + pad


def _inks(all_series: tuple[Series, ...], theme: Colours) -> list[str]:
    """Blue for the first that is spoken of, ink for the next ones, grey for the rest."""
    free = iter((theme.blue,))
    return [next(free, theme.ink) if series.spoken_of else theme.grey for series in all_series]


def _traces(series: Series, ink: str, answer: Answer, theme: Colours, *, with_band: bool) -> list[Spec]:
    runs = stretches(series, answer.breaks)
    bands = [] if is_survey(answer) or not with_band else [_band(run, theme) for run in runs]
    return [*(band for band in bands if band), _line(runs, series, ink, answer, theme)]


def _band(run: list[Row], theme: Colours) -> Spec | None:
    """The area between the bounds of one stretch."""
    bounded = [row for row in run if row.lower is not None and row.upper is not None]
    if len(bounded) < 2:
        return None
    there = [place_in_time(row.period) for row in bounded]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": there + there[::-1],
        "y": [row.upper for row in bounded] + [row.lower for row in reversed(bounded)],
        "fill": "toself",
        "fillcolor": theme.band,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _line(runs: list[list[Row]], series: Series, ink: str, answer: Answer, theme: Colours) -> Spec:
    """Line and marks in one trace; an empty place between two stretches keeps them apart."""
    steps: list[Row | None] = []
    for run in runs:
        steps += [*run, None]
    lonely = {id(run[0]) for run in runs if len(run) == 1}
    points = steps[:-1]
    stroked = [row for row in points if row is not None and (is_survey(answer) or id(row) in lonely)]
    few = len(series.shown) <= MOST_MARKS
    size = 8 if is_survey(answer) else 6 if few else 0
    trace: Spec = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [place_in_time(row.period) if row else None for row in points],
        "y": [row.value if row else None for row in points],
        "connectgaps": False,
        "line": {"color": ink, "width": (1 if is_survey(answer) else 2.5) if series.spoken_of else 1},
        "marker": {
            "size": [max(size, 6) if row is not None and id(row) in lonely else size for row in points],
            "color": [theme.paper if row is not None and row.status is Status.limited else ink for row in points],
            "line": {"color": ink, "width": 2 if size else 0},
            "opacity": 1,
        },
        "hovertext": [_hover(series, row, answer) if row else "" for row in points],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    if series.spoken_of and any(row.upper is not None for row in stroked):
        bounds = [_reach(row) if row in stroked else (0.0, 0.0) for row in points]
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [upper for _, upper in bounds],
            "arrayminus": [lower for lower, _ in bounds],
            "color": ink,
            "thickness": 2,
            "width": 0,
        }
    return trace


def _hover(series: Series, row: Row, answer: Answer) -> str:
    return f"{plain(series.name)}, {period_text(row.period)}: {value_with_interval(row, answer.indicator)}"


def _reach(row: Row | None) -> tuple[float, float]:
    """How far the interval reaches below and above the value."""
    if row is None or row.value is None or row.lower is None or row.upper is None:
        return 0.0, 0.0
    return row.value - row.lower, row.upper - row.value

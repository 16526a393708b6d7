"""A small trend for a tile: the line, its band and its breaks, nothing else."""

from datetime import date

import plotly.graph_objects as go

from sipa_data.answers.types import Answer
from sipa_data.figures.findings import subject_title
from sipa_data.figures.palette import Colours, colours
from sipa_data.figures.picture import Picture
from sipa_data.figures.rows import subject
from sipa_data.figures.series import Series, place_in_time, series_of, stretches
from sipa_data.figures.style import Spec, figure
from sipa_data.figures.table import table
from sipa_data.figures.when import period_span, period_text
from sipa_data.figures.words import (
    SYNTHETIC,
    measured,
    source_line,
    value_with_interval,
    without_full_stop,
)

HEIGHT = 48


def spark(answer: Answer, *, dark: bool = False) -> Picture:
    """The trend of the place that the answer is about. No figure where there are not two values to join.

    It carries no line „Beispieldaten“ of its own, being too small for letters; its alt sentence does.
    """
    theme = colours(dark=dark)
    title = subject_title(answer)
    series = _the_series(answer)
    drawn = series is not None and len(series.shown) > 1
    return Picture(
        figure=_draw(answer, series, theme) if series is not None and drawn else None,
        title=title,
        subtitle=f"{measured(answer.indicator)} · {period_span(answer)}",
        alt=_alt(answer, title, series),
        table=table(answer),
        source=source_line(answer),
    )


def _the_series(answer: Answer) -> Series | None:
    about = [series for series in series_of(answer) if series.district == subject(answer)]
    return next((series for series in about if series.rows[0].group is None), None)


def _alt(answer: Answer, title: str, series: Series | None) -> str:
    said = [f"{without_full_stop(title)}."]
    if series is not None and len(series.shown) > 1:
        first, last = series.shown[0], series.last
        course = (f"{period_text(row.period)} {value_with_interval(row, answer.indicator)}" for row in (first, last))
        said.append(f"Verlauf: {', '.join(course)}.")
    if answer.snapshot.synthetic:
        said.append(f"{SYNTHETIC}.")
    return " ".join(said)


def _draw(answer: Answer, series: Series, theme: Colours) -> go.Figure:
    runs = stretches(series, answer.breaks)
    days = [place_in_time(row.period) for row in series.rows]
    inside = [day for day, _ in answer.breaks if days[0] <= day <= days[-1]]
    lonely = [run[0] for run in runs if len(run) == 1]
    traces: list[Spec] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": there + there[::-1],
            "y": [row.upper for row in run] + [row.lower for row in reversed(run)],
            "fill": "toself",
            "fillcolor": theme.band,
            "line": {"width": 0},
        }
        for run in runs
        if len(run) > 1 and all(row.lower is not None and row.upper is not None for row in run)
        for there in ([place_in_time(row.period) for row in run],)
    ]
    traces += [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [place_in_time(row.period) for row in run],
            "y": [row.value for row in run],
            "line": {"color": theme.blue, "width": 2},
        }
        for run in runs
        if len(run) > 1
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [place_in_time(row.period) for row in [*lonely, series.last]],
            "y": [row.value for row in [*lonely, series.last]],
            "marker": {"size": 6, "color": theme.blue},
            "cliponaxis": False,
        }
    )
    layout: Spec = {
        "height": HEIGHT,
        "margin": {"l": 4, "r": 6, "t": 4, "b": 4},
        "xaxis": {"visible": False, "type": "date"},
        "yaxis": {"visible": False},
        "shapes": [
            {
                "type": "line",
                "x0": date.fromisoformat(day).isoformat(),
                "x1": date.fromisoformat(day).isoformat(),
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": theme.muted, "width": 1, "dash": "dot"},
            }
            for day in inside
        ],
    }
    return figure(traces, layout, theme, synthetic=False)

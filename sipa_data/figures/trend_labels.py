"""The words inside a figure over time: values at the ends of lines, names of breaks, symbols of what is hidden."""

from datetime import date
from textwrap import wrap

from sipa_data.answers.types import Answer
from sipa_data.figures.palette import Colours
from sipa_data.figures.series import Series, place_in_time, spread
from sipa_data.figures.style import SMALL, TEXT, Spec, bold, plain
from sipa_data.figures.words import SYMBOLS, short_text

PLOT_HEIGHT = 230
LABEL_LINE = 16
LABEL_DISTANCE = 17
SYMBOL = 20
MOST_NAMED = 8
"""Beyond so many series only those that are spoken of get a name at their end."""


def end_labels(
    answer: Answer, all_series: tuple[Series, ...], inks: list[str], span: tuple[float, float]
) -> list[Spec]:
    """The last value at the end of its line; with several lines, their names too, pushed apart."""
    crowded = len(all_series) > MOST_NAMED
    named = [(series, ink) for series, ink in zip(all_series, inks, strict=True) if series.spoken_of or not crowded]
    per_pixel = (span[1] - span[0]) / PLOT_HEIGHT
    moved = spread([(series.last.value or 0.0) / per_pixel for series, _ in named], LABEL_DISTANCE)
    labels = []
    for (series, ink), height in zip(named, moved, strict=True):
        value = short_text(series.last, answer.indicator)
        text = bold(value) if len(all_series) == 1 else f"{bold(value)} {plain(series.name)}"
        labels.append(
            {
                "text": text,
                "x": place_in_time(series.last.period),
                "y": series.last.value,
                "yshift": round(height - (series.last.value or 0.0) / per_pixel),
                "xanchor": "left",
                "xshift": 8,
                "font": {"size": TEXT, "color": ink},
            }
        )
    return labels


def breaks_in_series(answer: Answer, span: tuple[date, date], theme: Colours) -> tuple[list[Spec], list[Spec], int]:
    """Dotted lines, their labels stacked above the plot, and the room the labels take."""
    first, last = span
    inside = [(date.fromisoformat(day), name) for day, name in answer.breaks]
    inside = [(day, name) for day, name in inside if first <= day <= last]
    texts = ["<br>".join(plain(line) for line in wrap(name, 38, max_lines=2, placeholder=" …")) for _, name in inside]
    heights = [LABEL_LINE * (1 + text.count("<br>")) for text in texts]
    lines, labels = [], []
    for number, ((day, _), text) in enumerate(zip(inside, texts, strict=True)):
        below = sum(heights[number + 1 :])
        top = below + heights[number]
        late = day > first + (last - first) / 2
        lines.append(
            {
                "type": "line",
                "x0": day.isoformat(),
                "x1": day.isoformat(),
                "yref": "paper",
                "y0": 0,
                "y1": 1 + top / PLOT_HEIGHT,
                "line": {"color": theme.muted, "width": 1, "dash": "dot"},
            }
        )
        labels.append(
            {
                "text": text,
                "x": day.isoformat(),
                "yref": "paper",
                "y": 1,
                "yshift": below,
                "yanchor": "bottom",
                "xanchor": "right" if late else "left",
                "align": "right" if late else "left",
                "xshift": -4 if late else 4,
                "bgcolor": theme.paper,
                "borderpad": 0,
                "font": {"size": SMALL, "color": theme.muted},
            }
        )
    return lines, labels, sum(heights)


def not_shown(all_series: tuple[Series, ...], theme: Colours) -> list[Spec]:
    """A symbol on the ground line where a value of the one series is not shown."""
    if len(all_series) != 1:
        return []
    return [
        {
            "text": SYMBOLS[row.status],
            "x": place_in_time(row.period),
            "yref": "paper",
            "y": 0,
            "yanchor": "bottom",
            "font": {"size": SYMBOL, "color": theme.muted},
        }
        for row in all_series[0].rows
        if row.value is None and row.status in SYMBOLS
    ]

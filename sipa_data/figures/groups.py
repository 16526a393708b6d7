"""Groups of people beside each other, and where each stood in the wave before: a dumbbell for every group.

What a group answers is an association. No title here says that belonging to it causes anything.
"""

from datetime import date
from itertools import pairwise

import plotly.graph_objects as go

from sipa_data import german
from sipa_data.answers.types import Answer, Verdict
from sipa_data.figures.palette import Colours, colours
from sipa_data.figures.picture import Picture
from sipa_data.figures.rows import Row, group_rows, rows, subject
from sipa_data.figures.style import SMALL, TEXT, Spec, bold, figure, number_ticks, plain, text_width
from sipa_data.figures.table import table
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    BEYOND_CHANCE,
    hidden_listing,
    measured,
    short_text,
    source_line,
    value_text,
    value_with_interval,
    why_hidden,
)
from sipa_data.periods import Period

ROW_HEIGHT = 34
BEYOND, WITHIN = "mehr als Zufall", "im Rahmen des Zufalls"


def groups_title(answer: Answer) -> str:
    """„Nachts unsicher: Frauen 39,6 %, Männer 19,0 %, mehr als Zufall“; of many groups the clearest."""
    indicator, name = answer.indicator, _where(answer)
    shown = [row for row in group_rows(answer) if row.value is not None]
    if not shown:
        hidden = group_rows(answer)
        return f"{name}: keine Werte nach Gruppen ({why_hidden(hidden[0] if hidden else None)})"
    judged = {row: verdict for row in shown if (verdict := _verdict(answer, row)) is not None}
    beyond = [row for row in judged if judged[row].code in BEYOND_CHANCE]
    if len(shown) <= 2:
        values = ", ".join(f"{row.group} {value_text(row, indicator)}" for row in shown)
        return f"{name}: {values}, {BEYOND if beyond else WITHIN}" if judged else f"{name}: {values}"
    if not beyond:
        return f"{name}: Keine Gruppe unterscheidet sich über den Zufall hinaus von den anderen"
    furthest = max(beyond, key=lambda row: abs(judged[row].difference or 0.0))
    others = (furthest.value or 0.0) - (judged[furthest].difference or 0.0)
    told = german.with_unit(others, indicator.unit, indicator.decimals)
    return f"{name}: {furthest.group} {value_text(furthest, indicator)}, alle anderen {told}, {BEYOND}"


def dumbbell(answer: Answer, *, dark: bool = False) -> Picture:
    """One row per group with value and interval, joined to its value in the wave before.

    Parameters
    ----------
    answer : divided by an item (``Question.divided_by``) and asked over time
    dark : colours for the dark theme
    """
    theme, title = colours(dark=dark), groups_title(answer)
    found = group_rows(answer)
    before = _before(answer)
    shown = [row for row in found if row.value is not None]
    return Picture(
        figure=_draw(answer, found, before, theme) if shown else None,
        title=title,
        subtitle=_subtitle(answer, shown, before),
        alt=_alt(answer, title, found, before),
        table=table(answer),
        source=source_line(answer),
    )


def _where(answer: Answer) -> str:
    place = subject(answer)
    name = answer.indicator.short_title
    return f"{name}, {answer.place_name(place)}" if place in answer.places else name


def _verdict(answer: Answer, row: Row) -> Verdict | None:
    return answer.verdict_on(row.district, row.group)


def _before(answer: Answer) -> dict[str, Row]:
    """The groups in the wave before the one that was answered; none where a break lies between the two."""
    waves = sorted({row.period for row in rows(answer)}, key=lambda period: period.end)
    earlier = next((first for first, second in pairwise(waves) if second == answer.period), None)
    if earlier is None or answer.period is None or _broken(answer, earlier, answer.period):
        return {}
    return {
        row.group: row
        for row in rows(answer)
        if row.group is not None and row.district == subject(answer) and row.period == earlier and row.value is not None
    }


def _broken(answer: Answer, earlier: Period, later: Period) -> bool:
    return any(earlier.end < date.fromisoformat(day) <= later.end for day, _ in answer.breaks)


def _subtitle(answer: Answer, shown: list[Row], before: dict[str, Row]) -> str:
    parts = [measured(answer.indicator)]
    parts += [period_text(shown[0].period)] if shown else []
    parts += ["Striche: 95-%-Bereich"] if any(row.lower is not None for row in shown) else []
    parts += [f"Ring: {period_text(next(iter(before.values())).period)}"] if before else []
    parts += (
        ["ausgefüllt: anders als alle anderen, über den Zufall hinaus"]
        if any(_stands_out(answer, row) for row in shown)
        else []
    )
    return " · ".join(parts)


def _stands_out(answer: Answer, row: Row) -> bool:
    verdict = _verdict(answer, row)
    return verdict is not None and verdict.code in BEYOND_CHANCE


def _alt(answer: Answer, title: str, found: tuple[Row, ...], before: dict[str, Row]) -> str:
    said = []
    for row in found:
        if row.value is not None:
            earlier = before.get(row.group or "")
            then = "" if earlier is None else f", zuvor {short_text(earlier, answer.indicator)}"
            said.append(f"{row.group} {value_with_interval(row, answer.indicator)}{then}")
    hidden = [(row.group or "", row) for row in found if row.value is None]
    missing = f" Nicht gezeigt: {hidden_listing(hidden)}." if hidden else ""
    return f"{title}. {'; '.join(said)}.{missing}" if said else f"{title}.{missing}"


def _draw(answer: Answer, found: tuple[Row, ...], before: dict[str, Row], theme: Colours) -> go.Figure:
    heights = {row: -line for line, row in enumerate(found)}
    shown = [row for row in found if row.value is not None]
    ends = [end for row in (*shown, *before.values()) for end in (row.value, row.lower, row.upper) if end is not None]
    low, high = min(0.0, *ends), max(ends)
    left = max(text_width(row.group or "") for row in found) + 8
    right = max(text_width(short_text(row, answer.indicator)) for row in shown) + 10
    layout: Spec = {
        "height": len(found) * ROW_HEIGHT + 40,
        "margin": {"l": left, "r": right, "t": 8, "b": 26},
        "xaxis": {
            "range": [low, high + 0.04 * (high - low or 1.0)],
            "nticks": 5,
            "showgrid": True,
            **number_ticks(answer.indicator),
        },
        "yaxis": {"range": [-len(found) + 0.5, 0.5], "showticklabels": False},
        "annotations": [label for row in found for label in _labels(answer, row, heights[row], right, theme)],
        "shapes": [
            shape for row in shown for shape in _strokes(answer, row, before.get(row.group or ""), heights[row], theme)
        ],
    }
    traces = [_rings(answer, [row for row in shown if row.group in before], before, heights, theme)] if before else []
    return figure([*traces, _dots(answer, shown, heights, theme)], layout, theme, synthetic=answer.snapshot.synthetic)


def _ink(answer: Answer, row: Row, theme: Colours) -> str:
    return theme.blue if _stands_out(answer, row) else theme.muted


def _dots(answer: Answer, shown: list[Row], heights: dict[Row, int], theme: Colours) -> Spec:
    inks = [_ink(answer, row, theme) for row in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.value for row in shown],
        "y": [heights[row] for row in shown],
        "hovertext": [f"{plain(row.group or '')}: {value_with_interval(row, answer.indicator)}" for row in shown],
        "hoverinfo": "text",
        "marker": {
            "size": 11,
            "opacity": 1,
            "color": [ink if _stands_out(answer, row) else theme.paper for ink, row in zip(inks, shown, strict=True)],
            "line": {"color": inks, "width": 2},
        },
        "cliponaxis": False,
    }


def _rings(answer: Answer, shown: list[Row], before: dict[str, Row], heights: dict[Row, int], theme: Colours) -> Spec:
    """Where each group stood before, a little lower than where it stands now."""
    earlier = [before[row.group or ""] for row in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.value for row in earlier],
        "y": [heights[row] - 0.28 for row in shown],
        "hovertext": [
            f"{plain(row.group or '')}, {period_text(row.period)}: {value_with_interval(row, answer.indicator)}"
            for row in earlier
        ],
        "hoverinfo": "text",
        "marker": {"size": 8, "color": theme.paper, "opacity": 1, "line": {"color": theme.grey, "width": 2}},
        "cliponaxis": False,
    }


def _strokes(answer: Answer, row: Row, earlier: Row | None, height: int, theme: Colours) -> list[Spec]:
    """The interval of now, and the way from before."""
    found: list[Spec] = []
    if row.lower is not None and row.upper is not None:
        line = {"color": _ink(answer, row, theme), "width": 2}
        found.append({**_line(row.lower, row.upper, height, height), "line": line})
    if earlier is not None:
        line = {"color": theme.grey, "width": 1}
        found.append({**_line(earlier.value, row.value, height - 0.28, height), "line": line})
    return found


def _line(start: float | None, end: float | None, lower: float, upper: float) -> Spec:
    return {"type": "line", "x0": start, "x1": end, "y0": lower, "y1": upper, "layer": "below"}


def _labels(answer: Answer, row: Row, height: int, right: int, theme: Colours) -> list[Spec]:
    """The name at the left; the value at the right, or in its row the word for why there is none."""
    stands_out = _stands_out(answer, row)
    name = bold(row.group or "") if stands_out else plain(row.group or "")
    colour = theme.ink if row.value is not None else theme.muted
    common = {"xref": "paper", "y": height}
    labels: list[Spec] = [
        {**common, "text": name, "x": 0, "xanchor": "right", "xshift": -8, "font": {"size": TEXT, "color": colour}}
    ]
    if row.value is None:
        word = {"text": value_text(row, answer.indicator), "x": 0, "xanchor": "left", "xshift": 6}
        return [*labels, {**common, **word, "font": {"size": SMALL, "color": theme.muted}}]
    value = short_text(row, answer.indicator)
    shown = {"text": bold(value) if stands_out else value, "x": 1, "xanchor": "right", "xshift": right}
    return [*labels, {**common, **shown, "font": {"size": TEXT, "color": theme.ink}}]

"""Districts beside each other: a dot and its interval for each, the city as a line.

In the order of the official numbers or by zone, never by value: differences within chance make no rank.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import plotly.graph_objects as go

from sipa_data.answers.types import Answer, Status
from sipa_data.catalogue.models import CountMeasure, Indicator, RegisterMeasure
from sipa_data.figures.findings import places_alt, places_title
from sipa_data.figures.palette import Colours, colours
from sipa_data.figures.picture import Picture
from sipa_data.figures.rows import Row, city_row, district_rows
from sipa_data.figures.style import SMALL, TEXT, Spec, bold, figure, number_ticks, plain, text_width
from sipa_data.figures.table import table
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    BEYOND_CHANCE,
    measured,
    short_text,
    source_line,
    tone_of,
    value_text,
    value_with_interval,
    whose,
)

ROW_HEIGHT = 24


@dataclass(frozen=True)
class Mark:
    """One district in the figure."""

    row: Row
    height: int
    ink: str
    stands_out: bool


def district_comparison(answer: Answer, *, order: Literal["number", "zone"] = "number", dark: bool = False) -> Picture:
    """One row per district with value and 95 % interval.

    Parameters
    ----------
    answer : asked everywhere (``Question.everywhere``)
    order : ``number`` in the order of the catalogue, ``zone`` grouped under the name of the zone
    dark : colours for the dark theme
    """
    theme = colours(dark=dark)
    title = places_title(answer)
    found = district_rows(answer)
    drawn = any(row.value is not None for row in found)
    return Picture(
        figure=_draw(answer, found, order, theme) if drawn else None,
        title=title,
        subtitle=_subtitle(answer, found),
        alt=places_alt(answer, title),
        table=table(answer),
        source=source_line(answer),
        chooses_district=True,
    )


def _subtitle(answer: Answer, found: tuple[Row, ...]) -> str:
    shown = [row for row in found if row.value is not None]
    parts = [measured(answer.indicator)]
    parts += [period_text(shown[0].period)] if shown else []
    parts += [whose(answer.indicator)] if shown and whose(answer.indicator) else []
    parts += ["Striche: 95-%-Bereich"] if any(row.lower is not None for row in shown) else []
    parts += ["gepunktet: wenige Antworten"] if any(row.status is Status.limited for row in shown) else []
    parts += ["ausgefüllt: Befund über den Zufall hinaus"] if any(_differs(row, answer) for row in shown) else []
    parts += ["Achse beginnt nicht bei null"] if starts_above_zero(_measuring(answer, shown)) else []
    return " · ".join(parts)


def _differs(row: Row, answer: Answer) -> bool:
    verdict = answer.verdict_on(row.district)
    return row.value is not None and verdict is not None and verdict.code in BEYOND_CHANCE


def _draw(answer: Answer, found: tuple[Row, ...], order: str, theme: Colours) -> go.Figure:
    lines = _lines(answer, found, order)
    marks = [_mark(row, -line, answer, theme) for line, row in enumerate(lines) if isinstance(row, Row)]
    headings = [_heading(text, -line) for line, text in enumerate(lines) if isinstance(text, str)]
    shown = [mark for mark in marks if mark.row.value is not None]
    city = city_row(answer) if _city_is_a_yardstick(answer.indicator) else None
    span = _span(_measuring(answer, [mark.row for mark in shown]))
    left = max(text_width(mark.row.place) for mark in marks) + 8
    right = max(text_width(short_text(mark.row, answer.indicator)) for mark in shown) + 8
    layout: Spec = {
        "height": len(lines) * ROW_HEIGHT + 52,
        "margin": {"l": left, "r": right, "t": 26, "b": 26},
        "xaxis": {"range": span, "nticks": 5, "showgrid": True, **number_ticks(answer.indicator)},
        "yaxis": {"range": [-len(lines) + 0.5, 0.5], "showticklabels": False},
        "annotations": [
            *(heading | {"xshift": -left} for heading in headings),
            *(_name(mark, theme) for mark in marks),
            *(_value(mark, answer, right, theme) for mark in marks),
        ],
        "shapes": [_stroke(mark) for mark in shown if mark.row.lower is not None and mark.row.upper is not None],
    }
    if city is not None and city.value is not None:
        layout["shapes"].insert(0, _city_line(city.value, theme))
        layout["annotations"].append(_city_label(city, answer, span, theme))
    return figure([_dots(shown, answer, theme)], layout, theme, synthetic=answer.snapshot.synthetic)


def _measuring(answer: Answer, shown: list[Row]) -> list[Row]:
    """The rows that the axis must hold: the districts, and the city where it is a line."""
    city = city_row(answer) if _city_is_a_yardstick(answer.indicator) else None
    return [*shown, city] if city else shown


def _city_is_a_yardstick(indicator: Indicator) -> bool:
    """Not where it is a total, or whatever a register counts; a median of the city can be held beside a district's."""
    match indicator.measure:
        case CountMeasure():
            return False
        case RegisterMeasure(statistic=statistic):
            return statistic == "median"
        case _:
            return True


def _lines(answer: Answer, found: tuple[Row, ...], order: str) -> list[Row | str]:
    """The rows from top to bottom; with zones, each under its heading."""
    if order == "number":
        return list(found)
    zones = list(dict.fromkeys(answer.places[row.district].zone for row in found))
    by_zone = sorted(found, key=lambda row: zones.index(answer.places[row.district].zone))
    lines: list[Row | str] = []
    for zone, members in groupby(by_zone, key=lambda row: answer.places[row.district].zone):
        lines += [zone[:1].upper() + zone[1:], *members]
    return lines


def _mark(row: Row, height: int, answer: Answer, theme: Colours) -> Mark:
    """Grey for the many; a colour, a filled dot and a bold name for those that differ beyond chance."""
    if not _differs(row, answer):
        return Mark(row, height, theme.grey, stands_out=False)
    tone = tone_of(answer.verdict_on(row.district))
    return Mark(row, height, theme.blue if tone == "neutral" else theme.of_tone(tone), stands_out=True)


def _span(shown: list[Row]) -> list[float]:
    """From zero to a little beyond the widest interval; where all lie far from zero, from a little below the lowest."""
    ends = [end for row in shown for end in (row.value, row.lower, row.upper) if end is not None]
    if starts_above_zero(shown):
        reach = max(ends) - min(ends)
        return [min(ends) - 0.1 * reach, max(ends) + 0.04 * reach]
    low, high = min(0.0, *ends), max(0.0, *ends)
    reach = (high - low) or 1.0
    return [low - (0.03 if low < 0 else 0.015) * reach, high + 0.04 * reach]


def starts_above_zero(shown: list[Row]) -> bool:
    """Whether more than half of an axis from zero would be empty. Dots may do without zero, bars may not."""
    ends = [end for row in shown for end in (row.value, row.lower, row.upper) if end is not None]
    return bool(ends) and min(ends) > max(ends) / 2 and max(ends) > min(ends)


def _dots(shown: list[Mark], answer: Answer, theme: Colours) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.row.value for mark in shown],
        "y": [mark.height for mark in shown],
        "customdata": [mark.row.district for mark in shown],
        "hovertext": [f"{plain(mark.row.place)}: {value_with_interval(mark.row, answer.indicator)}" for mark in shown],
        "hoverinfo": "text",
        "marker": {
            "size": 9,
            "opacity": 1,
            "color": [mark.ink if mark.stands_out else theme.paper for mark in shown],
            "line": {"color": [mark.ink for mark in shown], "width": 2},
        },
        "cliponaxis": False,
    }


def _stroke(mark: Mark) -> Spec:
    return {
        "type": "line",
        "x0": mark.row.lower,
        "x1": mark.row.upper,
        "y0": mark.height,
        "y1": mark.height,
        "layer": "below",
        "line": {"color": mark.ink, "width": 2, "dash": "dot" if mark.row.status is Status.limited else "solid"},
    }


def _name(mark: Mark, theme: Colours) -> Spec:
    return {
        "text": bold(mark.row.place) if mark.stands_out else plain(mark.row.place),
        "xref": "paper",
        "x": 0,
        "xanchor": "right",
        "xshift": -8,
        "y": mark.height,
        "font": {"size": TEXT, "color": theme.ink if mark.row.value is not None else theme.muted},
    }


def _value(mark: Mark, answer: Answer, right: int, theme: Colours) -> Spec:
    """The value at the right edge; what is not shown is said in words inside its row."""
    if mark.row.value is None:
        text, place, colour = value_text(mark.row, answer.indicator), {"x": 0, "xanchor": "left"}, theme.muted
    else:
        label = short_text(mark.row, answer.indicator)
        text, place, colour = bold(label) if mark.stands_out else label, {"x": 1, "xanchor": "right"}, theme.ink
    shift = 6 if mark.row.value is None else right
    font = {"size": TEXT, "color": colour}
    return {"text": text, "xref": "paper", **place, "xshift": shift, "y": mark.height, "font": font}


def _heading(text: str, height: int) -> Spec:
    return {"text": bold(text), "xref": "paper", "x": 0, "xanchor": "left", "y": height}


def _city_line(value: float, theme: Colours) -> Spec:
    line = {"color": theme.muted, "width": 1}
    return {"type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "line": line}


def _city_label(city: Row, answer: Answer, span: list[float], theme: Colours) -> Spec:
    """Above its line, to the side that has room."""
    value = city.value or 0.0
    to_the_left = value > (span[0] + span[1]) / 2
    return {
        "text": f"{plain(city.place)} {value_text(city, answer.indicator)}",
        "x": value,
        "yref": "paper",
        "y": 1,
        "xanchor": "right" if to_the_left else "left",
        "yanchor": "bottom",
        "xshift": 3 if to_the_left else -3,
        "font": {"size": SMALL, "color": theme.muted},
    }

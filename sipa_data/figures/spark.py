"""A small trend for a tile: the line, its band and its breaks, nothing else.

A page shows a dozen of them. Each is a picture of its own in a few hundred letters (SVG), because a dozen interactive
charts that nobody can interact with take longer to draw than everything else on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from sipa_data.answers.types import Answer
from sipa_data.figures.findings import subject_title
from sipa_data.figures.palette import Colours, colours
from sipa_data.figures.rows import Row, subject
from sipa_data.figures.series import Series, place_in_time, series_of, stretches
from sipa_data.figures.when import period_text
from sipa_data.figures.words import SYNTHETIC, value_with_interval, without_full_stop

WIDTH, HEIGHT = 160, 44
MARGIN = 5
LINE, DOT = 2, 3

Place = tuple[float, float]


@dataclass(frozen=True)
class Spark:
    """A small trend without letters.

    ``svg`` : the picture, about one kilobyte. ``alt`` : the finding and the course, for those who do not see it
    """

    svg: str
    alt: str

    @property
    def held_bytes(self) -> int:
        """What it takes in memory."""
        return len(self.svg) + len(self.alt)


def spark(answer: Answer, *, dark: bool = False) -> Spark | None:
    """The trend of the place that the answer is about. None where there are not two values to join.

    It carries no line „Beispieldaten“ of its own, being too small for letters; its alt sentence does.
    """
    about = [series for series in series_of(answer) if series.district == subject(answer)]
    series = next((series for series in about if series.rows[0].group is None), None)
    if series is None or len(series.shown) < 2:
        return None
    return Spark(svg=drawn_small(series, answer.breaks, colours(dark=dark)), alt=_alt(answer, series))


def _alt(answer: Answer, series: Series) -> str:
    first, last = series.shown[0], series.last
    course = (f"{period_text(row.period)} {value_with_interval(row, answer.indicator)}" for row in (first, last))
    said = [f"{without_full_stop(subject_title(answer))}.", f"Verlauf: {', '.join(course)}."]
    if answer.snapshot.synthetic:
        said.append(f"{SYNTHETIC}.")
    return " ".join(said)


class _Plane:
    """From days and values to places in the picture: time to the right, values upwards."""

    def __init__(self, shown: Iterable[Row]) -> None:
        shown = tuple(shown)
        days = [_day(row) for row in shown]
        values = [bound for row in shown for bound in (row.value, row.lower, row.upper) if bound is not None]
        self._first, self._days = min(days), max(max(days) - min(days), 1)
        self._least, self._span = min(values), (max(values) - min(values)) or 1.0

    def across(self, day: int) -> float:
        return round(MARGIN + (day - self._first) / self._days * (WIDTH - 2 * MARGIN), 1)

    def place(self, row: Row, value: float) -> Place:
        height = (value - self._least) / self._span
        return self.across(_day(row)), round(HEIGHT - MARGIN - height * (HEIGHT - 2 * MARGIN), 1)


def _day(row: Row) -> int:
    return date.fromisoformat(place_in_time(row.period)).toordinal()


def drawn_small(series: Series, breaks: Iterable[tuple[str, str]], theme: Colours) -> str:
    """The picture (SVG) of a series: its line, the band between its bounds, its breaks."""
    plane = _Plane(series.shown)
    size = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "width": str(WIDTH), "height": str(HEIGHT)}
    picture = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    runs = stretches(series, breaks)
    for run in runs:
        upper = [plane.place(row, row.upper) for row in run if row.upper is not None]
        lower = [plane.place(row, row.lower) for row in run if row.lower is not None]
        if len(run) > 1 and len(upper) == len(lower) == len(run):
            SubElement(picture, "polygon", {"points": _points([*upper, *reversed(lower)]), "fill": theme.band})
    first, last = _day(series.shown[0]), _day(series.last)
    for day, _ in breaks:
        broken = date.fromisoformat(day).toordinal()
        if first <= broken <= last:
            _line_of_break(picture, plane.across(broken), theme)
    for run in runs:
        line = [plane.place(row, row.value) for row in run if row.value is not None]
        if len(line) > 1:
            stroke = {"fill": "none", "stroke": theme.blue, "stroke-width": str(LINE), "stroke-linejoin": "round"}
            SubElement(picture, "polyline", {"points": _points(line), **stroke})
    lonely = [run[0] for run in runs if len(run) == 1]
    for row in dict.fromkeys([*lonely, series.last]):
        if row.value is not None:
            across, down = plane.place(row, row.value)
            SubElement(picture, "circle", {"cx": f"{across:g}", "cy": f"{down:g}", "r": str(DOT), "fill": theme.blue})
    return tostring(picture, encoding="unicode")


def _line_of_break(picture: Element, across: float, theme: Colours) -> None:
    ends = {"x1": f"{across:g}", "x2": f"{across:g}", "y1": "0", "y2": str(HEIGHT)}
    SubElement(picture, "line", {**ends, "stroke": theme.muted, "stroke-width": "1", "stroke-dasharray": "2 3"})


def _points(places: Iterable[Place]) -> str:
    return " ".join(f"{across:g},{down:g}" for across, down in places)

"""One row of a spine chart: the district's mark beside the rest of the city, on the range of all districts."""

from dataclasses import dataclass
from math import inf, log
from xml.etree.ElementTree import Element, SubElement, tostring

from sipa_data.figures.palette import Colours

WIDTH, HEIGHT = 280, 30
MIDDLE, REACH = WIDTH / 2, WIDTH / 2 - 14
LEVEL = HEIGHT / 2
BAND, TICK, DOT = 10, 5, 5.5


@dataclass(frozen=True)
class Strip:
    """What is drawn, in the indicator's unit.

    ``centre`` : the rest of the city, or the whole of it where the district's value is hidden
    ``others`` : the shown values of all districts
    ``value``, ``lower``, ``upper`` : of the district; None where it is not shown
    ``mirrored`` : a high value is unfavourable, so it lies on the left
    ``multiples`` : equal distances are equal multiples, as fits rates, of which one district may have tenfold
    """

    centre: float
    others: tuple[float, ...]
    value: float | None
    lower: float | None
    upper: float | None
    mirrored: bool
    multiples: bool

    def across(self, value: float) -> float:
        """Place of a value in the picture; what lies beyond the furthest district stays at the edge."""
        away = [abs(self._away(one)) for one in (*self.others, self.value) if one is not None]
        reach = max((one for one in away if one < inf), default=0.0)
        share = self._away(value) / reach if reach else 0.0
        share = max(-1.06, min(1.06, -share if self.mirrored else share))
        return round(MIDDLE + share * REACH, 1)

    def _away(self, value: float) -> float:
        """How far from the middle line; nothing at all is infinitely many times less than something."""
        if not self.multiples:
            return value - self.centre
        return log(value / self.centre) if value > 0 else -inf


def draw_strip(strip: Strip, ink: str, *, filled: bool, word: str, theme: Colours) -> str:
    """The picture as SVG.

    Parameters
    ----------
    ink : colour of the mark; ``filled`` : its verdict goes beyond chance
    word : stands where the mark would be, if there is none
    """
    size = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "width": str(WIDTH), "height": str(HEIGHT)}
    picture = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    places = sorted(strip.across(value) for value in strip.others)
    if places:
        box = {"x": f"{places[0] - 2:g}", "width": f"{places[-1] - places[0] + 4:g}", "height": str(BAND)}
        SubElement(picture, "rect", {**box, "y": f"{LEVEL - BAND / 2:g}", "fill": theme.band})
    for place in places:
        _line(picture, (place, LEVEL - TICK), (place, LEVEL + TICK), theme.grey, 1)
    _line(picture, (MIDDLE, 1), (MIDDLE, HEIGHT - 1), theme.ink, 1)
    if strip.value is None:
        _word(picture, word, theme)
        return tostring(picture, encoding="unicode")
    if strip.lower is not None and strip.upper is not None:
        _line(picture, (strip.across(strip.lower), LEVEL), (strip.across(strip.upper), LEVEL), ink, 2)
    mark = {"cx": f"{strip.across(strip.value):g}", "cy": f"{LEVEL:g}", "r": f"{DOT:g}"}
    paint = {"fill": ink if filled else theme.paper, "stroke": ink, "stroke-width": "2"}
    SubElement(picture, "circle", {**mark, **paint})
    return tostring(picture, encoding="unicode")


def _line(picture: Element, start: tuple[float, float], end: tuple[float, float], ink: str, width: int) -> None:
    ends = {"x1": f"{start[0]:g}", "y1": f"{start[1]:g}", "x2": f"{end[0]:g}", "y2": f"{end[1]:g}"}
    SubElement(picture, "line", {**ends, "stroke": ink, "stroke-width": str(width)})


def _word(picture: Element, word: str, theme: Colours) -> None:
    """On a patch of paper, so that neither band nor line runs through the letters."""
    width = 8 * len(word)
    box = {"x": f"{MIDDLE - width / 2:g}", "y": f"{LEVEL - 9:g}", "width": f"{width:g}", "height": "18"}
    SubElement(picture, "rect", {**box, "fill": theme.paper})
    font = {"font-family": "sans-serif", "font-size": "13", "fill": theme.muted, "text-anchor": "middle"}
    SubElement(picture, "text", {"x": f"{MIDDLE:g}", "y": f"{LEVEL + 4.5:g}", **font}).text = word

"""What a map shows of each place, whether the places are tiles or have their real outlines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sipa_data.catalogue.models import District
from sipa_data.figures.palette import Colours
from sipa_data.figures.style import Spec

NAME_SIZE = 12
SMALLEST_NAME = 9
LETTERS_IN_A_LINE = 11
NO_FILL = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Shown:
    """One place on a map.

    ``fill`` : None where nothing is shown, so that it cannot pass for a low value; then its line is dotted
    ``letters`` : colour of name and text; ``text`` : below the name, with Plotly's few tags
    ``short`` : the same where there is little room, empty where it says nothing without the name
    ``told`` : what the pointer finds
    """

    fill: str | None
    letters: str
    text: str
    short: str
    told: str


ShownPlaces = Mapping[str, Shown]


def line_of(shown: Shown, theme: Colours, colour: str) -> Spec:
    """The line around a place: dotted where nothing is shown."""
    if shown.fill is None:
        return {"width": 1, "color": theme.grey, "dash": "dot"}
    return {"width": 1, "color": colour, "dash": "solid"}


def marks(
    places: Sequence[District], shown: ShownPlaces, at: tuple[list[float], list[float]], symbol: str, theme: Colours
) -> Spec:
    """What pointer and click find: a nearly invisible mark over each place; ``customdata`` carries its id."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": at[0],
        "y": at[1],
        "customdata": [place.id for place in places],
        "hovertext": [shown[place.id].told for place in places],
        "hoverinfo": "text",
        "marker": {"symbol": symbol, "size": 42, "color": theme.ink, "opacity": 0.001},
        "selected": {"marker": {"opacity": 0.001}},
        "unselected": {"marker": {"opacity": 0.001}},
        "cliponaxis": False,
    }

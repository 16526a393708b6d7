"""The house style of figures: Source Sans, hairlines, German, no legend, no buttons.

Pages draw with ``theme=None`` and ``config=PLOTLY_CONFIG``; otherwise Streamlit's own template covers this one.
"""

from html import escape
from typing import Any, Final

import plotly.graph_objects as go
from babel.dates import get_day_names, get_month_names

from sipa_data.catalogue.models import Indicator
from sipa_data.figures.palette import Colours
from sipa_data.figures.words import SYNTHETIC
from sipa_data.german import THIN_SPACE

FONT: Final = '"Source Sans", sans-serif'
TEXT: Final = 13
SMALL: Final = 12
LABEL_ROOM: Final = 18
"""Height of the line that names synthetic data, in pixels."""

Spec = dict[str, Any]


def _german_locale() -> Spec:
    """Plotly's own German locale is not part of Streamlit's bundle, so the words travel with the figure."""

    def names(found: dict[int, str], order: range) -> list[str]:
        return [found[index].removesuffix(".") for index in order]

    sunday_first = {0: 6, 1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5}
    days, short_days = (
        {index: get_day_names(width, locale="de")[day] for index, day in sunday_first.items()}
        for width in ("wide", "abbreviated")
    )
    return {
        "dictionary": {
            "Autoscale": "Ganz zeigen",
            "Download plot": "Grafik laden",
            "Download plot as a PNG": "Grafik als PNG laden",
            "Double-click to zoom back out": "Doppelklick zeigt wieder alles",
            "Pan": "Verschieben",
            "Reset axes": "Achsen zurücksetzen",
            "Snapshot succeeded": "Grafik gespeichert",
            "Sorry, there was a problem downloading your snapshot!": "Die Grafik ließ sich nicht speichern.",
            "Taking snapshot - this may take a few seconds": "Die Grafik wird gespeichert …",
            "Zoom": "Vergrößern",
            "Zoom in": "Vergrößern",
            "Zoom out": "Verkleinern",
        },
        "format": {
            "days": names(days, range(7)),
            "shortDays": names(short_days, range(7)),
            "months": names(dict(get_month_names("wide", locale="de")), range(1, 13)),
            "shortMonths": [name[:3] for name in names(dict(get_month_names("wide", locale="de")), range(1, 13))],
            "date": "%d.%m.%Y",
            "decimal": ",",
            "thousands": ".",
            "year": "%Y",
            "month": "%b %Y",
            "dayMonth": "%-d. %b",
            "dayMonthYear": "%d.%m.%Y",
        },
    }


PLOTLY_CONFIG: Final[Spec] = {
    "locale": "de",
    "locales": {"de": _german_locale()},
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "showTips": False,
    "showAxisDragHandles": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
}


def _template(theme: Colours) -> go.layout.Template:
    axis = {
        "color": theme.muted,
        "gridcolor": theme.hairline,
        "linecolor": theme.hairline,
        "zerolinecolor": theme.hairline,
        "zerolinewidth": 1,
        "tickfont": {"size": SMALL, "color": theme.muted},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }
    return go.layout.Template(
        data={"scatter": [{"unselected": {"marker": {"opacity": 1}}}]},  # a click chooses, it does not fade the others
        layout={
            "font": {"family": FONT, "size": TEXT, "color": theme.ink},
            "separators": ",.",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [theme.blue],
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": theme.paper,
                "bordercolor": theme.hairline,
                "align": "left",
                "font": {"family": FONT, "size": TEXT, "color": theme.ink},
            },
            "xaxis": axis,
            "yaxis": axis,
            "annotationdefaults": {"showarrow": False, "font": {"size": SMALL, "color": theme.ink}},
        },
    )


def figure(traces: list[Spec], layout: Spec, theme: Colours, *, synthetic: bool) -> go.Figure:
    """The house style around traces and layout.

    ``layout`` names its own ``height`` and all four margins; where the data are synthetic, a line below
    the plot says so inside the picture, so that a copied picture still says it.
    """
    own = dict(layout)
    if synthetic:
        margin = {**own["margin"], "b": own["margin"]["b"] + LABEL_ROOM}
        own |= {
            "margin": margin,
            "height": own["height"] + LABEL_ROOM,
            "annotations": [*own.get("annotations", ()), _synthetic_label(margin, theme)],
        }
    return FinishedFigure({"data": traces, "layout": {**own, "template": _template(theme)}})


class FinishedFigure(go.Figure):  # type: ignore[misc]
    """A figure that nobody changes any more: it is taken apart for the browser once, not with every rerun."""

    def to_dict(self) -> Spec:
        """What is handed out is shared: to be read, not to be written."""
        if self._taken_apart is None:
            self._taken_apart = super().to_dict()
        return self._taken_apart

    _taken_apart: Spec | None = None


def _synthetic_label(margin: dict[str, int], theme: Colours) -> Spec:
    return {
        "text": SYNTHETIC,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": -margin["l"],
        "yshift": -margin["b"],
        "font": {"size": SMALL, "color": theme.muted},
    }


def number_ticks(indicator: Indicator) -> Spec:
    """German numbers at an axis: ``1.000``, ``12,5``, ``10 %``."""
    suffix = f"{THIN_SPACE}%" if indicator.unit == "%" else ""
    return {"tickformat": f",.{indicator.decimals}~f", "ticksuffix": suffix}


def plain(text: str) -> str:
    """Text for a figure: Plotly reads a little HTML in labels, and names of places are not HTML."""
    return escape(text, quote=False)


def bold(text: str) -> str:
    return f"<b>{plain(text)}</b>"


def text_width(text: str, size: int = TEXT) -> int:
    """About how wide a label is in pixels. Source Sans is a narrow face: half its size a letter."""
    return round(len(text) * size * 0.54) + 2

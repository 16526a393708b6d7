"""A figure with everything that belongs to it."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go


@dataclass(frozen=True)
class Picture:
    """What a page lays out for one figure.

    ``figure`` : None where there is nothing to draw; then ``alt`` says why, and the page prints it instead.
    ``title`` : the finding. ``subtitle`` : what is measured, where, when, and what the strokes mean.
    ``alt`` : the finding with its numbers, for those who do not see the figure.
    ``table`` : every observation behind the figure, as German text.
    ``source`` : source, Datenstand, and whether the data are synthetic.
    """

    figure: go.Figure | None
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    source: str

"""A figure with everything that belongs to it."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

FIGURE_BYTES = 50_000
"""What a figure of Plotly takes beside its content: most of it is the template, which every figure copies."""
BYTES_PER_LETTER = 12
"""What a figure takes for each letter of its JSON, 2 of them in the form in which it is handed to the browser; measured
with tracemalloc on tiles, trends and maps."""


@dataclass(frozen=True)
class Picture:
    """What a page lays out for one figure.

    ``figure`` : None where there is nothing to draw; then ``alt`` says why, and the page prints it instead.
    ``title`` : the finding. ``subtitle`` : what is measured, where, when, and what the strokes mean.
    ``alt`` : the finding with its numbers, for those who do not see the figure.
    ``table`` : every observation behind the figure, as German text.
    ``source`` : source, Datenstand, and whether the data are synthetic.
    ``chooses_district`` : its marks carry the number of a district to choose.
    """

    figure: go.Figure | None
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    source: str
    chooses_district: bool = False

    @property
    def held_bytes(self) -> int:
        """What it takes in memory."""
        content = 0 if self.figure is None else BYTES_PER_LETTER * len(self.figure.to_json())
        return FIGURE_BYTES + content + int(self.table.memory_usage(deep=True).sum())

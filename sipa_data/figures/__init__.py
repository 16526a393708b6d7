"""How does it look? Answers become pictures, tiles, tables and sentences, in one house style.

Everything here takes Answers and returns data; the pages draw it, with ``theme=None`` and ``PLOTLY_CONFIG``.
"""

from sipa_data.figures.comparison import district_comparison
from sipa_data.figures.funnel import funnel
from sipa_data.figures.picture import Picture
from sipa_data.figures.quadrant import quadrant
from sipa_data.figures.spark import Spark, spark
from sipa_data.figures.style import PLOTLY_CONFIG
from sipa_data.figures.table import table
from sipa_data.figures.tile import Tile, tile
from sipa_data.figures.tile_map import tile_map
from sipa_data.figures.trend import trend
from sipa_data.figures.words import interval_text, reading_aid, source_line, value_text

__all__ = [
    "PLOTLY_CONFIG",
    "Picture",
    "Spark",
    "Tile",
    "district_comparison",
    "funnel",
    "interval_text",
    "quadrant",
    "reading_aid",
    "source_line",
    "spark",
    "table",
    "tile",
    "tile_map",
    "trend",
    "value_text",
]

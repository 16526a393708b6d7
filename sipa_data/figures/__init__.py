"""How does it look? Answers become pictures, tiles, tables and sentences, in one house style.

Everything here takes Answers and returns data; the pages draw it, with ``theme=None`` and ``PLOTLY_CONFIG``.
"""

from sipa_data.figures.comparison import district_comparison
from sipa_data.figures.district_map import district_map
from sipa_data.figures.effect_map import effect_map
from sipa_data.figures.funnel import funnel
from sipa_data.figures.groups import dumbbell, groups_title
from sipa_data.figures.picture import Picture
from sipa_data.figures.quadrant import quadrant
from sipa_data.figures.signal_spark import signal_spark
from sipa_data.figures.spark import Spark, spark
from sipa_data.figures.spine import SpineRow, spine_meaning, spine_row, spine_table, spine_title
from sipa_data.figures.strips import Strip, Strips, group_strips, month_strips, side_by_side
from sipa_data.figures.style import PLOTLY_CONFIG
from sipa_data.figures.table import table
from sipa_data.figures.tile import Tile, tile
from sipa_data.figures.trend import trend
from sipa_data.figures.words import interval_text, reading_aid, source_line, value_text

__all__ = [
    "PLOTLY_CONFIG",
    "Picture",
    "Spark",
    "SpineRow",
    "Strip",
    "Strips",
    "Tile",
    "district_comparison",
    "district_map",
    "dumbbell",
    "effect_map",
    "funnel",
    "group_strips",
    "groups_title",
    "interval_text",
    "month_strips",
    "quadrant",
    "reading_aid",
    "side_by_side",
    "signal_spark",
    "source_line",
    "spark",
    "spine_meaning",
    "spine_row",
    "spine_table",
    "spine_title",
    "table",
    "tile",
    "trend",
    "value_text",
]

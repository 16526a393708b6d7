"""What the rated places of Frankfurt say of its four rectangles, by a plain reading of the file."""

import csv
import re
from collections import defaultdict

from tests.real.lakes import REAL

PLACES = "frankfurt-streetception/data_per_location.csv"
EAST_OF, NORTH_OF = 962_913.5, 6_467_091.2
"""The rectangles meet at 8.65° E and 50.12° N, in metres of the Web Mercator projection."""


def plain_means() -> dict[str, float]:
    """Σ rating · count / Σ count in each of the four rectangles."""
    sums, weights = defaultdict(float), defaultdict(float)
    with (REAL / PLACES).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            x, y = map(float, re.findall(r"[\d.]+", row["geometry_text"]))
            quarter = str(1 + (x > EAST_OF) + 2 * (y > NORTH_OF))
            count = float(row["rating_count"])
            sums[quarter] += float(row["safety_avg"]) * count
            weights[quarter] += count
    return {quarter: sums[quarter] / weights[quarter] for quarter in sums}

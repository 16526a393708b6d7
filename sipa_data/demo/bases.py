"""What rates are divided by beside inhabitants: passengers of bus and train, and days on which football is played."""

import numpy as np
import pyarrow as pa

from sipa_data.demo.chance import stream, swings
from sipa_data.demo.frame import MONTHS, YEARS
from sipa_data.demo.plain import Numbers

PASSENGERS_A_YEAR = (171, 174, 176, 178, 112, 104, 142, 158, 165, 169)  # millions
PASSENGERS_BY_MONTH = np.array([101, 98, 104, 99, 101, 97, 99, 86, 101, 105, 106, 103])
MATCH_DAYS_BY_MONTH = np.array([2, 4, 4, 4, 3, 0, 0, 3, 4, 4, 4, 2])
NO_MATCHES = ((2020, 3), (2020, 4))  # called off


def passengers() -> Numbers:
    """Passengers by year and month, shape (years, 12), to the nearest thousand."""
    share = PASSENGERS_BY_MONTH / PASSENGERS_BY_MONTH.sum()
    counted = np.array(PASSENGERS_A_YEAR)[:, None] * 1e6 * share * swings(stream("passengers"), 0.012, (len(YEARS), 12))
    return np.asarray(np.rint(counted / 1000) * 1000)


def match_days() -> Numbers:
    """Home matches by year and month, shape (years, 12)."""
    days = MATCH_DAYS_BY_MONTH + stream("matches").integers(-1, 2, (len(YEARS), 12)) * (MATCH_DAYS_BY_MONTH > 0)
    for year, month in NO_MATCHES:
        days[YEARS.index(year), month - 1] = 0
    return np.asarray(days, dtype=np.float64)


def base_table() -> pa.Table:
    """One row per base and month, for the whole city."""
    counted = {("passengers", "Fahrgäste"): passengers(), ("match_days", "Spieltage"): match_days()}
    rows = [
        (kind, f"{month:02d}/{year}", str(int(values[place, month - 1])), unit)
        for (kind, unit), values in counted.items()
        for place, year in enumerate(YEARS)
        for month in MONTHS
    ]
    headings = ("groesse", "zeitraum", "wert", "einheit")
    return pa.table({heading: [row[place] for row in rows] for place, heading in enumerate(headings)})

"""What people report to the order office: monthly counts, and single reports since it has its new system."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sipa_data.demo import expected
from sipa_data.demo.chance import stream, swings
from sipa_data.demo.frame import MONTHS, NOWHERE, PLACES, YEARS, Frame
from sipa_data.demo.incidents import words
from sipa_data.demo.kinds import Kinds, reports

Counts = NDArray[np.int64]

EVENTS_FROM = 2023
YEARLY_SWING = 0.05
SOURCE = "ordnungsamt"
LITTER = "OA-MUELL"
# Reports by hour of the day: few at night, most in the morning and in the evening.
HOURS = np.array([3, 2, 1, 1, 1, 2, 5, 9, 10, 9, 8, 8, 8, 7, 7, 8, 9, 10, 10, 9, 8, 7, 6, 4]) / 152
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def report(frame: Frame) -> tuple[Kinds, Counts]:
    """Reports of shape (kinds, years, 12, areas, places); the last area is: no district known."""
    kinds, chance = reports(), stream("order office")
    level = kinds.level * swings(chance, YEARLY_SWING, kinds.level.shape)
    seasons = expected.by_month_and_place(kinds, chance)
    base = np.stack([frame.shares(profile) for profile in kinds.words("verteilung")])[:, None, :]
    share = base * swings(chance, 0.06, (len(kinds.names), len(YEARS), len(frame.districts)))
    known = expected.spread(level, seasons, share / share.sum(axis=2, keepdims=True))
    return kinds, chance.poisson(expected.with_nowhere(known, kinds.column("ohne_bezirk") / 100))


def monthly_table(kinds: Kinds, counts: Counts, frame: Frame) -> pa.Table:
    """The years before single reports, one row per kind, month, district and kind of place."""
    old = counts[:, : YEARS.index(EVENTS_FROM)]
    filled = np.nonzero(old)
    kind, year, month, area, place = filled
    return pa.table(
        {
            "quelle": words(np.zeros_like(month), [SOURCE]),
            "zeitraum": words(12 * year + month, [f"{month:02d}/{year}" for year in YEARS for month in MONTHS]),
            "bezirk": words(area, [*frame.names, NOWHERE]),
            "schluessel": words(kind, kinds.names),
            "ort": words(place, PLACES),
            "faelle": old[filled],
        }
    )


def event_table(kinds: Kinds, counts: Counts, frame: Frame, year: int) -> pa.Table:
    """One year of single reports, in the order in which they came."""
    chance = stream(f"reports {year}")
    ofyear = counts[:, YEARS.index(year)]
    filled = np.nonzero(ofyear)
    kind, month, area, place = (np.repeat(axis, ofyear[filled]) for axis in filled)
    day = np.floor(chance.random(kind.size) * DAYS[month]).astype(np.int64)
    minute = 60 * chance.choice(24, kind.size, p=HOURS) + chance.integers(0, 60, kind.size)
    months = np.array([f"{year}-{number:02d}" for number in MONTHS], dtype="datetime64[M]")[month]
    moment = months.astype("datetime64[D]") + day
    moments = moment.astype("datetime64[m]") + minute
    order = np.argsort(moments, kind="stable")
    return pa.table(
        {
            "vorgang": np.arange(1, order.size + 1),
            "quelle": words(np.zeros_like(order), [SOURCE]),
            "zeitpunkt": pa.array(moments[order].astype("datetime64[s]")),
            "bezirk": words(area[order], [*frame.names, NOWHERE]),
            "schluessel": words(kind[order], kinds.names),
            "ort": words(place[order], PLACES),
        }
    )

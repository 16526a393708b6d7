"""Recorded cases: drawn once for every kind, month, district and kind of place, then added up to offence keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sipa_data.demo import expected, stories
from sipa_data.demo.chance import stream
from sipa_data.demo.expected import PUBLIC
from sipa_data.demo.frame import MONTHS, NOWHERE, PLACES, YEARS, Frame
from sipa_data.demo.kinds import Kinds, offences, years_of

Counts = NDArray[np.int64]

POLICE = "pks"
PUBLIC_SPACE = "pks-oeffentlicher-raum"
PUBLISHED_IN_PUBLIC_SPACE = ("892000", "210000", "222000")
# Share of cleared cases against the offence's usual one: more in the years of the pandemic, when fewer thefts came in.
CLEARED = np.array([97.5, 96.5, 95.5, 95.0, 105.0, 104.0, 99.5, 100.0, 100.5, 107.0]) / 100
MOST_CLEARED = 0.995


@dataclass(frozen=True)
class Incidents:
    """Counts of shape (kinds, years, 12, areas, places); the last area is: no district known."""

    kinds: Kinds
    cases: Counts = field(repr=False)
    attempts: Counts = field(repr=False)
    cleared: Counts = field(repr=False)

    def of(self, key: str, what: str = "cases") -> Counts:
        """Counts of one offence key, shape (years, 12, areas, places)."""
        counts: Counts = getattr(self, what)
        return np.asarray(counts[self.kinds.keys[key]].sum(axis=0))

    def delivered(self) -> dict[str, Counts]:
        """By heading of the file."""
        return {"faelle": self.cases, "versuche": self.attempts, "aufgeklaert": self.cleared}


def record(frame: Frame) -> Incidents:
    """Ten years of what the police recorded."""
    kinds = offences()
    told = stories.tell(
        expected.spread(
            expected.yearly_levels(kinds, stream("level")),
            expected.by_month_and_place(kinds, stream("season")),
            expected.by_district(kinds, frame, stream("district"), stories.steady_cells(frame)),
        ),
        kinds,
        frame,
    )
    chance = stream("cases")
    cases = chance.poisson(expected.with_nowhere(told, kinds.column("ohne_bezirk") / 100))
    attempted = kinds.column("versuch")[:, None, None, None, None] / 100
    solved = np.minimum(kinds.column("aufklaerung")[:, None] / 100 * CLEARED, MOST_CLEARED)
    solved = solved[:, :, None, None, None]
    usual = Incidents(kinds, cases, chance.binomial(cases, attempted), chance.binomial(cases, solved))
    apart = stream("beginning")  # what begins is drawn for itself, so that nothing else changes with it
    more = apart.poisson(stories.beginning(kinds, frame, cases.shape))
    return Incidents(
        kinds,
        usual.cases + more,
        usual.attempts + apart.binomial(more, attempted),
        usual.cleared + apart.binomial(more, solved),
    )


def police_table(incidents: Incidents, frame: Frame, year: int) -> pa.Table:
    """One year as the police deliver it: every key, month, district and kind of place in which anything happened.

    The same file holds, as a source of its own, what is published about violence in public space.
    """
    when = YEARS.index(year)
    parts = []
    for key, kinds in incidents.kinds.keys.items():
        if not years_of(key, frame.catalogue)[when]:
            continue
        counted = {heading: counts[kinds, when].sum(axis=0) for heading, counts in incidents.delivered().items()}
        parts.append(_rows(counted, frame, year, key, POLICE))
        if key in PUBLISHED_IN_PUBLIC_SPACE:
            public = {heading: counts[:, :, : PUBLIC + 1] for heading, counts in counted.items()}
            parts.append(_rows(public, frame, year, key, PUBLIC_SPACE))
    return pa.concat_tables(parts).unify_dictionaries()


def _rows(counted: dict[str, Counts], frame: Frame, year: int, key: str, source: str) -> pa.Table:
    """One row per month, area and place with any case. Counts are of shape (12, areas, places)."""
    filled = np.nonzero(counted["faelle"])
    month, area, place = filled
    return pa.table(
        {
            "quelle": words(np.zeros_like(month), [source]),
            "zeitraum": words(month, [f"{number:02d}/{year}" for number in MONTHS]),
            "bezirk": words(area, [*frame.names, NOWHERE]),
            "schluessel": words(np.zeros_like(month), [key]),
            "ort": words(place, PLACES),
            **{heading: counts[filled] for heading, counts in counted.items()},
        }
    )


def words(places: Counts, vocabulary: Sequence[str]) -> pa.DictionaryArray:
    """A column of words, given by their places in a short list."""
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(vocabulary, pa.string()))

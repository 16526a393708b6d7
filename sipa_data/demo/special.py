"""What is counted beside the crime statistics: knives, violence at home, hatred, football, the way to school.

Some of it is a part of the recorded cases and is taken from them; the rest is drawn on its own.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from sipa_data.demo import expected
from sipa_data.demo.chance import stream, swings
from sipa_data.demo.frame import MONTHS, NOWHERE, PLACES, YEARS, Frame
from sipa_data.demo.incidents import Counts, Incidents, words
from sipa_data.demo.kinds import special_counts

YEARLY_SWING = 0.07
AT_HOME = PLACES.index("wohnung")
POLICE_EVALUATION = "polizei"


@dataclass(frozen=True)
class Part:
    """A part of the recorded cases: share of each kind that belongs to it, by year; at one kind of place or at all."""

    key: str
    shares: dict[str, float]
    course: tuple[float, ...] = (1.0,) * len(YEARS)
    place: int | None = None


VIOLENT = ("toetung", "vergewaltigung", "raub_strasse", "raub_raum", "raub_sonst", "kv_strasse", "kv_oepnv", "kv_sonst")
PARTS = (
    Part("SP-AGGRESSION", dict.fromkeys((*VIOLENT, "kv_einfach"), 1.0) | {"widerstand": 0.55}),
    Part(
        "SP-MESSER",
        {"toetung": 0.4, "raub_strasse": 0.11, "raub_raum": 0.07, "raub_sonst": 0.12, "kv_strasse": 0.045,
         "kv_oepnv": 0.05, "kv_sonst": 0.035, "bedrohung": 0.025},
        (0.72, 0.74, 0.78, 0.82, 0.84, 0.86, 0.92, 1.0, 1.06, 1.0),
    ),
    Part(
        "SP-PARTNER",
        {"toetung": 0.5, "vergewaltigung": 0.4, "kv_sonst": 0.45, "kv_einfach": 0.62, "bedrohung": 0.5,
         "freiheit_sonst": 0.5},
        (0.80, 0.82, 0.83, 0.85, 0.93, 0.95, 0.96, 1.0, 1.04, 1.06),
        AT_HOME,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Special:
    """Counts of one key, shape (years, 12, areas, places)."""

    key: str
    source: str
    cases: Counts = field(repr=False)


def count_special(incidents: Incidents, frame: Frame) -> tuple[Special, ...]:
    """Everything that is counted beside the statistics."""
    chance = stream("special")
    parts = tuple(Special(part.key, POLICE_EVALUATION, _taken(part, incidents, chance)) for part in PARTS)
    kinds = special_counts()
    level = kinds.level * swings(chance, YEARLY_SWING, kinds.level.shape)
    share = np.stack([frame.shares(profile) for profile in kinds.words("verteilung")])[:, None, :]
    known = expected.spread(level, expected.by_month_and_place(kinds, chance), share * np.ones((1, len(YEARS), 1)))
    counts = chance.poisson(expected.with_nowhere(known, kinds.column("ohne_bezirk") / 100))
    sources = kinds.words("quelle")
    return parts + tuple(Special(*found) for found in zip(kinds.names, sources, counts, strict=True))


def _taken(part: Part, incidents: Incidents, chance: np.random.Generator) -> Counts:
    shares = np.array([part.shares[kind] for kind in part.shares])
    cases = incidents.cases[incidents.kinds.at(*part.shares)]
    belongs = np.minimum(shares[:, None] * np.array(part.course), 1.0)[:, :, None, None, None]
    if part.place is not None:
        belongs = belongs * (np.arange(len(PLACES)) == part.place)
    return np.asarray(chance.binomial(cases, belongs).sum(axis=0))


def special_table(counts: tuple[Special, ...], frame: Frame) -> pa.Table:
    """One row per source, key, month, area and place with any case; a month without cases is reported as such."""
    return pa.concat_tables(_rows(one, frame) for one in counts).unify_dictionaries()


def _rows(special: Special, frame: Frame) -> pa.Table:
    told = special.cases > 0
    told[..., -1, -1] |= special.cases.sum(axis=(2, 3)) == 0
    filled = np.nonzero(told)
    year, month, area, place = filled
    return pa.table(
        {
            "quelle": words(np.zeros_like(month), [special.source]),
            "zeitraum": words(12 * year + month, [f"{month:02d}/{year}" for year in YEARS for month in MONTHS]),
            "bezirk": words(area, [*frame.names, NOWHERE]),
            "schluessel": words(np.zeros_like(month), [special.key]),
            "ort": words(place, PLACES),
            "faelle": special.cases[filled],
        }
    )

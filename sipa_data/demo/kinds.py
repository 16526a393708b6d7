"""The kinds of offence that the city's cases are made of: disjoint, so that every sum key is an honest sum."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sipa_data.catalogue import Catalogue
from sipa_data.demo import plain
from sipa_data.demo.frame import PLACES, YEARS
from sipa_data.demo.plain import Numbers, Row

EVERYTHING = "------"
WITHOUT_ALIEN_LAW = "890000"
ALIEN_LAW = "725000"
GIVEN_PLACES = PLACES[:-1]  # what is left of 100 per cent happens elsewhere


@dataclass(frozen=True)
class Kinds:
    """Kinds of case, one entry each along the first axis.

    ``keys`` : for each offence key, which kinds it counts, shape (kinds,)
    ``level`` : expected cases a year, shape (kinds, years)
    ``places`` : share by kind of place, shape (kinds, places); adds up to 1
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    keys: dict[str, NDArray[np.bool_]] = field(repr=False)
    level: Numbers = field(repr=False)
    places: Numbers = field(repr=False)

    @classmethod
    def read(cls, table: list[Row], name: str, cases: str, keys: dict[str, NDArray[np.bool_]]) -> "Kinds":
        course = plain.grid(table, [str(year) for year in YEARS]) / 100
        places = plain.grid(table, GIVEN_PLACES) / 100
        return cls(
            names=tuple(row[name] for row in table),
            rows=tuple(table),
            keys=keys,
            level=plain.numbers(table, cases)[:, None] * course,
            places=np.column_stack([places, 1 - places.sum(axis=1)]),
        )

    def at(self, *names: str) -> list[int]:
        return [self.names.index(name) for name in names]

    def column(self, heading: str) -> Numbers:
        return plain.numbers(self.rows, heading)

    def words(self, heading: str) -> list[str]:
        return [row[heading] for row in self.rows]


def offences() -> Kinds:
    """What the police count. Every kind counts in all offences; all but one in the total without the law on aliens."""
    table = plain.rows("delikte")
    counted = [row["schluessel"].split("|") for row in table]
    keys = {EVERYTHING: np.ones(len(table), dtype=bool)}
    keys[WITHOUT_ALIEN_LAW] = np.array([ALIEN_LAW not in inside for inside in counted])
    for key in sorted({key for inside in counted for key in inside}):
        keys[key] = np.array([key in inside for inside in counted])
    return Kinds.read(table, "art", "faelle", keys)


def reports() -> Kinds:
    """What people report to the order office and to the city's cleaning service. Every kind has a key of its own."""
    table = plain.rows("ordnungsamt")
    keys = {row["art"]: np.array([other is row for other in table]) for row in table}
    return Kinds.read(table, "art", "meldungen", keys)


def special_counts() -> Kinds:
    """What is counted beside the statistics and is no part of them."""
    table = plain.rows("sonderzaehlungen")
    return Kinds.read(
        table, "art", "faelle", {row["art"]: np.array([other is row for other in table]) for row in table}
    )


def years_of(key: str, catalogue: Catalogue) -> NDArray[np.bool_]:
    """In which years the key was in use, shape (years,)."""
    offence = catalogue.offences[key]
    first, last = offence.valid_from or YEARS[0], offence.valid_to or YEARS[-1]
    return np.array([first <= year <= last for year in YEARS])

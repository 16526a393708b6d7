"""What all parts of the example city share: its years, districts, kinds of place, and how the year goes."""

from dataclasses import dataclass, field

import numpy as np

from sipa_data.catalogue import Catalogue
from sipa_data.demo import plain
from sipa_data.demo.plain import Numbers, Row

YEARS = tuple(range(2016, 2026))
MONTHS = tuple(range(1, 13))
PLACES = ("oeffentlicher_raum", "oepnv", "wohnung", "geschaeft", "schule", "sonstiges")
STADIUM, STATION = "06", "01"
NOWHERE = "nicht zuordenbar"

SEASONS: dict[str, Numbers] = {
    "flach": np.ones(12),
    "sommer": np.array([78, 80, 92, 101, 112, 118, 120, 116, 108, 100, 90, 85]) / 100,
    "winter": np.array([122, 110, 100, 92, 86, 80, 80, 84, 90, 106, 122, 128]) / 100,
    "spielzeit": np.array([70, 130, 140, 140, 120, 20, 30, 110, 140, 130, 120, 50]) / 100,
    "schulzeit": np.array([115, 110, 118, 80, 105, 95, 85, 20, 125, 120, 125, 102]) / 100,
    "advent": np.array([92, 92, 98, 98, 99, 98, 96, 95, 97, 102, 110, 123]) / 100,
}

LOCKDOWN: dict[tuple[int, int], float] = {  # how much was left of life in streets, shops, schools, trains
    (2020, 3): 0.78, (2020, 4): 0.58, (2020, 5): 0.78, (2020, 11): 0.86, (2020, 12): 0.80,
    (2021, 1): 0.66, (2021, 2): 0.70, (2021, 3): 0.78, (2021, 4): 0.76, (2021, 5): 0.86,
}  # fmt: skip
AT_HOME = (PLACES.index("wohnung"), PLACES.index("sonstiges"))


def age_words(group: str) -> str:
    """An age group as an office writes it: ``14-17`` → „14 bis unter 18 Jahre“."""
    first, _, last = group.rstrip("+").partition("-")
    if not last:
        return f"{first} Jahre und älter"
    return f"unter {int(last) + 1} Jahre" if first == "0" else f"{first} bis unter {int(last) + 1} Jahre"


@dataclass(frozen=True)
class Frame:
    """The districts in the catalogue's order, with what ``bezirke.csv`` says of them."""

    catalogue: Catalogue
    districts: tuple[Row, ...] = field(repr=False)

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Frame":
        known = {row["nummer"]: row for row in plain.rows("bezirke")}
        return cls(catalogue, tuple(known[district] for district in catalogue.districts))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(row["bezirk"] for row in self.districts)

    def at(self, *districts: str) -> list[int]:
        """Positions of districts by official number."""
        order = list(self.catalogue.districts)
        return [order.index(district) for district in districts]

    def neighbours(self, district: str) -> list[int]:
        return self.at(*self.catalogue.districts[district].neighbours)

    def column(self, heading: str) -> Numbers:
        """One number per district."""
        return plain.numbers(self.districts, heading)

    def shares(self, profile: str) -> Numbers:
        """How the cases of a profile are spread over the districts; adds up to 1."""
        if profile == "fussball":
            weight = np.full(len(self.districts), 0.2)
            weight[self.at(STADIUM)] = 60.0
            weight[self.at(STATION)] = 22.0
        elif profile == "wohnen":
            weight = self.column("einwohner") ** 0.95 * (1 + 0.9 * (self.column("innenstadt") > 20))
        else:
            weight = self.column(profile)
        return np.asarray(weight / weight.sum())


def calendar(season: str) -> Numbers:
    """How the years go, by month and kind of place: shape (years, 12, places), around 1."""
    shape = np.repeat(SEASONS[season][None, :, None], len(YEARS), axis=0) * np.ones(len(PLACES))
    for (year, month), left in LOCKDOWN.items():
        outside = [place for place in range(len(PLACES)) if place not in AT_HOME]
        shape[YEARS.index(year), month - 1, outside] *= left
    return np.asarray(shape)

"""Half-yearly inhabitants by district, age group and sex."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sipa_data.demo.chance import stream, swings
from sipa_data.demo.frame import YEARS, Frame, age_words

AGES = ("0-5", "6-9", "10-13", "14-17", "18-20", "21-29", "30-44", "45-59", "60-74", "75+")
AGE_SHARES = np.array([5.6, 3.4, 3.3, 3.3, 3.2, 13.6, 24.0, 20.2, 14.3, 9.1]) / 100
INNER_TILT = np.array([0.90, 0.85, 0.82, 0.84, 0.98, 1.22, 1.16, 0.95, 0.86, 0.82])
SEXES = ("w", "m")
WOMEN = np.array([0.487, 0.487, 0.487, 0.487, 0.490, 0.485, 0.490, 0.495, 0.520, 0.600])

DATES = (date(2015, 12, 31), *(day for year in YEARS for day in (date(year, 6, 30), date(year, 12, 31))))
CENSUS_FROM = date(2022, 12, 31)
REGISTER_ABOVE_CENSUS = 1.022  # the census found fewer people than the register had carried on
COURSE = (  # inhabitants against the end of 2022 on the census basis: growth, a dip in the pandemic, growth
    0.983, 0.987, 0.990, 0.993, 0.995, 0.998, 1.000, 1.002, 1.003, 0.999, 0.995,
    0.992, 0.993, 0.996, 1.000, 1.001, 1.003, 1.004, 1.006, 1.007, 1.008,
)  # fmt: skip


@dataclass(frozen=True)
class Population:
    """Inhabitants of shape (dates, districts, ages, sexes)."""

    inhabitants: NDArray[np.int64] = field(repr=False)

    def at_start_of(self, year: int) -> NDArray[np.int64]:
        """The city on the last day before a year, by age and sex."""
        return np.asarray(self.inhabitants[DATES.index(date(year - 1, 12, 31))].sum(axis=0))


def young_at_start_of(population: Population, year: int) -> float:
    """Inhabitants of 10 to 21 years on the last day before a year; of the group 21 to 29 one ninth."""
    by_age = population.at_start_of(year).sum(axis=1)
    first, group_of_21 = AGES.index("10-13"), AGES.index("21-29")
    return float(by_age[first:group_of_21].sum() + by_age[group_of_21] / 9)


def settle(frame: Frame) -> Population:
    """Who lives where, on every reference date."""
    chance = stream("population")
    inner = np.array([district.zone == "innen" for district in frame.catalogue.districts.values()])
    ages = np.where(inner[:, None], AGE_SHARES * INNER_TILT, AGE_SHARES * (2 - INNER_TILT))
    ages = ages / ages.sum(axis=1, keepdims=True)
    sexes = np.column_stack([WOMEN, 1 - WOMEN])
    basis = np.array([1.0 if day >= CENSUS_FROM else REGISTER_ABOVE_CENSUS for day in DATES])
    drift = np.cumsum(chance.normal(0, 0.001, (len(DATES), len(frame.districts))), axis=0)
    total = frame.column("einwohner") * (np.array(COURSE) * basis)[:, None] * np.exp(drift)
    people = total[:, :, None, None] * ages[None, :, :, None] * sexes[None, None]
    return Population(np.rint(people * swings(chance, 0.004, people.shape)).astype(np.int64))


def population_table(population: Population, frame: Frame) -> pa.Table:
    """One row per reference date, district, age group and sex."""
    day, district, age, sex = (axis.ravel() for axis in np.indices(population.inhabitants.shape))
    return pa.table(
        {
            "stichtag": np.array([f"{when:%d.%m.%Y}" for when in DATES])[day],
            "quelle": np.full(day.size, "beispielstadt"),
            "bezirk": np.array(frame.names)[district],
            "altersgruppe": np.array([age_words(group) for group in AGES])[age],
            "geschlecht": np.array(["weiblich", "männlich"])[sex],
            "einwohner": population.inhabitants.ravel(),
            "basis": np.array(["census_2022" if when >= CENSUS_FROM else "register" for when in DATES])[day],
        }
    )

"""Victims and suspects by age. Each person counts once per key and area, so districts add up to more than the city."""

from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sipa_data.demo.chance import stream
from sipa_data.demo.frame import YEARS, Frame, age_words
from sipa_data.demo.incidents import POLICE, Incidents, words

Counts = NDArray[np.int64]

AGES = ("0-13", "14-17", "18-20", "21-24", "25-59", "60+")
YOUTHS = AGES.index("14-17")
CITY = "gesamt"
AGAIN_ELSEWHERE = 1.06  # persons who come to notice in more than one district

# key → (persons per cleared case, share by age in per cent, share of women)
SUSPECTS = {
    "890000": (0.70, (3.2, 6.0, 6.4, 9.6, 66.3, 8.5), 0.24),
    "892000": (1.12, (3.4, 11.5, 10.6, 13.0, 58.0, 3.5), 0.14),
    "210000": (1.28, (6.0, 24.0, 16.0, 15.0, 38.0, 1.0), 0.10),
    "222000": (1.15, (3.6, 10.5, 10.4, 13.0, 58.5, 4.0), 0.16),
    "326*00": (0.88, (6.4, 10.2, 6.6, 8.2, 53.6, 15.0), 0.33),
    "674000": (1.05, (9.0, 13.0, 10.0, 11.0, 50.5, 6.5), 0.15),
    "730000": (0.92, (0.6, 9.4, 13.0, 19.0, 56.5, 1.5), 0.13),
}
# key → (persons per case, share by age in per cent, share of women)
VICTIMS = {
    "892000": (1.18, (3.6, 9.0, 9.4, 13.6, 57.4, 7.0), 0.31),
    "210000": (1.10, (3.4, 15.0, 11.0, 13.0, 48.6, 9.0), 0.25),
    "222000": (1.20, (3.0, 7.6, 9.0, 14.0, 60.4, 6.0), 0.30),
    "224000": (1.12, (6.4, 6.8, 6.6, 11.0, 62.2, 7.0), 0.41),
    "100000": (1.04, (16.0, 17.0, 11.0, 14.0, 39.5, 2.5), 0.91),
}
CONTAINS = {"892000": ("210000", "222000"), "890000": ("892000", "326*00", "674000", "730000")}
REPEAT = np.array([0.05, 0.13, 0.12, 0.10, 0.07, 0.03])  # share of suspects with several cases in a year, by age
YOUNGER = {2022: 1.04, 2023: 1.10, 2024: 1.12, 2025: 1.09}  # more children and youths came to notice


@dataclass(frozen=True)
class Group:
    """Persons of one key and kind.

    ``city`` : shape (years, ages, sexes); ``districts`` : shape (years, districts, ages), without sex
    """

    key: str
    kind: str
    city: Counts = field(repr=False)
    districts: Counts = field(repr=False)


def count_persons(incidents: Incidents) -> tuple[Group, ...]:
    """Everybody who came to notice as a suspect or a victim, year by year."""
    chance = stream("persons")
    suspects = _nested(
        {
            key: _group(chance, "Tatverdächtige", key, incidents.of(key, "cleared"), rule)
            for key, rule in SUSPECTS.items()
        }
    )
    victims = _nested({key: _group(chance, "Opfer", key, incidents.of(key), rule) for key, rule in VICTIMS.items()})
    everything = suspects["890000"]
    repeat = Group(
        everything.key,
        "Mehrfachtatverdächtige",
        chance.binomial(everything.city, REPEAT[:, None]),
        chance.binomial(everything.districts, REPEAT),
    )
    return (*suspects.values(), repeat, *victims.values())


def _nested(groups: dict[str, Group]) -> dict[str, Group]:
    """Whoever counts under a key counts under the sum keys above it, too."""
    for whole, parts in CONTAINS.items():
        inside = [groups[part] for part in parts if part in groups]
        if whole in groups and inside:
            city = np.maximum.reduce([groups[whole].city, *(part.city for part in inside)])
            districts = np.maximum.reduce([groups[whole].districts, *(part.districts for part in inside)])
            groups[whole] = replace(groups[whole], city=city, districts=districts)
    return groups


def _group(
    chance: np.random.Generator, kind: str, key: str, cases: Counts, rule: tuple[float, tuple[float, ...], float]
) -> Group:
    """Draw persons around what the cases of each year and area let expect."""
    each, ages, women = rule
    by_area = cases.sum(axis=(1, 3))  # years × areas, the last without district
    share = np.array(ages) / 100 * np.ones((len(YEARS), len(AGES)))
    share[:, : YOUTHS + 1] *= np.array([YOUNGER.get(year, 1.0) for year in YEARS])[:, None]
    share /= share.sum(axis=1, keepdims=True)
    city = by_area.sum(axis=1)[:, None, None] * each * share[:, :, None] * np.array([women, 1 - women])
    districts = by_area[:, :-1, None] * each * AGAIN_ELSEWHERE * share[:, None, :]
    return Group(key, kind, chance.poisson(city), chance.poisson(districts))


def person_table(groups: tuple[Group, ...], frame: Frame) -> pa.Table:
    """One row per year, area, key, kind and age; in the city also by sex. Groups without persons have no row."""
    return pa.concat_tables(part for group in groups for part in (_city(group), _districts(group, frame)))


def _city(group: Group) -> pa.Table:
    year, age, sex = np.nonzero(group.city)
    return _rows(group, year, np.zeros_like(year), [CITY], age, sex, group.city[year, age, sex])


def _districts(group: Group, frame: Frame) -> pa.Table:
    year, district, age = np.nonzero(group.districts)
    everybody = np.full_like(year, 2)
    return _rows(group, year, district, frame.names, age, everybody, group.districts[year, district, age])


def _rows(
    group: Group,
    year: Counts,
    area: Counts,
    areas: list[str] | tuple[str, ...],
    age: Counts,
    sex: Counts,
    persons: Counts,
) -> pa.Table:
    columns = {
        "quelle": words(np.zeros_like(year), [POLICE]),
        "zeitraum": words(year, [str(one) for one in YEARS]),
        "bezirk": words(area, areas),
        "schluessel": words(np.zeros_like(year), [group.key]),
        "art": words(np.zeros_like(year), [group.kind]),
        "altersgruppe": words(age, [age_words(group) for group in AGES]),
        "geschlecht": words(sex, ["weiblich", "männlich", "alle"]),
    }
    return pa.table({name: column.cast(pa.string()) for name, column in columns.items()} | {"personen": persons})

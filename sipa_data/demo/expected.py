"""How many cases are to be expected in every month, district and kind of place, before chance has its say.

Yearly counts swing beyond chance: each kind of offence by about its usual swing (domain: 5.4 % and the like), and
each district once more by a little more than that, because places differ more than states do.
"""

import numpy as np

from sipa_data.demo.chance import swings
from sipa_data.demo.frame import PLACES, YEARS, Frame, calendar
from sipa_data.demo.kinds import Kinds
from sipa_data.demo.plain import Numbers

CITY_CASES = {  # rounded levels of a city of this size; the years of the pandemic are low
    2016: 58_900, 2017: 54_300, 2018: 53_800, 2019: 54_300, 2020: 50_700,
    2021: 42_400, 2022: 51_700, 2023: 55_600, 2024: 54_200, 2025: 54_200,
}  # fmt: skip
MORE_IN_DISTRICTS = 1.2  # a district's own swing, as a multiple of its offence's
DISTRICT_SWING = 0.02  # of everything in one district and year
MONTH_SWING = 0.03
CHANGE_OF_TWO = np.sqrt(2.0)  # the usual swing is that of a change, which has two ends

# From the month on, what a law changed in recording: kind → (year, first month, factor before it, factor from it on)
LAWS = {
    "bedrohung": (2021, 4, 0.70, 1.10),  # § 241 StGB
    "rauschgift": (2024, 4, 1.42, 0.86),  # Konsumcannabisgesetz
}
STEADY_FROM = 2023  # the stories play here; a kind's own swing does not blur them in the districts where they do


def yearly_levels(kinds: Kinds, chance: np.random.Generator) -> Numbers:
    """Cases a year in the whole city, by kind, shape (kinds, years), together near the city's level."""
    sigma = kinds.column("schwankung")[:, None] / CHANGE_OF_TWO
    level = kinds.level * swings(chance, sigma, kinds.level.shape)
    wanted = np.array([CITY_CASES[year] for year in YEARS]) * swings(chance, 0.004, (len(YEARS),))
    return np.asarray(level * wanted / level.sum(axis=0))


def by_month_and_place(kinds: Kinds, chance: np.random.Generator) -> Numbers:
    """Share of a year's cases, shape (kinds, years, 12, places); adds up to 1 for every kind and year."""
    seasons = np.stack([calendar(season) for season in kinds.words("jahreszeit")])
    seasons *= swings(chance, MONTH_SWING, seasons.shape[:3])[..., None]
    for name, (year, month, before, after) in LAWS.items():
        if name in kinds.names:
            place, when = kinds.names.index(name), YEARS.index(year)
            seasons[place, when, : month - 1] *= before
            seasons[place, when, month - 1 :] *= after
    share = seasons * kinds.places[:, None, None, :]
    return np.asarray(share / share.sum(axis=(2, 3), keepdims=True))


def by_district(kinds: Kinds, frame: Frame, chance: np.random.Generator, steady: dict[str, list[int]]) -> Numbers:
    """Share of a year's cases with a known district, shape (kinds, years, districts); adds up to 1.

    Parameters
    ----------
    steady : districts, by kind of offence, whose share does not swing in the years of the stories
    """
    base = np.stack([frame.shares(profile) for profile in kinds.words("verteilung")])[:, None, :]
    shape = (len(kinds.names), len(YEARS), len(frame.districts))
    own = MORE_IN_DISTRICTS * kinds.column("schwankung")[:, None, None] / CHANGE_OF_TWO
    swing = swings(chance, own, shape) * swings(chance, DISTRICT_SWING, shape[1:])
    first = YEARS.index(STEADY_FROM)
    for name, districts in steady.items():
        kind = kinds.names.index(name)
        swing[kind, first:, districts] = 1.0
    share = base * swing
    return np.asarray(share / share.sum(axis=2, keepdims=True))


def spread(level: Numbers, when_and_where: Numbers, district: Numbers) -> Numbers:
    """Expected cases with a known district, shape (kinds, years, 12, districts, places)."""
    return np.asarray(level[:, :, None, None, None] * when_and_where[:, :, :, None, :] * district[:, :, None, :, None])


def with_nowhere(expected: Numbers, without_district: Numbers) -> Numbers:
    """The same with one more area: cases whose district is not known, a share of each kind."""
    nowhere = expected.sum(axis=3, keepdims=True) * without_district[:, None, None, None, None]
    located = expected * (1 - without_district)[:, None, None, None, None]
    return np.concatenate([located, nowhere], axis=3)


PUBLIC = PLACES.index("oeffentlicher_raum")

"""How the districts of a survey make up the city: by their weights, or by their inhabitants where the weights fail.

Weights are taken as the polling institute delivered them as long as they give each district about the share of the
city that its inhabitants have. Where they do not, the values of the city, and of the city without one district, are
post-stratified, and a note says so. Values of districts stay as they are: only weights inside the district count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sipa_data.ages import OLDEST, AgeGroup
from sipa_data.answers.clusters import asks_clusters
from sipa_data.answers.inhabitants import Denominator, Inhabitants
from sipa_data.answers.yardsticks import members
from sipa_data.areas import CITY
from sipa_data.german import THIN_SPACE, listing, number
from sipa_data.marts import Mart
from sipa_data.periods import Period
from sipa_data.statistics.checks import Array
from sipa_data.statistics.poststratification import FEWEST_IN_STRATUM, Asked, Misplaced, misplaced_weight, post_strata

UNKNOWN = ""
"""Respondents whose district nobody knows. They stand for themselves: their share of the weight stays what it is."""


@dataclass(frozen=True)
class Composition:
    """How one wave makes up the city.

    ``districts`` : in the order of ``asked``
    ``asked`` : everybody asked, where the city is post-stratified; None: the weights are taken as they were delivered
    ``note`` : German, what a reader of a city value should know; None: nothing
    ``in_clusters`` : whether anybody was drawn together with others
    """

    districts: tuple[str, ...] = ()
    asked: Asked | None = None
    note: str | None = None
    in_clusters: bool = False

    def kept(self, areas: Sequence[str], *, rest: bool) -> NDArray[np.bool_]:
        """Which districts make up each area, or the city without it; shape (areas, districts)."""
        everywhere = np.array([[not rest if area == CITY else rest] for area in areas])
        own = np.array([[district in members(area) for district in self.districts] for area in areas])
        return np.asarray(everywhere ^ own, dtype=bool)

    def columns(self, sums: Mapping[str, Array], width: int) -> Array:
        """The sums of each district in the order of ``asked``; shape (width, districts)."""
        return np.array([sums.get(district, np.zeros(width)) for district in self.districts]).T


def composition(mart: Mart, wave: str, title: str, period: Period, min_age: int | None) -> Composition:
    """How the city is made up in one wave; found out once per mart."""

    def find_out() -> Composition:
        found = _compose(mart, wave, title, period, min_age)
        return replace(found, in_clusters=asks_clusters(mart, wave))

    return mart.once(("composition", wave), find_out)


def _compose(mart: Mart, wave: str, title: str, period: Period, min_age: int | None) -> Composition:
    known = mart.catalogue.districts
    sums = {district: np.zeros(3) for district in (*known, UNKNOWN)}
    for row in mart.query("survey_districts", wave=wave).to_pylist():
        district = row["district"] if row["district"] in known else UNKNOWN
        sums[district] += (row["respondents"], row["sum_weight"], row["sum_weight_squared"])
    asked_in = [district for district in known if sums[district][0]]
    if len(asked_in) == 1 or not asked_in:
        return Composition()  # one district has no share that could be wrong
    found = _inhabitants(mart, asked_in, period, min_age)
    if isinstance(found, str):
        fit = "Ob die Gewichte die Gebiete so wiedergeben, wie die Menschen wohnen, ist nicht geprüft"
        return Composition(note=f"{title}: {fit} ({found}).")
    inhabitants, basis = found
    living = [district for district in known if inhabitants[district]]
    n, weight, squares = np.array([sums[district] for district in living]).T
    people = np.array([inhabitants[district] for district in living])
    misplaced = misplaced_weight(weight, squares, people)
    if not misplaced.needs_poststratification:
        return Composition()
    kinds = {kind: place for place, kind in enumerate(mart.catalogue.district_types)}
    stratum = post_strata(n, [kinds.get(known[district].type, -1) for district in living])
    note = _note(title, misplaced, basis, _joined(mart, living, stratum))
    return Composition((*living, UNKNOWN), _with_unknown(weight, squares, people, stratum, sums[UNKNOWN]), note)


def _inhabitants(
    mart: Mart, asked_in: Sequence[str], period: Period, min_age: int | None
) -> tuple[dict[str, float], str] | str:
    """Inhabitants of each district who are old enough to be asked, or of all ages, and their basis; or why not."""
    ages = ((AgeGroup(min_age, OLDEST),),) if min_age else ()
    reason = ""
    for group in (*ages, ()):
        living = Inhabitants.of(mart, group)
        everywhere = living.at(CITY, period)
        found = {district: living.at(district, period) for district in mart.catalogue.districts}
        unknown = [why for district in asked_in if isinstance(why := found[district], str)]
        if isinstance(everywhere, Denominator) and not unknown:
            known = {place: one.value if isinstance(one, Denominator) else 0.0 for place, one in found.items()}
            return known, everywhere.basis
        reason = everywhere if isinstance(everywhere, str) else unknown[0]
    return reason


def _with_unknown(weight: Array, squares: Array, people: Array, stratum: NDArray[np.int64], unknown: Array) -> Asked:
    """All districts and, as a post-stratum of its own, who is of none: as many inhabitants as it has weight."""
    own = people.sum() * unknown[1] / weight.sum()
    return Asked(
        np.append(weight, unknown[1]),
        np.append(squares, unknown[2]),
        np.append(people, own),
        np.append(stratum, stratum.max() + 1),
    )


def _joined(mart: Mart, living: Sequence[str], stratum: NDArray[np.int64]) -> list[str]:
    """Names of the districts that share a post-stratum."""
    shared = np.bincount(stratum)[stratum] > 1
    return [
        mart.catalogue.districts[district].name for district, is_shared in zip(living, shared, strict=True) if is_shared
    ]


def _note(title: str, misplaced: Misplaced, basis: str, joined: list[str]) -> str:
    share = number(100 * misplaced.share, 1)
    told = (
        f"{title}: Die Gewichte geben die Gebiete nicht so wieder, wie die Menschen wohnen; {share}{THIN_SPACE}% des "
        f"Gewichts liegen im falschen Gebiet. Die Werte der Stadt zählen deshalb jedes Gebiet nach seinen Einwohnern. "
        f"Grundlage: {basis}."
    )
    if not joined:
        return told
    return (
        f"{told} Wo weniger als {FEWEST_IN_STRATUM} Menschen befragt wurden, zählen ähnliche Gebiete zusammen: "
        f"{listing(joined)}."
    )

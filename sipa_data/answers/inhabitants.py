"""How many people lived somewhere: all of them, or those of some ages and one sex, with basis and date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from sipa_data.ages import AgeGroup, Group, groups_that_make_up, joined
from sipa_data.areas import CITY
from sipa_data.german import day, listing, number
from sipa_data.marts import Mart
from sipa_data.periods import Period

LONGEST_DISTANCE_DAYS = 550
"""A population further than this from the start of the report year says nothing about that year."""
BASIS_NAMES = {
    "register": "Melderegister",
    "census_2011": "Fortschreibung auf Basis Zensus 2011",
    "census_2022": "Fortschreibung auf Basis Zensus 2022",
    "official": "amtliche Fortschreibung",
}
SEX_WORDS = {"w": "weiblich", "m": "männlich", "d": "divers"}

Origin = tuple[str, date, str]
"""Source, reference date and basis of one population."""


@dataclass
class Population:
    """Inhabitants of one origin by district and group, and the groups that occur anywhere in it."""

    districts: dict[str, dict[Group, int]] = field(default_factory=dict)
    groups: set[Group] = field(default_factory=set)


@dataclass(frozen=True)
class Denominator:
    """What a rate is divided by.

    ``value`` : persons, or the denominator's unit; ``thing`` : what they are, after a number
    ``basis`` : as printed; ``footing`` decides comparability, ``footing_name`` says it
    """

    value: float
    basis: str
    footing: str
    thing: str
    footing_name: str = ""


@dataclass(frozen=True)
class Inhabitants:
    """Populations by source, date and basis. ``ages`` none: all; ``sex`` None: all."""

    populations: dict[Origin, Population]
    ages: tuple[AgeGroup, ...] = ()
    sex: str | None = None

    @classmethod
    def of(cls, mart: Mart, ages: tuple[AgeGroup, ...] = (), sex: str | None = None) -> Self:
        """Everybody, or those of some ages and one sex."""
        table = "population_groups" if ages or sex else "population"
        return cls(mart.once(table, lambda: _read(mart.query(table).to_pylist())), ages, sex)

    def at(self, area: str, period: Period) -> Denominator | str:
        """The inhabitants at the start of the report year, or the reason why their number is not known."""
        begins = date(period.end.year, 1, 1)

        def distance(origin: Origin) -> tuple[int, str]:
            return abs((origin[1] - begins).days), origin[0]

        nearest = min(self.populations, key=distance, default=None)
        if nearest is None or distance(nearest)[0] > LONGEST_DISTANCE_DAYS:
            return f"keine Einwohnerzahl zum 01.01.{period.end.year}"
        population = self.populations[nearest]
        chosen = groups_that_make_up(self.ages, self.sex, population.groups)
        if chosen is None:
            return f"keine Einwohnerzahl für {self._who()} zum {day(nearest[1])}"
        districts = population.districts
        asked = districts.values() if area == CITY else [districts.get(area, {})]
        inhabitants = sum(groups.get(group, 0) for groups in asked for group in chosen)
        if not inhabitants:
            return f"keine Einwohnerzahl für dieses Gebiet zum {day(nearest[1])}"
        name = BASIS_NAMES.get(nearest[2], nearest[2])
        thing = f"Einwohner ({self._who()})" if self.ages or self.sex else "Einwohner"
        text = f"{number(inhabitants)} {thing} am {day(nearest[1])} ({name})"
        return Denominator(float(inhabitants), text, nearest[2], thing, name)

    def _who(self) -> str:
        parts = [listing([age.german for age in joined(self.ages)])] if self.ages else []
        return ", ".join([*parts, SEX_WORDS[self.sex]] if self.sex else parts)


def _read(rows: Iterable[Mapping[str, Any]]) -> dict[Origin, Population]:
    """Rows of both population questions; those of everybody have no age and no sex."""
    found: dict[Origin, Population] = {}
    for row in rows:
        text = row.get("age_group")
        age = AgeGroup.read(text) if text else None
        if text and age is None:
            continue  # no span of years, so it makes up no asked group
        group = (age, row.get("sex") or None)
        population = found.setdefault((row["source"], row["reference_date"], row["basis"]), Population())
        population.groups.add(group)
        place = population.districts.setdefault(row["district"], {})
        place[group] = place.get(group, 0) + row["inhabitants"]
    return found

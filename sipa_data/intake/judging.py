"""What a text says about a place: a district, none, the whole city, or somewhere else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from sipa_data.catalogue import Catalogue
from sipa_data.intake.cells import cell, distinct
from sipa_data.intake.expressions import padded
from sipa_data.intake.profile import PlaceByAreaKey, PlaceByColumn
from sipa_data.intake.source import Source

Role = Literal["district", "not_locatable", "city", "skip", "fault"]
Fault = Literal["unknown", "empty", "contradiction"]


@dataclass(frozen=True)
class Place:
    """What a combination of texts means.

    Parameters
    ----------
    role : what becomes of its rows; ``fault`` refuses the file
    district : official number
    name : the place's own name, where a text holds more than that
    elsewhere : a real place, but none of this city
    fault : why the place cannot be told
    """

    role: Role
    district: str | None = None
    name: str = ""
    elsewhere: bool = False
    fault: Fault | None = None


class Judge(Protocol):
    """Tells the place of each combination of texts."""

    def place(self, values: tuple[str | None, ...]) -> Place: ...


@dataclass(frozen=True)
class ByName:
    """Judges names and numbers of districts.

    Parameters
    ----------
    labels : code → label of a column that carries value labels (SPSS, Stata)
    """

    rule: PlaceByColumn
    catalogue: Catalogue
    labels: Mapping[str, str]

    def place(self, values: tuple[str | None, ...]) -> Place:
        said = [value for value in values if value]
        if not said:
            return _empty(self.rule.not_locatable)
        places = [self._one(value) for value in said]
        if len({place.district for place in places if place.district}) > 1:
            return Place("fault", fault="contradiction")
        known = [place for place in places if place.fault is None and not place.elsewhere]
        return known[0] if known else places[0]

    def _one(self, value: str) -> Place:
        if value in self.rule.totals:
            return Place("city")
        if value in self.rule.not_locatable:
            return Place("not_locatable")
        name = self.rule.values.get(value, value)
        if name == value and self.rule.pattern and (found := re.fullmatch(self.rule.pattern, value)):
            name = found[1]
        district = self.catalogue.find_district(name) or self.catalogue.find_district(self.labels.get(name, ""))
        return Place("district", district) if district else _unknown(name, self.rule.elsewhere)


@dataclass(frozen=True)
class ByAreaKey:
    """Judges the keys of finer areas.

    Parameters
    ----------
    districts : area key → official number of its district
    """

    rule: PlaceByAreaKey
    districts: Mapping[str, str]

    @classmethod
    def read(cls, rule: PlaceByAreaKey, catalogue: Catalogue, table: Source) -> "ByAreaKey":
        """Read the key table; an area that it lists twice belongs to the district named first."""
        key = cell(table, (rule.key_column,))
        if rule.width:
            key = padded(key, rule.width)
        found: dict[str, str] = {}
        for pair in distinct(table.rows, [key, cell(table, (rule.district_column,))]):
            area, name = pair.values
            if area and name and (district := catalogue.find_district(name)):
                found.setdefault(area, district)
        return cls(rule, found)

    def place(self, values: tuple[str | None, ...]) -> Place:
        (area,) = values
        if not area:
            return _empty(self.rule.not_locatable)
        if area in self.rule.not_locatable:
            return Place("not_locatable")
        district = self.districts.get(area)
        return Place("district", district) if district else _unknown(area, self.rule.elsewhere)


def _empty(not_locatable: tuple[str, ...]) -> Place:
    return Place("not_locatable") if "" in not_locatable else Place("fault", fault="empty")


def _unknown(name: str, elsewhere: str) -> Place:
    if elsewhere == "refuse":
        return Place("fault", name=name, fault="unknown")
    return Place("skip" if elsewhere == "skip" else "not_locatable", name=name, elsewhere=True)

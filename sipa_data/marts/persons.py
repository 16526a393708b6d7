"""Victims and suspects by age and sex. A person counts once per key and area: nothing is added over keys or areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from sipa_data.ages import AgeGroup, Group, groups_that_make_up
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import PersonRateMeasure, PersonShareMeasure
from sipa_data.periods import Period


@dataclass(frozen=True)
class PersonSeries:
    """Which persons are counted: one source, one offence key, one kind; no age group: all ages, no sex: all."""

    source: str
    offence_key: str
    kind: str
    age_groups: tuple[AgeGroup, ...] = ()
    sex: str | None = None

    @property
    def origin(self) -> tuple[str, str, str]:
        return self.source, self.offence_key, self.kind


class PersonCell(NamedTuple):
    """One published number of persons: a series in an area (district id or CITY) and a period."""

    series: PersonSeries
    area: str
    period: Period


def person_series_of(measure: object) -> tuple[PersonSeries, ...]:
    """The series a measure is made of, the counted persons first; empty for measures that count no persons.

    Of a standardised rate each age group is a series of its own, and none is published for itself: see
    ``standardised_series_of``.
    """
    match measure:
        case PersonRateMeasure() if measure.standard:
            return ()
        case PersonRateMeasure():
            kinds: tuple[str, ...] = (measure.persons,)
        case PersonShareMeasure():
            kinds = (measure.persons, measure.among)
        case _:
            return ()
    ages = tuple(group for text in measure.age_groups if (group := AgeGroup.read(text)) is not None)
    return tuple(PersonSeries(measure.source, measure.offence_key, kind, ages, measure.sex) for kind in kinds)


def standardised_series_of(measure: PersonRateMeasure) -> dict[PersonSeries, float]:
    """The age groups of a standardised rate, youngest first, with their people in the standard population."""
    groups = {AgeGroup.read(text): people for text, people in measure.standard.items()}
    return {
        PersonSeries(measure.source, measure.offence_key, measure.persons, (group,), measure.sex): groups[group]
        for group in sorted(group for group in groups if group is not None)
    }


def all_person_series(catalogue: Catalogue) -> tuple[PersonSeries, ...]:
    """Every series of persons that any indicator of the catalogue can ask, each once."""
    found = (one for indicator in catalogue.indicators.values() for one in person_series_of(indicator.measure))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class PersonCounts:
    """The delivered numbers of one source, key and kind.

    City and districts may be delivered in different detail. A group that is delivered anywhere on a level and in a
    period, but not for one area, has no persons there: files leave zeros out.
    """

    counts: Mapping[tuple[str, Period], Mapping[Group, int]] = field(repr=False)
    groups: Mapping[tuple[bool, Period], frozenset[Group]] = field(repr=False)  # (whole city, period) → groups

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """From rows of ``ask_persons.sql``."""
        counts: dict[tuple[str, Period], dict[Group, int]] = {}
        groups: dict[tuple[bool, Period], set[Group]] = {}
        for row in rows:
            area, period = str(row["area"]), Period(row["period_start"], row["period_end"])
            age = AgeGroup.read(row["age_group"]) if row["age_group"] else None
            if row["age_group"] and age is None:
                continue  # a group that is no span of years says nothing about any that is asked
            group: Group = (age, row["sex"] or None)
            cell = counts.setdefault((area, period), {})
            cell[group] = cell.get(group, 0) + int(row["persons"])
            groups.setdefault((area == CITY, period), set()).add(group)
        return cls(counts, {level: frozenset(found) for level, found in groups.items()})

    def periods(self) -> tuple[Period, ...]:
        """Every period with any number, oldest first."""
        return tuple(sorted({period for _, period in self.groups}))

    def of_area(self, series: PersonSeries, area: str, period: Period) -> int | None:
        """Persons of a series in one area; None where its groups were not delivered for such areas."""
        known = self.groups.get((area == CITY, period), frozenset())
        chosen = groups_that_make_up(series.age_groups, series.sex, known)
        if chosen is None:
            return None
        found = self.counts.get((area, period), {})
        return sum(found.get(group, 0) for group in chosen)

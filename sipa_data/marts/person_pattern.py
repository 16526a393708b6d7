"""Which counts of persons stay hidden from protected readers.

Counts from 1 to 4 are hidden. What could give them away:

* *Other groups.* No two indicators count groups of the same persons that overlap (a check of the catalogue), so no
  published count is the sum of others over ages or sexes.
* *The rest of a share.* Of suspects some are repeat suspects: who knows both numbers knows how many are not. Where
  these are 1 to 4, the part is hidden like a small count.
* *Other keys.* Keys of persons are never added: a person counts once under each.
* *Other periods.* A person who comes to notice in two months counts once in the year: months do not add up to it.
* *Other areas.* Suspects of several districts count once in the city, so districts add up to more than the city, by a
  number that nobody publishes. Where they do not (victims counted per case, or a year without such suspects) the
  city less the shown districts would give the hidden one away. There the districts and what lies elsewhere are
  treated like the cases of a city, and as many other districts are hidden as it takes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import PersonShareMeasure
from sipa_data.disclosure import Cube, Flags, Step, Whole, protect_cuts
from sipa_data.marts.block import GRAINS
from sipa_data.marts.persons import PersonCell, PersonCounts, PersonSeries, all_person_series, person_series_of
from sipa_data.periods import Period

AskRows = Callable[..., Iterable[Mapping[str, Any]]]
ANY_STEP = (Step(0, 0),)


@dataclass(frozen=True)
class PersonPattern:
    """Delivered counts of persons in the areas and steps of the cuts, and which of them are hidden."""

    delivered: Mapping[PersonCell, int]
    hidden: frozenset[PersonCell]

    def shows(self, series: PersonSeries, area: str, period: Period, own: Collection[str] = ()) -> bool:
        """Whether a protected reader may have a count. What is in no cut may not be had."""
        cell = PersonCell(series, area, period)
        if cell not in self.delivered:
            return False
        if cell not in self.hidden:
            return True
        return area == CITY and bool(own) and self._only_of(cell, own)

    def _only_of(self, cell: PersonCell, own: Collection[str]) -> bool:
        """Whether nobody of the city lives elsewhere: the number is made of the reader's own districts."""
        found = (self.delivered.get(cell._replace(area=area), 0) for area in own)
        return self.delivered[cell] == sum(found)


def person_pattern_of(catalogue: Catalogue, ask: AskRows) -> PersonPattern:
    """The counts of every series of persons, protected."""
    districts, smallest = tuple(catalogue.districts), catalogue.city.small_counts.persons
    cuts = {(cut.area, GRAINS[cut.period]) for cut in catalogue.cuts.values()}
    cuts |= {("city", grain) for _, grain in cuts}
    delivered = {
        cell: count
        for cell, count in _delivered(all_person_series(catalogue), districts, ask).items()
        if ("city" if cell.area == CITY else "district", cell.period.grain) in cuts
    }
    small = {cell for cell, count in delivered.items() if 0 < count < smallest}
    small |= _small_rests(catalogue, delivered, smallest)
    tables = sorted({(cell.series, cell.period) for cell in delivered}, key=str)
    hidden = set(small)
    additive = []
    for series, period in tables:
        counts = {area: delivered.get(PersonCell(series, area, period)) for area in (CITY, *districts)}
        if None not in counts.values():
            city, *rest = (count or 0 for count in counts.values())
            if city >= sum(rest):
                additive.append((series, period, (city, *rest, city - sum(rest))))
    if additive:
        hidden |= _hidden_in(additive, (CITY, *districts, NOT_LOCATABLE), small, smallest)
    return PersonPattern(delivered, frozenset(hidden))


def _delivered(all_series: Iterable[PersonSeries], districts: tuple[str, ...], ask: AskRows) -> dict[PersonCell, int]:
    origins: dict[tuple[str, str, str], PersonCounts] = {}
    found: dict[PersonCell, int] = {}
    for series in all_series:
        if series.origin not in origins:
            source, key, kind = series.origin
            origins[series.origin] = PersonCounts.of(ask("persons", source=source, offence_key=key, kind=kind))
        counts = origins[series.origin]
        for period in counts.periods():
            for area in (CITY, *districts):
                count = counts.of_area(series, area, period)
                if count is not None:
                    found[PersonCell(series, area, period)] = count
    return found


def _small_rests(catalogue: Catalogue, delivered: Mapping[PersonCell, int], smallest: int) -> set[PersonCell]:
    """Parts of shares whose rest is small."""
    found = set()
    for indicator in catalogue.indicators.values():
        if isinstance(indicator.measure, PersonShareMeasure):
            part, whole = person_series_of(indicator.measure)
            for cell, count in delivered.items():
                rest = delivered.get(cell._replace(series=whole), 0) - count if cell.series == part else 0
                if 0 < rest < smallest and count:
                    found.add(cell)
    return found


def _hidden_in(
    tables: list[tuple[PersonSeries, Period, tuple[int, ...]]],
    areas: tuple[str, ...],
    small: Collection[PersonCell],
    smallest: int,
) -> set[PersonCell]:
    """What is hidden where the areas make up the city: one table per series and period, none bound to another."""
    counts: Whole = np.array([[row] for _, _, row in tables], dtype=np.int64)
    before: Flags = np.array(
        [[[PersonCell(one, area, period) in small for area in areas]] for one, period, _ in tables]
    )
    everything = np.ones_like(before)
    cube = Cube(ANY_STEP, counts, everything, (), np.full(len(tables), smallest), before, before)
    cuts = protect_cuts(cube)
    gone = cuts.hidden | cuts.withheld
    return {
        PersonCell(tables[table][0], areas[area], tables[table][1]) for table, _, area in np.argwhere(gone).tolist()
    }

"""Which counts of persons stay hidden from protected readers.

Counts from 1 to 4 are hidden. What could give them away:

* *Other groups.* No two indicators count groups of the same persons that overlap (a check of the catalogue), so no
  published count is the sum of others over ages or sexes, and a share of persons is held against its complement
  where it is asked.
* *Other keys.* Keys of persons are never added: a person counts once under each.
* *Other periods.* A person who comes to notice in two months counts once in the year: months do not add up to it.
* *Other areas.* Suspects of several districts count once in the city, so districts add up to more than the city, by a
  number that nobody publishes. Where they do not (victims counted per case, or a year without such suspects) the
  city less the shown districts would give the hidden one away. There the sum is treated like any other sum, and as
  many other districts are hidden as it takes.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue import Catalogue
from sipa_data.disclosure import NOBODY, SMALLEST_SHOWN_PERSONS, hide
from sipa_data.disclosure.lines import Line
from sipa_data.marts.persons import PersonCell, PersonCounts, PersonSeries, all_person_series
from sipa_data.periods import Period

AskRows = Callable[..., Iterable[Mapping[str, Any]]]


def hidden_persons(catalogue: Catalogue, ask: AskRows) -> frozenset[PersonCell]:
    """The cells of every series of persons that a protected reader must not receive."""
    hidden: set[PersonCell] = set()
    origins: dict[tuple[str, str, str], PersonCounts] = {}
    for series in all_person_series(catalogue):
        if series.origin not in origins:
            source, key, kind = series.origin
            origins[series.origin] = PersonCounts.of(ask("persons", source=source, offence_key=key, kind=kind))
        counts = origins[series.origin]
        for period in counts.periods():
            hidden |= _hidden_of(series, counts, period, tuple(catalogue.districts))
    return frozenset(hidden)


def _hidden_of(
    series: PersonSeries, counts: PersonCounts, period: Period, districts: tuple[str, ...]
) -> set[PersonCell]:
    found = {area: counts.of_area(series, area, period) for area in (CITY, *districts)}
    known = {area: count for area, count in found.items() if count is not None}
    if not known:
        return set()
    areas = [area for area in (*districts, CITY) if area in known]
    lines = []
    elsewhere = known.get(CITY, 0) - sum(known.get(area, 0) for area in districts)
    if CITY in known and elsewhere >= 0:
        areas.append(NOT_LOCATABLE)
        known[NOT_LOCATABLE] = elsewhere
        lines.append(Line(areas.index(CITY), tuple(at for at, area in enumerate(areas) if area != CITY)))
    pattern = hide(
        np.asarray([known[area] for area in areas], dtype=np.int64),
        lines,
        smallest=SMALLEST_SHOWN_PERSONS,
        known_groups=np.asarray([districts.index(area) if area in districts else NOBODY for area in areas]),
    )
    return {PersonCell(series, area, period) for area, is_hidden in zip(areas, pattern, strict=True) if is_hidden}

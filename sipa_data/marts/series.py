"""The incident series that can be asked, and the cells of the closed cuts they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import ClearanceMeasure, CountMeasure, RateMeasure
from sipa_data.periods import Period

Counted = Literal["cases", "attempts", "cleared"]


@dataclass(frozen=True)
class Series:
    """What is counted: one source, some offence keys (added up), some kinds of place (empty: all)."""

    source: str
    offence_keys: tuple[str, ...]
    place_kinds: tuple[str, ...] = ()
    counted: Counted = "cases"


class Cell(NamedTuple):
    """One published number: a series in an area (district id, CITY or NOT_LOCATABLE) and a period."""

    series: Series
    area: str
    period: Period


def series_of(measure: object) -> tuple[Series, ...]:
    """The series a measure is made of; empty for measures that do not count incidents."""
    match measure:
        case CountMeasure():
            return (Series(measure.source, measure.offence_keys, measure.place_kinds, measure.count),)
        case RateMeasure():
            return (Series(measure.source, measure.offence_keys, measure.place_kinds),)
        case ClearanceMeasure():
            cases = Series(measure.source, measure.offence_keys, measure.place_kinds)
            return (cases, Series(measure.source, measure.offence_keys, measure.place_kinds, measure.counted))
        case _:
            return ()


def all_series(catalogue: Catalogue) -> tuple[Series, ...]:
    """Every incident series that any indicator of the catalogue can ask, each once."""
    found = (series for indicator in catalogue.indicators.values() for series in series_of(indicator.measure))
    return tuple(dict.fromkeys(found))


def sums_of_others(series: Series, others: Iterable[Series]) -> tuple[Series, ...]:
    """Askable series that add up exactly to this one: the same counting over a partition of its keys.

    Smaller parts are preferred, so that as many relations as possible are seen.
    """
    open_keys, parts = set(series.offence_keys), []
    for other in sorted(others, key=lambda candidate: len(candidate.offence_keys)):
        same_counting = (other.source, other.place_kinds, other.counted) == (
            series.source,
            series.place_kinds,
            series.counted,
        )
        keys = set(other.offence_keys)
        if other != series and same_counting and keys < set(series.offence_keys) and keys <= open_keys:
            parts.append(other)
            open_keys -= keys
    return tuple(parts) if not open_keys else ()

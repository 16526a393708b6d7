"""The incident series that can be asked, and the cells of the closed cuts they make."""

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

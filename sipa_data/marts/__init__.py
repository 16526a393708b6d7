"""What readers read: one snapshot of the lake, rolled up in memory."""

from sipa_data.disclosure import SMALLEST_SHOWN_PERSONS
from sipa_data.marts.coverage import Coverage, SourceCoverage
from sipa_data.marts.mart import Mart, build_mart
from sipa_data.marts.persons import PersonCounts, PersonSeries, person_series_of
from sipa_data.marts.series import Cell, Series, series_of
from sipa_data.snapshot import Snapshot

__all__ = [
    "SMALLEST_SHOWN_PERSONS",
    "Cell",
    "Coverage",
    "Mart",
    "PersonCounts",
    "PersonSeries",
    "Series",
    "Snapshot",
    "SourceCoverage",
    "build_mart",
    "person_series_of",
    "series_of",
]

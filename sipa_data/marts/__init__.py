"""What readers read: one snapshot of the lake, rolled up in memory."""

from sipa_data.disclosure import SMALLEST_SHOWN_PERSONS
from sipa_data.marts.build import Neighbour, build_mart, pattern_at
from sipa_data.marts.corrections import states_before_corrections
from sipa_data.marts.coverage import Coverage, SourceCoverage
from sipa_data.marts.filled import INCIDENT_TABLES
from sipa_data.marts.mart import Mart
from sipa_data.marts.pattern import Pattern
from sipa_data.marts.persons import PersonCell, PersonCounts, PersonSeries, person_series_of, standardised_series_of
from sipa_data.marts.series import Cell, Series, series_of
from sipa_data.snapshot import Snapshot

__all__ = [
    "INCIDENT_TABLES",
    "SMALLEST_SHOWN_PERSONS",
    "Cell",
    "Coverage",
    "Mart",
    "Neighbour",
    "Pattern",
    "PersonCell",
    "PersonCounts",
    "PersonSeries",
    "Series",
    "Snapshot",
    "SourceCoverage",
    "build_mart",
    "pattern_at",
    "person_series_of",
    "series_of",
    "standardised_series_of",
    "states_before_corrections",
]

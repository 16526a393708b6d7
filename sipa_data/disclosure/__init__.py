"""What may be shown? A table with its sums in, a pattern of hidden cells out."""

from sipa_data.disclosure.audit import Ranges, feasible_ranges, weak_cells
from sipa_data.disclosure.groups import NOBODY, own_totals
from sipa_data.disclosure.lines import NOWHERE, Line, Lines
from sipa_data.disclosure.pattern import close, hide
from sipa_data.disclosure.protection import protect
from sipa_data.disclosure.rules import (
    FEASIBLE_VALUES,
    SMALLEST_SHOWN_INCIDENTS,
    SMALLEST_SHOWN_PERSONS,
    UnsafeTable,
)
from sipa_data.disclosure.table import Previous

__all__ = [
    "FEASIBLE_VALUES",
    "NOBODY",
    "NOWHERE",
    "SMALLEST_SHOWN_INCIDENTS",
    "SMALLEST_SHOWN_PERSONS",
    "Line",
    "Lines",
    "Previous",
    "Ranges",
    "UnsafeTable",
    "close",
    "feasible_ranges",
    "hide",
    "own_totals",
    "protect",
    "weak_cells",
]

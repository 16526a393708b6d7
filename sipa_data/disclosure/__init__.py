"""What may be shown? A table with its sums in, a pattern of hidden cells out."""

from sipa_data.disclosure.attack import Attack, readers
from sipa_data.disclosure.closed_cuts import ClosedCuts, protect_cuts
from sipa_data.disclosure.cube import Cube, Flags, Relation, Step, Whole
from sipa_data.disclosure.rules import DISTRICTS_IN_ONE_HAND, FEASIBLE_VALUES, SMALLEST_SHOWN_PERSONS, UnsafeTable

__all__ = [
    "DISTRICTS_IN_ONE_HAND",
    "FEASIBLE_VALUES",
    "SMALLEST_SHOWN_PERSONS",
    "Attack",
    "ClosedCuts",
    "Cube",
    "Flags",
    "Relation",
    "Step",
    "UnsafeTable",
    "Whole",
    "protect_cuts",
    "readers",
]

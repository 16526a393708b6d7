"""The numbers of the house rule, each with where it comes from."""

from typing import Final

SMALLEST_SHOWN_INCIDENTS: Final = 3
"""Counts of 1 and 2 incidents are hidden: at least 3, as the Bundesagentur für Arbeit; § 16 BStatG, voluntarily."""

SMALLEST_SHOWN_PERSONS: Final = 5
"""Counts of 1 to 4 victims, suspects or participants are hidden. House rule: a person is known to more people."""

FEASIBLE_VALUES: Final = 3
"""So many whole numbers must remain possible for every hidden cell, whatever else the reader knows. House rule."""


class UnsafeTable(ValueError):
    """A table whose hidden cells cannot be worked out: it does not add up, or names cells that are not there."""

"""The numbers of the house rule, each with where it comes from."""

from typing import Final

FEASIBLE_VALUES: Final = 3
"""So many whole numbers must remain possible for every hidden cell, whatever else the reader knows. House rule."""

SMALLEST_SHOWN_PERSONS: Final = 5
"""Of those who take part in single projects 1 to 4 are hidden. House rule: a person is known to more people."""

DISTRICTS_IN_ONE_HAND: Final = 2
"""So many districts' true counts may be known to one reader: two councils that talk, or one person with two seats."""


class UnsafeTable(ValueError):
    """A table whose hidden cells cannot be worked out: it does not add up, or names cells that are not there."""

"""The closed cuts of one snapshot as one block of counts, and what everybody knows about how they hang together."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sipa_data.disclosure.rules import UnsafeTable

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


class Relation(NamedTuple):
    """What one series says about others, in every area and period: it holds them, side by side.

    ``parts`` : series of which no case counts in two
    ``exact`` : together they are all of it; else the rest is counted nowhere and may be anything from zero up
    """

    total: int
    parts: tuple[int, ...]
    exact: bool = False


class Step(NamedTuple):
    """A calendar step by its first and last month, counted from any beginning."""

    first: int
    last: int

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    def holds(self, other: "Step") -> bool:
        return self.first <= other.first and other.last <= self.last and self != other


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts of every askable series.

    ``counts`` : shape (series, steps, areas), whole numbers >= 0; areas: the city, the districts, not locatable, which
        together make the city
    ``published`` : the same shape; cells of a cut. Of a series and step the city, or the city with all areas
    ``smallest`` : shape (series,), the smallest count above zero that may be shown
    ``settled`` : the same shape as counts; cells that were published before, are unchanged, and keep their status
    ``hidden_before`` : which of the settled ones were hidden
    """

    steps: tuple[Step, ...]
    counts: Whole
    published: Flags
    relations: tuple[Relation, ...]
    smallest: Whole
    settled: Flags
    hidden_before: Flags

    def __post_init__(self) -> None:
        """Refuse counts that are none, and cities that are not the sum of their areas."""
        if (self.counts < 0).any():
            raise UnsafeTable(f"values: {self.counts.min()} is no count")
        if (self.counts[:, :, 0] != self.counts[:, :, 1:].sum(axis=2)).any():
            raise UnsafeTable("the areas do not make up the city")

    @cached_property
    def by_district(self) -> Flags:
        """Shape (series, steps): whether the districts are published, too."""
        return np.asarray(self.published[:, :, 1:].all(axis=2))

    @cached_property
    def small(self) -> Flags:
        """Counts that are hidden for what they are."""
        return self.published & (self.counts > 0) & (self.counts < self.smallest[:, None, None])

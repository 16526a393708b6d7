"""Estimates of several groups of people, and how two of them are compared: shares, means, differences.

Numbers are in the indicator's unit: per cent or points for shares, the item's own unit for means.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from sipa_data.answers.types import Status
from sipa_data.statistics.checks import Array
from sipa_data.statistics.combined import (
    detectable_from_intervals,
    difference_of_estimates,
    interval_p,
    share_difference_p,
)
from sipa_data.statistics.means import MeanEstimates, detectable_mean_difference, mean_difference
from sipa_data.statistics.proportions import ShareEstimates, detectable_difference, newcombe_difference

Places = NDArray[np.int64]


class Comparison(NamedTuple):
    """First minus second, each field of shape (k,)."""

    difference: Array
    lower: Array
    upper: Array
    p: Array
    detectable: Array


class Groups(Protocol):
    """Estimates of k groups of one kind."""

    @property
    def values(self) -> Array: ...

    @property
    def answered(self) -> NDArray[np.bool_]: ...

    def minus(self, here: Places, other: Self, there: Places) -> Comparison: ...


@dataclass(frozen=True)
class Shares:
    """Shares, told in per cent; differences by Newcombe's method 10 in percentage points."""

    estimates: ShareEstimates

    @property
    def values(self) -> Array:
        return 100 * self.estimates.share

    @property
    def answered(self) -> NDArray[np.bool_]:
        return self.estimates.n_effective > 0

    def minus(self, here: Places, other: Self, there: Places) -> Comparison:
        new, old = self.estimates, other.estimates
        pairs = (new.share[here], new.n_effective[here], old.share[there], old.n_effective[there])
        difference, lower, upper = (100 * part for part in newcombe_difference(*pairs))
        detectable = 100 * detectable_difference(pairs[2], pairs[3], pairs[1])
        return Comparison(difference, lower, upper, share_difference_p(*pairs), detectable)


@dataclass(frozen=True)
class Means:
    """Means in the item's unit; differences by Welch's t."""

    estimates: MeanEstimates

    @property
    def values(self) -> Array:
        return self.estimates.mean

    @property
    def answered(self) -> NDArray[np.bool_]:
        return self.estimates.n_effective > 0

    def minus(self, here: Places, other: Self, there: Places) -> Comparison:
        new, old = _chosen(self.estimates, here), _chosen(other.estimates, there)
        return Comparison(*mean_difference(new, old), detectable_mean_difference(new, old))


@dataclass(frozen=True)
class Gaps:
    """Differences between two groups of people, told in points; compared with each other by their intervals.

    ``p``, ``detectable`` : of the gap itself, that is of the one group against the other
    """

    values: Array
    lower: Array
    upper: Array
    p: Array
    detectable: Array
    answered: NDArray[np.bool_]

    @classmethod
    def between(cls, first: ShareEstimates, second: ShareEstimates) -> Self:
        """First minus second; nothing where one of the two did not answer."""
        known = (first.n_effective > 0) & (second.n_effective > 0)
        pairs = first.share[known], first.n_effective[known], second.share[known], second.n_effective[known]
        detectable = detectable_difference(pairs[2], pairs[3], pairs[1])

        def everywhere(part: Array) -> Array:
            column = np.zeros(known.size)
            column[known] = part
            return column

        points = (everywhere(100 * part) for part in (*newcombe_difference(*pairs), detectable))
        values, lower, upper, smallest = points
        return cls(values, lower, upper, everywhere(share_difference_p(*pairs)), smallest, known)

    def minus(self, here: Places, other: Self, there: Places) -> Comparison:
        mine = self.lower[here], self.upper[here]
        theirs = other.lower[there], other.upper[there]
        found = difference_of_estimates(self.values[here], *mine, other.values[there], *theirs)
        return Comparison(*found, interval_p(*found), detectable_from_intervals(*mine, *theirs))


def _chosen(estimates: MeanEstimates, places: Places) -> MeanEstimates:
    return MeanEstimates(*(column[places] for column in estimates))


@dataclass(frozen=True)
class Estimates:
    """What one moment (a wave, a period of a register) says of each area, in the indicator's unit.

    ``rest`` : the same of the city without the area; None where there is no such thing
    ``missing_share`` : share of those asked who gave no valid answer
    """

    areas: tuple[str, ...]
    groups: Groups
    lower: Array
    upper: Array
    n: Array
    n_effective: Array
    status: NDArray[np.str_]
    rest: Groups | None = None
    missing_share: float = 0.0

    @property
    def values(self) -> Array:
        return self.groups.values

    def at(self, area: str) -> int:
        return self.areas.index(area)

    def places(self, areas: list[str]) -> Places:
        return np.array([self.at(area) for area in areas], dtype=np.int64)

    def status_of(self, area: str) -> Status:
        return Status(str(self.status[self.at(area)]))

    def is_shown(self, area: str) -> bool:
        return self.status_of(area) in (Status.ok, Status.limited)

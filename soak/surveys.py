"""Simulated survey waves of a city and its districts, judged by the real verdict functions."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sipa_data.answers.estimate_verdicts import Compared, EstimateVerdicts
from sipa_data.answers.groups import Estimates, Shares
from sipa_data.answers.types import Question, Verdict
from sipa_data.areas import CITY
from sipa_data.periods import Period
from sipa_data.statistics import publishability, share_from_sums
from soak.simulated import DISTRICT_SHARES, catalogue

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Poll:
    """A question asked in two waves.

    ``share`` : of the people who answer one way, everywhere; ``now`` : in the second wave, else the same
    ``spread`` : coefficient of variation of the weights
    """

    share: float
    answered: int
    spread: float
    now: float | None = None


@dataclass(frozen=True)
class _Wave:
    period: Period
    when: str


def waves(chance: np.random.Generator, poll: Poll, compare_with: Literal["previous", "rest"]) -> tuple[Verdict, ...]:
    """The verdicts on the second of two waves, city first; against the rest of the city of the districts alone."""
    areas = (CITY, *catalogue().districts)
    before = _estimates(chance, poll, poll.share, areas)
    now = _estimates(chance, poll, poll.share if poll.now is None else poll.now, areas)
    compared = Compared(_Wave(Period.year(2025), "2025"), now, _Wave(Period.year(2023), "2023"), before)
    found = EstimateVerdicts(catalogue().indicator("unsicher-stadtbezirk"), catalogue())
    return found.all(Question("unsicher-stadtbezirk", compare_with=compare_with), areas, compared)


def _estimates(chance: np.random.Generator, poll: Poll, share: float, areas: tuple[str, ...]) -> Estimates:
    sizes = chance.multinomial(poll.answered, DISTRICT_SHARES)
    district = np.repeat(np.arange(sizes.size), sizes)
    sigma = np.sqrt(np.log1p(poll.spread**2))
    weight = chance.lognormal(-(sigma**2) / 2, sigma, district.size)
    counted = chance.random(district.size) < share
    sums = np.stack(
        [
            np.bincount(district, column, sizes.size)
            for column in (weight, weight**2, weight * counted, np.ones_like(weight))
        ]
    )
    city = sums.sum(axis=1, keepdims=True)
    rest = np.concatenate([np.zeros((4, 1)), city - sums], axis=1)
    shares, others = (share_from_sums(*part) for part in (np.concatenate([city, sums], axis=1), rest))
    lower, upper = shares.interval()
    status = publishability(shares.share, shares.n, shares.n_effective, lower, upper)
    return Estimates(
        areas=areas, groups=Shares(shares), lower=100 * lower, upper=100 * upper, n=shares.n,
        n_effective=shares.n_effective, status=status, rest=Shares(others),
    )  # fmt: skip

"""Rates that do not depend on how old a place is: directly standardised by age."""

import numpy as np
from numpy.typing import ArrayLike

from sipa_data.statistics.checks import Array, UnusableNumbers, not_negative, positive, probability, whole_counts
from sipa_data.statistics.counts import count_interval

FEWEST_FOR_STANDARDISATION = 10
"""Cases in all below which no standardised rate is given: Dobson's interval is not to be trusted there (OHID)."""


def directly_standardised_rate(
    counts: ArrayLike, people: ArrayLike, standard: ArrayLike, per: float = 100_000, confidence: float = 0.95
) -> tuple[Array, Array, Array]:
    """Rate that a place would have if its people were as old as the standard population.

    Parameters
    ----------
    counts : shape (k, ages), whole numbers >= 0, persons or cases of each age group
    people : shape (k, ages), each > 0, inhabitants of the same groups
    standard : shape (ages,), each >= 0 and not all 0, the standard population; only its proportions matter
    per : the rate is stated for so many people, > 0
    confidence : the probability the interval covers, in (0, 1)

    Returns
    -------
    rate, lower, upper : shape (k,), per ``per``. With weights w = standard / its sum, rates r = counts / people:
        rate = Σ w·r, variance = Σ w²·counts/people², lower = rate + √(variance / all)·(lower of all − all), and so
        above, where all is the sum of the counts and its interval that of ``count_interval``. Without a single case
        the upper bound is that of 0 cases in the age group with the largest weight per inhabitant.

    Raises
    ------
    UnusableNumbers (a ValueError) : shapes that do not fit; a group without inhabitants; bad counts or weights

    Assumes independent Poisson counts. Below ten cases in all the interval is not to be trusted; callers give no rate
    there. Source: Dobson, Kuulasmaa, Eberle & Scherer (1991), Statistics in Medicine 10:457–462; OHID, Technical
    guidance: confidence intervals.
    """
    number, living = np.atleast_2d(whole_counts("counts", counts)), np.atleast_2d(positive("people", people))
    norms = not_negative("standard", standard)
    if number.shape != living.shape or norms.shape != number.shape[1:]:
        raise UnusableNumbers(f"age groups do not fit: {number.shape}, {living.shape}, {norms.shape}")
    if not norms.any():
        raise UnusableNumbers("standard: a population without people")
    weight = positive("per", per) * norms / norms.sum() / living
    rate = (weight * number).sum(axis=1)
    variance = (weight**2 * number).sum(axis=1)
    total = number.sum(axis=1)
    low, high = count_interval(total, probability("confidence", confidence))
    scale = np.where(total > 0, np.sqrt(variance / np.maximum(total, 1.0)), weight.max(axis=1))
    return rate, np.maximum(rate + scale * (low - total), 0.0), rate + scale * (high - total)

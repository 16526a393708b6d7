"""Recorded counts and rates: their interval, and the noise that counting alone makes."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtri

from sipa_data.statistics.checks import Array, positive, probability, whole_counts

EXACT_BELOW: Final = 10
"""Below this count the interval is exact, from here on Byar's approximation (OHID technical guidance)."""


def count_interval(count: ArrayLike, confidence: float = 0.95) -> tuple[Array, Array]:
    """Interval of the process behind a full count: exact below 10, Byar's approximation from 10 on.

    Parameters
    ----------
    count : shape (k,), whole numbers >= 0, cases
    confidence : the probability the interval covers, in (0, 1)

    Returns
    -------
    lower, upper : shape (k,), cases. A count of 0 has the lower bound 0 and an upper bound above 0.

    Raises
    ------
    UnusableNumbers (a ValueError) : a negative count or one that is not whole

    Assumes a Poisson process: it says what chance alone would do to the same underlying situation. It is no sampling
    error, the count is complete. Quantiles are scipy's (chdtri). Source: Garwood (1936); Breslow & Day (1987), Byar;
    OHID, Technical guidance: confidence intervals.
    """
    number = whole_counts("count", count)
    tail = (1 - probability("confidence", confidence)) / 2
    at_least_one = np.maximum(number, 1.0)
    exact_lower = np.where(number == 0, 0.0, chdtri(2 * at_least_one, 1 - tail) / 2)
    exact_upper = chdtri(2 * number + 2, tail) / 2
    z = ndtri(1 - tail)
    byar_lower = number * _byar(at_least_one, -z)
    byar_upper = (number + 1) * _byar(number + 1, z)
    exact = number < EXACT_BELOW
    return np.where(exact, exact_lower, byar_lower), np.where(exact, exact_upper, byar_upper)


def rate_interval(
    count: ArrayLike, denominator: ArrayLike, per: float = 100_000, confidence: float = 0.95
) -> tuple[Array, Array, Array]:
    """Rate of a count per so many of a denominator, with its interval.

    Parameters
    ----------
    count : shape (k,), whole numbers >= 0, cases
    denominator : shape (k,), each > 0, inhabitants or whatever the rate refers to
    per : the rate is stated for so many of the denominator, > 0
    confidence : the probability the interval covers, in (0, 1)

    Returns
    -------
    rate, lower, upper : shape (k,), cases per ``per``

    Raises
    ------
    UnusableNumbers (a ValueError) : a missing, zero or negative denominator; counts as for ``count_interval``

    Assumes that the denominator is known without error. Source: as ``count_interval``.
    """
    lower, upper = count_interval(count, confidence)
    scale = positive("per", per) / positive("denominator", denominator)
    return whole_counts("count", count) * scale, lower * scale, upper * scale


def poisson_z(before: ArrayLike, after: ArrayLike) -> Array:
    """Standardised difference of two counts of equal exposure, both random: (after − before)/√(after + before).

    Parameters
    ----------
    before, after : shape (k,), whole numbers >= 0, cases

    Returns
    -------
    Shape (k,), unitless; 0 where both counts are 0: nothing happened twice, nothing changed.

    Raises
    ------
    UnusableNumbers (a ValueError) : a negative count or one that is not whole

    Assumes counting noise only, which is far too small for police counts of whole cities: see
    ``overdispersed_change``. Source: Przyborowski & Wilenski (1940), normal approximation.
    """
    first, second = whole_counts("before", before), whole_counts("after", after)
    spread = np.sqrt(np.maximum(first + second, 1.0))
    return np.asarray((second - first) / spread, dtype=np.float64)


def _byar(number: Array, z: float) -> Array:
    """Byar's cube: the bound as a multiple of the number."""
    return np.asarray((1 - 1 / (9 * number) + z / (3 * np.sqrt(number))) ** 3, dtype=np.float64)

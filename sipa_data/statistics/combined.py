"""Comparisons of estimates that already carry an interval, and the p value that a family of comparisons needs."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import norm

from sipa_data.statistics.checks import Array, UnusableNumbers, finite, positive, probability, shares


def difference_of_estimates(
    estimate1: ArrayLike,
    lower1: ArrayLike,
    upper1: ArrayLike,
    estimate2: ArrayLike,
    lower2: ArrayLike,
    upper2: ArrayLike,
) -> tuple[Array, Array, Array]:
    """Difference of two independent estimates from their intervals (MOVER, method of variance estimates recovery).

    Newcombe's method 10 is this for two shares; it also serves differences of differences.

    Parameters
    ----------
    estimate1, lower1, upper1, estimate2, lower2, upper2 : shape (k,), any unit, lower ≤ estimate ≤ upper

    Returns
    -------
    difference, lower, upper : shape (k,), estimate1 − estimate2 in the same unit

    Raises
    ------
    UnusableNumbers (a ValueError) : an estimate outside its own interval, or a value missing

    Assumes independent estimates with intervals of the same confidence. Source: Zou, Donner (2008).
    """
    first, low1, high1 = finite("estimate1", estimate1), finite("lower1", lower1), finite("upper1", upper1)
    second, low2, high2 = finite("estimate2", estimate2), finite("lower2", lower2), finite("upper2", upper2)
    rounding = 1e-9
    outside = (first < low1 - rounding) | (first > high1 + rounding) | (second < low2 - rounding)
    if (outside | (second > high2 + rounding)).any():
        raise UnusableNumbers("an estimate lies outside its own interval")
    difference = first - second
    lower = difference - np.hypot(first - low1, high2 - second)
    upper = difference + np.hypot(high1 - first, second - low2)
    return difference, lower, upper


def detectable_from_intervals(
    lower1: ArrayLike,
    upper1: ArrayLike,
    lower2: ArrayLike,
    upper2: ArrayLike,
    power: float = 0.8,
    confidence: float = 0.95,
) -> Array:
    """Smallest true difference of two estimates with such intervals that would be found.

    Parameters
    ----------
    lower1, upper1, lower2, upper2 : shape (k,), any unit, lower ≤ upper
    power, confidence : in (0, 1); the confidence is that of the intervals and of the two-sided test

    Returns
    -------
    Shape (k,), in the same unit: (z₁₋α/₂ + z_power) · √(s₁² + s₂²) with s half the interval divided by z₁₋α/₂.

    Raises
    ------
    UnusableNumbers (a ValueError) : bounds in the wrong order, or one missing

    Source: normal approximation, Cohen (1988), ch. 2; Altman, Bland (2011), BMJ 343:d2090.
    """
    widths = finite("upper1", upper1) - finite("lower1", lower1), finite("upper2", upper2) - finite("lower2", lower2)
    if any((width < 0).any() for width in widths):
        raise UnusableNumbers("lower, upper: a lower bound lies above its upper bound")
    z = ndtri((1 + probability("confidence", confidence)) / 2)
    found = (1 + ndtri(probability("power", power)) / z) * np.hypot(*widths) / 2
    return np.asarray(found, dtype=np.float64)


def share_difference_p(share1: ArrayLike, n1: ArrayLike, share2: ArrayLike, n2: ArrayLike) -> Array:
    """Two-sided p value of the difference of two independent shares, pooled z test on effective sizes.

    Used only to order and adjust families of comparisons; a single one is judged by its interval.

    Parameters
    ----------
    share1, share2 : shape (k,), each in [0, 1]
    n1, n2 : shape (k,), effective sample sizes, each > 0

    Returns
    -------
    p : shape (k,), in [0, 1]; 1 where both shares are 0 or both are 1

    Raises
    ------
    UnusableNumbers (a ValueError) : a share outside [0, 1] or a size that is not positive

    Source: Agresti (2013), Categorical Data Analysis, ch. 3.
    """
    p1, p2 = shares("share1", share1), shares("share2", share2)
    size1, size2 = positive("n1", n1), positive("n2", n2)
    pooled = (p1 * size1 + p2 * size2) / (size1 + size2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / size1 + 1 / size2))
    z = np.divide(np.abs(p1 - p2), error, out=np.zeros_like(error), where=error > 0)
    return np.asarray(2 * norm.sf(z), dtype=np.float64)


def interval_p(difference: ArrayLike, lower: ArrayLike, upper: ArrayLike, confidence: float = 0.95) -> Array:
    """Two-sided p value that an interval of a difference implies, from the half that reaches towards 0.

    Parameters
    ----------
    difference, lower, upper : shape (k,), lower ≤ difference ≤ upper, any unit
    confidence : of the interval, in (0, 1)

    Returns
    -------
    p : shape (k,), in [0, 1]; below 1 − confidence exactly where the interval leaves 0 out. An interval without width
        gives 0, and 1 where the difference is 0.

    Raises
    ------
    UnusableNumbers (a ValueError) : a difference outside its own interval, or a value missing

    Assumes that either half of the interval is a normal quantile long, as for ``difference_of_estimates``.
    Source: Altman, Bland (2011), BMJ 343:d2304.
    """
    apart, low, high = finite("difference", difference), finite("lower", lower), finite("upper", upper)
    if ((apart < low) | (apart > high)).any():
        raise UnusableNumbers("a difference lies outside its own interval")
    half = np.where(apart >= 0, apart - low, high - apart)
    far = np.full_like(apart, np.inf)
    z = np.divide(np.abs(apart), half, out=far, where=half > 0) * norm.ppf(
        (1 + probability("confidence", confidence)) / 2
    )
    return np.asarray(np.where(apart == 0, 1.0, 2 * norm.sf(z)), dtype=np.float64)

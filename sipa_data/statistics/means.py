"""Weighted means of a survey: estimate, variance, interval, difference, detectable difference."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtr, stdtrit

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    positive,
    probability,
    same_length,
    whole_counts,
)

FEWEST_FOR_VARIANCE = 2
"""Effective answers below which a spread cannot be estimated."""


class MeanEstimates(NamedTuple):
    """Weighted means of k groups.

    ``mean`` : shape (k,), in the item's own unit; 0 where nobody answered, which only ``n`` tells apart from a true 0
    ``variance`` : shape (k,), variance of the mean, the spread of the answers divided by their effective number;
        infinite with fewer than two effective answers
    ``n``, ``n_effective`` : shape (k,), valid answers and Kish's effective sample size, 0 where nobody answered
    """

    mean: Array
    variance: Array
    n: Array
    n_effective: Array

    def interval(self, lowest: float, highest: float, confidence: float = 0.95) -> tuple[Array, Array]:
        """Interval of every group, cut at the ends of the scale; the whole scale where the spread is not known."""
        reach = _reach(self.variance, np.maximum(self.n_effective - 1, 1.0), confidence)
        return np.maximum(self.mean - reach, lowest), np.minimum(self.mean + reach, highest)


def mean_from_sums(
    sum_w: ArrayLike, sum_w2: ArrayLike, sum_wy: ArrayLike, sum_wy2: ArrayLike, n: ArrayLike
) -> MeanEstimates:
    """Weighted means from sums that a database has already formed, one entry per group.

    Parameters
    ----------
    sum_w, sum_w2 : shape (k,), sums of the weights and of their squares
    sum_wy, sum_wy2 : shape (k,), sums of weight times answer and of weight times squared answer
    n : shape (k,), number of valid answers

    Returns
    -------
    MeanEstimates. With p = w/Σw the mean is Σpy and its variance Σp(y − ȳ)² / (n_eff − 1), which is s²/n_eff with the
    unbiased s² on the effective number of answers n_eff = (Σw)²/Σw². Equal weights give the textbook s²/n.

    Raises
    ------
    UnusableNumbers (a ValueError) : a group with answers whose weights are all zero, or negative sums of weights

    Assumes that weights have nothing to do with the answer and that answers are independent but for the weights.
    Source: Kish (1965), Survey Sampling, ch. 8; Cochran (1977), Sampling Techniques, ch. 2.
    """
    weight, squares = (np.atleast_1d(not_negative(name, one)) for name, one in (("sum_w", sum_w), ("sum_w2", sum_w2)))
    total, square = (np.atleast_1d(finite(name, one)) for name, one in (("sum_wy", sum_wy), ("sum_wy2", sum_wy2)))
    size = np.atleast_1d(whole_counts("n", n))
    same_length(sum_w=weight, sum_w2=squares, sum_wy=total, sum_wy2=square, n=size)
    answered = size > 0
    if (answered & ((weight == 0) | (squares == 0))).any():
        raise UnusableNumbers("weights: all of them are zero, so there is no mean")
    nothing = np.zeros_like(weight)
    mean = np.divide(total, weight, out=nothing.copy(), where=answered)
    n_effective = np.minimum(np.divide(weight**2, squares, out=nothing.copy(), where=answered), size)
    spread = np.maximum(np.divide(square, weight, out=nothing.copy(), where=answered) - mean**2, 0.0)
    known = n_effective >= FEWEST_FOR_VARIANCE
    variance = np.divide(spread, n_effective - 1, out=np.full_like(weight, np.inf), where=known)
    return MeanEstimates(mean, variance, size, n_effective)


def mean_difference(
    first: MeanEstimates, second: MeanEstimates, confidence: float = 0.95
) -> tuple[Array, Array, Array, Array]:
    """Difference of two independent means with its interval and p value, Welch's t on effective sizes.

    Parameters
    ----------
    first, second : estimates of the same k groups, or of k groups and what they are held against
    confidence : the probability the interval covers, in (0, 1)

    Returns
    -------
    difference, lower, upper, p : shape (k,), first − second in the item's unit; p two-sided. Two groups that all
    answered alike (no spread) differ surely where their means differ: p is 0, or 1 where they are the same.

    Assumes independent samples: two waves with different persons, or a district and the *rest* of the city.
    Source: Welch (1947), Biometrika 34:28–35; degrees of freedom: Satterthwaite (1946).
    """
    difference = first.mean - second.mean
    variance = first.variance + second.variance
    freedom = _welch(first, second)
    reach = _reach(variance, freedom, confidence)
    error = np.sqrt(variance)
    sure = np.where(difference == 0, 0.0, np.inf)
    t = np.divide(np.abs(difference), error, out=sure, where=error > 0)
    return difference, difference - reach, difference + reach, np.asarray(2 * stdtr(freedom, -t), dtype=np.float64)


def detectable_mean_difference(
    first: MeanEstimates, second: MeanEstimates, power: float = 0.8, confidence: float = 0.95
) -> Array:
    """Smallest true difference of two means that samples of these sizes and spreads would find; shape (k,).

    Source: normal approximation, Cohen (1988), Statistical Power Analysis, ch. 2: (z₁₋α/₂ + z_power) · √(v₁ + v₂).
    """
    quantiles = ndtri((1 + probability("confidence", confidence)) / 2) + ndtri(probability("power", power))
    return np.asarray(quantiles * np.sqrt(first.variance + second.variance), dtype=np.float64)


def _welch(first: MeanEstimates, second: MeanEstimates) -> Array:
    """Welch–Satterthwaite degrees of freedom; at least those of the smaller group, and never below 1."""
    below = np.maximum(np.minimum(first.n_effective, second.n_effective) - 1, 1.0)
    one, other = first.variance, second.variance
    known = np.isfinite(one) & np.isfinite(other) & (one + other > 0)
    sizes = [np.maximum(group.n_effective - 1, 1.0) for group in (first, second)]
    parts = np.where(known, one, 1.0) ** 2 / sizes[0] + np.where(known, other, 1.0) ** 2 / sizes[1]
    matched = np.where(known, one + other, 2.0) ** 2 / parts
    return np.asarray(np.where(known, np.maximum(matched, below), below), dtype=np.float64)


def _reach(variance: Array, freedom: Array, confidence: float) -> Array:
    quantile = stdtrit(positive("freedom", freedom), (1 + probability("confidence", confidence)) / 2)
    return np.asarray(quantile * np.sqrt(variance), dtype=np.float64)

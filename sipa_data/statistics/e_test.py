"""Krishnamoorthy and Thomson's E-test: do two Poisson rates differ? Made for small counts, exact up to one estimate."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import pdtr

from sipa_data.statistics.checks import Array, UnusableNumbers, not_negative, positive, whole_counts

LARGEST_FOR_E_TEST: Final = 10_000_000
"""Sum of both counts up to which the E-test is computed; the normal test is the same long before."""
_TAIL: Final = 10.0
"""Standard deviations of the first count that are summed over; beyond them lies less than 1e-20."""
_TIE: Final = 1e-9
"""Outcomes this close to the observed statistic count as equally extreme: they are, but for rounding."""


def e_test(
    count1: ArrayLike,
    count2: ArrayLike,
    exposure1: ArrayLike = 1.0,
    exposure2: ArrayLike = 1.0,
    difference: ArrayLike = 0.0,
) -> Array:
    """Two-sided p value that two Poisson rates differ by ``difference``.

    Parameters
    ----------
    count1, count2 : shape (k,), whole numbers >= 0, cases; both together at most 10 million
    exposure1, exposure2 : shape (k,), each > 0, months observed or inhabitants, one unit
    difference : shape (k,), rate 1 minus rate 2 under the hypothesis, >= 0, per unit of exposure

    Returns
    -------
    p : shape (k,), in [0, 1]. Two zero counts give 1 where no difference is supposed.

    Raises
    ------
    UnusableNumbers (a ValueError) : counts that are negative, not whole or too large; an exposure that is not
        positive; a negative difference

    The probability, at the estimated common rate, of all outcomes that are at least as extreme. Extreme is measured
    with the variance pooled under the hypothesis (the score statistic, among those of Gu et al. 2008).
    For equal exposures and no difference this is exactly the test as first published; scipy's
    ``poisson_means_test`` is the unpooled form and takes one pair at a time, so the sum stands here. The outcome
    of two zeros has no spread and is not counted, so equal rates give 1 but for its probability.
    Source: Krishnamoorthy & Thomson (2004), J. Statistical Planning and Inference 119:23–35.
    """
    k1, k2, n1, n2, apart = np.broadcast_arrays(
        whole_counts("count1", count1),
        whole_counts("count2", count2),
        positive("exposure1", exposure1),
        positive("exposure2", exposure2),
        not_negative("difference", difference),
    )
    if (k1 + k2 > LARGEST_FOR_E_TEST).any():
        raise UnusableNumbers(f"counts: above {LARGEST_FOR_E_TEST} together the E-test is not computed")
    columns = np.stack([column.ravel() for column in (k1, k2, n1, n2, apart)], axis=1)
    pairs, place = np.unique(columns, axis=0, return_inverse=True)
    return _p_values(*pairs.T)[place.ravel()].reshape(k1.shape)


def _p_values(k1: Array, k2: Array, n1: Array, n2: Array, apart: Array) -> Array:
    """P values of different pairs, each argument of shape (k,)."""
    observed = np.abs(k1 / n1 - k2 / n2 - apart)
    mean2 = np.maximum((k1 + k2 - apart * n1) / (n1 + n2), 0.0) * n2
    mean1 = mean2 / n2 * n1 + apart * n1
    nothing_seen = k1 + k2 == 0
    both_zero = np.exp(-mean1 - mean2)
    # Squared distance over pooled variance. Two zero counts are the one most extreme outcome there is.
    squared = np.divide(observed**2 * (n1 + n2), k1 + k2, out=np.zeros_like(observed), where=~nothing_seen)
    pair, outcome1 = _outcomes(mean1)
    extreme = _at_least(squared[pair], outcome1, mean2[pair], n1[pair], n2[pair], apart[pair])
    probability1 = pdtr(outcome1, mean1[pair]) - np.where(outcome1 > 0, pdtr(outcome1 - 1, mean1[pair]), 0.0)
    p = np.bincount(pair, probability1 * extreme, mean1.size) - both_zero
    return np.clip(np.where(nothing_seen, both_zero, p), 0.0, 1.0)


def _outcomes(mean1: Array) -> tuple[NDArray[np.int64], Array]:
    """All values the first count plausibly takes, pair by pair, and whose they are."""
    reach = _TAIL * np.sqrt(mean1) + 5 * _TAIL
    first = np.maximum(np.floor(mean1 - reach), 0).astype(np.int64)
    length = np.ceil(mean1 + reach).astype(np.int64) - first + 1
    pair = np.repeat(np.arange(mean1.size), length)
    within = np.arange(pair.size) - np.repeat(np.cumsum(length) - length, length)
    return pair, (first[pair] + within).astype(np.float64)


def _at_least(squared: Array, outcome1: Array, mean2: Array, n1: Array, n2: Array, apart: Array) -> Array:
    """Given the first outcome, the probability of a second one that makes the pair at least as extreme.

    (x₂/n₂ − c)² ≥ T²·(x₁ + x₂)/(n₁ + n₂) with c = x₁/n₁ − d: less extreme are the x₂ between the roots of a parabola.
    """
    centre, slope = outcome1 / n1 - apart, squared / (n1 + n2)
    half = centre * n2 + slope * n2**2 / 2
    inside = half**2 - n2**2 * (centre**2 - slope * outcome1)
    root = np.sqrt(np.maximum(inside, 0.0))
    tie = _TIE * (1 + np.abs(half) + root)
    last = np.ceil(half + root - tie) - 1
    first = np.floor(half - root + tie) + 1
    less = np.where(last >= 0, pdtr(np.maximum(last, 0), mean2), 0.0)
    below = np.where(first >= 1, pdtr(np.maximum(first - 1, 0), mean2), 0.0)
    return np.where((inside > 0) & (last >= first), 1 - (less - below), 1.0)

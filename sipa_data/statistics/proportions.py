"""Weighted shares of a survey: estimate, effective sample size, interval, difference, detectable difference."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    positive,
    probability,
    same_length,
    shares,
    whole_counts,
)

SURELY_COVERED = 1e-9
"""Rounding of a weighted share above 1 that is forgiven: 0.1 + 0.2 is not 0.3 in binary."""


class ShareEstimates(NamedTuple):
    """Weighted shares of k groups.

    ``share`` : shape (k,), in [0, 1]; 0 where nobody answered, which only ``n`` tells apart from a true 0
    ``n`` : shape (k,), number of valid answers
    ``n_effective`` : shape (k,), Kish's effective sample size, 0 where nobody answered
    """

    share: Array
    n: Array
    n_effective: Array

    def interval(self, confidence: float = 0.95) -> tuple[Array, Array]:
        """Wilson interval of every group; from 0 to 1, that is no knowledge at all, where nobody answered."""
        answered = self.n > 0
        lower, upper = np.zeros_like(self.share), np.ones_like(self.share)
        lower[answered], upper[answered] = wilson_interval(self.share[answered], self.n_effective[answered], confidence)
        return lower, upper


def weighted_share(answers: ArrayLike, weights: ArrayLike) -> float:
    """Share of the counted answers among all valid ones, each person with their weight: Σwy / Σw.

    Parameters
    ----------
    answers : shape (n,), 1 where the answer counts, 0 where it does not; missing answers are left out before
    weights : shape (n,), each >= 0, at least one above 0, unitless

    Returns
    -------
    The share, in [0, 1].

    Raises
    ------
    UnusableNumbers (a ValueError) : no answers, an answer other than 0 and 1, a negative weight, no weight at all

    Source: Kish (1965), Survey Sampling.
    """
    counted, weight = finite("answers", answers), not_negative("weights", weights)
    same_length(answers=counted, weights=weight)
    if not np.isin(counted, (0.0, 1.0)).all():
        raise UnusableNumbers("answers: an answer counts (1) or it does not (0)")
    return float(share_from_sums(*_sums(counted, weight)).share[0])


def effective_size(weights: ArrayLike) -> float:
    """Kish's effective sample size (Σw)²/Σw²: so many equally weighted persons would be as precise.

    Parameters
    ----------
    weights : shape (n,), each >= 0, at least one above 0, unitless; of the persons in the domain only

    Returns
    -------
    Between 1 and n; n exactly where all weights are equal.

    Raises
    ------
    UnusableNumbers (a ValueError) : no weights, a negative one, or all of them zero

    Assumes that weights have nothing to do with the answer (otherwise the true loss differs). Source: Kish (1965).
    """
    weight = not_negative("weights", weights)
    same_length(weights=weight)
    return float(share_from_sums(*_sums(np.zeros_like(weight), weight)).n_effective[0])


def design_effect(weights: ArrayLike) -> float:
    """Factor by which unequal weights inflate the variance: n / n_effective = 1 + CV²(w). Source: Kish (1965).

    Parameters, errors and assumption as for ``effective_size``.
    """
    return float(np.size(np.asarray(weights)) / effective_size(weights))


def share_from_sums(sum_w: ArrayLike, sum_w2: ArrayLike, sum_wy: ArrayLike, n: ArrayLike) -> ShareEstimates:
    """Weighted shares from sums that a database has already formed, one entry per group.

    Parameters
    ----------
    sum_w, sum_w2, sum_wy : shape (k,), sums of the weights, of their squares, and of weight times counted answer
    n : shape (k,), number of valid answers

    Returns
    -------
    ShareEstimates. A group without answers has share 0, n 0 and n_effective 0.

    Raises
    ------
    UnusableNumbers (a ValueError) : a group with answers whose weights are all zero, sums of a group without
        answers, negative sums, or more counted weight than weight
    """
    weight, squares, counted, size = (
        np.atleast_1d(not_negative(name, column))
        for name, column in (("sum_w", sum_w), ("sum_w2", sum_w2), ("sum_wy", sum_wy), ("n", whole_counts("n", n)))
    )
    same_length(sum_w=weight, sum_w2=squares, sum_wy=counted, n=size)
    answered = size > 0
    if (answered & ((weight == 0) | (squares == 0))).any():
        raise UnusableNumbers("weights: all of them are zero, so there is no share")
    if (~answered & ((weight > 0) | (counted > 0))).any():
        raise UnusableNumbers("n: weights without answers")
    if (counted > weight * (1 + SURELY_COVERED)).any():
        raise UnusableNumbers("sum_wy: more weight is counted than there is")
    share = np.divide(counted, weight, out=np.zeros_like(weight), where=answered)
    n_effective = np.divide(weight**2, squares, out=np.zeros_like(weight), where=answered)
    return ShareEstimates(np.minimum(share, 1.0), size, np.minimum(n_effective, size))


def weighted_shares_by_group(
    counted: ArrayLike, weights: ArrayLike, groups: ArrayLike, number_of_groups: int
) -> ShareEstimates:
    """Weighted shares of many groups (districts) in one pass.

    Parameters
    ----------
    counted : shape (n,), 1 where the answer counts, 0 where it does not
    weights : shape (n,), each >= 0
    groups : shape (n,), whole number of the person's group, from 0 to number_of_groups − 1
    number_of_groups : groups without a person are part of the result

    Returns
    -------
    ShareEstimates of shape (number_of_groups,), as ``share_from_sums`` gives them.

    Raises
    ------
    UnusableNumbers (a ValueError) : as for ``weighted_share``, or a group that does not exist
    """
    answer, weight = finite("counted", counted), not_negative("weights", weights)
    group = whole_counts("groups", groups).astype(np.int64)
    same_length(counted=answer, weights=weight, groups=group)
    if not np.isin(answer, (0.0, 1.0)).all():
        raise UnusableNumbers("counted: an answer counts (1) or it does not (0)")
    if group.size and group.max() >= number_of_groups:
        raise UnusableNumbers(f"groups: there is no group {group.max()} among {number_of_groups}")
    return share_from_sums(
        np.bincount(group, weight, number_of_groups),
        np.bincount(group, weight**2, number_of_groups),
        np.bincount(group, weight * answer, number_of_groups),
        np.bincount(group, minlength=number_of_groups),
    )


def wilson_interval(share: ArrayLike, n_effective: ArrayLike, confidence: float = 0.95) -> tuple[Array, Array]:
    """Confidence interval of a weighted share.

    Parameters
    ----------
    share : shape (k,), each in [0, 1], unitless
    n_effective : shape (k,), Kish's effective sample size, each > 0
    confidence : the probability the interval covers, in (0, 1)

    Returns
    -------
    lower, upper : shape (k,), in [0, 1]. A share of 0 has the lower bound 0, a share of 1 the upper bound 1.

    Raises
    ------
    UnusableNumbers (a ValueError) : a share outside [0, 1] or an effective size that is not positive

    Assumes independent answers but for the weights. scipy and statsmodels have Wilson's interval for whole counts
    only, not for a share on an effective size, so the formula stands here.
    Source: Wilson (1927); on the effective size: Franco, Little, Louis, Slud (2019).
    """
    p, n = np.broadcast_arrays(shares("share", share), positive("n_effective", n_effective))
    z = ndtri((1 + probability("confidence", confidence)) / 2)
    widened = 1 + z**2 / n
    centre = (p + z**2 / (2 * n)) / widened
    half = z / widened * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    lower = np.where(p == 0, 0.0, np.clip(centre - half, 0.0, 1.0))
    upper = np.where(p == 1, 1.0, np.clip(centre + half, 0.0, 1.0))
    return lower, upper


def newcombe_difference(
    share1: ArrayLike, n1: ArrayLike, share2: ArrayLike, n2: ArrayLike, confidence: float = 0.95
) -> tuple[Array, Array, Array]:
    """Difference of two independent shares with its interval, Newcombe's method 10 on effective sizes.

    Parameters
    ----------
    share1, share2 : shape (k,), each in [0, 1]
    n1, n2 : shape (k,), effective sample sizes, each > 0
    confidence : the probability the interval covers, in (0, 1)

    Returns
    -------
    difference, lower, upper : shape (k,), share1 − share2 and its bounds, in [−1, 1]. Beyond chance where 0 is outside.

    Raises
    ------
    UnusableNumbers (a ValueError) : as for ``wilson_interval``

    Assumes independent samples: two waves with different persons, or a district and the *rest* of the city.
    Source: Newcombe (1998), Statistics in Medicine 17:873–890, method 10.
    """
    p1, p2 = shares("share1", share1), shares("share2", share2)
    lower1, upper1 = wilson_interval(p1, n1, confidence)
    lower2, upper2 = wilson_interval(p2, n2, confidence)
    difference = p1 - p2
    lower = difference - np.hypot(p1 - lower1, upper2 - p2)
    upper = difference + np.hypot(upper1 - p1, p2 - lower2)
    return difference, np.maximum(lower, -1.0), np.minimum(upper, 1.0)


def detectable_difference(
    share: ArrayLike,
    n_effective1: ArrayLike,
    n_effective2: ArrayLike,
    power: float = 0.8,
    confidence: float = 0.95,
) -> Array:
    """Smallest true difference of two shares that samples of these sizes would find.

    Parameters
    ----------
    share : shape (k,), the level around which both shares lie, in [0, 1]
    n_effective1, n_effective2 : shape (k,), effective sample sizes, each > 0
    power : probability to find it, in (0, 1)
    confidence : of the two-sided test, in (0, 1)

    Returns
    -------
    Shape (k,), as a share (0.05 are 5 percentage points), at most 1. For an observed share near 0 or 1 the level is
    taken as 1/(n+2) away from the edge (Laplace), because a variance of zero would promise to find anything.

    Raises
    ------
    UnusableNumbers (a ValueError) : a share outside [0, 1], a size that is not positive, a power outside (0, 1)

    Source: normal approximation, Fleiss, Levin, Paik (2003), ch. 4; 2.80·√(2p(1−p)/n) for equal sizes and 80 % power.
    """
    p = shares("share", share)
    size1, size2 = positive("n_effective1", n_effective1), positive("n_effective2", n_effective2)
    edge = 1 / (np.minimum(size1, size2) + 2)
    level = np.clip(p, edge, 1 - edge)
    quantiles = ndtri((1 + probability("confidence", confidence)) / 2) + ndtri(probability("power", power))
    found = quantiles * np.sqrt(level * (1 - level) * (1 / size1 + 1 / size2))
    return np.asarray(np.minimum(found, 1.0), dtype=np.float64)


def size_that_detects(share: ArrayLike, difference: ArrayLike, power: float = 0.8, confidence: float = 0.95) -> Array:
    """Effective answers that each of two samples needs to find a difference of two shares.

    Parameters
    ----------
    share : shape (k,), the level around which both shares lie, in (0, 1)
    difference : shape (k,), as a share, above 0 and at most 1
    power, confidence : as for ``detectable_difference``, whose inverse this is for samples of equal size

    Returns
    -------
    Shape (k,), not rounded.

    Raises
    ------
    UnusableNumbers (a ValueError) : a share or difference outside its limits

    Source: Fleiss, Levin, Paik (2003), ch. 4: n = 2·p(1−p)·(z₁ + z₂)²/d².
    """
    level, apart = shares("share", share), positive("difference", difference)
    if ((level == 0) | (level == 1)).any() or (apart > 1).any():
        raise UnusableNumbers("share, difference: a share must lie inside (0, 1), a difference cannot exceed 1")
    quantiles = ndtri((1 + probability("confidence", confidence)) / 2) + ndtri(probability("power", power))
    return np.asarray(2 * level * (1 - level) * (quantiles / apart) ** 2, dtype=np.float64)


def _sums(counted: Array, weight: Array) -> tuple[Array, Array, Array, Array]:
    """Σw, Σw², Σwy and n of one group, each of shape (1,)."""
    if weight.size == 0:
        raise UnusableNumbers("answers: there are none")
    return (
        np.array([weight.sum()]),
        np.array([(weight**2).sum()]),
        np.array([(weight * counted).sum()]),
        np.array([weight.size], dtype=np.float64),
    )

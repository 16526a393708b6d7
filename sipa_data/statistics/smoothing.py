"""Values of small areas, drawn towards what all areas have in common: the less an area says, the more it is drawn.

A smoothed value is an estimate that borrows from elsewhere. It is steadier and it is not what was counted there: always
labelled „geglättet“.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import ndtri

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    positive,
    probability,
    same_length,
)

FEWEST_AREAS = 5
"""Fewer areas say too little about how much areas differ (house rule)."""


class Shrunk(NamedTuple):
    """Smoothed values of k areas.

    ``value`` : shape (k,), γ·estimate + (1 − γ)·centre, in the unit of the estimates
    ``weight`` : shape (k,), γ, the part that the area's own estimate has, in [0, 1]
    ``lower``, ``upper`` : shape (k,), interval of the area's true value
    ``centre``, ``sigma`` : μ and σ of the true values of all areas
    """

    value: Array
    weight: Array
    lower: Array
    upper: Array
    centre: float
    sigma: float


def shrunk_values(estimates: ArrayLike, variances: ArrayLike, centre: float, sigma: float) -> tuple[Array, Array]:
    """Empirical-Bayes values where centre and spread of the areas are known.

    Parameters
    ----------
    estimates : shape (k,), any unit
    variances : shape (k,), sampling variance of each estimate, each > 0, unit squared
    centre : μ, mean of the true values
    sigma : σ, standard deviation of the true values, >= 0

    Returns
    -------
    value, weight : shape (k,), γ·estimate + (1 − γ)·μ and γ = σ²/(σ² + variance)

    Raises
    ------
    UnusableNumbers (a ValueError) : a missing number, a variance that is not positive, a negative sigma

    Source: Fay & Herriot (1979), J. Amer. Statist. Assoc. 74:269–277; Rao & Molina (2015), Small Area Estimation.
    """
    estimate, variance = finite("estimates", estimates), positive("variances", variances)
    same_length(estimates=estimate, variances=variance)
    between = float(not_negative("sigma", sigma)) ** 2
    weight = between / (between + variance)
    return weight * estimate + (1 - weight) * float(finite("centre", centre)), weight


def smoothed(estimates: ArrayLike, variances: ArrayLike, confidence: float = 0.95) -> Shrunk:
    """Fay–Herriot values without covariates: centre and spread of the areas are learned from the areas themselves.

    Parameters
    ----------
    estimates, variances : as for ``shrunk_values``, at least five areas
    confidence : of the intervals, in (0, 1)

    Returns
    -------
    Shrunk. σ² solves Σ(y − μ)²/(σ² + v) = k − 1 with μ weighted by 1/(σ² + v), and is 0 where the areas differ no more
    than sampling makes them; then every value is μ.

    Raises
    ------
    UnusableNumbers (a ValueError) : fewer than five areas, a missing number, a variance that is not positive

    The interval holds the variance of the value with σ known (g1), that of μ (g2) and twice that of σ² (g3); the
    correction that would make it narrower is left out, which is the careful side. Assumes that true values
    scatter normally around one centre, so an area far out is drawn in although it may truly lie there.
    Source: Fay & Herriot (1979), moments; Prasad & Rao (1990), J. Amer. Statist. Assoc. 85:163–171;
    Datta, Rao & Smith (2005), Biometrika 92:183–196.
    """
    estimate, variance = finite("estimates", estimates), positive("variances", variances)
    same_length(estimates=estimate, variances=variance)
    if estimate.size < FEWEST_AREAS:
        raise UnusableNumbers(f"estimates: {FEWEST_AREAS} areas are needed, not {estimate.size}")
    between = _between(estimate, variance)
    centre = _centre(estimate, variance, between)
    value, weight = shrunk_values(estimate, variance, centre, float(np.sqrt(between)))
    precision = 1 / (between + variance)
    known = weight * variance
    of_centre = (1 - weight) ** 2 / precision.sum()
    of_spread = variance**2 * precision**3 * 2 * estimate.size / precision.sum() ** 2
    reach = ndtri((1 + probability("confidence", confidence)) / 2) * np.sqrt(known + of_centre + 2 * of_spread)
    return Shrunk(value, weight, value - reach, value + reach, centre, float(np.sqrt(between)))


def _centre(estimate: Array, variance: Array, between: float) -> float:
    precision = 1 / (between + variance)
    return float((precision * estimate).sum() / precision.sum())


def _between(estimate: Array, variance: Array) -> float:
    """σ², from the moment equation, whose left side falls as σ² grows."""

    def excess(between: float) -> float:
        apart = (estimate - _centre(estimate, variance, between)) ** 2
        return float((apart / (between + variance)).sum()) - (estimate.size - 1)

    if excess(0.0) <= 0:
        return 0.0
    widest = float(np.ptp(estimate)) ** 2 * estimate.size
    return float(brentq(excess, 0.0, widest, xtol=1e-12 * widest, rtol=1e-12))

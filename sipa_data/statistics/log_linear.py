"""Counts that follow a level and a steady trend, and scatter more than counting alone: many series fitted at once."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sipa_data.statistics.checks import Array

Flags = NDArray[np.bool_]

MOST_STEPS: Final = 30
CLOSE_ENOUGH: Final = 1e-8
FARTHEST_STEP: Final = 2.0
"""Largest change of a coefficient in one step of the iteration, so that sparse series do not run away."""


class Fit(NamedTuple):
    """Fits of k series: ln μ = level + slope · time.

    ``level``, ``slope`` : shape (k,); the slope is 0 where none was asked for
    ``variance`` : shape (k, 2, 2), covariance of both for φ = 1
    ``expected``, ``leverage`` : shape (k, n), μ and the diagonal of the hat matrix
    ``converged`` : shape (k,), whether the iteration came to rest
    """

    level: Array
    slope: Array
    variance: Array
    expected: Array
    leverage: Array
    converged: Flags


def fit_log_linear(counts: Array, time: Array, weights: Array, exposure: Array, *, with_slope: Flags) -> Fit:
    """Weighted Poisson regression by iteratively reweighted least squares, every series for itself.

    Parameters
    ----------
    counts : shape (k, n), >= 0
    time : shape (n,), centred near 0 by the caller
    weights : shape (k, n), >= 0; 0 leaves a count out. Each series needs a weighted count above 0
    exposure : shape (k, n), > 0, what the counts are divided by; 1 for counts themselves
    with_slope : shape (k,), bool, whether a slope is fitted; it needs two different times with weight

    Neither scipy nor numpy fits generalised linear models, and one library more for two coefficients is too much.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, ch. 2 and 6.
    """
    total = (weights * exposure).sum(axis=1)
    level = np.log((weights * counts).sum(axis=1) / total)
    slope = np.zeros_like(level)
    sloping = with_slope
    converged = np.zeros(level.shape, dtype=np.bool_)
    for _ in range(MOST_STEPS):
        expected = exposure * np.exp(np.clip(level[:, None] + slope[:, None] * time, -50, 50))
        s0, s1, s2 = _moments(weights * expected, time)
        residual = weights * (counts - expected)
        g0, g1 = residual.sum(axis=1), (residual * time).sum(axis=1)
        determinant = np.where(sloping, s0 * s2 - s1**2, s0)
        step0 = np.where(sloping, (s2 * g0 - s1 * g1), g0) / determinant
        step1 = np.where(sloping, (s0 * g1 - s1 * g0) / determinant, 0.0)
        step0, step1 = (np.clip(step, -FARTHEST_STEP, FARTHEST_STEP) for step in (step0, step1))
        level, slope = level + step0, slope + step1
        converged = np.maximum(np.abs(step0), np.abs(step1)) < CLOSE_ENOUGH
        if converged.all():
            break
    expected = exposure * np.exp(np.clip(level[:, None] + slope[:, None] * time, -50, 50))
    variance = _covariance(weights * expected, time, sloping)
    spread = variance[:, 0, 0, None] + 2 * variance[:, 0, 1, None] * time + variance[:, 1, 1, None] * time**2
    return Fit(level, slope, variance, expected, np.clip(weights * expected * spread, 0.0, 1.0), converged)


def dispersion(counts: Array, fit: Fit, weights: Array, parameters: NDArray[np.int64]) -> Array:
    """φ of every series: Σw(y − μ)²/μ divided by the degrees of freedom, shape (k,), never below 1."""
    used = (weights > 0).sum(axis=1)
    freedom = np.maximum(used - parameters, 1)
    pearson = (weights * (counts - fit.expected) ** 2 / np.maximum(fit.expected, 1e-12)).sum(axis=1)
    return np.asarray(np.maximum(pearson / freedom, 1.0), dtype=np.float64)


def _moments(weighted: Array, time: Array) -> tuple[Array, Array, Array]:
    return weighted.sum(axis=1), weighted @ time, weighted @ time**2


def _covariance(weighted: Array, time: Array, sloping: Flags) -> Array:
    s0, s1, s2 = _moments(weighted, time)
    determinant = np.where(sloping, s0 * s2 - s1**2, 1.0)
    variance = np.zeros((s0.size, 2, 2))
    variance[:, 0, 0] = np.where(sloping, s2 / determinant, 1 / s0)
    variance[:, 1, 1] = np.where(sloping, s0 / determinant, 0.0)
    variance[:, 0, 1] = variance[:, 1, 0] = np.where(sloping, -s1 / determinant, 0.0)
    return variance

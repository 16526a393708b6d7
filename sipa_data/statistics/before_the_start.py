"""What happened before a measure began: did the places move together, and was the last year a peak?"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sipa_data.statistics.checks import Array, UnusableNumbers, not_negative, whole_counts
from sipa_data.statistics.effects import BOTH_ARMS, RatioOfRatios, judged_log_ratio, ratio_of_ratios

FEWEST_PERIODS: Final = 3
"""Below this there is at most one change, and one change is no trend."""
FEWEST_FOR_USUAL: Final = 3
"""Periods that are needed to say what is usual in a place."""


class PreTrend(NamedTuple):
    """How far two places drifted apart, per period.

    ``trend`` : the factor by which the treated place changed more than its comparison, in one period; 1 is side by
        side. None where there were too few periods to tell
    ``periods`` : how many there were
    """

    trend: RatioOfRatios | None
    periods: int

    @property
    def is_told(self) -> bool:
        return self.trend is not None


def pre_trend(
    treated: ArrayLike,
    control: ArrayLike,
    sigma: float,
    degrees_of_freedom: float | None = None,
    *,
    confidence: float = 0.95,
) -> PreTrend:
    """Did the treated place and its comparison move together before the start?

    Parameters
    ----------
    treated, control : shape (m,), whole numbers >= 0, cases of m equally long periods one after the other, all before
        the start
    sigma, degrees_of_freedom : usual swing of the log change from one period to the next, and how well it is known
    confidence : of the interval, in (0, 1)

    Returns
    -------
    PreTrend. The trend is the slope of ln(T/C), fitted by generalised least squares: each period has its counting noise
    1/T + 1/C, and what the usual swing adds to a period stays in all later ones (yearly changes are independent, as
    everywhere in this room). With σ = 0 that is the weighted straight line, with very large counts the mean change from
    the first period to the last. In a period with a count of 0, ½ is added to both places.

    Raises
    ------
    UnusableNumbers (a ValueError) : a bad count, series of different lengths, a negative sigma

    That no trend is found does not prove that there is none: the interval says what could have been missed.
    Source: Aitken (1936) for generalised least squares; on the limits of such checks: Roth (2022), American Economic
    Review: Insights 4:305.
    """
    ours, theirs = whole_counts("treated", treated), whole_counts("control", control)
    if ours.ndim != 1 or ours.shape != theirs.shape:
        raise UnusableNumbers("treated, control: two equally long series are needed")
    if ours.size < FEWEST_PERIODS:
        return PreTrend(None, int(ours.size))
    half = 0.5 * ((ours == 0) | (theirs == 0))
    log_ratios = np.log((ours + half) / (theirs + half))
    noise = np.diag(1 / (ours + half) + 1 / (theirs + half))
    when = np.arange(ours.size, dtype=np.float64)
    swing = BOTH_ARMS * float(not_negative("sigma", sigma)) ** 2 * np.minimum.outer(when, when)
    weights = _slope_weights(when, noise + swing)
    trend = judged_log_ratio(
        weights @ log_ratios, weights @ noise @ weights, weights @ swing @ weights, degrees_of_freedom, confidence
    )
    return PreTrend(trend, int(ours.size))


def against_usual(
    count: float,
    earlier: ArrayLike,
    rest: float,
    earlier_rest: ArrayLike,
    sigma: float,
    degrees_of_freedom: float | None = None,
) -> tuple[float, RatioOfRatios] | None:
    """Was a count above or below what was usual in its place, given how it went everywhere else?

    A measure that begins because of a peak is followed by fewer cases even if it does nothing (regression to the mean).

    Parameters
    ----------
    count : whole number >= 0, cases of one period
    earlier : shape (m,), cases of earlier periods of the same length
    rest, earlier_rest : the same for all other places, so that a year that was low everywhere sets no standard
    sigma, degrees_of_freedom : as for ``pre_trend``

    Returns
    -------
    The usual number of cases (Σ earlier / Σ earlier rest · rest), and the count divided by it with its interval. The
    usual level is treated as known up to counting noise; the swing counts for both places. None with fewer than three
    earlier periods, or where nothing was counted elsewhere.

    Raises
    ------
    UnusableNumbers (a ValueError) : a bad count or sigma, series of different lengths

    Source: Barnett, van der Pols & Dobson (2005), International Journal of Epidemiology 34:215; the three: house rule.
    """
    ours, theirs = whole_counts("earlier", earlier), whole_counts("earlier_rest", earlier_rest)
    if ours.ndim != 1 or ours.shape != theirs.shape:
        raise UnusableNumbers("earlier, earlier_rest: two equally long series are needed")
    if ours.size < FEWEST_FOR_USUAL or theirs.sum() == 0:
        return None
    found = ratio_of_ratios(ours.sum(), count, theirs.sum(), rest, sigma, degrees_of_freedom)
    return float(ours.sum() / theirs.sum() * rest), found


def _slope_weights(when: Array, covariance: Array) -> Array:
    """What each period counts for the slope of the generalised least squares line, shape (m,)."""
    design = np.column_stack([np.ones_like(when), when])
    weighted = np.linalg.solve(covariance, design)
    return np.asarray(np.linalg.solve(design.T @ weighted, weighted.T)[1], dtype=np.float64)

"""Where a series is heading since its last break, and in which range a month or week may be expected."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

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
from sipa_data.statistics.log_linear import dispersion, fit_log_linear

FEWEST_PERIODS: Final = 5
"""A trend through fewer points has too few degrees of freedom to say anything (house rule)."""
BAND_Z: Final = 3.0
"""Half width of the band for weeks and months, in standard deviations of a count."""


class Trend(NamedTuple):
    """A steady change per unit of time.

    ``factor`` : by what the rate is multiplied in one unit of time; 0.98 is minus 2 per cent
    ``lower``, ``upper`` : interval of the factor, both above 0
    ``p`` : two-sided p value of no change
    ``dispersion`` : φ, 1 where counting alone explains the scatter
    ``periods`` : how many points the trend rests on
    """

    factor: float
    lower: float
    upper: float
    p: float
    dispersion: float
    periods: int


def since_last_break(times: ArrayLike, breaks: ArrayLike) -> NDArray[np.bool_]:
    """Which points lie at or after the last break.

    Parameters
    ----------
    times : shape (n,), first moment of each period
    breaks : shape (b,), moments from which on a new footing holds, same unit; none keeps every point

    Returns
    -------
    Shape (n,). A period in which a break falls (it begins before) belongs to the old footing.

    Raises
    ------
    UnusableNumbers (a ValueError) : a missing number
    """
    moments, cuts = finite("times", times), finite("breaks", breaks)
    last = cuts.max(initial=-np.inf)
    return np.asarray(moments >= last)


def log_linear_trend(counts: ArrayLike, times: ArrayLike, exposure: ArrayLike = 1.0, confidence: float = 0.95) -> Trend:
    """Trend of one series of counts or rates on one footing: quasi-Poisson regression with log link.

    Parameters
    ----------
    counts : shape (n,), whole numbers >= 0, at least five, not all 0; only of periods after the last break
    times : shape (n,), moments in the unit the factor is told for (years), all different
    exposure : shape (n,) or one number, what the counts are divided by, each > 0
    confidence : of the interval, in (0, 1)

    Returns
    -------
    Trend. Interval and p value use the t distribution with n − 2 degrees of freedom and φ, never below 1.

    Raises
    ------
    UnusableNumbers (a ValueError) : fewer than five periods, no case at all, a count that is negative or not whole, two
        points at the same time, a trend too steep to be estimated (all cases at one end)

    Assumes a steady relative change and independent periods. Source: McCullagh & Nelder (1989), ch. 6.
    """
    number, moment = whole_counts("counts", counts), finite("times", times)
    same_length(counts=number, times=moment)
    size = np.broadcast_to(positive("exposure", exposure), number.shape)
    if number.size < FEWEST_PERIODS:
        raise UnusableNumbers(f"counts: a trend needs {FEWEST_PERIODS} periods, not {number.size}")
    if np.unique(moment).size < number.size:
        raise UnusableNumbers("times: two counts at the same time")
    if not number.any():
        raise UnusableNumbers("counts: there is no case, so there is no trend")
    centred = moment - moment.mean()
    scale = float(np.abs(centred).max())
    weights = np.ones((1, number.size))
    fit = fit_log_linear(number[None], centred / scale, weights, size[None], with_slope=np.array([True]))
    if not fit.converged[0]:
        raise UnusableNumbers("counts: the trend is too steep to be estimated")
    freedom = number.size - 2
    phi = float(dispersion(number[None], fit, weights, np.array([2]))[0])
    slope = float(fit.slope[0]) / scale
    error = float(np.sqrt(phi * fit.variance[0, 1, 1])) / scale
    reach = float(stdtrit(freedom, (1 + probability("confidence", confidence)) / 2)) * error
    p = float(2 * stdtr(freedom, -abs(slope) / error))
    factor, lower, upper = (float(np.exp(value)) for value in (slope, slope - reach, slope + reach))
    return Trend(factor, lower, upper, p, phi, number.size)


def usual_range(mean: ArrayLike, z: float = BAND_Z, periods: ArrayLike | None = None) -> tuple[Array, Array]:
    """Band in which the next week or month may be expected, from the mean of earlier ones: (√m ± z/2)².

    Parameters
    ----------
    mean : shape (k,), mean count m of the earlier weeks, or of the same month of earlier years, each >= 0
    z : half width in standard deviations, > 0; 3 leaves out about 3 in 1,000
    periods : shape (k,), from how many periods the mean was taken, each >= 1; None takes it as known, as the published
        band does. With it the half width grows by √(1 + 1/periods), because a mean of few periods is itself a guess

    Returns
    -------
    lower, upper : shape (k,), cases; the lower bound is 0 where √m < z/2

    Raises
    ------
    UnusableNumbers (a ValueError) : a negative mean, a z or number of periods that is not positive

    √count has about the standard deviation ½ whatever the mean (Anscombe 1948). Assumes Poisson counts: where months
    swing more, ``early_signals`` is the judge. Source: Wheeler (crimepy, weekly chart).
    """
    level, half = np.sqrt(not_negative("mean", mean)), positive("z", z) / 2
    if periods is not None:
        half = half * np.sqrt(1 + 1 / positive("periods", periods))
    return np.maximum(level - half, 0.0) ** 2, (level + half) ** 2


def seasonal_range(
    counts: ArrayLike, z: float = BAND_Z, left_out: ArrayLike | None = None
) -> tuple[Array, Array, Array]:
    """Expected count and band of a month from the same month of earlier years.

    Parameters
    ----------
    counts : shape (k, years), whole numbers >= 0, the same month of earlier years, one row per series
    z : as for ``usual_range``
    left_out : shape (years,) or (k, years), True where a year says nothing about the usual (before a break, pandemic)

    Returns
    -------
    mean, lower, upper : shape (k,), cases

    Raises
    ------
    UnusableNumbers (a ValueError) : a count that is negative or not whole, a series of which every year is left out
    """
    number = np.atleast_2d(whole_counts("counts", counts))
    kept = np.ones(number.shape, dtype=np.bool_)
    if left_out is not None:
        kept &= ~np.broadcast_to(np.asarray(left_out, dtype=np.bool_), number.shape)
    years = kept.sum(axis=1)
    if (years == 0).any():
        raise UnusableNumbers("counts: no earlier year is left to expect anything from")
    mean = (number * kept).sum(axis=1) / years
    return mean, *usual_range(mean, z, years)

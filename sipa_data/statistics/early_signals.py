"""Is a month higher than the same season of earlier years lets expect? Many series at once, robust to past peaks.

Wehret den Anfängen: a rise should be seen while it is small, and a quiet month should stay quiet.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit
from scipy.stats import nbinom

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    probability,
    whole_counts,
)
from sipa_data.statistics.log_linear import Fit, dispersion, fit_log_linear

QUANTILE: Final = 0.995
"""Of the expected counts, above which a month is a signal: Noufaily et al. (2013) use the same."""
FEWEST_CASES: Final = 5
"""Below so many cases nothing is a signal (Farrington et al. 1996: five reports in four weeks)."""
FEWEST_MONTHS: Final = 6
"""Two earlier years with their neighbouring months: with less there is nothing to expect from."""
FEWEST_YEARS_FOR_TREND: Final = 3
OUTLYING: Final = 2.58
"""Residual from which on an earlier month counts less (Noufaily et al. 2013; Farrington's 1 discounts too much)."""
RIGHTING_STEPS: Final = 4
NORMAL_MEDIAN: Final = 0.6745
"""Median of the absolute value of a standard normal number: what turns a median residual into a standard deviation."""
LARGEST_VARIANCE_OF_LOG: Final = 0.25
"""A trend whose prediction may be off by a factor of e^0.5 either way is left out: a level says more."""
NEARLY_POISSON: Final = 1e-6
NO_CASES_PRIOR: Final = 0.5
"""Where no case was ever seen: half a case in all earlier months together (Jeffreys)."""


class Signals(NamedTuple):
    """What was to be expected of k series, each field of shape (k,).

    ``expected`` : mean
    ``lower``, ``upper`` : whole numbers between which the count lies with the stated probability on each side
    ``p`` : probability of so many cases or more
    ``dispersion`` : φ of the earlier months
    ``judged`` : False where too few earlier months are known; then expected and bounds are 0 and p is 1
    ``is_signal`` : more than ``upper``, and enough cases
    """

    expected: Array
    lower: Array
    upper: Array
    p: Array
    dispersion: Array
    judged: NDArray[np.bool_]
    is_signal: NDArray[np.bool_]


def early_signals(
    now: ArrayLike,
    earlier: ArrayLike,
    years_back: ArrayLike,
    usable: ArrayLike | None = None,
    *,
    swing: ArrayLike = 0.0,
    quantile: float = QUANTILE,
    fewest_cases: int = FEWEST_CASES,
) -> Signals:
    """Judge one month of k series by the same season of earlier years.

    Parameters
    ----------
    now : shape (k,), whole numbers >= 0, cases of the month
    earlier : shape (k, n), whole numbers >= 0, cases of the same month and its neighbours in earlier years
    years_back : shape (n,), how many years before the month each of them lies, > 0; neighbouring months of one year
        share one number
    usable : shape (k, n) or (n,), False where a month says nothing about the usual: before a break, in an unusual time,
        not delivered. None uses all
    swing : shape (k,) or one number, usual swing σ of the yearly log change beyond counting noise, >= 0: a whole year
        may lie so much higher without anything new in the month
    quantile : of the expected counts that the upper bound is, in (0.5, 1)
    fewest_cases : a month with fewer is no signal

    Returns
    -------
    Signals. A series whose earlier months hold no case at all expects half a case in all of them.

    Raises
    ------
    UnusableNumbers (a ValueError) : a count that is negative or not whole, a month that is not earlier, shapes that do
        not fit, a quantile outside (0.5, 1)

    Method: quasi-Poisson regression on level and trend (trend from three years on, never beyond the highest month
    ever seen; left out where it is too sparse to be estimated); months with a standardised Anscombe residual r above
    2.58 get the weight (2.58/r)², so a past peak hardly raises the bound and does not hide the next; then a negative
    binomial prediction whose variance holds the scatter φμ, the uncertainty of μ and the usual yearly swing (σμ)².
    Because φ comes from few months, it is multiplied by (t/z)², the quantiles of t and of the normal distribution. The
    season is met by comparing only with itself: a full seasonal model (Noufaily et al. 2013) would need every month of
    every year on one footing, which breaks and pandemic do not leave. The last three parts, which Noufaily leaves out,
    keep false alarms near the stated rate with so few months. Assumes independent months but for the swing.
    Source: Farrington, Andrews, Beale, Catchpole (1996), J. Royal Statist. Soc. A 159:547–563; Noufaily et al. (2013),
    Statistics in Medicine 32:1206–1222.
    """
    count = np.atleast_1d(whole_counts("now", now))
    history = np.atleast_2d(whole_counts("earlier", earlier))
    back = finite("years_back", years_back)
    if probability("quantile", quantile) <= 0.5:
        raise UnusableNumbers(f"quantile: {quantile} does not lie above the middle")
    if history.shape != (count.size, back.size) or (back <= 0).any():
        raise UnusableNumbers(f"earlier: {history.shape} months of {count.size} series, {back.size} years back")
    used = np.broadcast_to(np.ones(1, bool) if usable is None else np.asarray(usable, dtype=bool), history.shape)
    judged = used.sum(axis=1) >= FEWEST_MONTHS
    mean, variance, phi = np.zeros(count.shape), np.zeros(count.shape), np.ones(count.shape)
    known = judged & ((history * used).sum(axis=1) > 0)
    if known.any():
        mean[known], variance[known], phi[known] = _expected(history[known], back, used[known], quantile)
    never = judged & ~known
    months = used[never].sum(axis=1)
    mean[never] = NO_CASES_PRIOR / months
    variance[never] = mean[never] * (1 + 1 / months)
    variance += (np.broadcast_to(not_negative("swing", swing), count.shape) * mean) ** 2
    lower, upper, p = _prediction(count, mean, variance, judged, quantile)
    is_signal = judged & (count > upper) & (count >= fewest_cases)
    return Signals(mean, lower, upper, p, phi, judged, is_signal)


def _expected(history: Array, back: Array, used: NDArray[np.bool_], quantile: float) -> tuple[Array, Array, Array]:
    """Mean and predictive variance of the month, and φ, for series that have any earlier case."""
    sloping = _years_of(used, back) >= FEWEST_YEARS_FOR_TREND
    mean, variance, phi, trusted = _fitted(history, back, used, sloping, quantile)
    if not trusted.all():
        level = np.zeros(int((~trusted).sum()), dtype=bool)
        mean[~trusted], variance[~trusted], phi[~trusted], _ = _fitted(
            history[~trusted], back, used[~trusted], level, quantile
        )
    highest = np.where(used, history, 0.0).max(axis=1)
    return np.minimum(mean, np.maximum(highest, NO_CASES_PRIOR)), variance, phi


def _fitted(
    history: Array, back: Array, used: NDArray[np.bool_], sloping: NDArray[np.bool_], quantile: float
) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    """Fit, discount outlying months, fit again; then predict at 0 years back. Last: whether the fit can be trusted."""
    centre = float(back.mean())
    kept = used.astype(np.float64)
    ones = np.ones_like(history)
    parameters = 1 + sloping.astype(np.int64)
    weights = kept
    fit = fit_log_linear(history, centre - back, weights, ones, with_slope=sloping)
    for _ in range(RIGHTING_STEPS):
        weights = _righted(history, fit, kept)
        fit = fit_log_linear(history, centre - back, weights, ones, with_slope=sloping)
    phi = dispersion(history, fit, weights, parameters)
    mean = np.exp(np.clip(fit.level + fit.slope * centre, -50, 50))
    of_log = fit.variance[:, 0, 0] + 2 * centre * fit.variance[:, 0, 1] + centre**2 * fit.variance[:, 1, 1]
    trusted = fit.converged & (phi * of_log < LARGEST_VARIANCE_OF_LOG)
    freedom = np.maximum(used.sum(axis=1) - parameters, 1)
    careful = phi * (stdtrit(freedom, quantile) / ndtri(quantile)) ** 2
    return mean, careful * (mean + of_log * mean**2), phi, trusted


def _righted(history: Array, fit: Fit, kept: Array) -> Array:
    """Weights that let outlying months count less, summing to the number of months used.

    The scatter that residuals are measured by comes from their median: peaks would hide themselves in a mean square.
    """
    mean = np.maximum(fit.expected, 1e-12)
    plain = 1.5 * (history ** (2 / 3) * mean ** (-1 / 6) - np.sqrt(mean))
    middle = np.nanmedian(np.where(kept > 0, np.abs(plain), np.nan), axis=1)
    scatter = np.maximum(middle / NORMAL_MEDIAN, 1.0)
    residual = plain / (scatter[:, None] * np.sqrt(np.maximum(1 - fit.leverage, 1e-6)))
    weights = kept * np.where(residual > OUTLYING, (OUTLYING / np.maximum(residual, OUTLYING)) ** 2, 1.0)
    return np.asarray(weights * (kept.sum(axis=1) / weights.sum(axis=1))[:, None])


def _years_of(used: NDArray[np.bool_], back: Array) -> NDArray[np.int64]:
    years = np.unique(back)
    known = np.array([used[:, back == year].any(axis=1) for year in years])
    return np.asarray(known.sum(axis=0), dtype=np.int64)


def _prediction(
    count: Array, mean: Array, variance: Array, judged: NDArray[np.bool_], quantile: float
) -> tuple[Array, Array, Array]:
    """Lower and upper bound and p value of a negative binomial count with this mean and variance."""
    safe_mean = np.where(judged, mean, 1.0)
    safe_variance = np.maximum(np.where(judged, variance, 2.0), safe_mean * (1 + NEARLY_POISSON))
    share = safe_mean / safe_variance
    size = safe_mean * share / (1 - share)
    p = np.where(judged, nbinom.sf(count - 1, size, share), 1.0)
    lower, upper = nbinom.ppf(1 - quantile, size, share), nbinom.ppf(quantile, size, share)
    return np.where(judged, lower, 0.0), np.where(judged, upper, 0.0), p

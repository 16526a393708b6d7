"""Areas beside each other without a league table: how far values may lie from the centre by chance alone.

A funnel says of each area whether its value lies where a process with the common centre would put it, given the area's
own size. Areas differ for many reasons that no size explains, so the limits widen by the overdispersion of all areas.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import binom, poisson

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    not_negative,
    positive,
    probability,
    same_length,
    shares,
    whole_counts,
)

INNER: Final = 0.95
OUTER: Final = 0.998
"""The two pairs of limits of a funnel: about 2 and about 3 standard deviations (Spiegelhalter 2005)."""
WINSORISED: Final = 0.10
"""Share of the scores at each end that is pulled in before the overdispersion is measured."""
ROUNDING: Final = 1e-9


def poisson_limits(
    centre: float,
    exposure: ArrayLike,
    confidence: float = INNER,
    *,
    per: float = 100_000,
    overdispersion: float = 1.0,
) -> tuple[Array, Array]:
    """Limits of a rate around the common centre, for areas of these sizes.

    Parameters
    ----------
    centre : common rate θ, cases per ``per``, >= 0
    exposure : shape (k,), inhabitants or whatever the rate refers to, each > 0
    confidence : share of values between the limits if chance alone were at work, in (0, 1)
    per : the rate is stated for so many of the exposure, > 0
    overdispersion : φ of ``overdispersion``; the distance of each limit from the centre is multiplied by √φ where φ > 1

    Returns
    -------
    lower, upper : shape (k,), cases per ``per``; lower never below 0. A value on a limit lies inside.

    Raises
    ------
    UnusableNumbers (a ValueError) : an area without inhabitants, a missing number, a negative centre, a negative φ

    Exact Poisson quantiles of θN, divided by N (scipy). Assumes that sizes are known without error.
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185–1202.
    """
    rate = float(not_negative("centre", centre))
    size = positive("exposure", exposure)
    scale = float(positive("per", per))
    tail = (1 - probability("confidence", confidence)) / 2
    expected = rate * size / scale
    return _widened(
        rate, poisson.ppf(tail, expected) * scale / size, poisson.isf(tail, expected) * scale / size, overdispersion
    )


def share_limits(
    centre: float, n_effective: ArrayLike, confidence: float = INNER, *, overdispersion: float = 1.0
) -> tuple[Array, Array]:
    """Limits of a weighted share around the common centre: exactly the shares whose Wilson interval holds the centre.

    Parameters
    ----------
    centre : common share, in [0, 1]
    n_effective : shape (k,), effective answers of each area, each > 0
    confidence, overdispersion : as for ``poisson_limits``

    Returns
    -------
    lower, upper : shape (k,), in [0, 1]: centre ± z·√(centre(1 − centre)/n)

    Raises
    ------
    UnusableNumbers (a ValueError) : a centre outside [0, 1], an area without answers, a negative φ

    Source: Spiegelhalter (2005); Wilson (1927), whose interval inverts this score test.
    """
    middle = float(shares("centre", centre))
    size = positive("n_effective", n_effective)
    reach = ndtri((1 + probability("confidence", confidence)) / 2) * np.sqrt(middle * (1 - middle) / size)
    lower, upper = _widened(middle, middle - reach, middle + reach, overdispersion)
    return lower, np.minimum(upper, 1.0)


def binomial_limits(
    centre: float, things: ArrayLike, confidence: float = INNER, *, overdispersion: float = 1.0
) -> tuple[Array, Array]:
    """Limits of a share of whole things (reports handled in time): exact binomial quantiles, divided by their number.

    Parameters
    ----------
    centre : common share, in [0, 1]
    things : shape (k,), whole numbers > 0
    confidence, overdispersion : as for ``poisson_limits``

    Returns
    -------
    lower, upper : shape (k,), in [0, 1]. A value on a limit lies inside.

    Raises
    ------
    UnusableNumbers (a ValueError) : a centre outside [0, 1], a number of things that is zero or not whole, a negative φ

    Quantiles are scipy's. Source: Spiegelhalter (2005).
    """
    middle = float(shares("centre", centre))
    number = positive("things", whole_counts("things", things))
    tail = (1 - probability("confidence", confidence)) / 2
    lower, upper = binom.ppf(tail, number, middle) / number, binom.isf(tail, number, middle) / number
    lower, upper = _widened(middle, lower, upper, overdispersion)
    return lower, np.minimum(upper, 1.0)


def count_scores(count: ArrayLike, expected: ArrayLike) -> Array:
    """How far each count lies from what its size makes expect, in standard deviations: 2(√O − √E).

    Parameters
    ----------
    count : shape (k,), whole numbers >= 0
    expected : shape (k,), cases that the common rate makes expect, each >= 0

    Returns
    -------
    Shape (k,), unitless; about standard normal where chance alone is at work.

    Raises
    ------
    UnusableNumbers (a ValueError) : a count that is negative or not whole, a negative expectation

    Source: Spiegelhalter (2005), variance stabilised by the square root.
    """
    return np.asarray(
        2 * (np.sqrt(whole_counts("count", count)) - np.sqrt(not_negative("expected", expected))), dtype=np.float64
    )


def share_scores(share: ArrayLike, n_effective: ArrayLike, centre: float) -> Array:
    """The same for shares: 2√n(arcsin√p − arcsin√θ), shape (k,).

    Raises
    ------
    UnusableNumbers (a ValueError) : a share or centre outside [0, 1], a size that is not positive

    Source: Spiegelhalter (2005), variance stabilised by the arcsine.
    """
    p, middle = shares("share", share), float(shares("centre", centre))
    return np.asarray(
        2 * np.sqrt(positive("n_effective", n_effective)) * (np.arcsin(np.sqrt(p)) - np.arcsin(np.sqrt(middle)))
    )


def overdispersion(scores: ArrayLike, winsorised: float = WINSORISED) -> float:
    """φ: how much more areas differ than chance alone would make them, 1 where it explains them.

    Parameters
    ----------
    scores : shape (k,), k >= 2, of ``count_scores`` or ``share_scores``
    winsorised : share of the scores at each end that is set to the quantile there, in [0, 0.5), so that few areas far
        outside do not widen the limits for themselves

    Returns
    -------
    Σz²/k of the winsorised scores; values below 1 are given as they are, and widen nothing.

    Raises
    ------
    UnusableNumbers (a ValueError) : fewer than two areas, a missing score, a share outside [0, 0.5)

    Quantiles are numpy's (type 7). Source: Spiegelhalter (2005), multiplicative model.
    """
    z = np.asarray(scores, dtype=np.float64)
    same_length(scores=z)
    if z.size < 2 or not np.isfinite(z).all():
        raise UnusableNumbers("scores: at least two areas are needed, and none may be missing")
    if not 0 <= winsorised < 0.5:
        raise UnusableNumbers(f"winsorised: {winsorised} does not lie in [0, 0.5)")
    low, high = np.quantile(z, [winsorised, 1 - winsorised])
    return float(np.mean(np.clip(z, low, high) ** 2))


def lies_outside(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Array:
    """−1 below the limits, 0 inside or on one of them, 1 above; shape (k,)."""
    value, low, high = (np.asarray(column, dtype=np.float64) for column in (values, lower, upper))
    slack = ROUNDING * np.maximum(np.abs(value), 1.0)
    return np.where(value > high + slack, 1.0, np.where(value < low - slack, -1.0, 0.0))


def _widened(centre: float, lower: Array, upper: Array, phi: float) -> tuple[Array, Array]:
    factor = np.sqrt(max(float(not_negative("overdispersion", phi)), 1.0))
    return np.maximum(centre - factor * (centre - lower), 0.0), centre + factor * (upper - centre)

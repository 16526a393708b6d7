"""What a comparison of two counts could have seen: the smallest rise and the smallest fall."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

from sipa_data.statistics.change import SMALL_COUNT, matching_freedom
from sipa_data.statistics.checks import Array, not_negative, positive, probability, whole_counts

_ANSCOMBE = 3 / 8
"""Added under the root, so that it keeps its variance down to small counts (Anscombe 1948)."""
_STEPS = 60


class Detectable(NamedTuple):
    """Ratios of the rates, each of shape (k,), that would be seen with the asked probability.

    ``rise`` : above 1. ``fall`` : from 0 to below 1; NaN where not even a fall to nothing would be seen.
    ``rise_count``, ``fall_count`` : the second count at these ratios, cases.
    """

    rise: Array
    fall: Array
    rise_count: Array
    fall_count: Array


def detectable_change(
    before: ArrayLike,
    sigma: ArrayLike,
    degrees_of_freedom: ArrayLike | None = None,
    power: float = 0.8,
    *,
    exposure_before: ArrayLike = 1.0,
    exposure_after: ArrayLike = 1.0,
) -> Detectable:
    """Smallest change of a count or rate that ``overdispersed_change`` calls one (at 5 %) with the asked probability.

    Parameters
    ----------
    before : shape (k,), whole numbers >= 0, cases
    sigma, degrees_of_freedom, exposure_before, exposure_after : as for ``overdispersed_change``
    power : probability that the change is seen, in (0, 1)

    Returns
    -------
    Detectable. With Q = t quantile + normal quantile of the power: ln(ratio) = Q·√(1/before + 1/after + σ²), solved for
    the count after. Where a count is below 10 the logarithm is no good measure; there the root of the count is
    used, whose variance is ¼: 2·(√after − √before) = Q·√(2 + σ²·before), for equal exposures.

    Raises
    ------
    UnusableNumbers (a ValueError) : as ``overdispersed_change``

    Assumes that the count before is what was to be expected. ``make soak`` measures how often such a change is seen.
    Source: the usual power argument, Fleiss, Levin & Paik (2003); root transformation: Anscombe (1948).
    """
    first, swing, known, exposure1, exposure2 = np.broadcast_arrays(
        whole_counts("before", before),
        not_negative("sigma", sigma),
        np.inf if degrees_of_freedom is None else positive("degrees_of_freedom", degrees_of_freedom),
        positive("exposure_before", exposure_before),
        positive("exposure_after", exposure_after),
    )
    relative = exposure2 / exposure1
    count = np.maximum(first, 0.5)
    freedom = matching_freedom((1 + 1 / relative) / count, swing, known)
    reach = stdtrit(freedom, 0.975) + ndtri(probability("power", power))
    rise = _by_logarithm(count, relative, swing, reach, sign=1.0)
    fall = _by_logarithm(count, relative, swing, reach, sign=-1.0)
    root = np.sqrt(first + _ANSCOMBE)
    apart = reach * np.sqrt(1 + 1 / relative + swing**2 * first) / 2
    small_rise = (relative * (root + apart) ** 2 - _ANSCOMBE) / (count * relative)
    left = relative * np.maximum(root - apart, 0.0) ** 2 - _ANSCOMBE
    small_fall = np.where(left >= 0, left / (count * relative), np.nan)
    rise = np.where(first < SMALL_COUNT, small_rise, rise)
    fall = np.where(np.minimum(first, count * relative * fall) < SMALL_COUNT, small_fall, fall)
    return Detectable(rise, fall, count * relative * rise, count * relative * fall)


def _by_logarithm(count: Array, relative: Array, swing: Array, reach: Array, *, sign: float) -> Array:
    """Ratio that solves x = Q·√(1/before + 1/after + σ²) with after = before·relative·e^±x, step by step."""
    x = np.zeros_like(count)
    for _ in range(_STEPS):
        after = count * relative * np.exp(sign * np.minimum(x, 50.0))
        x = reach * np.sqrt(1 / count + 1 / np.maximum(after, 0.5) + swing**2)
    return np.asarray(np.exp(sign * np.minimum(x, 50.0)))

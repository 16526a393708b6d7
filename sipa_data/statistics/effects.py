"""Did a measure change the number of recorded cases, or would they have changed anyway, or only moved next door?

Two ways to the same question. The *weighted displacement difference* counts cases („zwanzig weniger“) and knows only
the noise of counting. The *ratio of ratios* compares places of different size and knows the usual yearly swing too: it
is the one that judges. Neither scipy nor statsmodels has them.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtr, stdtrit

from sipa_data.statistics.change import NO_SWING
from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    positive,
    probability,
    whole_counts,
)

BEFORE_AND_AFTER: Final = 2
BOTH_ARMS: Final = 2
"""The usual swing moves the treated place and the one it is compared with, each on its own."""
NONE_THERE: Final = (0.0, 0.0)


class Displacement(NamedTuple):
    """Cases that a measure avoided (negative) or added, each field of shape (k,).

    ``local``, ``local_error`` : in the treated place against its comparison, and the standard error
    ``beside``, ``beside_error`` : the same where cases may have gone; 0 where no such place is given
    ``total``, ``total_error`` : both together
    ``z`` : total divided by its error; 0 where nothing was counted anywhere
    ``lower``, ``upper`` : interval of the total
    """

    local: Array
    local_error: Array
    beside: Array
    beside_error: Array
    total: Array
    total_error: Array
    z: Array
    lower: Array
    upper: Array


class RatioOfRatios(NamedTuple):
    """Change of the treated place divided by the change of its comparison, each field of shape (k,).

    ``ratio`` : below 1 fewer cases than the comparison leads to expect
    ``log_ratio``, ``standard_error`` : its logarithm, with counting noise and usual swing
    ``z``, ``degrees_of_freedom``, ``p`` : against no effect; p two-sided, judged by a t distribution
    ``lower``, ``upper`` : interval of the ratio, both above 0
    """

    ratio: Array
    log_ratio: Array
    standard_error: Array
    z: Array
    degrees_of_freedom: Array
    p: Array
    lower: Array
    upper: Array


def weighted_displacement(
    treated: ArrayLike,
    control: ArrayLike,
    beside_treated: ArrayLike = NONE_THERE,
    beside_control: ArrayLike = NONE_THERE,
    *,
    time_weights: ArrayLike = (1.0, 1.0),
    area_weights: ArrayLike = (1.0, 1.0, 1.0, 1.0),
    confidence: float = 0.9,
) -> Displacement:
    """Weighted displacement difference: (T1 − T0) − (C1 − C0) + (Td1 − Td0) − (Cd1 − Cd0).

    Parameters
    ----------
    treated, control : shape (k, 2) or (2,), whole numbers >= 0, cases before and after
    beside_treated, beside_control : the same for the places where cases may have gone, and for what those are compared
        with; zeros where there are none
    time_weights : shape (2,), > 0, length of the time before and after: the counts are divided by it
    area_weights : shape (4,), > 0, size of the four places in the order of the parameters; divides as well
    confidence : of the interval, in (0, 1); 90 % as in the paper

    Returns
    -------
    Displacement, in cases per unit of time and area. Each count adds itself divided by its squared weights to the
    variance.

    Raises
    ------
    UnusableNumbers (a ValueError) : a count that is negative or not whole, a weight that is not positive, another shape

    Assumes Poisson counts that are independent of each other, and that the comparison would have changed by the same
    *number* of cases: it needs places of like size, else see ``ratio_of_ratios``. The noise of counting is all it
    knows, which is too little for whole districts.
    Source: Wheeler & Ratcliffe (2018), Crime Science 7:11; weights: Wheeler, ptools and crimepy (2021).
    """
    times = _weights("time_weights", time_weights, BEFORE_AND_AFTER)
    areas = _weights("area_weights", area_weights, 2 * BEFORE_AND_AFTER)
    given = (treated, control, beside_treated, beside_control)
    names = ("treated", "control", "beside_treated", "beside_control")
    counts = np.stack(np.broadcast_arrays(*(_pair(name, one) for name, one in zip(names, given, strict=True))))
    weights = areas.reshape(-1, *[1] * (counts.ndim - 1)) * times
    rates, variances = counts / weights, (counts / weights**2).sum(axis=-1)
    changes = rates[..., 1] - rates[..., 0]
    local, beside = changes[0] - changes[1], changes[2] - changes[3]
    error = np.sqrt(variances.sum(axis=0))
    total = local + beside
    reach = ndtri((1 + probability("confidence", confidence)) / 2) * error
    return Displacement(
        local=local,
        local_error=np.sqrt(variances[:2].sum(axis=0)),
        beside=beside,
        beside_error=np.sqrt(variances[2:].sum(axis=0)),
        total=total,
        total_error=error,
        z=np.divide(total, error, out=np.zeros_like(total), where=error > 0),
        lower=total - reach,
        upper=total + reach,
    )


def harm_weighted(
    estimates: ArrayLike, errors: ArrayLike, harms: ArrayLike, confidence: float = 0.9
) -> tuple[Array, Array, Array, Array, Array]:
    """Several displacement differences as one, each offence weighted by the harm it does.

    Parameters
    ----------
    estimates, errors : shape (k,), differences of k kinds of offence and their standard errors, errors >= 0
    harms : shape (k,), what one case weighs, >= 0

    Returns
    -------
    estimate, error, z, lower, upper : scalars (0-d), in units of harm; z is 0 where nothing was counted

    Raises
    ------
    UnusableNumbers (a ValueError) : a missing value, a negative error or weight

    Assumes that the kinds do not overlap: sum keys are never added. Source: Wheeler (2020), ptools ``wdd_harm``.
    """
    difference, spread = finite("estimates", estimates), not_negative("errors", errors)
    weight = not_negative("harms", harms)
    total = np.asarray((weight * difference).sum())
    error = np.asarray(np.sqrt(((weight * spread) ** 2).sum()))
    reach = ndtri((1 + probability("confidence", confidence)) / 2) * error
    z = np.divide(total, error, out=np.zeros_like(total), where=error > 0)
    return total, error, z, total - reach, total + reach


def ratio_of_ratios(
    treated_before: ArrayLike,
    treated_after: ArrayLike,
    control_before: ArrayLike,
    control_after: ArrayLike,
    sigma: ArrayLike,
    degrees_of_freedom: ArrayLike | None = None,
    *,
    swings: float = BOTH_ARMS,
    confidence: float = 0.95,
) -> RatioOfRatios:
    """ln[(T1/T0)/(C1/C0)] with the standard error √(1/T0 + 1/T1 + 1/C0 + 1/C1 + k·σ²).

    Parameters
    ----------
    treated_before, treated_after, control_before, control_after : shape (k,), whole numbers >= 0, cases of equally long
        periods
    sigma : shape (k,), usual swing of the yearly log change beyond counting noise, >= 0
    degrees_of_freedom : how well sigma is known, > 0; None: as if known exactly
    swings : k, in how many of the two places the usual swing moves on its own: 2, or 1 where the comparison is so large
        that it hardly swings
    confidence : of the interval, in (0, 1)

    Returns
    -------
    RatioOfRatios. Where one of the four counts is 0, ½ is added to all four (Haldane's correction): no ratio is then
    infinite, and the interval says how little is known.

    Raises
    ------
    UnusableNumbers (a ValueError) : a count that is negative or not whole, a negative sigma or number of swings

    Assumes that the comparison would have changed by the same *factor*, and that places swing independently.
    Degrees of freedom: ``judged_log_ratio``. Source: ratio of ratios as in Altman & Bland (2003), BMJ 326:219; variance
    beyond Poisson: McCullagh & Nelder (1989); zeros: Haldane (1956).
    """
    counts = np.stack(
        np.broadcast_arrays(
            whole_counts("treated_before", treated_before),
            whole_counts("treated_after", treated_after),
            whole_counts("control_before", control_before),
            whole_counts("control_after", control_after),
        )
    )
    numbers = counts + 0.5 * (counts == 0).any(axis=0)
    swing = not_negative("swings", swings) * not_negative("sigma", sigma) ** 2
    noise = np.asarray((1 / numbers).sum(axis=0))
    log_ratio = np.log(numbers[1] / numbers[0]) - np.log(numbers[3] / numbers[2])
    return judged_log_ratio(log_ratio, noise, swing, degrees_of_freedom, confidence)


def judged_log_ratio(
    log_ratio: ArrayLike,
    noise: ArrayLike,
    swing: ArrayLike,
    degrees_of_freedom: ArrayLike | None = None,
    confidence: float = 0.95,
) -> RatioOfRatios:
    """The logarithm of a ratio with the variance of its counting noise and that of the usual swing.

    Parameters
    ----------
    log_ratio : shape (k,)
    noise, swing : shape (k,), variances, >= 0; only that of the swing is estimated, with ``degrees_of_freedom``

    z has ν·(1 + noise/swing) degrees of freedom: ν where the swing dominates, many where the noise does. Satterthwaite
    squares the bracket, which takes σ² for a sample variance; where it is known as a prior (scaled inverse χ²) that
    raises up to 6.5 % false flags, and this 5 % (``make soak``). Quantiles are scipy's (stdtr, stdtrit).
    """
    known = np.inf if degrees_of_freedom is None else positive("degrees_of_freedom", degrees_of_freedom)
    estimate, sure, unsure, known = np.broadcast_arrays(
        finite("log_ratio", log_ratio), not_negative("noise", noise), not_negative("swing", swing), known
    )
    uncertain = unsure > sure * NO_SWING
    weight = np.divide(sure, unsure, out=np.zeros_like(sure), where=uncertain)
    freedom = np.where(uncertain, known * (1 + weight), np.inf)
    error = np.sqrt(positive("noise + swing", sure + unsure))
    z = estimate / error
    reach = stdtrit(freedom, (1 + probability("confidence", confidence)) / 2) * error
    return RatioOfRatios(
        ratio=np.exp(estimate),
        log_ratio=np.asarray(estimate),
        standard_error=error,
        z=z,
        degrees_of_freedom=freedom,
        p=np.asarray(2 * stdtr(freedom, -np.abs(z))),
        lower=np.exp(estimate - reach),
        upper=np.exp(estimate + reach),
    )


def _pair(name: str, counts: ArrayLike) -> Array:
    numbers = whole_counts(name, counts)
    if numbers.ndim == 0 or numbers.shape[-1] != BEFORE_AND_AFTER:
        raise UnusableNumbers(f"{name}: one count before and one after are needed")
    return numbers


def _weights(name: str, weights: ArrayLike, length: int) -> Array:
    numbers = positive(name, weights)
    if numbers.shape != (length,):
        raise UnusableNumbers(f"{name}: {length} weights are needed")
    return numbers

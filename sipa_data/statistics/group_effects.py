"""Effects on people who took part: differences of means in standard deviations, and how many were lost on the way."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, nctdtrinc, stdtr, stdtrit

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    positive,
    probability,
    whole_counts,
)
from sipa_data.statistics.proportions import newcombe_difference

FEWEST_IN_GROUP: Final = 2


class StandardisedDifference(NamedTuple):
    """Hedges' g, each field of shape (k,), in standard deviations.

    ``g`` : first minus second, without the bias of small samples
    ``standard_error`` : for pooling several studies
    ``lower``, ``upper`` : interval
    ``p`` : two-sided, of the t test behind it
    """

    g: Array
    standard_error: Array
    lower: Array
    upper: Array
    p: Array


class Attrition(NamedTuple):
    """Shares in [0, 1] of those who were there before and no longer after, each field of shape (k,).

    ``treated``, ``comparison`` : lost in each group
    ``difference``, ``lower``, ``upper`` : treated minus comparison with its interval: groups that lose differently many
        no longer compare like with like
    """

    treated: Array
    comparison: Array
    difference: Array
    lower: Array
    upper: Array


def small_sample_correction(degrees_of_freedom: ArrayLike) -> Array:
    """J(m) = Γ(m/2) / (√(m/2)·Γ((m−1)/2)), Hedges' exact factor, shape (k,), in (0, 1); m > 1.

    Source: Hedges (1981), Journal of Educational Statistics 6:107, eq. 6e. statsmodels has only the approximation
    1 − 3/(4m − 1); the logarithm of Γ is scipy's.
    """
    freedom = positive("degrees_of_freedom", degrees_of_freedom)
    if (freedom <= 1).any():
        raise UnusableNumbers("degrees_of_freedom: more than one is needed")
    return np.asarray(np.exp(gammaln(freedom / 2) - gammaln((freedom - 1) / 2)) / np.sqrt(freedom / 2))


def hedges_g(
    mean1: ArrayLike,
    spread1: ArrayLike,
    n1: ArrayLike,
    mean2: ArrayLike,
    spread2: ArrayLike,
    n2: ArrayLike,
    confidence: float = 0.95,
) -> StandardisedDifference:
    """Difference of two means in pooled standard deviations, with the exact correction for small samples.

    Parameters
    ----------
    mean1, mean2 : shape (k,), in one unit
    spread1, spread2 : shape (k,), standard deviations in the same unit, >= 0, not both 0
    n1, n2 : shape (k,), whole numbers >= 2, persons (or whatever was measured)
    confidence : of the interval, in (0, 1)

    Returns
    -------
    StandardisedDifference. The interval is the exact one of the noncentral t distribution for the true difference; the
    error is √((n1 + n2)/(n1·n2) + d²/(2(n1 + n2)))·J.

    Raises
    ------
    UnusableNumbers (a ValueError) : a group of fewer than two, no spread at all, a missing value

    Assumes two independent groups with the same spread and roughly normal values.
    Source: Hedges (1981); error: Borenstein et al. (2009), Introduction to Meta-Analysis, ch. 4; interval: Steiger &
    Fouladi (1997), by scipy's nctdtrinc.
    """
    first, second = finite("mean1", mean1), finite("mean2", mean2)
    size1, size2 = _group("n1", n1), _group("n2", n2)
    freedom = size1 + size2 - 2
    pooled = _pooled(not_negative("spread1", spread1), size1, not_negative("spread2", spread2), size2)
    together = size1 * size2 / (size1 + size2)
    d = (first - second) / pooled
    t = d * np.sqrt(together)
    tail = (1 - probability("confidence", confidence)) / 2
    correction = small_sample_correction(freedom)
    return StandardisedDifference(
        g=d * correction,
        standard_error=correction * np.sqrt(1 / together + d**2 / (2 * (size1 + size2))),
        lower=np.asarray(nctdtrinc(freedom, 1 - tail, t) / np.sqrt(together)),
        upper=np.asarray(nctdtrinc(freedom, tail, t) / np.sqrt(together)),
        p=np.asarray(2 * stdtr(freedom, -np.abs(t))),
    )


def difference_in_change(
    means: ArrayLike, spreads: ArrayLike, sizes: ArrayLike, confidence: float = 0.95
) -> StandardisedDifference:
    """Change of the treated minus change of the comparison, in pooled standard deviations of the time before.

    Parameters
    ----------
    means, spreads, sizes : shape (k, 4) or (4,): treated before, treated after, comparison before, comparison after;
        spreads >= 0, sizes whole numbers >= 2
    confidence : of the interval, in (0, 1)

    Returns
    -------
    StandardisedDifference, symmetric interval on a t distribution with n before − 2 degrees of freedom.

    Raises
    ------
    UnusableNumbers (a ValueError) : another shape, groups of fewer than two, no spread before the start

    Nobody delivers how strongly the values before and after hang together in one person. So the four groups count as
    independent: the interval is too wide if they do, which is the careful side.
    Source: Morris (2008), Organizational Research Methods 11:364, estimator d_ppc2; variance of four independent means.
    """
    value, spread, size = finite("means", means), not_negative("spreads", spreads), _group("sizes", sizes)
    if not value.shape == spread.shape == size.shape or value.shape[-1:] != (4,):
        raise UnusableNumbers("means, spreads, sizes: treated and comparison, each before and after, are needed")
    freedom = size[..., 0] + size[..., 2] - 2
    pooled = _pooled(spread[..., 0], size[..., 0], spread[..., 2], size[..., 2])
    change = (value[..., 1] - value[..., 0]) - (value[..., 3] - value[..., 2])
    d = change / pooled
    correction = small_sample_correction(freedom)
    noise = (spread**2 / size).sum(axis=-1) / pooled**2
    error = correction * np.sqrt(noise + d**2 / (2 * freedom))
    reach = stdtrit(freedom, (1 + probability("confidence", confidence)) / 2) * error
    g = d * correction
    return StandardisedDifference(
        g, error, g - reach, g + reach, np.asarray(2 * stdtr(freedom, -np.abs(d) / np.sqrt(noise)))
    )


def attrition(
    treated_before: ArrayLike,
    treated_after: ArrayLike,
    comparison_before: ArrayLike,
    comparison_after: ArrayLike,
    confidence: float = 0.95,
) -> Attrition:
    """How many were lost between the two measurements, and whether the groups lost differently many.

    Parameters
    ----------
    treated_before, treated_after, comparison_before, comparison_after : shape (k,), whole numbers, persons; before > 0,
        after not above before

    Raises
    ------
    UnusableNumbers (a ValueError) : nobody before, or more after than before: then these are not the same people

    Source: What Works Clearinghouse, Standards Handbook 4.1 (overall and differential attrition); the interval of the
    difference is Newcombe's.
    """
    sizes, lost = [], []
    for name, before, after in (
        ("treated", treated_before, treated_after),
        ("comparison", comparison_before, comparison_after),
    ):
        there, left = positive(name, whole_counts(name, before)), whole_counts(name, after)
        if (left > there).any():
            raise UnusableNumbers(f"{name}: more after than before")
        sizes.append(there)
        lost.append((there - left) / there)
    difference, lower, upper = newcombe_difference(lost[0], sizes[0], lost[1], sizes[1], confidence)
    return Attrition(lost[0], lost[1], difference, lower, upper)


def _group(name: str, sizes: ArrayLike) -> Array:
    numbers = whole_counts(name, sizes)
    if (numbers < FEWEST_IN_GROUP).any():
        raise UnusableNumbers(f"{name}: a group of fewer than {FEWEST_IN_GROUP} has no spread")
    return numbers


def _pooled(spread1: Array, size1: Array, spread2: Array, size2: Array) -> Array:
    return np.sqrt(
        positive("spreads", ((size1 - 1) * spread1**2 + (size2 - 1) * spread2**2)) / (size1 + size2 - 2)
    )  # fmt: skip

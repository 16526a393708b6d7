"""May a survey value be shown? The rule of the US National Center for Health Statistics, adapted."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sipa_data.statistics.checks import UnusableNumbers, not_negative, shares, whole_counts

OK: Final = "ok"
LIMITED: Final = "limited"
UNRELIABLE: Final = "unreliable"

# Parker et al. (2017), National Center for Health Statistics Data Presentation Standards for Proportions.
FEWEST_ANSWERS: Final = 30
WIDEST_INTERVAL: Final = 0.30
SURELY_NARROW: Final = 0.05
WIDEST_RELATIVE: Final = 1.30
# House rule: from here on no „(eingeschränkt)“ stands beside the value.
PLENTY_OF_ANSWERS: Final = 100


def publishability(
    share: ArrayLike, n: ArrayLike, n_effective: ArrayLike, lower: ArrayLike, upper: ArrayLike
) -> NDArray[np.str_]:
    """Status of each survey share.

    Parameters
    ----------
    share : shape (k,), in [0, 1]; 0 where nobody answered
    n, n_effective : shape (k,), valid answers and their effective number, each >= 0
    lower, upper : shape (k,), the 95 % interval, in [0, 1]

    Returns
    -------
    Shape (k,) of ``ok``, ``limited`` (30–99 answers) and ``unreliable``: fewer than 30 answers, fewer than 30
    effective ones, an interval wider than 30 percentage points, or wider than 5 points and than 130 % of the share.
    The share that the interval is held against is the share itself, never its complement: 97 % is judged as 97 %.

    Raises
    ------
    UnusableNumbers (a ValueError) : a share or a bound outside [0, 1], bounds in the wrong order, negative sizes

    Source: Parker, Talih, Malec et al. (2017), adapted (Wilson instead of Clopper–Pearson).
    """
    value, low, high = shares("share", share), shares("lower", lower), shares("upper", upper)
    answers, effective = whole_counts("n", n), not_negative("n_effective", n_effective)
    width = high - low
    if (width < 0).any():
        raise UnusableNumbers("lower, upper: a lower bound lies above its upper bound")
    too_few = (answers < FEWEST_ANSWERS) | (effective < FEWEST_ANSWERS)
    too_wide = (width > WIDEST_INTERVAL) | ((width > SURELY_NARROW) & (width > WIDEST_RELATIVE * value))
    return np.select([too_few | too_wide, answers < PLENTY_OF_ANSWERS], [UNRELIABLE, LIMITED], OK)


def mean_publishability(n: ArrayLike, n_effective: ArrayLike) -> NDArray[np.str_]:
    """Status of each survey mean: ``unreliable`` below 30 answers or 30 effective ones, ``limited`` below 100 answers.

    Parameters and errors as for ``publishability``, whose widths have no counterpart for means: what is wide depends
    on the scale. Source: Parker, Talih, Malec et al. (2017), the part on sample size.
    """
    answers, effective = whole_counts("n", n), not_negative("n_effective", n_effective)
    too_few = (answers < FEWEST_ANSWERS) | (effective < FEWEST_ANSWERS)
    return np.select([too_few, answers < PLENTY_OF_ANSWERS], [UNRELIABLE, LIMITED], OK)

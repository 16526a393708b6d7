"""Many looks at once: how many of the flags on one screen are expected to be false."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import false_discovery_control

from sipa_data.statistics.checks import Array, UnusableNumbers, same_length, shares

FALSE_DISCOVERY_RATE = 0.10
"""Share of false flags among all flags of a family that is accepted."""


def q_values(p: ArrayLike) -> Array:
    """Benjamini–Hochberg q values of one family of tests, the family a screen shows together.

    Parameters
    ----------
    p : shape (k,), p values in [0, 1], in any order

    Returns
    -------
    q : shape (k,), in the order of ``p``, each >= its p. Flagging all q <= 0.10 keeps the expected share of false
    flags among the flagged at 10 %. An empty family gives an empty array.

    Raises
    ------
    UnusableNumbers (a ValueError) : a p value that is missing or outside [0, 1]

    Assumes independent or positively dependent tests. scipy computes it (``false_discovery_control``).
    Source: Benjamini & Hochberg (1995), J. Royal Statistical Society B 57:289–300.
    """
    values = shares("p", p)
    same_length(p=values)
    if values.size == 0:
        return values
    adjusted = np.asarray(false_discovery_control(values, method="bh"), dtype=np.float64)
    if not np.isfinite(adjusted).all():
        raise UnusableNumbers("p: the adjustment did not give numbers")
    return adjusted

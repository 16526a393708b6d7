"""Relapsed or not, with the project or without: odds ratios, and several studies taken together.

statsmodels has the pooling (``StratifiedTable``), but the served app does not carry statsmodels, and it gives no I²;
the formulas are short.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, ndtr, ndtri

from sipa_data.statistics.checks import Array, UnusableNumbers, positive, probability, whole_counts


class OddsRatio(NamedTuple):
    """Odds of the treated divided by the odds of the comparison, each field of shape (k,); below 1 fewer events.

    ``log``, ``standard_error`` : of the logarithm
    ``lower``, ``upper`` : interval, both above 0
    ``p`` : two-sided
    """

    ratio: Array
    log: Array
    standard_error: Array
    lower: Array
    upper: Array
    p: Array


class PooledOdds(NamedTuple):
    """Several studies as one.

    ``ratio``, ``lower``, ``upper``, ``standard_error``, ``p`` : as for one study
    ``q``, ``degrees_of_freedom``, ``q_p`` : Cochran's Q: do the studies differ more than chance?
    ``i_squared`` : share of their differences that is not chance, in [0, 1]
    ``studies`` : how many said anything
    """

    ratio: float
    standard_error: float
    lower: float
    upper: float
    p: float
    q: float
    degrees_of_freedom: int
    q_p: float
    i_squared: float
    studies: int


def odds_ratio(
    events_treated: ArrayLike,
    n_treated: ArrayLike,
    events_comparison: ArrayLike,
    n_comparison: ArrayLike,
    confidence: float = 0.95,
) -> OddsRatio:
    """Odds ratio of a fourfold table with Woolf's interval.

    Parameters
    ----------
    events_treated, events_comparison : shape (k,), whole numbers >= 0, persons it happened to
    n_treated, n_comparison : shape (k,), whole numbers > 0, persons in the group, not fewer than events
    confidence : of the interval, in (0, 1)

    Returns
    -------
    OddsRatio. Where one of the four cells is 0, ½ is added to all four (Haldane and Anscombe).

    Raises
    ------
    UnusableNumbers (a ValueError) : an empty group, more events than persons, counts that are not whole

    Assumes that persons are independent of each other. Source: Woolf (1955), Annals of Human Genetics 19:251; zeros:
    Haldane (1956).
    """
    cells = _tables(events_treated, n_treated, events_comparison, n_comparison)
    numbers = cells + 0.5 * (cells == 0).any(axis=0)
    log = np.log(numbers[0] * numbers[3]) - np.log(numbers[1] * numbers[2])
    error = np.sqrt((1 / numbers).sum(axis=0))
    reach = ndtri((1 + probability("confidence", confidence)) / 2) * error
    return OddsRatio(np.exp(log), log, error, np.exp(log - reach), np.exp(log + reach), 2 * ndtr(-np.abs(log) / error))


def pool_odds_ratios(
    events_treated: ArrayLike,
    n_treated: ArrayLike,
    events_comparison: ArrayLike,
    n_comparison: ArrayLike,
    confidence: float = 0.95,
) -> PooledOdds:
    """One odds ratio from several studies: Mantel and Haenszel, fixed effect.

    Parameters
    ----------
    As for ``odds_ratio``, shape (k,): one entry per study

    Returns
    -------
    PooledOdds. Studies in which nothing, or everything, happened in both groups say nothing about the ratio and are
    left out. Q weighs the log odds ratios of the studies by their inverse variance around the pooled one;
    I² = max(0, (Q − df)/Q), and 0 for a single study.

    Raises
    ------
    UnusableNumbers (a ValueError) : as for ``odds_ratio``; no study says anything, or all events are in one group

    Assumes one true odds ratio behind all studies; a large I² says that this is wrong.
    Source: Mantel & Haenszel (1959), JNCI 22:719; variance: Robins, Breslow & Greenland (1986), Biometrics 42:311; Q:
    Cochran (1954), Biometrics 10:101; Higgins & Thompson (2002), Statistics in Medicine 21:1539.
    """
    tables = np.atleast_2d(_tables(events_treated, n_treated, events_comparison, n_comparison).T).T
    said = (tables[[0, 2]].sum(axis=0) > 0) & (tables[[1, 3]].sum(axis=0) > 0)
    treated, treated_not, compared, compared_not = tables[:, said]
    total = treated + treated_not + compared + compared_not
    agree, differ = treated * compared_not / total, treated_not * compared / total
    if agree.sum() == 0 or differ.sum() == 0:
        raise UnusableNumbers("events: no study has events to compare")
    log = float(np.log(agree.sum() / differ.sum()))
    matching = (treated + compared_not) / total
    error = float(np.sqrt(_robins(agree, differ, matching)))
    reach = float(ndtri((1 + probability("confidence", confidence)) / 2)) * error
    each = odds_ratio(treated, treated + treated_not, compared, compared + compared_not)
    q = float((((each.log - log) / each.standard_error) ** 2).sum())
    freedom = int(said.sum()) - 1
    several = freedom > 0
    return PooledOdds(
        ratio=float(np.exp(log)),
        standard_error=error,
        lower=float(np.exp(log - reach)),
        upper=float(np.exp(log + reach)),
        p=float(2 * ndtr(-abs(log) / error)),
        q=q,
        degrees_of_freedom=freedom,
        q_p=float(chdtrc(freedom, q)) if several else 1.0,
        i_squared=max(0.0, (q - freedom) / q) if several and q > 0 else 0.0,
        studies=int(said.sum()),
    )


def _robins(agree: Array, differ: Array, matching: Array) -> float:
    """Variance of the logarithm of Mantel and Haenszel's ratio, after Robins, Breslow and Greenland."""
    r, s = agree.sum(), differ.sum()
    mixed = (matching * differ + (1 - matching) * agree).sum()
    return float(
        (matching * agree).sum() / (2 * r**2) + mixed / (2 * r * s) + ((1 - matching) * differ).sum() / (2 * s**2)
    )


def _tables(
    events_treated: ArrayLike, n_treated: ArrayLike, events_comparison: ArrayLike, n_comparison: ArrayLike
) -> Array:
    """The four cells, shape (4, k): treated with and without the event, comparison with and without."""
    found = []
    for name, events, sizes in (
        ("treated", events_treated, n_treated),
        ("comparison", events_comparison, n_comparison),
    ):
        happened, size = np.broadcast_arrays(whole_counts(name, events), positive(name, whole_counts(name, sizes)))
        if (happened > size).any():
            raise UnusableNumbers(f"{name}: more events than persons")
        found += [happened, size - happened]
    return np.stack(np.broadcast_arrays(*found))

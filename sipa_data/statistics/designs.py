"""Samples that were drawn from strata or in clusters: totals, ratios, means and shares with the variance of the design.

Taylor linearisation: an estimate is replaced by the sum of one score per person, the scores are added up within each
cluster, and what counts is how much the clusters of a stratum differ. So it is done by R's ``survey``, whose printed
results the tests meet; neither scipy nor statsmodels has it.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    positive,
    probability,
    same_length,
)
from sipa_data.statistics.proportions import ShareEstimates

Lonely = Literal["refuse", "certain", "centre"]
"""What is made of a stratum with a single cluster, which shows no spread. ``refuse`` : there is no estimate at all.
``certain`` : it was taken for sure, so it adds no variance. ``centre`` : held against the mean of all clusters."""

Places = NDArray[np.int64]


class Design(NamedTuple):
    """How n persons came into the sample, from ``sample_design``.

    ``weights`` : shape (n,), each >= 0
    ``cluster_of`` : shape (n,), number of the person's cluster, from 0 to c − 1
    ``stratum_of`` : shape (c,), number of the cluster's stratum, from 0 to h − 1
    ``drawn`` : shape (h,), clusters in the sample
    ``left_out`` : shape (h,), the finite population correction 1 − drawn/existing; 1 where nobody said how many exist
    ``lonely`` : what is made of a stratum with a single cluster
    """

    weights: Array
    cluster_of: Places
    stratum_of: Places
    drawn: Array
    left_out: Array
    lonely: Lonely


class DesignEstimates(NamedTuple):
    """Estimates of k domains.

    ``value``, ``variance`` : shape (k,), in the unit of what was added up, and that unit squared
    ``degrees_of_freedom`` : shape (k,), clusters minus strata among those that hold anybody of the domain, at least 1
    """

    value: Array
    variance: Array
    degrees_of_freedom: Array

    @property
    def standard_error(self) -> Array:
        return np.sqrt(self.variance)

    def interval(self, confidence: float = 0.95) -> tuple[Array, Array]:
        """Value ± t · standard error; for shares ``design_shares`` gives Wilson's, which stays between 0 and 1."""
        quantile = stdtrit(self.degrees_of_freedom, (1 + probability("confidence", confidence)) / 2)
        reach = quantile * self.standard_error
        return self.value - reach, self.value + reach


def sample_design(
    weights: ArrayLike,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    clusters_existing: ArrayLike | None = None,
    lonely: Lonely = "refuse",
) -> Design:
    """The design of a sample.

    Parameters
    ----------
    weights : shape (n,), each >= 0, at least one above 0
    strata : shape (n,), any labels; None: one stratum
    clusters : shape (n,), any labels, each meant within its stratum; None: everybody is drawn singly
    clusters_existing : shape (n,), how many clusters (persons, where there are none) the person's stratum has in the
        population; None: so many that those in the sample do not count
    lonely : what is made of a stratum with a single cluster

    Raises
    ------
    UnusableNumbers (a ValueError) : nobody in the sample, weights that are negative, missing or all zero, columns of
        different lengths, a stratum with two sizes or with fewer clusters than were drawn, a single cluster in all,
        or a stratum with a single cluster where that is to be refused

    Source: Lumley (2010), Complex Surveys, ch. 2 and 3; Särndal, Swensson, Wretman (1992), ch. 5.
    """
    weight = not_negative("weights", weights)
    one = np.zeros(weight.shape, dtype=np.int64)
    stratum = one if strata is None else _numbered(strata)
    label = np.arange(weight.size) if clusters is None else _numbered(clusters)
    same_length(weights=weight, strata=stratum, clusters=label)
    if not weight.any():
        raise UnusableNumbers("weights: all of them are zero, so there is no sample")
    pairs, cluster_of = np.unique(np.stack([stratum, label]), axis=1, return_inverse=True)
    stratum_of = pairs[0]
    drawn = np.bincount(stratum_of).astype(np.float64)
    left_out = np.ones(drawn.size)
    if clusters_existing is not None:
        left_out = 1 - drawn / _existing(clusters_existing, stratum, drawn)
    single = (drawn == 1) & (left_out > 0)
    if drawn.sum() == 1 and single.any():
        raise UnusableNumbers("clusters: there is a single one, which shows no spread")
    if single.any() and lonely == "refuse":
        raise UnusableNumbers("strata: one has a single cluster, which shows no spread")
    return Design(weight, cluster_of.reshape(-1), stratum_of, drawn, left_out, lonely)


def design_totals(design: Design, values: ArrayLike, domains: ArrayLike | None = None) -> DesignEstimates:
    """Totals Σwy of the population, or of parts of it.

    Parameters
    ----------
    values : shape (n,), in any unit
    domains : shape (k, n), whether the person belongs to the domain; None: everybody. Persons outside stay part of
        the design, because how many of a domain come into the sample is chance, too

    Raises
    ------
    UnusableNumbers (a ValueError) : a value that is missing, or columns of different lengths

    Source: Särndal, Swensson, Wretman (1992), ch. 3 and 5; Cochran (1977), Sampling Techniques, ch. 5.
    """
    value, inside = finite("values", values), _domains(design, domains)
    same_length(weights=design.weights, values=value)
    weighted = inside * design.weights * value
    return DesignEstimates(weighted.sum(axis=1), _variance(design, weighted), _freedom(design, inside))


def design_ratios(
    design: Design, above: ArrayLike, below: ArrayLike, domains: ArrayLike | None = None
) -> DesignEstimates:
    """Ratios Σwy / Σwx of two totals, of the population or of parts of it.

    Parameters
    ----------
    above, below : shape (n,), y and x, in any units
    domains : as for ``design_totals``

    Raises
    ------
    UnusableNumbers (a ValueError) : as for ``design_totals``, or a domain whose Σwx is zero, as when nobody is in it

    Each person's score is w(y − Rx)/Σwx. Source: Särndal, Swensson, Wretman (1992), ch. 5.6; Binder (1983).
    """
    top, bottom, inside = finite("above", above), finite("below", below), _domains(design, domains)
    same_length(weights=design.weights, above=top, below=bottom)
    weighted = inside * design.weights
    base = weighted @ bottom
    if (base == 0).any():
        raise UnusableNumbers("below: it adds up to zero in a domain, so there is no ratio")
    ratio = weighted @ top / base
    scores = weighted * (top - ratio[:, None] * bottom) / base[:, None]
    return DesignEstimates(ratio, _variance(design, scores), _freedom(design, inside))


def design_means(design: Design, values: ArrayLike, domains: ArrayLike | None = None) -> DesignEstimates:
    """Means Σwy / Σw: ratios of a total to a number of persons. Parameters and errors as for ``design_ratios``."""
    return design_ratios(design, values, np.ones(design.weights.shape), domains)


def design_shares(design: Design, counted: ArrayLike, domains: ArrayLike | None = None) -> ShareEstimates:
    """Shares with the effective size that the design gives them, ready for Wilson's interval and Newcombe's.

    Parameters
    ----------
    counted : shape (n,), 1 where the answer counts, 0 where it does not
    domains : as for ``design_totals``

    Returns
    -------
    ShareEstimates with n_effective = p(1 − p)/variance, at most the number of persons asked. Where all or none count,
    or the whole stratum was asked, the variance of the design says nothing, and Kish's effective size is taken.

    Raises
    ------
    UnusableNumbers (a ValueError) : as for ``design_ratios``, or an answer other than 0 and 1

    The number of persons as the limit is a house rule: strata may promise more, but not surely so in small domains.
    Source: Korn, Graubard (1998), Survey Methodology 24:193–201; Franco, Little, Louis, Slud (2019).
    """
    answer, inside = finite("counted", counted), _domains(design, domains)
    if not np.isin(answer, (0.0, 1.0)).all():
        raise UnusableNumbers("counted: an answer counts (1) or it does not (0)")
    found = design_means(design, answer, domains)
    share, size = np.clip(found.value, 0.0, 1.0), inside.sum(axis=1).astype(np.float64)
    weighted = inside * design.weights
    kish = weighted.sum(axis=1) ** 2 / (weighted**2).sum(axis=1)
    spread = share * (1 - share)
    known = (found.variance > 0) & (spread > 0)
    n_effective = np.divide(spread, found.variance, out=kish, where=known)
    return ShareEstimates(share, size, np.minimum(n_effective, size))


def _numbered(labels: ArrayLike) -> Places:
    """Labels as numbers from 0 on; one that is missing is refused."""
    column = np.asarray(labels)
    if column.dtype.kind == "f":
        finite("labels", column)
    elif column.dtype.kind == "O" and any(label is None for label in column):
        raise UnusableNumbers("labels: one is missing")
    return np.unique(column, return_inverse=True)[1].astype(np.int64).reshape(column.shape)


def _existing(sizes: ArrayLike, stratum: Places, drawn: Array) -> Array:
    """Clusters of each stratum in the population, from one entry per person."""
    each = positive("clusters_existing", sizes)
    same_length(clusters_existing=each, strata=stratum)
    existing = np.zeros(drawn.size)
    existing[stratum] = each
    if (existing[stratum] != each).any():
        raise UnusableNumbers("clusters_existing: a stratum has two sizes")
    if (existing < drawn).any():
        raise UnusableNumbers("clusters_existing: more clusters were drawn than there are")
    return existing


def _domains(design: Design, domains: ArrayLike | None) -> NDArray[np.bool_]:
    """Shape (k, n); everybody where no domain is named."""
    if domains is None:
        return np.ones((1, design.weights.size), dtype=bool)
    inside = np.atleast_2d(np.asarray(domains, dtype=bool))
    if inside.ndim != 2 or inside.shape[1] != design.weights.size:
        raise UnusableNumbers("domains: one entry per domain and person is needed")
    return inside


def _variance(design: Design, scores: Array) -> Array:
    """Variance of the sums of scores, shape (k, n): Σ over strata of (1 − f) · c/(c − 1) · Σ(z − z̄)²."""
    clusters = design.stratum_of.size
    z = np.stack([np.bincount(design.cluster_of, one, clusters) for one in scores])
    strata = design.drawn.size
    means = np.stack([np.bincount(design.stratum_of, one, strata) for one in z]) / design.drawn
    if design.lonely == "centre":
        means = np.where(design.drawn == 1, z.mean(axis=1, keepdims=True), means)
    squares = (z - means[:, design.stratum_of]) ** 2
    within = np.stack([np.bincount(design.stratum_of, one, strata) for one in squares])
    factor = design.left_out * design.drawn / np.maximum(design.drawn - 1, 1)
    return np.asarray((within * factor).sum(axis=1), dtype=np.float64)


def _freedom(design: Design, inside: NDArray[np.bool_]) -> Array:
    clusters, strata = design.stratum_of.size, design.drawn.size
    held = np.stack([np.bincount(design.cluster_of, one, clusters) > 0 for one in inside])
    reached = np.stack([np.bincount(design.stratum_of, one, strata) > 0 for one in held])
    return np.asarray(np.maximum(held.sum(axis=1) - reached.sum(axis=1), 1), dtype=np.float64)

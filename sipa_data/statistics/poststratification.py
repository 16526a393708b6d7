"""Values of a city from a sample whose districts do not answer in the proportion in which people live there.

Each district is given the weight of its inhabitants (post-stratification). Whether that is needed is measured first: by
how much of the weight lies in the wrong district, and by whether chance alone would do that.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from sipa_data.statistics.checks import (
    Array,
    UnusableNumbers,
    finite,
    not_negative,
    positive,
    same_length,
    whole_counts,
)
from sipa_data.statistics.means import FEWEST_FOR_VARIANCE, MeanEstimates
from sipa_data.statistics.proportions import ShareEstimates

TOLERATED: Final = 0.05
"""House rule: so much of the weight may lie in the wrong district before the city value is post-stratified. Between
districts that are 20 points apart, it moves the city value by one point."""
SURELY_NOT_CHANCE: Final = 0.001
"""House rule: a small even sample misses the districts by chance, which is no reason to bend its weights."""
FEWEST_IN_STRATUM: Final = 20
"""House rule, after Cochran (1977), ch. 5A.9: a post-stratum of fewer persons is joined with another."""


class Misplaced(NamedTuple):
    """How far a sample's weights are from where people live.

    ``share`` : weight that lies in the wrong district, from 0 to 1 (half the sum of all differences of shares)
    ``p`` : probability that an even sample of this effective size misplaces as much by chance
    """

    share: float
    p: float

    @property
    def needs_poststratification(self) -> bool:
        return self.share > TOLERATED and self.p < SURELY_NOT_CHANCE


class Asked(NamedTuple):
    """Everybody in the sample by district, whatever they answered; each of shape (d,).

    ``sum_w``, ``sum_w2`` : sums of the weights and of their squares
    ``inhabitants`` : of the district, in any unit; above 0 where anybody was asked
    ``stratum`` : number of the post-stratum, as ``post_strata`` gives it
    """

    sum_w: Array
    sum_w2: Array
    inhabitants: Array
    stratum: NDArray[np.int64]


class Answered(NamedTuple):
    """Valid answers of the group that is asked about, by district; each of shape (d,).

    ``sum_w``, ``sum_w2`` : sums of the weights and of their squares
    ``sum_wy``, ``sum_wy2`` : sums of weight times answer and times squared answer; the same where answers are 0 and 1
    ``n`` : number of answers
    """

    sum_w: Array
    sum_w2: Array
    sum_wy: Array
    sum_wy2: Array
    n: Array


def misplaced_weight(sum_w: ArrayLike, sum_w2: ArrayLike, inhabitants: ArrayLike) -> Misplaced:
    """How far the weights of a sample are from where people live.

    Parameters
    ----------
    sum_w, sum_w2 : shape (d,), sums of the weights and of their squares of everybody asked in each district
    inhabitants : shape (d,), persons, each above 0

    Raises
    ------
    UnusableNumbers (a ValueError) : nobody asked, negative sums, or a district without inhabitants

    ½ Σ|W_d/W − N_d/N| (Duncan & Duncan 1955), and Pearson's chi-square on Kish's effective size (Rao & Scott 1981).
    """
    weight, squares = not_negative("sum_w", sum_w), not_negative("sum_w2", sum_w2)
    people = positive("inhabitants", inhabitants)
    same_length(sum_w=weight, sum_w2=squares, inhabitants=people)
    if not weight.any() or not squares.any():
        raise UnusableNumbers("weights: all of them are zero, so there is no sample")
    found, true = weight / weight.sum(), people / people.sum()
    effective = weight.sum() ** 2 / squares.sum()
    distance = effective * ((found - true) ** 2 / true).sum()
    p = float(chdtrc(people.size - 1, distance)) if people.size > 1 else 1.0
    return Misplaced(float(np.abs(found - true).sum() / 2), p)


def post_strata(n: ArrayLike, kinds: ArrayLike, fewest: int = FEWEST_IN_STRATUM) -> NDArray[np.int64]:
    """Number of the post-stratum of each district: its own, or one that it shares because few were asked.

    Parameters
    ----------
    n : shape (d,), persons asked in each district
    kinds : shape (d,), number of the kind of district, for alike districts are joined first
    fewest : persons that each post-stratum has at least

    Returns
    -------
    Shape (d,), from 0 on. Again and again the smallest post-stratum below ``fewest`` joins the smallest other one that
    has a district of the same kind, or, where there is none, the smallest other one.

    Raises
    ------
    UnusableNumbers (a ValueError) : sizes that are no counts, or columns of different lengths

    Source: Kalton, Flores-Cervantes (2003), Journal of Official Statistics 19:81–97 (joining small classes).
    """
    size, kind = whole_counts("n", n), np.asarray(kinds)
    same_length(n=size, kinds=kind)
    strata = [[district] for district in range(size.size)]

    def persons(stratum: list[int]) -> float:
        return float(size[stratum].sum())

    while len(strata) > 1 and persons(smallest := min(strata, key=persons)) < fewest:
        others = [stratum for stratum in strata if stratum is not smallest]
        alike = [stratum for stratum in others if np.isin(kind[stratum], kind[smallest]).any()]
        partner = min(alike or others, key=persons)
        partner += smallest
        strata = others
    number = np.zeros(size.size, dtype=np.int64)
    for place, stratum in enumerate(sorted(strata, key=min)):
        number[stratum] = place
    return number


def poststratified_shares(asked: Asked, answered: Answered, kept: ArrayLike) -> ShareEstimates:
    """Shares of k parts of the city, each district counted as large as it is.

    Parameters
    ----------
    asked, answered : sums by district
    kept : shape (k, d), whether the district belongs to the part (all of them, or all but one)

    Returns
    -------
    ShareEstimates of shape (k,). With post-stratum g's share of the inhabitants N_g/N, the share in the group a_g, the
    counted share b_g and Kish's effective size n_g of all asked there: p = ΣN_g b_g / ΣN_g a_g, which is Σ(N_g/N)·p_g
    where everybody belongs to the group. Its variance is that of the linearised scores, Σ(N_g/N)² · s_g²/n_g divided by
    (Σ(N_g/N)·a_g)², with s_g² the spread of (y − p) in the group and 0 outside; n_effective = p(1 − p)/variance, at
    most the number of answers. A post-stratum in which nobody was asked is left out; a part nobody answered in has n 0.

    Raises
    ------
    UnusableNumbers (a ValueError) : negative sums, more answers than asked, or answers where nobody was asked

    Assumes that within a district the weights have nothing to do with the answer, and that the inhabitants are known.
    Source: Holt, Smith (1979), J. Royal Statist. Soc. A 142:33–46; Särndal, Swensson, Wretman (1992), ch. 7.6.
    """
    share, _, n, n_effective = _poststratified(asked, answered, kept)
    return ShareEstimates(np.clip(share, 0.0, 1.0), n, n_effective)


def poststratified_means(asked: Asked, answered: Answered, kept: ArrayLike) -> MeanEstimates:
    """Means of k parts of the city; parameters, errors and source as for ``poststratified_shares``.

    The variance is the spread of all answers divided by n_effective − 1, as that of ``mean_from_sums``.
    """
    mean, spread, n, n_effective = _poststratified(asked, answered, kept)
    known = n_effective >= FEWEST_FOR_VARIANCE
    variance = np.divide(spread, n_effective - 1, out=np.full_like(mean, np.inf), where=known)
    return MeanEstimates(mean, variance, n, n_effective)


def _poststratified(asked: Asked, answered: Answered, kept: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """Value, spread of the answers, n and n_effective; each of shape (k,)."""
    _check(asked, answered)
    parts = np.atleast_2d(np.asarray(kept, dtype=bool)).astype(np.float64)
    member = np.eye(int(asked.stratum.max(initial=0)) + 1)[asked.stratum]

    def by_stratum(column: Array) -> Array:
        return np.asarray((parts * column) @ member)

    weight, squares = by_stratum(asked.sum_w), by_stratum(asked.sum_w2)
    reached = weight > 0
    living = np.where(reached, by_stratum(asked.inhabitants), 0.0)
    living = _divided(living, living.sum(axis=1, keepdims=True))
    inside, counted, square = (
        _divided(by_stratum(column), weight) for column in (answered.sum_w, answered.sum_wy, answered.sum_wy2)
    )
    base = (living * inside).sum(axis=1)
    value = _divided((living * counted).sum(axis=1), base)
    at = value[:, None]
    scores = counted - at * inside
    score_squares = np.maximum(square - 2 * at * counted + at**2 * inside, 0.0)
    within = _divided(np.maximum(score_squares - scores**2, 0.0) * squares, weight**2)
    variance = _divided((living**2 * within).sum(axis=1), base**2)
    spread = _divided((living * score_squares).sum(axis=1), base)
    n = parts @ answered.n
    raised = _divided(living, weight)  # weight that everybody of a post-stratum is given beside their own
    kish = _divided((raised * by_stratum(answered.sum_w)).sum(axis=1) ** 2,
                    (raised**2 * by_stratum(answered.sum_w2)).sum(axis=1))  # fmt: skip
    sure = variance > spread * 1e-12
    n_effective = np.divide(spread, variance, out=kish, where=sure)
    return value, spread, n, np.minimum(n_effective, n)


def _divided(above: Array, below: Array) -> Array:
    """0 where there is nothing to divide by: nobody there."""
    above, below = np.broadcast_arrays(above, below)
    return np.divide(above, below, out=np.zeros(above.shape), where=below > 0)


def _check(asked: Asked, answered: Answered) -> None:
    weight, squares = not_negative("sum_w", asked.sum_w), not_negative("sum_w2", asked.sum_w2)
    people, stratum = not_negative("inhabitants", asked.inhabitants), whole_counts("stratum", asked.stratum)
    inside, inside2 = not_negative("sum_w", answered.sum_w), not_negative("sum_w2", answered.sum_w2)
    counted, square = finite("sum_wy", answered.sum_wy), not_negative("sum_wy2", answered.sum_wy2)
    n = whole_counts("n", answered.n)
    same_length(asked=weight, squares=squares, inhabitants=people, stratum=stratum, answered=inside,
                answered_squares=inside2, counted=counted, square=square, n=n)  # fmt: skip
    if (inside > weight * (1 + 1e-9)).any():
        raise UnusableNumbers("answered: more weight answered than was asked")
    if ((weight > 0) & (people == 0)).any():
        raise UnusableNumbers("inhabitants: somebody was asked where nobody lives")
    if ((n > 0) & (inside == 0)).any():
        raise UnusableNumbers("weights: all of them are zero, so there is no share")

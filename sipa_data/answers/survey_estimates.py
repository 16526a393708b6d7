"""Estimates of one survey wave from the sums that the mart forms: one entry per area."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sipa_data.answers.groups import Estimates, Gaps, Means, Shares
from sipa_data.answers.types import Status
from sipa_data.areas import CITY
from sipa_data.catalogue.models import AnswerCondition, DifferenceMeasure, MeanMeasure, ShareMeasure
from sipa_data.marts import Mart
from sipa_data.statistics.checks import Array
from sipa_data.statistics.means import MeanEstimates, mean_from_sums
from sipa_data.statistics.proportions import ShareEstimates, newcombe_difference, share_from_sums
from sipa_data.statistics.publishability import mean_publishability, publishability

Asked = ShareMeasure | MeanMeasure | DifferenceMeasure

SHARE_SUMS = ("sum_weight", "sum_weight_squared", "sum_weight_counted", "n")
MEAN_SUMS = ("sum_weight", "sum_weight_squared", "sum_weighted", "sum_weighted_squared", "n")
"""Columns of the mart's answers; the number of valid answers is the last of each."""

Sums = dict[str, Array]


def estimate(mart: Mart, measure: Asked, wave: str, scale: str, areas: tuple[str, ...]) -> Estimates:
    """Shares, means or differences between groups in one wave, each with interval and status.

    ``scale`` : the one the wave asked on, whose ends a mean cannot pass
    """
    match measure:
        case ShareMeasure():
            return _share(mart, measure, wave, areas)
        case MeanMeasure():
            return _mean(mart, measure, wave, scale, areas)
        case DifferenceMeasure():
            return _difference(mart, measure, wave, areas)


def _share(mart: Mart, measure: ShareMeasure, wave: str, areas: tuple[str, ...]) -> Estimates:
    sums, missing = _share_sums(mart, measure, wave, measure.among)
    shares = _shares(sums, areas)
    lower, upper = shares.interval()
    status = publishability(shares.share, shares.n, shares.n_effective, lower, upper)
    rest = Shares(_shares(sums, areas, rest=True))
    return Estimates(
        areas, Shares(shares), 100 * lower, 100 * upper, shares.n, shares.n_effective, status, rest, missing
    )


def _mean(mart: Mart, measure: MeanMeasure, wave: str, scale: str, areas: tuple[str, ...]) -> Estimates:
    asked = {"wave": wave, "item": measure.item}
    among = _conditions(measure.among)
    rows = mart.rows("mean_sums_among", **asked, **among) if measure.among else mart.rows("mean_sums", **asked)
    sums, missing = _by_area(rows, MEAN_SUMS)
    means = _means(sums, areas)
    lower, upper = means.interval(*_ends(mart, scale))
    status = mean_publishability(means.n, means.n_effective)
    rest = Means(_means(sums, areas, rest=True))
    return Estimates(areas, Means(means), lower, upper, means.n, means.n_effective, status, rest, missing)


def _ends(mart: Mart, scale: str) -> tuple[float, float]:
    """Lowest and highest number of a scale; nothing is said of one without numbers, for it has no valid answers."""
    answers = mart.catalogue.scales[scale].answers if scale in mart.catalogue.scales else ()
    codes = [float(answer.code) for answer in answers if answer.code.lstrip("-").isdecimal()]
    return min(codes, default=-np.inf), max(codes, default=np.inf)


def _difference(mart: Mart, measure: DifferenceMeasure, wave: str, areas: tuple[str, ...]) -> Estimates:
    sides = [_shares(_share_sums(mart, measure, wave, (group,))[0], areas) for group in (measure.first, measure.second)]
    statuses = []
    for side in sides:
        low, high = side.interval()
        statuses.append(publishability(side.share, side.n, side.n_effective, low, high))
    status = np.select(
        [
            (statuses[0] == Status.unreliable) | (statuses[1] == Status.unreliable),
            (statuses[0] == Status.limited) | (statuses[1] == Status.limited),
        ],
        [Status.unreliable.value, Status.limited.value],
        Status.ok.value,
    )
    first, second = sides
    known = (first.n_effective > 0) & (second.n_effective > 0)
    gap, lower, upper = (np.zeros(len(areas)) for _ in range(3))
    gap[known], lower[known], upper[known] = newcombe_difference(
        first.share[known], first.n_effective[known], second.share[known], second.n_effective[known]
    )
    gaps = Gaps(100 * gap, 100 * lower, 100 * upper)
    n, n_effective = first.n + second.n, first.n_effective + second.n_effective
    return Estimates(areas, gaps, gaps.lower, gaps.upper, n, n_effective, status)


def _share_sums(
    mart: Mart, measure: ShareMeasure | DifferenceMeasure, wave: str, among: tuple[AnswerCondition, ...]
) -> tuple[Sums, float]:
    asked = {"wave": wave, "item": measure.item, "counted": list(measure.counted)}
    rows = mart.rows("share_sums_among", **asked, **_conditions(among)) if among else mart.rows("share_sums", **asked)
    return _by_area(rows, SHARE_SUMS)


def _conditions(among: tuple[AnswerCondition, ...]) -> dict[str, object]:
    return {
        "among_items": [condition.item for condition in among],
        "among_codes": [list(condition.codes) for condition in among],
    }


def _by_area(rows: Sequence[dict[str, Any]], columns: tuple[str, ...]) -> tuple[Sums, float]:
    """Sums per district and for the city, and the share of asked respondents without a valid answer."""
    sums = {str(row["district"]): np.array([float(row[name]) for name in columns]) for row in rows}
    sums[CITY] = np.sum(list(sums.values()), axis=0) if sums else np.zeros(len(columns))
    missing = sum(int(row["missing"]) for row in rows)
    asked = missing + sums[CITY][-1]
    return sums, float(missing / asked) if asked else 0.0


def _columns(sums: Sums, areas: tuple[str, ...], *, rest: bool) -> Array:
    """One row per kind of sum and one column per area, or the city without it; all zero where nobody answered."""
    nobody = np.zeros_like(sums[CITY])
    chosen = np.array([sums[CITY] - sums.get(area, nobody) if rest else sums.get(area, nobody) for area in areas])
    chosen[chosen[:, -1] < 0.5] = 0.0
    chosen[:, :2] = np.maximum(chosen[:, :2], 0.0)
    return chosen.T


def _shares(sums: Sums, areas: tuple[str, ...], *, rest: bool = False) -> ShareEstimates:
    weight, squares, counted, size = _columns(sums, areas, rest=rest)
    return share_from_sums(weight, squares, np.clip(counted, 0.0, weight), np.round(size))


def _means(sums: Sums, areas: tuple[str, ...], *, rest: bool = False) -> MeanEstimates:
    weight, squares, total, square, size = _columns(sums, areas, rest=rest)
    return mean_from_sums(weight, squares, total, square, np.round(size))

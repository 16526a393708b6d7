"""Estimates of one survey wave from the sums that the mart forms: one entry per area."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sipa_data.answers.clusters import Clusters
from sipa_data.answers.composition import Composition
from sipa_data.answers.groups import Estimates, Gaps, Means, Shares
from sipa_data.answers.types import Status
from sipa_data.answers.yardsticks import members
from sipa_data.areas import CITY
from sipa_data.catalogue.models import AnswerCondition, DifferenceMeasure, MeanMeasure, ShareMeasure
from sipa_data.marts import Mart
from sipa_data.statistics.checks import Array
from sipa_data.statistics.means import MeanEstimates, mean_from_sums
from sipa_data.statistics.poststratification import Answered, poststratified_means, poststratified_shares
from sipa_data.statistics.proportions import ShareEstimates, share_from_sums
from sipa_data.statistics.publishability import mean_publishability, publishability

Asked = ShareMeasure | MeanMeasure | DifferenceMeasure

SHARE_SUMS = ("sum_weight", "sum_weight_squared", "sum_weight_counted", "n")
MEAN_SUMS = ("sum_weight", "sum_weight_squared", "sum_weighted", "sum_weighted_squared", "n")
"""Columns of the mart's answers; the number of valid answers is the last of each."""

Sums = dict[str, Array]


@dataclass(frozen=True)
class Sample:
    """The answers to one question in one wave, of everybody or of a group.

    ``sums`` : by area; ``silent`` : those who were asked and gave no valid answer, by area
    ``city`` : how the districts make up the city; ``clusters`` : None where everybody was drawn singly
    """

    sums: Sums
    silent: dict[str, int]
    city: Composition
    clusters: Clusters | None


def estimate(mart: Mart, measure: Asked, wave: str, scale: str, areas: tuple[str, ...], city: Composition) -> Estimates:
    """Shares, means or differences between groups in one wave, each with interval and status.

    ``scale`` : the one the wave asked on, whose ends a mean cannot pass
    ``city`` : how the wave's districts make up the city
    """
    match measure:
        case ShareMeasure():
            return _share(mart, measure, wave, areas, city)
        case MeanMeasure():
            return _mean(mart, measure, wave, scale, areas, city)
        case DifferenceMeasure():
            return _difference(mart, measure, wave, areas, city)


def _share(mart: Mart, measure: ShareMeasure, wave: str, areas: tuple[str, ...], city: Composition) -> Estimates:
    sample = _share_sample(mart, measure, wave, measure.among, city)
    shares = _shares(sample, areas)
    lower, upper = shares.interval()
    status = publishability(shares.share, shares.n, shares.n_effective, lower, upper)
    rest = Shares(_shares(sample, areas, rest=True))
    silent = _missing_share([sample], areas)
    return Estimates(
        areas, Shares(shares), 100 * lower, 100 * upper, shares.n, shares.n_effective, status, rest, silent
    )


def _mean(
    mart: Mart, measure: MeanMeasure, wave: str, scale: str, areas: tuple[str, ...], city: Composition
) -> Estimates:
    asked = {"wave": wave, "item": measure.item}
    among = _conditions(measure.among)
    rows = mart.rows("mean_sums_among", **asked, **among) if measure.among else mart.rows("mean_sums", **asked)
    clusters = Clusters.of(mart, _as_number, **asked, **among) if city.in_clusters else None
    sample = Sample(*_by_area(rows, MEAN_SUMS), city, clusters)
    means = _means(sample, areas)
    lower, upper = means.interval(*_ends(mart, scale))
    status = mean_publishability(means.n, means.n_effective)
    rest = Means(_means(sample, areas, rest=True))
    silent = _missing_share([sample], areas)
    return Estimates(areas, Means(means), lower, upper, means.n, means.n_effective, status, rest, silent)


def _ends(mart: Mart, scale: str) -> tuple[float, float]:
    """Lowest and highest number of a scale; nothing is said of one without numbers, for it has no valid answers."""
    answers = mart.catalogue.scales[scale].answers if scale in mart.catalogue.scales else ()
    codes = [float(answer.code) for answer in answers if answer.code.lstrip("-").isdecimal()]
    return min(codes, default=-np.inf), max(codes, default=np.inf)


def _difference(
    mart: Mart, measure: DifferenceMeasure, wave: str, areas: tuple[str, ...], city: Composition
) -> Estimates:
    sides = [_share_sample(mart, measure, wave, (group,), city) for group in (measure.first, measure.second)]
    first, second = (_shares(side, areas) for side in sides)
    statuses = []
    for side in (first, second):
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
    gaps = Gaps.between(first, second)
    rest = Gaps.between(*(_shares(side, areas, rest=True) for side in sides))
    n, n_effective = first.n + second.n, first.n_effective + second.n_effective
    silent = _missing_share(sides, areas)
    return Estimates(areas, gaps, gaps.lower, gaps.upper, n, n_effective, status, rest, silent)


def _share_sample(
    mart: Mart,
    measure: ShareMeasure | DifferenceMeasure,
    wave: str,
    among: tuple[AnswerCondition, ...],
    city: Composition,
) -> Sample:
    asked, conditions = {"wave": wave, "item": measure.item}, _conditions(among)
    counted = list(measure.counted)
    if among:
        rows = mart.rows("share_sums_among", **asked, counted=counted, **conditions)
    else:
        rows = mart.rows("share_sums", **asked, counted=counted)
    clusters = None
    if city.in_clusters:
        clusters = Clusters.of(mart, lambda answer: float(answer in counted), **asked, **conditions)
    return Sample(*_by_area(rows, SHARE_SUMS), city, clusters)


def _as_number(answer: str) -> float | None:
    """An answer code as a number; None for one that is none."""
    try:
        return float(answer)
    except ValueError:
        return None


def _conditions(among: tuple[AnswerCondition, ...]) -> dict[str, object]:
    return {
        "among_items": [condition.item for condition in among],
        "among_codes": [list(condition.codes) for condition in among],
    }


def _by_area(rows: Sequence[dict[str, Any]], columns: tuple[str, ...]) -> tuple[Sums, dict[str, int]]:
    """Sums, and how many of those asked gave no valid answer, per district and for the city."""
    sums = {str(row["district"]): np.array([float(row[name]) for name in columns]) for row in rows}
    sums[CITY] = np.sum(list(sums.values()), axis=0) if sums else np.zeros(len(columns))
    silent = {str(row["district"]): int(row["missing"]) for row in rows}
    return sums, silent | {CITY: sum(silent.values())}


def _missing_share(samples: list[Sample], areas: tuple[str, ...]) -> float:
    """Share of those asked who gave no valid answer: in the city, or in the districts where it was not asked for."""
    places = (CITY,) if CITY in areas else areas
    missing = sum(one.silent.get(area, 0) for one in samples for area in places)
    answered = sum(one.sums[area][-1] for one in samples for area in places if area in one.sums)
    return float(missing / (missing + answered)) if missing else 0.0


def _columns(sums: Sums, areas: tuple[str, ...], *, rest: bool) -> Array:
    """One row per kind of sum and one column per area, or the city without it; all zero where nobody answered.

    An area may be several districts taken together.
    """
    nobody = np.zeros_like(sums[CITY])
    found = [sum((sums.get(member, nobody) for member in members(area)), start=nobody) for area in areas]
    chosen = np.array([sums[CITY] - own for own in found] if rest else found)
    chosen[chosen[:, -1] < 0.5] = 0.0
    chosen[:, :2] = np.maximum(chosen[:, :2], 0.0)
    return chosen.T


def _shares(sample: Sample, areas: tuple[str, ...], *, rest: bool = False) -> ShareEstimates:
    """Shares of the areas, or of the city without each; the city as the wave makes it up."""
    weight, squares, counted, size = _columns(sample.sums, areas, rest=rest)
    found = share_from_sums(weight, squares, np.clip(counted, 0.0, weight), np.round(size))
    factor = np.ones(len(areas))
    if sample.clusters is not None:
        spread = found.share * (1 - found.share)
        plain = np.divide(spread, found.n_effective, out=np.zeros(len(areas)), where=found.n_effective > 0)
        factor = sample.clusters.shrinking(areas, plain, found.n_effective, rest=rest)
    made_up = _made_up(sample.city, areas, rest=rest)
    if sample.city.asked is not None and made_up:
        weight, squares, counted, size = sample.city.columns(sample.sums, len(SHARE_SUMS))
        answered = Answered(weight, squares, counted, counted, size)
        kept = sample.city.kept([areas[place] for place in made_up], rest=rest)
        found = ShareEstimates(*_replaced(found, made_up, poststratified_shares(sample.city.asked, answered, kept)))
    return found._replace(n_effective=found.n_effective * factor)


def _means(sample: Sample, areas: tuple[str, ...], *, rest: bool = False) -> MeanEstimates:
    """The same for means."""
    weight, squares, total, square, size = _columns(sample.sums, areas, rest=rest)
    found = mean_from_sums(weight, squares, total, square, np.round(size))
    factor = np.ones(len(areas))
    if sample.clusters is not None:
        factor = sample.clusters.shrinking(areas, found.variance, found.n_effective, rest=rest)
    made_up = _made_up(sample.city, areas, rest=rest)
    if sample.city.asked is not None and made_up:
        answered = Answered(*sample.city.columns(sample.sums, len(MEAN_SUMS)))
        kept = sample.city.kept([areas[place] for place in made_up], rest=rest)
        found = MeanEstimates(*_replaced(found, made_up, poststratified_means(sample.city.asked, answered, kept)))
    return found._replace(variance=found.variance / factor, n_effective=found.n_effective * factor)


def _made_up(city: Composition, areas: tuple[str, ...], *, rest: bool) -> list[int]:
    """Which areas are made up of several districts, so that their shares of the city matter."""
    if city.asked is None:
        return []
    return [place for place, area in enumerate(areas) if rest or area == CITY or len(members(area)) > 1]


def _replaced(columns: Sequence[Array], places: list[int], others: Sequence[Array]) -> Iterator[Array]:
    """Columns with other values in some places."""
    for column, other in zip(columns, others, strict=True):
        column[places] = other
        yield column

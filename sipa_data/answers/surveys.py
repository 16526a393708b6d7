"""Answers from surveys: weighted shares and differences between groups, per wave."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from sipa_data.answers.found import Found, asked_areas, breaks_between, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.survey_verdicts import SurveyVerdicts
from sipa_data.answers.types import Question, Status
from sipa_data.areas import CITY
from sipa_data.catalogue.models import AnswerCondition, DifferenceMeasure, Indicator, ShareMeasure
from sipa_data.german import number
from sipa_data.marts import Mart
from sipa_data.periods import Period
from sipa_data.statistics.proportions import ShareEstimates, newcombe_difference, share_from_sums
from sipa_data.statistics.publishability import publishability

TOO_FEW = "zu wenige Antworten"
FEW = "eingeschränkt, weniger als 100 Antworten"
SUMS = ("sum_weight", "sum_weight_squared", "sum_weight_counted", "n")


@dataclass(frozen=True)
class Wave:
    """One wave that asked the item."""

    id: str
    title: str
    period: Period
    scale: str
    method_break: str | None
    when: str  # as told in a sentence: 2023


@dataclass
class Estimates:
    """Estimates of one wave, one entry per area, in the indicator's unit (per cent or points)."""

    areas: tuple[str, ...]
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    n: np.ndarray
    n_effective: np.ndarray
    status: np.ndarray
    shares: ShareEstimates | None = None  # of the areas, for comparisons
    rest: ShareEstimates | None = None  # of the city without the area
    missing_share: float = 0.0
    at: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.at = {area: number_ for number_, area in enumerate(self.areas)}

    def is_shown(self, area: str) -> bool:
        return str(self.status[self.at[area]]) in (Status.ok, Status.limited)


def answer_survey(mart: Mart, question: Question, indicator: Indicator) -> Found:
    """Shares or group differences of the asked wave, with earlier waves where the history is asked."""
    measure = indicator.measure
    if not isinstance(measure, ShareMeasure | DifferenceMeasure):
        raise TypeError(f"{indicator.id} is no survey indicator")
    areas = asked_areas(mart, question, with_not_locatable=False)
    waves = _waves(mart, measure.item)
    if question.period is not None:
        waves = tuple(wave for wave in waves if wave.period.end <= question.period.end)
    if not waves:
        until = f" bis {question.period.german}" if question.period else ""
        return nothing_collected(mart, question, areas, f"keine Befragung mit dieser Frage{until}")
    now, before = waves[-1], waves[-2] if len(waves) > 1 else None
    shown = waves if question.history else (now,)
    wanted = {wave.id: wave for wave in (*shown, now, before) if wave is not None}
    estimates = {key: _estimate(mart, measure, wave, areas) for key, wave in wanted.items()}
    rows = tuple(row for wave in shown for row in _rows(wave, estimates[wave.id]))
    judge = SurveyVerdicts(indicator, mart.catalogue)
    verdicts = judge.all(
        question,
        areas,
        now,
        estimates[now.id],
        before,
        estimates[before.id] if before else None,
        _broken(mart, measure.item, before, now) if before else None,
    )
    return Found(rows, verdicts, _notes(estimates[now.id], now), now.period, _breaks(mart, measure.item, shown))


def _waves(mart: Mart, item: str) -> tuple[Wave, ...]:
    rows = mart.rows("waves", item=item)
    ends = [_day(row["field_end"]) for row in rows]
    several = {end.year for end in ends if [other.year for other in ends].count(end.year) > 1}
    return tuple(
        Wave(
            id=str(row["wave_id"]),
            title=str(row["title"]),
            period=Period(_day(row["field_start"]), end),
            scale=str(row["scale_id"]),
            method_break=str(row["method_break"]) if row["method_break"] else None,
            when=f"{end:%m/%Y}" if end.year in several else f"{end.year}",
        )
        for row, end in zip(rows, ends, strict=True)
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"the mart gave {value!r} where a day was expected")
    return value


def _sums(
    mart: Mart, measure: ShareMeasure | DifferenceMeasure, wave: Wave, among: tuple[AnswerCondition, ...]
) -> tuple[dict[str, np.ndarray], float]:
    """Sums per district and for the city (SUMS), and the share of asked respondents without a valid answer."""
    rows: list[dict[str, Any]] = mart.rows(
        "share_sums",
        wave=wave.id,
        item=measure.item,
        counted=list(measure.counted),
        among_items=[condition.item for condition in among],
        among_codes=[list(condition.codes) for condition in among],
    )
    sums = {str(row["district"]): np.array([float(row[name]) for name in SUMS]) for row in rows}
    sums[CITY] = np.sum(list(sums.values()), axis=0) if sums else np.zeros(len(SUMS))
    missing = sum(int(row["missing"]) for row in rows)
    asked = missing + sums[CITY][3]
    return sums, missing / asked if asked else 0.0


def _shares(sums: dict[str, np.ndarray], areas: tuple[str, ...], *, rest: bool = False) -> ShareEstimates:
    nobody = np.zeros(len(SUMS))
    chosen = np.array([sums[CITY] - sums.get(area, nobody) if rest else sums.get(area, nobody) for area in areas])
    chosen[chosen[:, 3] < 0.5] = 0.0
    weight, squares, counted, size = np.maximum(chosen, 0.0).T
    return share_from_sums(weight, squares, np.minimum(counted, weight), np.round(size))


def _estimate(mart: Mart, measure: ShareMeasure | DifferenceMeasure, wave: Wave, areas: tuple[str, ...]) -> Estimates:
    if isinstance(measure, ShareMeasure):
        sums, missing = _sums(mart, measure, wave, measure.among)
        shares = _shares(sums, areas)
        lower, upper = shares.interval()
        status = publishability(shares.share, shares.n, shares.n_effective, lower, upper)
        rest = _shares(sums, areas, rest=True)
        return Estimates(
            areas,
            100 * shares.share,
            100 * lower,
            100 * upper,
            shares.n,
            shares.n_effective,
            status,
            shares,
            rest,
            missing,
        )
    sides = [_shares(_sums(mart, measure, wave, (group,))[0], areas) for group in (measure.first, measure.second)]
    statuses = []
    for side in sides:
        lower, upper = side.interval()
        statuses.append(publishability(side.share, side.n, side.n_effective, lower, upper))
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
    value, lower, upper = (np.zeros(len(areas)) for _ in range(3))
    value[known], lower[known], upper[known] = newcombe_difference(
        first.share[known], first.n_effective[known], second.share[known], second.n_effective[known]
    )
    return Estimates(
        areas, 100 * value, 100 * lower, 100 * upper, first.n + second.n, first.n_effective + second.n_effective, status
    )


def _rows(wave: Wave, found: Estimates) -> list[Row]:
    rows = []
    for area, at in found.at.items():
        if not found.is_shown(area):
            rows.append(Row.without_value(area, wave.period, Status.unreliable, TOO_FEW))
            continue
        status = Status(str(found.status[at]))
        rows.append(
            Row(
                area,
                wave.period,
                status,
                value=float(found.value[at]),
                lower=float(found.lower[at]),
                upper=float(found.upper[at]),
                n=int(found.n[at]),
                n_effective=float(found.n_effective[at]),
                basis=f"{wave.title}, {number(float(found.n[at]))} gültige Antworten",
                reason=FEW if status == Status.limited else None,
            )
        )
    return rows


def _notes(found: Estimates, wave: Wave) -> tuple[str, ...]:
    if not found.missing_share:
        return ()
    share = number(100 * found.missing_share, 1)
    return (f"{wave.title}: {share}\u202f% der Befragten gaben auf diese Frage keine gültige Antwort.",)


def _broken(mart: Mart, item: str, before: Wave, now: Wave) -> str | None:
    """Why two waves cannot be compared, or None."""
    if before.scale != now.scale:
        return "andere Antwortskala"
    if now.method_break:
        return now.method_break
    found = breaks_between(mart, before.period.end, now.period.end, items=(item,))
    return found[0][1] if found else None


def _breaks(mart: Mart, item: str, shown: tuple[Wave, ...]) -> tuple[tuple[str, str], ...]:
    marked = []
    for before, now in pairwise(shown):
        if reason := _broken(mart, item, before, now):
            marked.append((now.period.start.isoformat(), reason))
    return tuple(marked)

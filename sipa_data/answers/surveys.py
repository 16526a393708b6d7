"""Answers from surveys: weighted shares, means and differences between groups, per wave."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sipa_data.answers.estimate_verdicts import Compared, EstimateVerdicts
from sipa_data.answers.found import Found, asked_areas, breaks_between, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.groups import Estimates
from sipa_data.answers.survey_estimates import Asked, estimate
from sipa_data.answers.types import Question, Status
from sipa_data.catalogue.models import DifferenceMeasure, Indicator, MeanMeasure, ShareMeasure
from sipa_data.german import THIN_SPACE, number
from sipa_data.marts import Mart
from sipa_data.periods import Period

TOO_FEW = "zu wenige Antworten"
FEW = "eingeschränkt, weniger als 100 Antworten"


@dataclass(frozen=True)
class Wave:
    """One wave that asked the item."""

    id: str
    title: str
    period: Period
    scale: str
    method_break: str | None
    when: str  # as told in a sentence: 2023


def answer_survey(mart: Mart, question: Question, indicator: Indicator) -> Found:
    """Estimates of the asked wave, with earlier waves where the history is asked."""
    measure = indicator.measure
    if not isinstance(measure, ShareMeasure | MeanMeasure | DifferenceMeasure):
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
    estimates = {key: estimate(mart, measure, wave.id, wave.scale, areas) for key, wave in wanted.items()}
    rows = tuple(row for wave in shown for row in _rows(wave, estimates[wave.id]))
    compared = Compared(now, estimates[now.id])
    if before is not None:
        broken = _broken(mart, measure.item, before, now)
        compared = Compared(now, estimates[now.id], before, estimates[before.id], broken)
    verdicts = EstimateVerdicts(indicator, mart.catalogue).all(question, areas, compared)
    return Found(rows, verdicts, _notes(estimates[now.id], now), now.period, _breaks(mart, measure, shown))


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


def _rows(wave: Wave, found: Estimates) -> list[Row]:
    rows = []
    for at, area in enumerate(found.areas):
        if not found.is_shown(area):
            rows.append(Row.without_value(area, wave.period, Status.unreliable, TOO_FEW))
            continue
        status = found.status_of(area)
        rows.append(
            Row(
                area,
                wave.period,
                status,
                value=float(found.values[at]),
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
    return (f"{wave.title}: {share}{THIN_SPACE}% der Befragten gaben auf diese Frage keine gültige Antwort.",)


def _broken(mart: Mart, item: str, before: Wave, now: Wave) -> str | None:
    """Why two waves cannot be compared, or None."""
    if before.scale != now.scale:
        return "andere Antwortskala"
    if now.method_break:
        return now.method_break
    found = breaks_between(mart, before.period.end, now.period.end, items=(item,))
    return found[0][1] if found else None


def _breaks(mart: Mart, measure: Asked, shown: tuple[Wave, ...]) -> tuple[tuple[str, str], ...]:
    marked = []
    for before, now in pairwise(shown):
        if reason := _broken(mart, measure.item, before, now):
            marked.append((now.period.start.isoformat(), reason))
    return tuple(marked)

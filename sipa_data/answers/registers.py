"""Answers from registers: values as an authority reports them, told and not judged."""

from datetime import date
from typing import Any

from sipa_data.access.scope import Scope
from sipa_data.answers.found import Found, asked_areas, breaks_between, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.protection import Protection
from sipa_data.answers.sentences import break_sentence, subject, value_text
from sipa_data.answers.swings import first_break
from sipa_data.answers.types import Question, Status, Verdict, VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator, RegisterMeasure
from sipa_data.german import number
from sipa_data.marts import Mart
from sipa_data.periods import Grain, Period

CONFIDENTIAL = "vertraulich"

Values = dict[tuple[str, Period], float]
"""Values of one register by area (district id or CITY) and period."""


def answer_register(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    """Register values of the newest period up to the asked one."""
    measure = indicator.measure
    if not isinstance(measure, RegisterMeasure):
        raise TypeError(f"{indicator.id} is no register indicator")
    areas = asked_areas(mart, question, with_not_locatable=False)
    register, protection = mart.catalogue.registers[measure.register_id], Protection(mart, scope)
    values = values_of(mart, register.id)
    periods = periods_until(values, question.period)
    if not periods:
        return nothing_collected(mart, question, areas, "dazu liegt noch keine Lieferung vor")
    now = periods[-1]
    before = earlier_of(now, periods)
    broken = first_break(mart, before.start, now.end, {"registers": (register.id,)}) if before else None

    def row(area: str, period: Period) -> Row:
        value = values.get((area, period))
        if value is None:
            return Row.without_value(area, period, Status.not_collected, only_elsewhere(mart, area))
        if not protection.shows_register(register, value, area, period):
            return Row.without_value(area, period, Status.suppressed, CONFIDENTIAL)
        said = "Median laut Register" if measure.statistic == "median" else "Register"
        return Row(area, period, Status.ok, value, basis=f"{said}, {period.german}", reason=indicator.no_interval)

    shown = periods if question.history else (now,)
    verdicts = []
    if question.compare_with == "previous" and before is not None:
        for area in areas:
            new, old = row(area, now), row(area, before)
            if new.value is not None and old.value is not None:
                made = (
                    not_comparable(mart, indicator, area, (before, now, broken))
                    if broken
                    else told(mart, indicator, area, (old.value, before), (new.value, now))
                )
                verdicts.append(made)
    rows = tuple(row(area, period) for period in shown for area in areas)
    return Found(rows, tuple(verdicts), period=now, breaks=breaks_of(mart, shown, (register.id,)))


def values_of(mart: Mart, register: str) -> Values:
    """Every value of a register."""
    rows = mart.rows("register", register=register)
    return {(str(row["district"]), _period(row)): float(str(row["value"])) for row in rows}


def periods_until(values: Values, asked: Period | None) -> tuple[Period, ...]:
    """The periods that a register knows, oldest first, up to the end of the asked one."""
    known = sorted({period for _, period in values})
    return tuple(period for period in known if asked is None or period.end <= asked.end)


def earlier_of(now: Period, periods: tuple[Period, ...]) -> Period | None:
    """The period to compare with: as long as this one; of parts of a year, the same days of an earlier one."""
    whole_years = (Grain.year, Grain.years)
    alike = (
        one for one in periods if one.end < now.start and (one.same_days(now) or one.grain is now.grain in whole_years)
    )
    return max(alike, default=None)


def breaks_of(mart: Mart, shown: tuple[Period, ...], registers: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Days inside a history on which a register began to count differently, with what changed."""
    found = breaks_between(mart, shown[0].start, shown[-1].end, registers=registers) if len(shown) > 1 else ()
    return tuple((when.isoformat(), title) for when, title in found)


def not_comparable(mart: Mart, indicator: Indicator, area: str, why: tuple[Period, Period, str]) -> Verdict:
    """A register was counted differently before: the periods, and what changed."""
    before, now, reason = why
    name = "" if area == CITY else mart.catalogue.districts[area].name
    who = subject(indicator, area, name, mart.catalogue.city.district_word)
    return Verdict(
        VerdictCode.break_in_series, area, break_sentence(who, before.german, now.german, reason),
        f"nicht vergleichbar mit {before.german}", compared_period=before,
    )  # fmt: skip


def only_elsewhere(mart: Mart, area: str) -> str:
    """Why a register has no value for an area, although it has some for others."""
    return "nur für die ganze Stadt erhoben" if area != CITY else f"nur je {mart.catalogue.city.district_word} erhoben"


def told(
    mart: Mart, indicator: Indicator, area: str, earlier: tuple[float, Period], now: tuple[float, Period]
) -> Verdict:
    """The change of a reported value: what it is and what it was."""
    name = "" if area == CITY else mart.catalogue.districts[area].name
    who = subject(indicator, area, name, mart.catalogue.city.district_word)
    old = number(earlier[0], indicator.decimals)
    sentence = (
        f"{who}: {value_text(indicator, now[0])} ({now[1].german}) nach {old} ({earlier[1].german}); "
        "ein Registerwert, nicht auf Zufall geprüft."
    )
    return Verdict(
        VerdictCode.no_comparison, area, sentence, f"{earlier[1].german}: {old}", now[0] - earlier[0],
        compared_period=earlier[1],
    )  # fmt: skip


def _period(row: dict[str, Any]) -> Period:
    start, end = row["period_start"], row["period_end"]
    if not (isinstance(start, date) and isinstance(end, date)):
        raise TypeError(f"the mart gave {start!r} and {end!r} where days were expected")
    return Period(start, end)

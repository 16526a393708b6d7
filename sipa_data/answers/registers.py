"""Answers from registers: values as an authority reports them, told and not judged."""

from datetime import date
from typing import Any

from sipa_data.answers.found import Found, asked_areas, nothing_collected
from sipa_data.answers.frames import Row
from sipa_data.answers.sentences import subject
from sipa_data.answers.types import Question, Status, Verdict, VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator, RegisterMeasure
from sipa_data.german import number
from sipa_data.marts import Mart
from sipa_data.periods import Period


def answer_register(mart: Mart, question: Question, indicator: Indicator) -> Found:
    """Register values of the newest period up to the asked one."""
    measure = indicator.measure
    if not isinstance(measure, RegisterMeasure):
        raise TypeError(f"{indicator.id} is no register indicator")
    areas = asked_areas(mart, question, with_not_locatable=False)
    rows = mart.rows("register", register=measure.register_id)
    values = {(str(row["district"]), _period(row)): float(str(row["value"])) for row in rows}
    periods = sorted({period for _, period in values})
    if question.period is not None:
        periods = [period for period in periods if period.end <= question.period.end]
    if not periods:
        return nothing_collected(mart, question, areas, "dazu liegt noch keine Lieferung vor")
    now, before = periods[-1], periods[-2] if len(periods) > 1 else None
    shown = periods if question.history else [now]
    found = []
    for period in shown:
        for area in areas:
            value = values.get((area, period))
            if value is None:
                reason = "nur für die ganze Stadt erhoben" if area != CITY else "nur je Bezirk erhoben"
                found.append(Row.without_value(area, period, Status.not_collected, reason))
            else:
                found.append(
                    Row(
                        area, period, Status.ok, value, basis=f"Register, {period.german}", reason=indicator.no_interval
                    )
                )
    verdicts = []
    if question.compare_with == "previous":
        for area in areas:
            value = values.get((area, now))
            earlier = values.get((area, before)) if before else None
            if value is not None and before is not None and earlier is not None:
                verdicts.append(_told(mart, indicator, area, (earlier, before), (value, now)))
    return Found(tuple(found), tuple(verdicts), period=now)


def _period(row: dict[str, Any]) -> Period:
    start, end = row["period_start"], row["period_end"]
    if not (isinstance(start, date) and isinstance(end, date)):
        raise TypeError(f"the mart gave {start!r} and {end!r} where days were expected")
    return Period(start, end)


def _told(
    mart: Mart, indicator: Indicator, area: str, earlier: tuple[float, Period], now: tuple[float, Period]
) -> Verdict:
    name = "" if area == CITY else mart.catalogue.districts[area].name
    who = subject(indicator, area, name, mart.catalogue.city.district_word)
    old, new = number(earlier[0], indicator.decimals), number(now[0], indicator.decimals)
    sentence = (
        f"{who}: {new} {indicator.unit} ({now[1].german}) nach {old} ({earlier[1].german}); "
        "ein Registerwert, nicht auf Zufall geprüft."
    )
    return Verdict(
        VerdictCode.no_comparison, area, sentence, f"{earlier[1].german}: {old}", now[0] - earlier[0],
        compared_period=earlier[1],
    )  # fmt: skip

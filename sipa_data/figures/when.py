"""Periods as titles and labels say them: shorter than in a table."""

from babel.dates import get_month_names

from sipa_data.answers.types import Answer
from sipa_data.figures.rows import rows
from sipa_data.periods import Grain, Period


def period_text(period: Period) -> str:
    """As ``Period.german``, but the field time of a survey in months: „Nov. bis Dez. 2023“."""
    if period.grain != Grain.other:
        return period.german
    months = get_month_names("abbreviated", locale="de")
    first, last = months[period.start.month], months[period.end.month]
    if period.start.year != period.end.year:
        return f"{first} {period.start.year} bis {last} {period.end.year}"
    return f"{last} {period.end.year}" if first == last else f"{first} bis {last} {period.end.year}"


def period_span(answer: Answer) -> str:
    """„2019 bis 2025“, or the one period there is."""
    periods = sorted({row.period for row in rows(answer)}, key=lambda period: (period.end, period.start))
    if not periods:
        return "" if answer.period is None else period_text(answer.period)
    if len(periods) > 1 and periods[0].grain == Grain.other:
        return f"{periods[0].start.year} bis {periods[-1].end.year}"
    first, last = period_text(periods[0]), period_text(periods[-1])
    return last if first == last else f"{first} bis {last}"

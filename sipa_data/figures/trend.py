"""A measure over time: a line with its band, survey waves as points with strokes, breaks as dotted lines."""

from datetime import date

from sipa_data import german
from sipa_data.answers.types import Answer
from sipa_data.figures.findings import subject_title
from sipa_data.figures.palette import colours
from sipa_data.figures.picture import Picture
from sipa_data.figures.rows import rows, subject
from sipa_data.figures.series import Series, series_of
from sipa_data.figures.table import table
from sipa_data.figures.trend_drawing import draw_trend, is_survey, value_span
from sipa_data.figures.when import period_span, period_text
from sipa_data.figures.words import (
    hidden_key,
    hidden_listing,
    measured,
    source_line,
    value_with_interval,
    without_full_stop,
)


def trend(answer: Answer, *, dark: bool = False) -> Picture:
    """The history of one measure; asked with ``Question.over_time``.

    One series is blue with its interval. Several are named at their ends; the places that were not asked
    for by name are grey. Nothing is joined across a break, a missing step or a value that is not shown.
    """
    theme = colours(dark=dark)
    title = subject_title(answer)
    all_series = series_of(answer)
    return Picture(
        figure=draw_trend(answer, all_series, theme) if all_series else None,
        title=title,
        subtitle=_subtitle(answer, all_series),
        alt=_alt(answer, title, all_series),
        table=table(answer),
        source=source_line(answer),
    )


def _subtitle(answer: Answer, all_series: tuple[Series, ...]) -> str:
    parts = [measured(answer.indicator), answer.place_name(subject(answer)), period_span(answer)]
    if any(row.lower is not None for series in all_series for row in series.shown):
        parts.append("Striche: 95-%-Bereich" if is_survey(answer) else "Fläche: 95-%-Bereich")
    parts += [key] if (key := hidden_key(rows(answer))) else []
    parts += ["Achse beginnt nicht bei null"] if all_series and value_span(all_series)[0] > 0 else []
    return " · ".join(part for part in parts if part)


def _alt(answer: Answer, title: str, all_series: tuple[Series, ...]) -> str:
    said = [f"{without_full_stop(title)}."]
    if all_series:
        said.append(f"{measured(answer.indicator)}, {answer.place_name(subject(answer))}.")
    said += [_course(series, answer, named=len(all_series) > 1) for series in all_series]
    said += [f"Bruch der Reihe am {german.day(date.fromisoformat(day))}: {name}." for day, name in answer.breaks]
    without = [row for row in rows(answer) if row.value is None]
    one_place = len({row.name for row in rows(answer)}) == 1
    hidden = [
        (period_text(row.period) if one_place else f"{row.name} {period_text(row.period)}", row) for row in without
    ]
    said += [f"Nicht gezeigt: {hidden_listing(hidden)}."] if hidden else []
    return " ".join(said)


def _course(series: Series, answer: Answer, *, named: bool) -> str:
    """First and last value of a series: „2019: 12,0 %; 2023: 14,0 %.“"""
    ends = list(dict.fromkeys((series.shown[0], series.last)))
    told = "; ".join(f"{period_text(row.period)}: {value_with_interval(row, answer.indicator)}" for row in ends)
    return f"{series.name}, {told}." if named else f"{told}."

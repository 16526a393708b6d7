"""The months that led up to an early signal: the line of the counts over the band of what was to be expected."""

from collections.abc import Sequence

from sipa_data.answers.signals import MonthBeside, Signal
from sipa_data.answers.types import Status
from sipa_data.figures.palette import colours
from sipa_data.figures.rows import Row
from sipa_data.figures.series import Series
from sipa_data.figures.spark import Spark, drawn_small
from sipa_data.figures.words import SYNTHETIC
from sipa_data.german import count_of, number


def signal_spark(
    signal: Signal, history: Sequence[MonthBeside], *, synthetic: bool, dark: bool = False
) -> Spark | None:
    """The small trend of a signal. None where there are not two months to join."""
    if len(history) < 2:
        return None
    rows = tuple(_row(signal, month) for month in history)
    series = Series(signal.indicator.short_title, signal.area, rows, spoken_of=True)
    return Spark(svg=drawn_small(series, (), colours(dark=dark)), alt=_alt(signal, history, synthetic=synthetic))


def history_told(history: Sequence[MonthBeside]) -> str:
    """What the picture shows, for below it."""
    span = f"{history[0].month.german} bis {history[-1].month.german}"
    return f"{span}; Fläche: so viele waren nach früheren Jahren zu erwarten"


def _row(signal: Signal, month: MonthBeside) -> Row:
    """As every figure reads it; the bounds are those of the expectation, not of the count."""
    return Row(
        signal.area, "", None, month.month, Status.ok, None,
        float(month.count), float(month.lower), float(month.upper), month.count, None,
    )  # fmt: skip


def _alt(signal: Signal, history: Sequence[MonthBeside], *, synthetic: bool) -> str:
    above = [one for one in history if one.count > one.upper]
    counts = [one.count for one in history]
    course = (
        f"Verlauf: {history_told(history)}. In {count_of(len(above), 'Monat', 'Monaten')} von {number(len(history))} "
        f"lag die Zahl darüber; sie reichte von {number(min(counts))} bis {number(max(counts))}."
    )
    said = [signal.sentence, course]
    return " ".join([*said, f"{SYNTHETIC}."] if synthetic else said)

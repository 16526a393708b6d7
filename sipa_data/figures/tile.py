"""One indicator on a tile: value, interval, verdict, small trend, in falling weight."""

import re
from dataclasses import dataclass

from sipa_data.answers.types import Answer, Status
from sipa_data.figures.palette import Tone, colours
from sipa_data.figures.rows import Row, subject, subject_row
from sipa_data.figures.spark import Spark, spark
from sipa_data.figures.words import (
    arrow_of,
    bounds_text,
    interval_text,
    short_text,
    status_text,
    tone_of,
    value_text,
    why_hidden,
)

TEXT_BYTES = 2_000


@dataclass(frozen=True)
class Tile:
    """What a page lays out for one indicator; all of it German text.

    ``value`` : the number, with its unit where that is ``%``; in words where it is not shown
    ``unit`` : the unit that is printed small beside the number; empty where value or title names it
    ``interval`` : the 95 % interval, empty where there is none; ``bounds`` : the same with no unit but ``%``
    ``verdict`` : a few words; ``tone`` and ``arrow`` go with it. The arrow is the direction of the number,
    the tone whether that is favourable; both are silent within chance. ``ink`` : the tone as a colour of the page
    ``note`` : what must be said beside the number: few answers, why there is none, why there is no interval
    ``spark`` : None where the value is not shown, or there are not two to join
    ``in_words`` : ``value`` is no number; it says why none is shown
    """

    title: str
    value: str
    unit: str
    interval: str
    bounds: str
    verdict: str
    tone: Tone
    ink: str
    arrow: str
    note: str
    spark: Spark | None
    in_words: bool

    @property
    def state(self) -> str:
        """Value with its interval behind it: „241 (229–254)“, „15,3 % (14,4–16,2 %)“, „54,7 (46,6–63,7) Unfälle“."""
        return " ".join(part for part in (self.value, f"({self.bounds})" if self.bounds else "", self.unit) if part)

    @property
    def held_bytes(self) -> int:
        """What it takes in memory: its texts are nothing beside its picture."""
        return TEXT_BYTES + (self.spark.held_bytes if self.spark is not None else 0)


def tile(answer: Answer, *, dark: bool = False) -> Tile:
    """The tile of the place that the answer is about: the one district that was asked for, or the city."""
    indicator = answer.indicator
    row = subject_row(answer)
    shown = row is not None and row.value is not None
    verdict = answer.verdict_on(subject(answer)) if shown else None
    return Tile(
        title=indicator.short_title,
        value=_value(answer, row),
        unit=""
        if not shown or indicator.unit == "%" or indicator.unit in indicator.short_title
        else _unit(answer, row),
        interval=interval_text(row, indicator) if row is not None else "",
        bounds=bounds_text(row, indicator) if row is not None else "",
        verdict=verdict.short if verdict is not None else "",
        tone=tone_of(verdict),
        ink=_ink(tone_of(verdict), dark=dark),
        arrow=arrow_of(verdict),
        note=_note(answer, row),
        spark=spark(answer, dark=dark) if shown else None,
        in_words=not shown,
    )


def _ink(tone: Tone, *, dark: bool) -> str:
    theme = colours(dark=dark)
    return theme.muted if tone == "neutral" else theme.of_tone(tone)


def _value(answer: Answer, row: Row | None) -> str:
    if row is None:
        return why_hidden(None)
    if row.value is None:
        return value_text(row, answer.indicator)
    return short_text(row, answer.indicator)


def _unit(answer: Answer, row: Row | None) -> str:
    """The unit as it stands after this number: „Fall“ after a one."""
    if row is None:
        return ""
    return value_text(row, answer.indicator).replace(short_text(row, answer.indicator), "", 1).strip()


def _note(answer: Answer, row: Row | None) -> str:
    if row is None:
        return ""
    if row.status is Status.limited:
        return "eingeschränkt: wenige Antworten, mit Vorsicht lesen" if row.reason is None else status_text(row)
    if row.value is None:
        return "" if row.reason is None else row.reason
    if row.lower is None:
        return _first_clause(row.reason or answer.indicator.no_interval or "")
    return ""


def _first_clause(text: str) -> str:
    """„Vollzählung“: a tile has room for why there is no interval, the page of the indicator for what that means."""
    return re.split(r"[:;]", text, maxsplit=1)[0].removesuffix(".")

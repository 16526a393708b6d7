"""The rows of an Answer as figures, tables and exports read them.

This is the one gate to the observations: a value that is not to be shown is dropped here once more, whatever
the frame says, so that no mark, label, hover text or cell can carry it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sipa_data.answers.types import CITY, NOT_LOCATABLE, Answer, Status
from sipa_data.periods import Period

SHOWN = frozenset({Status.ok, Status.limited})


@dataclass(frozen=True)
class Row:
    """One observation. ``group`` is None where all are meant; the numbers are None where none is shown."""

    district: str
    place: str
    group: str | None
    period: Period
    status: Status
    reason: str | None
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    basis: str | None

    @property
    def name(self) -> str:
        """Place and group: „Mitte, Frauen“."""
        return self.place if self.group is None else f"{self.place}, {self.group}"

    @property
    def is_whole_city(self) -> bool:
        return self.district == CITY

    @property
    def is_district(self) -> bool:
        return self.district not in (CITY, NOT_LOCATABLE)


def rows(answer: Answer) -> tuple[Row, ...]:
    """All observations, in the order of the answer."""
    return tuple(_row(answer, observation) for observation in answer.observations.to_dict("records"))


def current_rows(answer: Answer) -> tuple[Row, ...]:
    """The observations of the period that was answered, all groups together."""
    return tuple(row for row in _latest(answer) if row.group is None)


def group_rows(answer: Answer) -> tuple[Row, ...]:
    """The groups within the place that the answer is about, in the period that was answered."""
    return tuple(row for row in _latest(answer) if row.group is not None and row.district == subject(answer))


def district_rows(answer: Answer) -> tuple[Row, ...]:
    """The districts in the period that was answered, in the order of the catalogue."""
    found = {row.district: row for row in current_rows(answer)}
    return tuple(found[district] for district in answer.places if district in found)


def city_row(answer: Answer) -> Row | None:
    return next((row for row in current_rows(answer) if row.is_whole_city), None)


def subject(answer: Answer) -> str:
    """District id of the place that the answer is about: the one that was asked for, or the city."""
    asked = answer.question.districts
    return asked[0] if len(asked) == 1 else CITY


def subject_row(answer: Answer) -> Row | None:
    """The value of the place that the answer is about, in the period that was answered."""
    return next((row for row in current_rows(answer) if row.district == subject(answer)), None)


def _latest(answer: Answer) -> tuple[Row, ...]:
    found = rows(answer)
    latest = answer.period or max((row.period for row in found), key=lambda period: period.end, default=None)
    return tuple(row for row in found if row.period == latest)


def _row(answer: Answer, observation: Mapping[Hashable, Any]) -> Row:
    status = Status(str(observation["status"]))
    shown = status in SHOWN
    district = str(observation["district"])
    return Row(
        district=district,
        place=answer.place_name(district),
        group=_text(observation["breakdown"]),
        period=Period(pd.Timestamp(observation["period_start"]).date(), pd.Timestamp(observation["period_end"]).date()),
        status=status,
        reason=_text(observation["reason"]),
        value=_number(observation["value"]) if shown else None,
        lower=_number(observation["lower"]) if shown else None,
        upper=_number(observation["upper"]) if shown else None,
        n=_count(observation["n"]) if shown else None,
        basis=_text(observation["basis"]) if shown else None,
    )


def _number(cell: Any) -> float | None:
    return None if pd.isna(cell) else float(cell)


def _count(cell: Any) -> int | None:
    return None if pd.isna(cell) else int(cell)


def _text(cell: Any) -> str | None:
    return None if pd.isna(cell) else str(cell)

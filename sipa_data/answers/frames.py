"""Rows of numbers become the one tidy table everything downstream takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import pandas as pd

from sipa_data.answers.types import OBSERVATION_COLUMNS, Status
from sipa_data.periods import Period


@dataclass(frozen=True)
class Row:
    """One number of an answer. Everything but the place, the time and the status may be missing."""

    district: str
    period: Period
    status: Status
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    n_effective: float | None = None
    basis: str | None = None
    breakdown: str | None = None
    reason: str | None = None

    @classmethod
    def without_value(cls, district: str, period: Period, status: Status, reason: str) -> Self:
        """A place and time whose number is not given, and why. It carries nothing else by construction."""
        return cls(district, period, status, reason=reason)

    @property
    def is_shown(self) -> bool:
        return self.status in (Status.ok, Status.limited)


def observations(indicator: str, rows: Iterable[Row]) -> pd.DataFrame:
    """The frame with exactly OBSERVATION_COLUMNS and their types, whatever is missing in the rows."""
    records = [
        {
            "indicator": indicator,
            "district": row.district,
            "period_start": row.period.start,
            "period_end": row.period.end,
            "breakdown": row.breakdown,
            "value": row.value,
            "lower": row.lower,
            "upper": row.upper,
            "n": row.n,
            "n_effective": row.n_effective,
            "basis": row.basis,
            "status": row.status.value,
            "reason": row.reason,
        }
        for row in rows
    ]
    return pd.DataFrame.from_records(records, columns=list(OBSERVATION_COLUMNS)).astype(OBSERVATION_COLUMNS)

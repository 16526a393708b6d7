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
    shown = list(rows)
    cells: dict[str, list[object]] = {
        "indicator": [indicator] * len(shown),
        "district": [row.district for row in shown],
        "period_start": [row.period.start for row in shown],
        "period_end": [row.period.end for row in shown],
        "breakdown": [row.breakdown for row in shown],
        "value": [row.value for row in shown],
        "lower": [row.lower for row in shown],
        "upper": [row.upper for row in shown],
        "n": [row.n for row in shown],
        "n_effective": [row.n_effective for row in shown],
        "basis": [row.basis for row in shown],
        "status": [row.status.value for row in shown],
        "reason": [row.reason for row in shown],
    }
    # Each column is made in its type at once: to find types out and change them afterwards takes four times as long.
    columns = {
        name: pd.array(cells[name], dtype=dtype)  # type: ignore[call-overload]  # the stubs know types by literals only
        for name, dtype in OBSERVATION_COLUMNS.items()
    }
    return pd.DataFrame(columns, copy=False)

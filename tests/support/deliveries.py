"""Deliveries made by hand, for tests that are not about reading files."""

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sipa_data.intake.delivery import Delivery, Finding, Report, Slice
from sipa_data.periods import Period
from sipa_data.tables import TABLES

Row = Mapping[str, Any]


def staged(
    folder: Path,
    tables: Mapping[str, Iterable[Row]],
    slices: Iterable[Slice],
    *,
    name: str,
    sha256: str | None = None,
    findings: tuple[Finding, ...] = (),
) -> Delivery:
    """A delivery as intake would stage it. The name stands for the file: same name, same fingerprint."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(dir=folder, prefix="staged-"))
    paths, rows_in = {}, 0
    for table, rows in tables.items():
        # Empty cells are allowed everywhere here: the lake must notice by itself where one is missing.
        schema = pa.schema([field.with_nullable(nullable=True) for field in TABLES[table].schema])
        columns = [{field.name: row.get(field.name) for field in schema} for row in rows]
        rows_in += len(columns)
        paths[table] = place / f"{table}.parquet"
        pq.write_table(pa.Table.from_pylist(columns, schema=schema), paths[table])
    report = Report(
        profile="probe",
        file_name=f"{name}.csv",
        sha256=sha256 or fingerprint(name),
        marking="published",
        rows_in=rows_in,
        rows_taken=rows_in,
        rows_refused=0,
        rows_skipped=0,
        not_locatable=0,
        findings=findings,
    )
    return Delivery(paths, tuple(slices), report, place)


def by_hand(delivery: Delivery) -> Delivery:
    """The same file again, read by another profile."""
    return replace(delivery, report=replace(delivery.report, profile="von-hand"))


@dataclass(frozen=True)
class Office:
    """Somebody who delivers. Tests that share a lake have an office of their own each, so they do not meet."""

    folder: Path
    source: str = "amt"

    def population(self, year: int, inhabitants: Iterable[int], *, name: str) -> Delivery:
        """Inhabitants at the end of a year: district 01 has the first number, 02 the second, …"""
        return self._staged({"population": self._inhabitants(year, inhabitants)}, *_whole(year), name)

    def pair(self, year: int, inhabitants: Iterable[int], *, cases: int, name: str) -> Delivery:
        """Two tables at once: inhabitants, and one number of cases for the same year."""
        period = Period.year(year)
        tables = {
            "population": self._inhabitants(year, inhabitants),
            "incident_counts": [self._count(period, cases)],
        }
        return self._staged(tables, *_whole(year), name)

    def monthly_counts(self, year: int, months: range, cases: int, *, name: str) -> Delivery:
        """One row per month with this number of cases."""
        periods = [Period.month(year, month) for month in months]
        rows = [self._count(period, cases) for period in periods]
        return self._staged({"incident_counts": rows}, periods[0].start, periods[-1].end, name)

    def yearly_count(self, year: int, cases: int, *, name: str) -> Delivery:
        """One row for a whole year."""
        period = Period.year(year)
        return self._staged({"incident_counts": [self._count(period, cases)]}, period.start, period.end, name)

    def _count(self, period: Period, cases: int) -> Row:
        return {
            "source": self.source,
            "period_start": period.start,
            "period_end": period.end,
            "district_id": "01",
            "offence_key": "222000",
            "cases": cases,
        }

    def _inhabitants(self, year: int, inhabitants: Iterable[int]) -> list[Row]:
        return [
            {
                "source": self.source,
                "reference_date": date(year, 12, 31),
                "district_id": f"{number:02d}",
                "inhabitants": count,
                "basis": "register",
            }
            for number, count in enumerate(inhabitants, start=1)
        ]

    def _staged(self, tables: Mapping[str, list[Row]], start: date, end: date, name: str) -> Delivery:
        places = [Slice(table, (("source", self.source),), start, end) for table in tables]
        return staged(self.folder, tables, places, name=name, sha256=fingerprint(f"{self.source}/{name}"))


def _whole(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

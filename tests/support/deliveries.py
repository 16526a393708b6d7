"""Deliveries made by hand, for tests that are not about reading files."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sipa_data.intake.delivery import Delivery, Finding, Report, Slice
from sipa_data.tables import TABLES

Row = Mapping[str, Any]


def staged(
    folder: Path,
    tables: Mapping[str, Iterable[Row]],
    slices: Iterable[Slice],
    *,
    name: str,
    profile: str = "probe",
    findings: tuple[Finding, ...] = (),
) -> Delivery:
    """A delivery as intake would stage it. ``name`` stands for the file: same name, same fingerprint."""
    place = folder / f"staged-{hashlib.sha256(f'{name}{sorted(tables)}{id(tables)}'.encode()).hexdigest()[:12]}"
    place.mkdir(parents=True, exist_ok=True)
    paths, rows_in = {}, 0
    for table, rows in tables.items():
        # Empty cells are allowed everywhere here: the lake must notice by itself where one is missing.
        schema = pa.schema([field.with_nullable(nullable=True) for field in TABLES[table].schema])
        columns = [{field.name: row.get(field.name) for field in schema} for row in rows]
        rows_in += len(columns)
        paths[table] = place / f"{table}.parquet"
        pq.write_table(pa.Table.from_pylist(columns, schema=schema), paths[table])
    report = Report(
        profile=profile,
        file_name=f"{name}.csv",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        marking="published",
        rows_in=rows_in,
        rows_taken=rows_in,
        rows_refused=0,
        rows_skipped=0,
        not_locatable=0,
        findings=findings,
    )
    return Delivery(paths, tuple(slices), report, place)


def population(folder: Path, year: int, inhabitants: Iterable[int], *, name: str, source: str = "amt") -> Delivery:
    """Inhabitants per district at the end of a year: district 01 has the first number, 02 the second, …"""
    rows = [
        {
            "source": source,
            "reference_date": date(year, 12, 31),
            "district_id": f"{number:02d}",
            "inhabitants": count,
            "basis": "register",
        }
        for number, count in enumerate(inhabitants, start=1)
    ]
    place = Slice("population", (("source", source),), date(year, 1, 1), date(year, 12, 31))
    return staged(folder, {"population": rows}, [place], name=name)


def monthly_counts(folder: Path, year: int, months: range, cases: int, *, name: str, source: str = "pks") -> Delivery:
    """One row per month with this number of cases."""
    rows = [
        {
            "source": source,
            "period_start": date(year, month, 1),
            "period_end": _last_day(year, month),
            "district_id": "01",
            "offence_key": "222000",
            "cases": cases,
        }
        for month in months
    ]
    place = Slice("incident_counts", (("source", source),), date(year, months[0], 1), _last_day(year, months[-1]))
    return staged(folder, {"incident_counts": rows}, [place], name=name)


def yearly_count(folder: Path, year: int, cases: int, *, name: str, source: str = "pks") -> Delivery:
    """One row for a whole year."""
    row = {
        "source": source,
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "district_id": "01",
        "offence_key": "222000",
        "cases": cases,
    }
    place = Slice("incident_counts", (("source", source),), date(year, 1, 1), date(year, 12, 31))
    return staged(folder, {"incident_counts": [row]}, [place], name=name)


def _last_day(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date.fromordinal(date(year, month + 1, 1).toordinal() - 1)

"""What the tests of the intake room share: an invented town's catalogue, layouts in a few lines, and one way in."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.errors import RefusedDelivery
from sipa_data.intake import Finding, Profile, load_profiles, read_delivery

PROJECT = Path(__file__).resolve().parents[2]
PROFILES = PROJECT / "data" / "profiles"

COUNTS = """
id = "zaehlung"
title = "Fallzahlen der Musterstadt"
description = "Zum Prüfen."
attribution = "Musterstadt"
marking = "published"
duplicates = "refuse"

[period]
column = "jahr"

[district]
method = "column"
columns = ["bezirk"]
not_locatable = ["unbekannt"]
totals = ["gesamt"]

[[tables]]
name = "incident_counts"
columns.source = { constant = "pks" }
columns.period_start = { period = "start" }
columns.period_end = { period = "end" }
columns.offence_key = { column = "schlüssel" }
columns.cases = { column = "fälle" }
columns.attempts = { column = "versuche", optional = true }
columns.cleared = { column = "aufgeklärt", optional = true }
"""
EVENTS = """
id = "vorgaenge"
title = "Vorgänge der Musterstadt"
description = "Zum Prüfen."
attribution = "Musterstadt"
marking = "confidential"
duplicates = "report"

[district]
method = "column"
columns = ["bezirk"]
not_locatable = [""]

[[tables]]
name = "incident_events"
columns.source = { constant = "ordnungsamt" }
columns.occurred_at = { column = "wann" }
columns.offence_key = { column = "schlüssel" }
"""


@functools.cache
def musterstadt() -> Catalogue:
    """Four districts: 01 Altstadt, 02 Nordstadt (Nord), 03 Südstadt (Süd), 04 Hafen. Five offence keys."""
    return load_catalogue(PROJECT / "tests" / "support" / "musterstadt")


@functools.cache
def shipped(name: str) -> Profile:
    return load_profiles(PROFILES)[name]


def layout(text: str, **changes: Any) -> Profile:
    """A profile from TOML; ``changes`` replace whole sections."""
    return Profile.model_validate(tomllib.loads(text) | changes)


def put(folder: Path, content: str | bytes, name: str = "daten.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rows_of(path: Path, profile: Profile, table: str | None = None, **options: Any) -> list[dict[str, Any]]:
    """The rows that a file gives, in the order of their running number or columns."""
    options.setdefault("catalogue", musterstadt())
    with read_delivery(path, profile=profile, **options) as delivery:
        name = table or next(iter(delivery.tables))
        found = duckdb.sql("from read_parquet($path) order by all", params={"path": str(delivery.tables[name])})
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def findings_of(path: Path, profile: Profile, **options: Any) -> tuple[Finding, ...]:
    """What is said about a file that is taken."""
    options.setdefault("catalogue", musterstadt())
    with read_delivery(path, profile=profile, **options) as delivery:
        return delivery.report.findings


def refusals(path: Path, profile: Profile, **options: Any) -> Sequence[Finding]:
    """Why a file is refused: its errors, first things first."""
    options.setdefault("catalogue", musterstadt())
    with pytest.raises(RefusedDelivery) as refused:
        read_delivery(path, profile=profile, **options)
    return [finding for finding in refused.value.findings if finding.severity == "error"]


def refusal(path: Path, profile: Profile, **options: Any) -> Finding:
    """The one error of a file."""
    errors = refusals(path, profile, **options)
    assert len(errors) == 1, [error.sentence for error in errors]
    return errors[0]


def short(rows: Sequence[Mapping[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]

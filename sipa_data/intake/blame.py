"""A finding that can still point at its rows and columns, as long as the file is on the workbench."""

from dataclasses import dataclass, fields
from typing import Any

from duckdb import DuckDBPyRelation

from sipa_data.intake.delivery import Finding


@dataclass(frozen=True, eq=False)
class Blaming(Finding):
    """``rows`` : a relation with the column ``row``, gone with the workbench. ``place`` : of a column, from 0."""

    rows: DuckDBPyRelation | None = None
    place: int | None = None


def blaming(finding: Finding, rows: DuckDBPyRelation | None) -> Finding:
    """The finding with the rows it is about."""
    return finding if rows is None else Blaming(**_said(finding), rows=rows)


def blaming_column(finding: Finding, place: int) -> Finding:
    """The finding with the column it is about: a heading may be missing, or come twice."""
    return Blaming(**_said(finding), place=place)


def without_rows(finding: Finding) -> Finding:
    """The finding as it leaves the workbench."""
    return Finding(**_said(finding))


def _said(finding: Finding) -> dict[str, Any]:
    return {one.name: getattr(finding, one.name) for one in fields(Finding)}

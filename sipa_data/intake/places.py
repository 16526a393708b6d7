"""Which district a row belongs to: by name or number, by a finer area's key, or by address and point.

Python looks only at the distinct values of a file; the rows get their district by a join.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression, Expression, StarExpression

from sipa_data.catalogue import Catalogue
from sipa_data.intake.addresses import district_by_address
from sipa_data.intake.blame import blaming
from sipa_data.intake.cells import MOST_DISTINCT, Distinct, cell, distinct, heading_of
from sipa_data.intake.checks.places import CODES, elsewhere, faults, no_district_column
from sipa_data.intake.delivery import Finding
from sipa_data.intake.expressions import padded
from sipa_data.intake.judging import ByAreaKey, ByName, Judge, Place
from sipa_data.intake.points import district_by_point
from sipa_data.intake.profile import NoPlace, PlaceByAddress, PlaceByAreaKey, PlaceByColumn, PlaceByPoint, PlaceRule
from sipa_data.intake.source import Source
from sipa_data.intake.workbench import Workbench

FEW_PLACES = 1000  # joined to the rows as they are read; more of them are joined only once


@dataclass(frozen=True)
class Located:
    """Rows with ``district_id`` and ``role`` beside their cells, and what was noticed.

    ``hopeless``: the column holds no districts at all, so that nothing more can be said.
    """

    rows: duckdb.DuckDBPyRelation
    findings: tuple[Finding, ...] = ()
    hopeless: bool = False


@dataclass(frozen=True)
class Companions:
    """The second files of a delivery: tables are read already, boundaries are a path."""

    tables: Mapping[str, Source]
    paths: Mapping[str, Path]


def locate(
    source: Source,
    rows: duckdb.DuckDBPyRelation,
    rule: PlaceRule,
    catalogue: Catalogue,
    companions: Companions,
    bench: Workbench,
) -> Located:
    """Give every row its district and its role; rows of places that the profile leaves out are gone.

    Parameters
    ----------
    rows : the rows of ``source`` to be located, with ``row`` and the cells that the rule needs
    """
    match rule:
        case NoPlace():
            whole = ConstantExpression(None).cast("VARCHAR").alias("district_id")
            return Located(rows.project(StarExpression(), whole, ConstantExpression("district").alias("role")))
        case PlaceByAddress():
            table, boundaries = companions.tables[rule.addresses], companions.paths[rule.boundaries]
            found = district_by_address(source, rows, rule, catalogue, table, boundaries, bench)
            cells = [cell(source, (name,)) for name in rule.columns]
            return Located(_joined(rows, cells, found.lookup, bench), found.findings)
        case PlaceByPoint():
            at = district_by_point(source, rows, rule, catalogue, companions.paths[rule.boundaries], bench)
            return Located(
                _joined(rows, [cell(source, (name,)) for name in rule.columns], at.lookup, bench), at.findings
            )
        case PlaceByAreaKey():
            key = cell(source, (rule.column,))
            cells = [padded(key, rule.width) if rule.width else key]
            keys = ByAreaKey.read(rule, catalogue, companions.tables[rule.companion])
            return _judged(source, rows, cells, (rule.column,), keys, catalogue, bench)
        case PlaceByColumn():
            cells = [cell(source, (name,)) for name in rule.columns]
            names = ByName(rule, catalogue, _labels(source, rule.columns))
            return _judged(source, rows, cells, rule.columns, names, catalogue, bench)


def _labels(source: Source, columns: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in columns:
        found |= source.labels.get(heading_of(source, (name,)) or "", {})
    return found


def _judged(
    source: Source,
    rows: duckdb.DuckDBPyRelation,
    cells: Sequence[Expression],
    columns: Sequence[str],
    judge: Judge,
    catalogue: Catalogue,
    bench: Workbench,
) -> Located:
    headings = tuple(heading_of(source, (name,)) or name for name in columns)
    values = distinct(rows, cells, MOST_DISTINCT + 1)
    if len(values) > MOST_DISTINCT:
        return Located(rows, (no_district_column(headings[0], MOST_DISTINCT),), hopeless=True)
    places = [(value, judge.place(value.values)) for value in values]
    located = _joined(rows, cells, _lookup(places, len(cells)), bench).filter("role <> 'skip'")
    told = faults(places, source, headings, catalogue)
    blamed: list[Finding] = []
    for kind, code in CODES.items():
        if of_kind := [fault for fault in told if fault.code == code]:
            wrong = _lookup([(value, place) for value, place in places if place.fault == kind], len(cells))
            nowhere = _joined(rows, cells, wrong, bench).filter("role = 'fault'").project("row")
            blamed += [blaming(of_kind[0], nowhere), *of_kind[1:]]  # one reason per row will do
    return Located(located, (*blamed, *elsewhere(places, headings[0], catalogue)))


def _lookup(places: Sequence[tuple[Distinct, Place]], width: int) -> pa.Table:
    columns = {f"v{cell}": [value.values[cell] for value, _ in places] for cell in range(width)}
    columns["district_id"] = [place.district for _, place in places]
    columns["role"] = [place.role for _, place in places]
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _joined(
    rows: duckdb.DuckDBPyRelation, cells: Sequence[Expression], lookup: pa.Table, bench: Workbench
) -> duckdb.DuckDBPyRelation:
    names = [f"v{place}" for place in range(len(cells))]
    said = rows.project(StarExpression(), *(value.alias(name) for value, name in zip(cells, names, strict=True)))
    same = " and ".join(f"said.{name} is not distinct from place.{name}" for name in names)
    joined = said.set_alias("said").join(bench.table(lookup, "places").set_alias("place"), same, how="left")
    kept = [ColumnExpression("said", name) for name in rows.columns]
    located = joined.project(*kept, ColumnExpression("place", "district_id"), ColumnExpression("place", "role"))
    return located if lookup.num_rows <= FEW_PLACES else bench.stage(located, "located")

"""Incidents, populations, registers, projects: every row of the file becomes rows of tables."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from sipa_data.intake.case import Case, Mapped
from sipa_data.intake.checks.keys import check_keys
from sipa_data.intake.checks.persons import check_persons
from sipa_data.intake.checks.run import check_part
from sipa_data.intake.checks.totals import check_totals
from sipa_data.intake.checks.twice import counted_twice, identical_rows, whole_and_parts
from sipa_data.intake.delivery import Finding, Severity
from sipa_data.intake.layouts import ADDITIVE
from sipa_data.intake.mapping import Mapper, Part, gathered, taken
from sipa_data.intake.places import locate
from sipa_data.intake.profile import Profile
from sipa_data.intake.readers.headings import plain
from sipa_data.intake.selection import about_this_city, needed_columns


def map_facts(case: Case) -> Mapped:
    """Choose the rows about this city, find their districts, map their columns, and check all of it."""
    kept = about_this_city(case.source, case.profile, case.catalogue)
    needed = needed_columns(kept, case.source, case.profile, case.catalogue)
    trimmed = replace(case.source, trimmed=True)
    located = locate(trimmed, needed, case.profile.district, case.catalogue, case.companions, case.bench)
    if located.hopeless:
        return Mapped({}, located.findings, 0, 0)
    rows, findings = located.rows, [*located.findings]
    mapper = Mapper(trimmed, rows, case.catalogue, case.bench, case.period, case.profile.period, findings)
    tables = {rule.name: mapper.parts(rule) for rule in case.profile.tables}
    for rule in case.profile.tables:
        for part in tables[rule.name]:
            findings += check_part(part, rule.columns, case.period, case.source.line_of)
        if rule.gathered is not None:
            tables[rule.name] = [gathered(part, rule.gathered, case.bench) for part in tables[rule.name]]
        findings += _check_table(case, tables[rule.name])
    findings += _check_rows(case, kept, [part for parts in tables.values() for part in parts])
    if not any(finding.severity == "error" for finding in findings):
        for parts in tables.values():
            findings += check_totals(parts, case.source.line_of)
    counted = rows.aggregate(f"count_if({_goes_on(case.profile)}), count_if(role = 'not_locatable')").fetchone()
    going_on, not_locatable = counted or (0, 0)
    return Mapped({name: taken(parts) for name, parts in tables.items()}, tuple(findings), going_on, not_locatable)


def _goes_on(profile: Profile) -> str:
    """Rows of the whole city are only a check where numbers add up; elsewhere they are values like any other."""
    if all(rule.name in ADDITIVE for rule in profile.tables):
        return "role <> 'city'"
    return "true"


def _check_table(case: Case, parts: list[Part]) -> list[Finding]:
    severity: Severity = "error" if case.profile.unknown_offences == "refuse" else "warning"
    return [
        *check_keys(parts, case.catalogue, case.source.line_of, severity),
        *counted_twice(parts, case.bench, case.source.line_of),
        *whole_and_parts(parts, case.source.line_of),
    ]


def _check_rows(case: Case, kept: duckdb.DuckDBPyRelation, parts: Sequence[Part]) -> list[Finding]:
    findings: list[Finding] = []
    if case.profile.duplicates != "ignore":
        severity: Severity = "error" if case.profile.duplicates == "refuse" else "warning"
        findings += identical_rows(kept, case.bench, case.source.line_of, severity)
    stored = {part.headings[name] for part in parts for name in part.headings if _holds_words(part, name)}
    locating = {plain(name) for name in getattr(case.profile.district, "columns", ())}  # becomes a district, no more
    looked_at = [
        column
        for column, heading in enumerate(case.source.headings)
        if heading in stored or (_none_may_arrive(case) and plain(heading) not in locating)
    ]
    mapped = {heading for part in parts for heading in part.headings.values()}  # also dates: of a project, of no birth
    findings += check_persons(case.source, looked_at, mapped, case.source.line_of)
    return findings


def _none_may_arrive(case: Case) -> bool:
    """What an authority has published may hold columns that are dropped here; any other file may not."""
    return case.profile.personal or case.marking != "published"


def _holds_words(part: Part, name: str) -> bool:
    return any(column.name == name and column.type == "text" for column in part.table.columns)

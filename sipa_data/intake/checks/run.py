"""Run the checks of a part in one pass over its rows; only what is wrong is looked at once more."""

from collections.abc import Callable, Mapping

from duckdb import DuckDBPyRelation

from sipa_data.intake.blame import blaming
from sipa_data.intake.checks.rows import ROW_CHECKS
from sipa_data.intake.checks.sentences import Check, finding
from sipa_data.intake.checks.values import checks_of
from sipa_data.intake.delivery import Finding
from sipa_data.intake.mapping import FOUND, Part
from sipa_data.intake.profile import ColumnRule
from sipa_data.periods import Period
from sipa_data.sql import quoted


def check_part(
    part: Part, rules: Mapping[str, ColumnRule], period: Period | None, line_of: Callable[[int], int]
) -> list[Finding]:
    """Every check of a table's values and rows, each with its first line."""
    asked: list[tuple[str, Check]] = []
    for column in part.table.columns:
        if column.name in part.headings:
            is_period = column.name == part.table.period_column
            asked += [
                (column.name, check) for check in checks_of(column, rules.get(column.name), period, is_period=is_period)
            ]
    asked += [
        (name, check)
        for name, check in ROW_CHECKS.get(part.table.name, ())
        if name in part.headings or "{" not in check.holds_for
    ]
    return run(part.rows, asked, part.headings, line_of)


def run(
    rows: DuckDBPyRelation,
    asked: list[tuple[str, Check]],
    headings: Mapping[str, str],
    line_of: Callable[[int], int],
) -> list[Finding]:
    """Count the wrong rows of each check, and find the first one with what it says.

    Parameters
    ----------
    rows : staged rows with ``row``, the columns and, with ``_found``, what the file said
    asked : column and check
    headings : column → heading of the file
    """
    if not asked:
        return []
    said = [quoted(name + FOUND if name + FOUND in rows.columns else name) for name, _ in asked]
    wrong = [
        check.holds_for.format(value=quoted(name), found=found)
        for (name, check), found in zip(asked, said, strict=True)
    ]
    counted = rows.aggregate(", ".join(f"count_if({condition})" for condition in wrong)).fetchone() or ()
    findings = []
    for (name, check), found, condition, count in zip(asked, said, wrong, counted, strict=True):
        if count:
            faulty = rows.filter(condition)
            row, word = faulty.aggregate(f"min(row), arg_min({found}::varchar, row)").fetchone() or (0, None)
            told = finding(check, count=int(count), line=line_of(int(row)), column=headings.get(name, name), found=word)
            findings.append(blaming(told, faulty.project("row") if check.severity == "error" else None))
    return findings

"""The row of the whole city as a check: districts and what has no district must add up to it."""

from collections.abc import Callable

from duckdb import ColumnExpression, DuckDBPyRelation

from sipa_data.german import count_of, number
from sipa_data.intake.blame import blaming
from sipa_data.intake.delivery import Finding
from sipa_data.intake.layouts import ADDITIVE, GRAIN
from sipa_data.intake.mapping import Part
from sipa_data.intake.workbench import count_rows
from sipa_data.sql import quoted

SHOWN = 10


def check_totals(parts: list[Part], line_of: Callable[[int], int]) -> list[Finding]:
    """Compare every row of the whole city with the sum of its parts, for every number that adds up."""
    table = parts[0].table
    if table.name not in ADDITIVE:
        return []
    findings: list[Finding] = []
    for part in parts:
        for name in ADDITIVE[table.name]:
            findings += _of_column(part, name, line_of)
    return findings


def _of_column(part: Part, name: str, line_of: Callable[[int], int]) -> list[Finding]:
    heading = part.headings.get(name, name)
    found: list[Finding] = []
    sums = _sums(part.rows, part.table.name, name)
    for total, parts, nowhere, row, about in sums.limit(SHOWN).fetchall():
        line = line_of(int(row))
        rest = f" und {number(nowhere)} nicht zuordenbare" if nowhere else ""
        sentence = (
            f"In Zeile {line}, Spalte „{heading}“, nennt die Datei für die ganze Stadt {number(total)}; die einzelnen "
            f"Zeilen ergeben aber zusammen {number(parts + nowhere)}, nämlich {number(parts)} zugeordnete{rest} "
            f"({about}). Bitte bei der Quelle klären, welche Zahl stimmt."
        )
        found.append(Finding("error", "total_differs", sentence, line, heading, number(parts + nowhere), number(total)))
    if not found:
        return []
    if more := count_rows(sums) - len(found):
        _, _, _, row, _ = sums.limit(1, SHOWN).fetchone() or (None,) * 5
        line, what = line_of(int(row)), count_of(more, "weitere Summe", "weitere Summen")
        sentence = f"Dazu kommen in der Spalte „{heading}“ {what}, zuerst in Zeile {line}."
        found.append(Finding("error", "total_differs", sentence, line, heading, count=more))
    return [blaming(found[0], sums.project("city_row as row")), *found[1:]]


def _sums(rows: DuckDBPyRelation, table: str, name: str) -> DuckDBPyRelation:
    """Where they differ: total, sum with a district, sum without, row of the total, and what it is about."""
    dimensions = [column for column in GRAIN[table] if column != "district_id"]
    listed = ", ".join(quoted(column) for column in dimensions)
    value = quoted(name)
    about = " || ', ' || ".join(f"coalesce({quoted(column)}::varchar, 'alle')" for column in dimensions[1:])
    sums = rows.project(
        ColumnExpression("row"), ColumnExpression("role"), *map(ColumnExpression, [*dimensions, name])
    ).aggregate(
        f"{listed}, sum({value}) filter (where role = 'city')::bigint as total, "
        f"coalesce(sum({value}) filter (where role = 'district'), 0)::bigint as parts, "
        f"coalesce(sum({value}) filter (where role = 'not_locatable'), 0)::bigint as nowhere, "
        "min(row) filter (where role = 'city') as city_row",
        listed,
    )
    return (
        sums.filter("total <> parts + nowhere")
        .order("city_row")
        .project(f"total, parts, nowhere, city_row, {about} as about")
    )

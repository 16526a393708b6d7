"""Surveys: every row of the file is a respondent; every question becomes an answer or a kind of missing one."""

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression, DuckDBPyRelation

from sipa_data.german import listing, number
from sipa_data.intake.answers import AnswerMapper
from sipa_data.intake.case import Case, Mapped
from sipa_data.intake.cells import cell, heading_of
from sipa_data.intake.checks.persons import check_persons
from sipa_data.intake.checks.respondents import check_weights, persons_twice
from sipa_data.intake.checks.uniqueness import uniqueness
from sipa_data.intake.delivery import Finding
from sipa_data.intake.expressions import decimal_number
from sipa_data.intake.mapping import FOUND, Mapper
from sipa_data.intake.places import locate
from sipa_data.intake.profile import Headed, SurveyRule, Wave
from sipa_data.intake.readers.headings import plain
from sipa_data.intake.selection import about_this_city, needed_columns
from sipa_data.intake.waves import find_wave
from sipa_data.intake.workbench import count_rows
from sipa_data.tables import TABLES

MOST_NAMED = 5


def map_survey(case: Case) -> Mapped:
    """One wave: what is known of it, who answered, and every answer.

    Raises
    ------
    RefusedDelivery : nothing says which wave it is
    """
    rule = case.profile.survey or SurveyRule()
    wave, findings = find_wave(case, rule)
    kept = about_this_city(case.source, case.profile, case.catalogue)
    needed = needed_columns(kept, case.source, case.profile, case.catalogue)
    located = locate(case.source, needed, case.profile.district, case.catalogue, case.companions, case.bench)
    findings += located.findings
    if located.hopeless:
        return Mapped({}, tuple(findings), 0, 0)
    rows = case.bench.stage(located.rows, "located")
    people = _respondents(case, rule, rows, findings)
    findings += check_weights(people, _weight_heading(case, rule), case.source.line_of)
    findings += persons_twice(people, case.source.line_of)
    answers = AnswerMapper(case, rule, wave.id, rows, findings).answers()
    findings += _personal_columns(case, rule)
    if answers is not None:
        answers = case.bench.stage(answers, "answers")
        unique = uniqueness(people, answers, case.catalogue, case.bench)
        if unique is not None:
            findings += unique.finding(coarsened=case.coarsen, confidential=case.marking == "confidential")
            people, answers = unique.coarsened(people, answers) if case.coarsen and unique.count else (people, answers)
    respondents = people.project(
        ConstantExpression(wave.id).alias("wave_id"),
        ColumnExpression("row").alias("respondent"),
        *map(ColumnExpression, ("district_id", "weight", "stratum", "cluster")),
    )
    count = count_rows(rows)
    tables: Mapping[str, DuckDBPyRelation] = {
        "survey_waves": case.bench.table(_wave_row(wave, count), "wave"),
        "survey_respondents": respondents,
        **({} if answers is None else {"survey_answers": answers}),
    }
    return Mapped(tables, tuple(findings), count, count_rows(rows.filter("role = 'not_locatable'")))


def _respondents(case: Case, rule: SurveyRule, rows: DuckDBPyRelation, findings: list[Finding]) -> DuckDBPyRelation:
    """Staged: row, role, district_id, weight, its words, stratum, cluster and, only for the check, the source's id."""
    mapper = Mapper(case.source, rows, case.catalogue, case.bench, case.period, case.profile.period, findings)
    if rule.weight is None or _weight_heading(case, rule) is None:
        said = ConstantExpression("1")
        weight = ConstantExpression(1.0).cast("DOUBLE")
        sentence = (
            "Die Datei enthält keine Gewichte; jede Person zählt gleich. Das bildet die Stadt nur ab, wenn alle "
            "dieselbe Aussicht hatten, befragt zu werden."
        )
        findings.append(Finding("warning", "no_weights", sentence))
    else:
        said = cell(case.source, rule.weight.names, rule.weight.empty)
        weight = decimal_number(said, mapper.marks(rule.weight, said, whole=False), rule.weight.times)
    people = rows.project(
        *map(ColumnExpression, ("row", "role", "district_id")),
        weight.alias("weight"),
        said.alias("weight" + FOUND),
        _text(case, rule.stratum).alias("stratum"),
        _text(case, rule.cluster).alias("cluster"),
        _text(case, rule.respondent).alias("person"),
    )
    return case.bench.stage(people, "respondents")


def _text(case: Case, column: Headed | None) -> duckdb.Expression:
    return cell(case.source, column.names if column else ())


def _weight_heading(case: Case, rule: SurveyRule) -> str | None:
    return heading_of(case.source, rule.weight.names) if rule.weight else None


def _personal_columns(case: Case, rule: SurveyRule) -> list[Finding]:
    """No column may be personal, whether it is taken or not.

    In a published file that somebody looked through (``reviewed``), what is not taken may be; that is said.
    """
    taken = [*(rule.weight.names if rule.weight else ())]
    for column in (rule.stratum, rule.cluster, *rule.items, *rule.bands):
        taken += column.names if column else ()
    taken += case.catalogue.items if rule.every_item else ()
    known = [*taken, *(rule.respondent.names if rule.respondent else ()), *case.catalogue.items]
    found = check_persons(case.source, range(len(case.source.headings)), known, case.source.line_of)
    if not rule.reviewed or case.marking == "confidential":
        return found
    stored = {plain(heading) for heading in taken}
    excused = [one for one in found if plain(one.column or "") not in stored]
    return [*(one for one in found if one not in excused), *_excused(excused)]


def _excused(found: Sequence[Finding]) -> list[Finding]:
    """One warning for everything that ``reviewed`` lets pass."""
    if not found:
        return []
    columns = [f"„{one.column}“" for one in found]
    shown = listing(columns if len(columns) <= MOST_NAMED else [*columns[:MOST_NAMED], "weitere"])
    what = "Eine Spalte sieht" if len(columns) == 1 else f"{number(len(columns))} Spalten sehen"
    sentence = (
        f"{what} nach Angaben über einzelne Personen aus: {shown}. Das Profil sagt, dass die übrigen Spalten der "
        "veröffentlichten Datei durchgesehen sind; übernommen wird davon nichts."
    )
    return [Finding("warning", "reviewed", sentence, column=found[0].column, count=len(columns))]


def _wave_row(wave: Wave, responded: int) -> pa.Table:
    values = {
        "wave_id": wave.id,
        "title": wave.title,
        "field_start": wave.field_start,
        "field_end": wave.field_end,
        "invited": wave.invited,
        "responded": responded,
        "min_age": wave.min_age,
        "mode": wave.mode,
        "weighting": wave.weighting,
        "method_break": wave.method_break,
    }
    return pa.Table.from_pylist([values], schema=TABLES["survey_waves"].schema)

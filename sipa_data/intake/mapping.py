"""From the rows of a file to the rows of a table: every column by its rule, the words of the file kept beside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb
import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression, Expression

from sipa_data.catalogue import Catalogue
from sipa_data.intake import expressions as make
from sipa_data.intake.cells import cell, distinct, heading_of
from sipa_data.intake.days import DATES, DAY_FIRST, FIRST_TWO, TIMES, forms_of, reading_of
from sipa_data.intake.delivery import Finding
from sipa_data.intake.layouts import ADDITIVE
from sipa_data.intake.numerals import Marks, find_marks
from sipa_data.intake.profile import ColumnRule, Gathered, PeriodRule, TableRule
from sipa_data.intake.reporting import period_in
from sipa_data.intake.source import Source
from sipa_data.intake.vocabulary import district_list, field_list, indicator_list, partner_kind, word_list
from sipa_data.intake.workbench import Workbench
from sipa_data.periods import Period
from sipa_data.sql import quoted
from sipa_data.tables import SQL_TYPES, TABLES, Column, Table

MOST_SHAPES = 1000  # forms of dates in one column; garbage has more
FIRST_ROWS = 2048
TRANSLATED: Mapping[str, Callable[[str, Catalogue], str | None]] = {
    "age_group": lambda words, _: make.age_group(words),
    "districts": district_list,
    "fields": field_list,
    "indicators": indicator_list,
    "partner_kind": partner_kind,
    "list": lambda words, _: word_list(words),
}
WITHOUT_RULE: Mapping[str, Callable[[Expression], Expression]] = {
    "text": lambda said: said,
    "boolean": make.truth,
    "year": make.year,
    "slug": make.slug,
}
WEIGHT = "_weight"  # how much a row counts where several become one
FOUND = "_found"  # suffix of the column with the file's own words


@dataclass(frozen=True)
class Part:
    """Rows of one table: ``row``, ``role``, the table's columns and, with ``_found``, what the file said.

    ``headings``: table column → heading of the file it came from.
    """

    table: Table
    rows: duckdb.DuckDBPyRelation
    headings: Mapping[str, str]


@dataclass(frozen=True)
class Mapper:
    """Maps located rows of one source onto tables.

    Parameters
    ----------
    findings : what is noticed goes here
    translations : words of the file and their meanings, to be joined to the rows
    """

    source: Source
    rows: duckdb.DuckDBPyRelation
    catalogue: Catalogue
    bench: Workbench
    period: Period | None
    period_rule: PeriodRule
    findings: list[Finding]
    translations: list[tuple[Expression, duckdb.DuckDBPyRelation]] = field(default_factory=list)

    def parts(self, rule: TableRule) -> list[Part]:
        """One part, or one per column of a wide layout."""
        if rule.wide is None:
            return [self._part(rule, rule.columns)]
        wide = rule.wide
        parts = []
        for heading, key in wide.columns.items():
            columns = rule.columns | {
                wide.value: rule.columns.get(wide.value, ColumnRule(column=heading)).model_copy(
                    update={"column": heading}
                ),
                wide.key: ColumnRule(constant=key),
            }
            parts.append(self._part(rule, columns))
        return parts

    def _part(self, rule: TableRule, columns: Mapping[str, ColumnRule]) -> Part:
        table = TABLES[rule.name]
        self.translations.clear()
        values: list[Expression] = [ColumnExpression("row"), ColumnExpression("role")]
        headings: dict[str, str] = {}
        for column in table.columns:
            given = columns.get(column.name)
            value, found = self.value(column, given) if given else (_unsaid(column), None)
            values.append(value.cast(SQL_TYPES[column.type]).alias(column.name))
            heading = heading_of(self.source, self._names(given)) if given else None
            if found is not None and heading is not None:
                values.append(found.alias(column.name + FOUND))
                headings[column.name] = heading
        if rule.gathered and rule.gathered.weight:
            said = cell(self.source, (rule.gathered.weight,))
            weight = make.decimal_number(said, self.marks(ColumnRule(column=rule.gathered.weight), said, whole=False))
            values.append(weight.alias(WEIGHT))
        return Part(table, self._with_translations().project(*values), headings)

    def _names(self, rule: ColumnRule) -> tuple[str, ...]:
        return self.period_rule.names if rule.period else rule.names

    def value(self, column: Column, rule: ColumnRule) -> tuple[Expression, Expression | None]:
        """The value of a column and, where it comes from the file, the file's own words."""
        if rule.constant is not None:
            return ConstantExpression(rule.constant), None
        if rule.running_number:
            return ColumnExpression("row"), None
        if rule.period is not None:
            return self._period(rule.period)
        said = cell(self.source, rule.names, rule.empty)
        if rule.width is not None:
            said = make.padded(said, rule.width)
        if rule.hour is not None:
            said = make.call("concat", said, " ", make.padded(cell(self.source, (rule.hour,)), 2))
        meant = make.one_of(said, rule.values, rule.otherwise) if rule.values else said
        return self._read(column, rule, meant), meant if rule.otherwise == "empty" else said

    def _read(self, column: Column, rule: ColumnRule, said: Expression) -> Expression:
        reading = rule.read_as or column.type
        if reading in TRANSLATED:
            return self._translated(said, lambda words: TRANSLATED[reading](words, self.catalogue))
        match reading:
            case "integer":
                return make.whole_number(said, self.marks(rule, said, whole=True), rule.times)
            case "number":
                return make.decimal_number(said, self.marks(rule, said, whole=False), rule.times)
            case "date" | "timestamp":
                return make.moment(said, self._formats(rule, said, DATES if reading == "date" else TIMES))
            case "year" if rule.day_of_year:
                return make.day_of_year(said, rule.day_of_year)
            case _:
                return WITHOUT_RULE[reading](said)

    def _formats(self, rule: ColumnRule, said: Expression, usual: Sequence[str]) -> list[str]:
        """Those that the values can have: of the form that somebody named, of the profile's, or of the usual ones.

        Most files have one shape only, so that the first rows tell nearly all.
        """
        shapes = self._shapes(self.rows.limit(FIRST_ROWS), said)
        if seen := make.of_shapes(shapes):
            shapes += self._shapes(self.rows.filter(~make.call("regexp_full_match", said, seen)), said)
        else:
            shapes = self._shapes(self.rows, said)
        if days := self.source.form.days:
            return make.fitting((*forms_of(days), f"{days} %H"), shapes)
        if not rule.formats and any(shape.count("/") == 2 for shape in shapes):
            usual = (*usual, *forms_of(self._slashed(rule, said)))
        return make.fitting(rule.formats or usual, shapes)

    def _slashed(self, rule: ColumnRule, said: Expression) -> str:
        """Whether ``03/04/2025`` is the third of April or the fourth of March, as other days of the column show."""
        parts = [make.call("regexp_extract", said, FIRST_TWO, group).alias(f"p{group}") for group in (1, 2)]
        largest = self.rows.project(*parts).aggregate("max(try_cast(p1 as int)), max(try_cast(p2 as int))").fetchone()
        if largest is None or largest[0] is None:
            return DAY_FIRST
        found = reading_of(*map(int, largest))
        if found is None:
            self.findings.append(self._ambiguous_day(rule, said))
        return found or DAY_FIRST

    def _ambiguous_day(self, rule: ColumnRule, said: Expression) -> Finding:
        word, line, heading = self._first_with("/", rule, said)
        return Finding(
            "error",
            "ambiguous_date",
            f"In der Spalte „{heading}“ ist nicht zu erkennen, was Tag und was Monat ist (Zeile {line}: „{word}“). "
            "Bitte die Datumsform angeben oder Tage wie 31.12.2025 schreiben.",
            line=line,
            column=heading,
            found=word,
            expected="Tag.Monat.Jahr",
        )

    def _shapes(self, rows: duckdb.DuckDBPyRelation, said: Expression) -> list[str]:
        return [value.values[0] for value in distinct(rows, [make.shape(said)], MOST_SHAPES) if value.values[0]]

    def marks(self, rule: ColumnRule, said: Expression, *, whole: bool) -> Marks:
        """Decimal and thousands marks: as somebody or the profile says, else as the column's values show."""
        told = self.source.form.decimal
        if told is None and (rule.thousands is not None or rule.decimal is not None):
            return Marks((rule.thousands or "").replace("none", ""), rule.decimal or "")
        shape = make.call("translate", said, "12345678\u00a0", "99999999 ")  # zeros stay: no thousands begin with one
        shapes = [value.values[0] for value in distinct(self.rows, [shape])]
        marks = find_marks([text for text in shapes if text], whole=whole, decimal_mark=told)
        if marks is not None:
            return marks
        self.findings.append(self._ambiguous_number(rule, said))
        return Marks(decimal=".")

    def _ambiguous_number(self, rule: ColumnRule, said: Expression) -> Finding:
        word, line, heading = self._first_with(".", rule, said)
        return Finding(
            "error",
            "ambiguous_number",
            f"In der Spalte „{heading}“ ist nicht zu erkennen, ob der Punkt Tausender oder Dezimalstellen trennt "
            f"(Zeile {line}: „{word}“). Bitte Dezimalzahlen mit Komma schreiben.",
            line=line,
            column=heading,
            found=word,
            expected="Dezimalkomma",
        )

    def _first_with(self, sign: str, rule: ColumnRule, said: Expression) -> tuple[str, int, str | None]:
        """Of a column, the first cell that has the ``sign``: its text, its line in the file and its heading."""
        example = distinct(self.rows.filter(make.call("contains", said, sign)), [said], 1)[0]
        return str(example.values[0]), self.source.line_of(example.row), heading_of(self.source, rule.names)

    def _period(self, which: str) -> tuple[Expression, Expression | None]:
        names = self.period_rule.names
        if not names:
            return ConstantExpression(_end_of(self.period, which)), None
        said = cell(self.source, names)
        return self._translated(said, lambda words: _end_of(period_in(words), which)), said

    def _translated(self, said: Expression, meaning: Callable[[str], date | int | str | None]) -> Expression:
        """Each different word once through Python, the rows by a join; words without a meaning become nothing."""
        words = [str(value.values[0]) for value in distinct(self.rows, [said]) if value.values[0]]
        known = {word: found for word in words if (found := meaning(word)) is not None}
        if not known:
            return make.NOTHING
        name = f"t{len(self.translations)}"
        pairs = pa.table({f"{name}_word": list(known), f"{name}_meaning": list(known.values())})
        self.translations.append((said, self.bench.table(pairs, name)))
        return ColumnExpression(f"{name}_meaning")

    def _with_translations(self) -> duckdb.DuckDBPyRelation:
        rows = self.rows
        for place, (said, pairs) in enumerate(self.translations):
            rows = rows.join(pairs, said == ColumnExpression(f"t{place}_word"), how="left")
        return rows


def _end_of(period: Period | None, which: str) -> date | int | None:
    if period is None:
        return None
    return period.end.year if which == "year" else {"start": period.start, "end": period.end}[which]


def _unsaid(column: Column) -> Expression:
    """What intake fills in itself: the district it found, a running number instead of an identifier, or nothing."""
    if column.name == "district_id":
        return ColumnExpression(column.name)
    if column.name in ("event_id", "finding_id"):
        return ColumnExpression("row")
    return make.NOTHING


def gathered(part: Part, rule: Gathered, bench: Workbench) -> Part:
    """Rows that agree in everything but their value become one: the mean, weighted where the layout says by what.

    Rows without a value, or of no weight, say nothing.
    """
    others = [column.name for column in part.table.columns if column.name != rule.value]
    value, weight = quoted(rule.value), quoted(WEIGHT) if rule.weight else "1"
    listed = ", ".join(quoted(name) for name in ("role", *others))
    found = [f"any_value({quoted(name)}) as {quoted(name)}" for name in part.rows.columns if name.endswith(FOUND)]
    mean = f"sum({value} * {weight}) / sum({weight}) as {value}"
    alike = part.rows.filter(f"{value} is not null and {weight} > 0")
    one = alike.aggregate(", ".join([listed, "min(row) as row", mean, *found]), listed)
    return replace(part, rows=bench.stage(one, part.table.name))


def taken(parts: Sequence[Part]) -> duckdb.DuckDBPyRelation:
    """All rows of a table that go on. Where numbers add up, the whole city's rows only serve as a check."""
    table = parts[0].table
    names = [ColumnExpression(column.name) for column in table.columns]
    wanted = "role <> 'city'" if table.name in ADDITIVE else "true"
    rows = [part.rows.filter(wanted).project(*names) for part in parts]
    joined = rows[0]
    for more in rows[1:]:
        joined = joined.union(more)
    return joined

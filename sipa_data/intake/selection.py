"""Which columns a profile looks for, and which rows of the file are about this city and topic."""

from collections.abc import Iterator, Sequence

import duckdb
from duckdb import ColumnExpression, ConstantExpression, Expression

from sipa_data.catalogue import Catalogue
from sipa_data.intake import expressions as make
from sipa_data.intake.cells import cell
from sipa_data.intake.profile import (
    ColumnRule,
    Headed,
    Keep,
    PlaceByAddress,
    PlaceByAreaKey,
    PlaceByColumn,
    PlaceByPoint,
    PlaceRule,
    Profile,
    SurveyRule,
)
from sipa_data.intake.readers.headings import Wanted, plain
from sipa_data.intake.source import Source

AT_ONCE = 100  # columns looked at in one pass
WAVE_COMPANION = "welle"
WAVE_WORDS = ("Angabe", "Wert")


def wanted_columns(profile: Profile, catalogue: Catalogue) -> list[Wanted]:
    """Every column that the profile names, each once."""
    found: dict[tuple[str, ...], bool] = {}
    for wanted in _wanted(profile, catalogue):
        found[wanted.names] = found.get(wanted.names, False) or wanted.required
    return [Wanted(names, required) for names, required in found.items()]


def companion_columns(profile: Profile, name: str) -> list[Wanted]:
    """The columns that a second file must have."""
    match profile.district:
        case PlaceByAreaKey(companion=companion, key_column=key, district_column=district) if companion == name:
            return [Wanted((key,)), Wanted((district,))]
        case PlaceByAddress(addresses=addresses) as rule if addresses == name:
            return [Wanted((column,)) for column in (*rule.address_columns, rule.longitude, rule.latitude)]
    if profile.survey is not None and name == WAVE_COMPANION:
        return [Wanted((word,)) for word in WAVE_WORDS]
    return []


def about_this_city(source: Source, profile: Profile, catalogue: Catalogue) -> duckdb.DuckDBPyRelation:
    """The rows that the profile keeps, as they stand in the file."""
    rows = source.rows
    for rule in profile.keep:
        rows = rows.filter(_kept(source, rule, catalogue))
    return rows


def needed_columns(
    rows: duckdb.DuckDBPyRelation, source: Source, profile: Profile, catalogue: Catalogue
) -> duckdb.DuckDBPyRelation:
    """Only the columns that the profile names, without blanks around them: a survey may have hundreds of others."""
    names = {plain(name) for wanted in wanted_columns(profile, catalogue) for name in wanted.names}
    cells = [f"c{place}" for place, heading in enumerate(source.headings) if plain(heading) in names]
    loose = _with_blanks_around(rows, cells)
    trimmed = (make.text(ColumnExpression(name)).alias(name) if name in loose else name for name in cells)
    return rows.project("row", *trimmed)


def _with_blanks_around(rows: duckdb.DuckDBPyRelation, cells: Sequence[str]) -> set[str]:
    """The columns in which some cell has blanks around it. To look is quicker than to trim what needs none."""
    found: set[str] = set()
    for start in range(0, len(cells), AT_ONCE):
        some = cells[start : start + AT_ONCE]
        loose = (
            make.call("bool_or", ~make.call("regexp_full_match", ColumnExpression(name), make.TRIMMED)) for name in some
        )
        said = rows.aggregate([*loose]).fetchone() or ()
        found |= {name for name, some_are in zip(some, said, strict=True) if some_are}
    return found


def _kept(source: Source, rule: Keep, catalogue: Catalogue) -> Expression:
    said = cell(source, rule.names)
    if rule.city_key:
        key = catalogue.city.official_key.lstrip("0")
        return make.call("ltrim", said, "0") == ConstantExpression(key)
    if rule.matches is not None:
        return make.call("regexp_full_match", said, rule.matches)
    return said.isin(*(ConstantExpression(word) for word in rule.equals))


def _wanted(profile: Profile, catalogue: Catalogue) -> Iterator[Wanted]:
    for keep in profile.keep:
        yield Wanted(keep.names)
    if profile.period.names:
        yield Wanted(profile.period.names)
    yield from _of_place(profile.district)
    for table in profile.tables:
        for rule in table.columns.values():
            yield from _of_rule(rule)
        for heading in table.wide.columns if table.wide else ():
            yield Wanted((heading,))
        if table.gathered and table.gathered.weight:
            yield Wanted((table.gathered.weight,))
    if profile.survey is not None:
        yield from _of_survey(profile.survey, catalogue)


def _of_place(rule: PlaceRule) -> Iterator[Wanted]:
    match rule:
        case PlaceByColumn(columns=columns):
            for place, column in enumerate(columns):
                yield Wanted((column,), required=place == 0)
        case PlaceByAreaKey(column=column):
            yield Wanted((column,))
        case PlaceByAddress(columns=columns) | PlaceByPoint(columns=columns):
            for column in columns:
                yield Wanted((column,))


def _of_rule(rule: ColumnRule) -> Iterator[Wanted]:
    if rule.names:
        yield Wanted(rule.names, not rule.optional)
    if rule.hour is not None:
        yield Wanted((rule.hour,), not rule.optional)


def _of_survey(rule: SurveyRule, catalogue: Catalogue) -> Iterator[Wanted]:
    if rule.weight is not None:
        yield from _of_rule(rule.weight)
    headed: list[Headed | None] = [rule.respondent, rule.stratum, rule.cluster, *rule.items, *rule.bands]
    for column in headed:
        if column is not None:
            yield Wanted(column.names, not column.optional)
    if rule.every_item:
        for item in catalogue.items:
            yield Wanted((item,), required=False)

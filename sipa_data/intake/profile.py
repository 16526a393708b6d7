"""How a known file layout maps onto the tables of the lake: the models of ``data/profiles/*.toml``.

A profile says what columns *mean*. How the file is encoded and separated, and where its headings stand, is found.
"""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sipa_data.catalogue.models import Entry, Identifier, ShortText, Text
from sipa_data.intake.delivery import Marking
from sipa_data.intake.layouts import HAND_WRITTEN, missing_columns
from sipa_data.intake.writing import AS_FOUND, Writing
from sipa_data.tables import TABLES

Names = tuple[ShortText, ...]
MissingKind = Literal["dont_know", "refused", "no_answer", "not_asked"]
Reading = Literal[
    "text", "integer", "number", "boolean", "date", "timestamp", "year", "age_group", "slug",
    "districts", "fields", "indicators", "partner_kind", "list",
]  # fmt: skip


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as fault:
        raise ValueError(f"„{text}“ ist kein regulärer Ausdruck") from fault
    return text


def _with_a_group(text: str) -> str:
    if not re.compile(_regular_expression(text)).groups:
        raise ValueError(f"in „{text}“ fehlt die runde Klammer um den gesuchten Teil")
    return text


Pattern = Annotated[str, AfterValidator(_regular_expression)]
PatternWithGroup = Annotated[str, AfterValidator(_with_a_group)]


class Headed(Entry):
    """Something that stands in a column of the file, under any of these headings."""

    column: ShortText | Names
    optional: bool = False  # the file may lack the column; the value is then empty

    @property
    def names(self) -> Names:
        return (self.column,) if isinstance(self.column, str) else self.column


class ColumnRule(Entry):
    """Where one column of a table comes from: a column of the file, a constant, the period or the running number."""

    column: ShortText | Names | None = None
    constant: str | int | float | bool | None = None
    period: Literal["start", "end", "year"] | None = None
    running_number: bool = False
    optional: bool = False

    read_as: Reading | None = None  # else what the table's column is
    thousands: Literal[",", ".", " ", "'", "none"] | None = None  # else found
    decimal: Literal[",", "."] | None = None  # else found
    times: float | None = None  # the file gives thousands: 1000
    formats: Names = ()  # dates, as strftime writes them; else the German and the ISO ones
    hour: ShortText | None = None  # column with the hour of a timestamp
    day_of_year: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] | None = (
        None  # 12-31: a year stands for this day
    )
    empty: tuple[str, ...] = ()  # texts that mean: no value
    width: Annotated[int, Field(ge=1, le=40)] | None = None  # leading zeros up to this length
    values: dict[str, ShortText] = Field(default_factory=dict)  # what the file says → what the table says
    otherwise: Literal["refuse", "keep", "empty"] = "refuse"  # for texts that ``values`` does not list

    @property
    def names(self) -> Names:
        if self.column is None:
            return ()
        return (self.column,) if isinstance(self.column, str) else self.column

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        origins = [self.column is not None, self.constant is not None, self.period is not None, self.running_number]
        if sum(origins) != 1:
            raise ValueError("genau eine Herkunft angeben: column, constant, period oder running_number")
        return self


class Wide(Entry):
    """Several columns of the file that hold the same value for different keys; each becomes a row of its own."""

    value: Identifier  # column of the table that the numbers go to
    key: Identifier  # column of the table that says which
    columns: Annotated[dict[str, str], Field(min_length=1)]  # heading → key


class Gathered(Entry):
    """Rows of one place, period and topic that become a single one: their mean (places rated by people, for instance).

    ``weight`` : column of the file that says how much each row counts
    """

    value: Identifier  # column of the table whose mean is taken
    weight: ShortText | None = None


class TableRule(Entry):
    """One table that the file fills."""

    name: Identifier
    columns: dict[str, ColumnRule]
    wide: Wide | None = None
    gathered: Gathered | None = None

    @model_validator(mode="after")
    def _known_and_complete(self) -> Self:
        if self.name not in TABLES:
            raise ValueError(f"die Tabelle „{self.name}“ gibt es nicht; möglich sind {', '.join(TABLES)}")
        columns = {column.name for column in TABLES[self.name].columns}
        filled = {*self.columns, *((self.wide.value, self.wide.key) if self.wide else ())}
        if unknown := sorted(filled - columns):
            raise ValueError(f"die Tabelle „{self.name}“ hat keine Spalte „{unknown[0]}“")
        if absent := missing_columns(self.name, filled):
            raise ValueError(f"für die Tabelle „{self.name}“ fehlt die Spalte „{absent[0]}“")
        return self


class Keep(Entry):
    """Which rows are about this city and topic; the others are skipped and counted."""

    column: ShortText | Names
    equals: tuple[str, ...] = ()
    matches: Pattern | None = None  # regular expression over the whole cell
    city_key: bool = False  # the city's official key, leading zeros apart

    @property
    def names(self) -> Names:
        return (self.column,) if isinstance(self.column, str) else self.column

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum([bool(self.equals), self.matches is not None, self.city_key]) != 1:
            raise ValueError("genau eines angeben: equals, matches oder city_key")
        return self


class Companion(Entry):
    """A second file that the layout needs: an address table, boundaries, a key table."""

    title: ShortText
    usual_name: ShortText  # looked for beside the delivered file, then in the city's folder
    optional: bool = False


class _Place(Entry):
    not_locatable: tuple[str, ...] = ()  # texts that mean: no district known („“: an empty cell)
    elsewhere: Literal["refuse", "not_locatable", "skip"] = "refuse"  # what an unknown place means


class NoPlace(Entry):
    """The file knows no districts: everything is about the city as a whole."""

    method: Literal["none"] = "none"


class PlaceByColumn(_Place):
    """Names or numbers of districts in a column; the first of several columns that is not empty counts."""

    method: Literal["column"]
    columns: Annotated[Names, Field(min_length=1)]
    pattern: PatternWithGroup | None = (
        None  # regular expression; its first group is the district („Leeds 063A“ → Leeds)
    )
    totals: tuple[str, ...] = ()  # rows of the whole city: a check, never added
    values: dict[str, ShortText] = Field(default_factory=dict)  # what the file says → number of the district


class PlaceByAreaKey(_Place):
    """A finer area's key, looked up in a key table."""

    method: Literal["area_key"]
    column: ShortText
    width: Annotated[int, Field(ge=1, le=40)] | None = None
    companion: Identifier
    key_column: ShortText
    district_column: ShortText


class PlaceByAddress(_Place):
    """Street and number → point (address table) → district (boundaries)."""

    method: Literal["address"]
    columns: Annotated[Names, Field(min_length=1)]
    addresses: Identifier
    address_columns: Annotated[Names, Field(min_length=1)]
    longitude: ShortText
    latitude: ShortText
    boundaries: Identifier
    district_property: ShortText

    @model_validator(mode="after")
    def _same_length(self) -> Self:
        if len(self.columns) != len(self.address_columns):
            raise ValueError("columns und address_columns müssen gleich viele Spalten nennen")
        return self


class PlaceByPoint(Entry):
    """A point → district (boundaries). The point itself is not kept.

    ``point`` : column with both coordinates, written ``POINT(x y)``; else ``x`` (longitude, easting) and ``y``.
    """

    method: Literal["point"]
    point: ShortText | None = None
    x: ShortText | None = None
    y: ShortText | None = None
    reference: Literal["EPSG:4326", "EPSG:3857", "EPSG:25832", "EPSG:25833"] = "EPSG:4326"
    boundaries: Identifier
    district_property: ShortText

    @property
    def columns(self) -> Names:
        return tuple(name for name in (self.point, self.x, self.y) if name is not None)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.point is None) == (self.x is None) or (self.x is None) != (self.y is None):
            raise ValueError("entweder point oder x und y angeben")
        return self


PlaceRule = Annotated[
    NoPlace | PlaceByColumn | PlaceByAreaKey | PlaceByAddress | PlaceByPoint, Field(discriminator="method")
]


class PeriodRule(Entry):
    """Where the period comes from: a column, the file's name (first group), or else the option of the command."""

    column: ShortText | Names | None = None
    file_name: PatternWithGroup | None = None

    @property
    def names(self) -> Names:
        if self.column is None:
            return ()
        return (self.column,) if isinstance(self.column, str) else self.column


class Wave(Entry):
    """What is known of a survey wave beside its answers."""

    id: Identifier
    title: ShortText
    field_start: date
    field_end: date
    invited: Annotated[int, Field(ge=1)] | None = None
    min_age: Annotated[int, Field(ge=0, le=120)] | None = None
    mode: ShortText | None = None
    weighting: Text | None = None
    method_break: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.field_end < self.field_start:
            raise ValueError("die Feldzeit endet, bevor sie beginnt")
        return self


class ItemRule(Headed):
    """One question: the file's column and the item of the catalogue.

    ``values`` : answers that the file writes in another way than the scale → code of the scale
    ``missing`` : entries of this question that are no answer, whatever the scale says
    """

    item: Identifier
    values: dict[str, ShortText] = Field(default_factory=dict)
    missing: dict[str, MissingKind] = Field(default_factory=dict)


class Band(Entry):
    """Whole numbers from ``first`` to ``last`` that become one answer code."""

    code: ShortText
    first: int
    last: int


class BandsRule(ItemRule):
    """A number (age) that becomes a group, so that the exact value is not kept."""

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]


class SurveyRule(Entry):
    """How the rows of a survey become respondents and answers.

    ``every_item``: each heading that is an item of the catalogue is one. ``reviewed``: the columns of this published
    file were looked through; those that are not taken may look like persons, which is then a warning and no error.
    """

    wave: Wave | None = None  # else described in the file's sheet „Welle“ or in the companion „welle“
    respondent: Headed | None = None  # only to find persons twice; never kept
    weight: ColumnRule | None = None
    stratum: Headed | None = None
    cluster: Headed | None = None
    items: tuple[ItemRule, ...] = ()
    bands: tuple[BandsRule, ...] = ()
    every_item: bool = False
    reviewed: bool = False
    missing: dict[str, MissingKind] = Field(default_factory=dict)  # beside the scale's own
    empty: MissingKind = "no_answer"


class Profile(Entry):
    """One layout: ``data/profiles/<id>.toml``."""

    id: Identifier
    title: ShortText
    description: Text
    attribution: ShortText
    marking: Marking | None = None
    sheet: ShortText | None = None
    head_rows: Annotated[int, Field(ge=1, le=3)] = 1
    writing: Writing = AS_FOUND  # what is not to be found in its files
    period: PeriodRule = PeriodRule()
    district: PlaceRule = NoPlace()
    keep: tuple[Keep, ...] = ()
    duplicates: Literal["ignore", "report", "refuse"] = "report"
    unknown_offences: Literal["refuse", "warn"] = "refuse"
    companions: dict[Identifier, Companion] = Field(default_factory=dict)
    tables: tuple[TableRule, ...] = ()
    survey: SurveyRule | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.tables) == (self.survey is not None):
            raise ValueError("entweder tables oder survey angeben")
        names = [table.name for table in self.tables]
        if twice := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"die Tabelle „{twice[0]}“ ist zweimal beschrieben")
        needed: tuple[str, ...] = ()
        if isinstance(self.district, PlaceByAreaKey):
            needed = (self.district.companion,)
        elif isinstance(self.district, PlaceByAddress):
            needed = (self.district.addresses, self.district.boundaries)
        elif isinstance(self.district, PlaceByPoint):
            needed = (self.district.boundaries,)
        if absent := [name for name in needed if name not in self.companions]:
            raise ValueError(f"die Begleitdatei „{absent[0]}“ ist unter companions nicht beschrieben")
        return self

    @property
    def personal(self) -> bool:
        """Whether its files come from or about single persons, so that no personal column may be in them at all."""
        return self.survey is not None or any(table.name in HAND_WRITTEN for table in self.tables)

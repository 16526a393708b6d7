"""What is measured, where and for whom: the models of the city's own files.

Each model is one entry of a file under ``data/<city>/``. They are frozen and closed: an unknown key is an error.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
ShortText = Annotated[str, Field(min_length=1, max_length=160)]
Direction = Literal["lower_is_better", "higher_is_better", "neutral"]


class Entry(BaseModel):
    """Base of all catalogue entries."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class City(Entry):
    """The city: ``city.toml``."""

    id: Identifier
    name: ShortText
    official_key: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{2,12}$")]
    spellings: tuple[ShortText, ...] = ()  # how else the name is written in front of a district, e.g. Stgt
    district_word: ShortText  # singular, e.g. Stadtbezirk
    districts_word: ShortText  # plural, e.g. Stadtbezirke
    chairs: Annotated[tuple[ShortText, ...], Field(min_length=1)]
    about: Text
    contact: ShortText
    lead_indicators: tuple[Identifier, ...]
    perception_indicator: Identifier | None = None  # vertical axis of the quadrant
    record_indicator: Identifier | None = None  # horizontal axis of the quadrant


class DistrictType(Entry):
    """A fixed class of similar districts, at least three in each: ``district_types.toml``."""

    id: Identifier
    title: ShortText
    note: Text


class District(Entry):
    """One row of ``districts.csv``. Lists inside a cell are separated by ``|``."""

    id: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,12}$")]
    name: ShortText
    zone: ShortText
    type: Identifier
    neighbours: tuple[str, ...]
    tile_row: Annotated[int, Field(ge=0, le=40)]
    tile_column: Annotated[int, Field(ge=0, le=40)]
    spellings: tuple[str, ...] = ()
    area_km2: Annotated[float, Field(gt=0)] | None = None


class FieldOfAction(Entry):
    """A Handlungsfeld: ``fields.toml``."""

    id: Identifier  # also its link
    number: Annotated[int, Field(ge=1)]
    title: ShortText
    question: ShortText
    lead: Identifier | None  # indicator shown for the field
    principles: tuple[Identifier, ...]
    valid_from: date
    valid_to: date | None = None


class Principle(Entry):
    """A Grundsatz, word for word, and what in the product serves it: ``principles.toml``."""

    id: Identifier
    number: Annotated[int, Field(ge=1)]
    title: ShortText
    served_by: Text


class ScaleAnswer(Entry):
    """One answer of a scale."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    label: ShortText


class MissingCode(Entry):
    """A code that is no answer: don't know, refused, not asked."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    label: ShortText
    kind: Literal["dont_know", "refused", "no_answer", "not_asked"]


class Scale(Entry):
    """An answer scale, in order: ``scales.toml``."""

    id: Identifier
    title: ShortText
    answers: Annotated[tuple[ScaleAnswer, ...], Field(min_length=2)]
    missing: tuple[MissingCode, ...] = ()


class SurveyItem(Entry):
    """A question of a survey: ``items.toml``. ``role`` breakdown: sex, age group and the like."""

    id: Identifier
    title: ShortText
    wording: Text
    scale: Identifier
    role: Literal["answer", "breakdown"] = "answer"


class Offence(Entry):
    """One row of ``offences.csv``: a key as text, matched literally.

    ``kind`` is ``sum`` for keys that overlap with others and are never added to anything.
    ``group`` is what districts are shown by. ``control`` marks offences that are found by looking for them.
    """

    key: Annotated[str, Field(min_length=1, max_length=40)]
    title: ShortText
    group: Identifier
    kind: Literal["part", "sum"] = "part"
    includes: tuple[str, ...] = ()
    control: bool = False
    valid_from: Annotated[int, Field(ge=1900, le=2200)] | None = None
    valid_to: Annotated[int, Field(ge=1900, le=2200)] | None = None


class OffenceGroup(Entry):
    """A group of offence keys: ``offence_groups.toml``."""

    id: Identifier
    title: ShortText


class SeriesBreak(Entry):
    """A change of law, recording, method or basis: ``breaks.toml``. Nothing is compared across it."""

    id: Identifier
    date: date  # first day on the new footing
    title: ShortText
    reason: Text
    offence_keys: tuple[str, ...] = ()
    items: tuple[Identifier, ...] = ()
    bases: tuple[str, ...] = ()  # population bases that begin here


class UnusualTime(Entry):
    """A span left out when the usual yearly swing is learned (the pandemic): ``breaks.toml``."""

    id: Identifier
    title: ShortText
    start: date
    end: date


class Register(Entry):
    """A register whose values are delivered: ``registers.toml``."""

    id: Identifier
    title: ShortText
    unit: ShortText


class Target(Entry):
    """A target that was decided: ``targets.toml`` (deliveries may add more)."""

    indicator: Identifier
    district: str | None = None
    due: date
    value: float
    direction: Literal["at_most", "at_least"]
    decided_on: date


class Cut(Entry):
    """A closed table that protected readers may ask: ``cuts.toml``. Only counts need one."""

    id: Identifier
    title: ShortText
    area: Literal["city", "district"]
    period: Literal["month", "quarter", "year", "rolling_year"]


class AnswerCondition(Entry):
    """Respondents with one of these answers to an item."""

    item: Identifier
    codes: Annotated[tuple[str, ...], Field(min_length=1)]


class CountMeasure(Entry):
    """Recorded cases of one source."""

    kind: Literal["count"]
    source: Identifier
    offence_keys: Annotated[tuple[str, ...], Field(min_length=1)]
    place_kinds: tuple[str, ...] = ()  # empty: all
    count: Literal["cases", "attempts", "cleared"] = "cases"


class RateMeasure(Entry):
    """Recorded cases per ``per`` of a denominator (``population`` or a kind of ``denominators``)."""

    kind: Literal["rate"]
    source: Identifier
    offence_keys: Annotated[tuple[str, ...], Field(min_length=1)]
    place_kinds: tuple[str, ...] = ()
    denominator: Identifier = "population"
    per: Annotated[int, Field(gt=0)] = 100_000


class ClearanceMeasure(Entry):
    """Cleared of recorded cases, in per cent; may exceed 100."""

    kind: Literal["clearance"]
    source: Identifier
    offence_keys: Annotated[tuple[str, ...], Field(min_length=1)]
    place_kinds: tuple[str, ...] = ()


class ShareMeasure(Entry):
    """Weighted share of valid answers that are one of ``counted``."""

    kind: Literal["share"]
    item: Identifier
    counted: Annotated[tuple[str, ...], Field(min_length=1)]
    among: tuple[AnswerCondition, ...] = ()


class DifferenceMeasure(Entry):
    """Share in group ``first`` minus share in group ``second``, in percentage points."""

    kind: Literal["difference"]
    item: Identifier
    counted: Annotated[tuple[str, ...], Field(min_length=1)]
    first: AnswerCondition
    second: AnswerCondition
    first_title: ShortText
    second_title: ShortText


class RegisterMeasure(Entry):
    """A value as a register reports it, without interval."""

    kind: Literal["register"]
    register_id: Identifier


Measure = Annotated[
    CountMeasure | RateMeasure | ClearanceMeasure | ShareMeasure | DifferenceMeasure | RegisterMeasure,
    Field(discriminator="kind"),
]


class Indicator(Entry):
    """A Kennzahl: ``indicators.toml``."""

    id: Identifier
    title: ShortText
    short_title: Annotated[str, Field(min_length=1, max_length=44)]
    unit: ShortText  # as printed after the number: %, je 100.000, Fälle, Punkte
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    direction: Direction
    definition: Text
    reading_aid: Text  # Lesehilfe; {value} (with its unit), {place} and {period} are filled in
    source: Text
    caveats: tuple[Text, ...] = ()
    fields: tuple[Identifier, ...]
    data_class: Literal["incidents", "survey", "register"]
    dispersion_prior: Annotated[float, Field(ge=0, le=1)] | None = None  # σ of the yearly log change
    no_interval: Text | None = None  # why there is none, where there is none
    instead: Identifier | None = None  # indicator to show where this one cannot be computed
    measure: Measure

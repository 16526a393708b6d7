"""What is measured, where and for whom: the models of the city's own files.

Each model is one entry of a file under ``data/<city>/``. They are frozen and closed: an unknown key is an error.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sipa_data.catalogue.entry import Entry, Identifier, ShortText, Text
from sipa_data.catalogue.measures import (
    AnswerCondition,
    ClearanceMeasure,
    CountMeasure,
    DecisionShareMeasure,
    DifferenceMeasure,
    MeanMeasure,
    Measure,
    PersonRateMeasure,
    PersonShareMeasure,
    ProjectShareMeasure,
    RateMeasure,
    RegisterMeasure,
    RegisterShareMeasure,
    ShareMeasure,
)

__all__ = [
    "Accessibility",
    "AnswerCondition",
    "City",
    "ClearanceMeasure",
    "CountMeasure",
    "Cut",
    "DecisionShareMeasure",
    "DifferenceMeasure",
    "Direction",
    "District",
    "DistrictType",
    "Entry",
    "FieldBreakdown",
    "FieldOfAction",
    "Identifier",
    "Indicator",
    "MeanMeasure",
    "Measure",
    "MissingCode",
    "Offence",
    "OffenceGroup",
    "PartnerKind",
    "PersonRateMeasure",
    "PersonShareMeasure",
    "Principle",
    "ProjectShareMeasure",
    "RateMeasure",
    "Register",
    "RegisterMeasure",
    "RegisterShareMeasure",
    "Scale",
    "ScaleAnswer",
    "SeriesBreak",
    "ShareMeasure",
    "ShortText",
    "SmallCounts",
    "SurveyItem",
    "Target",
    "Text",
    "UnusualTime",
]

Direction = Literal["lower_is_better", "higher_is_better", "neutral"]


class SmallCounts(Entry):
    """Which counts are hidden from protected readers, per class of data: ``city.toml``, table ``small_counts``.

    The smallest count above zero that is shown; 1 shows everything. ``persons`` : victims, suspects, and what registers
    of persons say. Source of the defaults: at least 3, as the Bundesagentur für Arbeit
    (§ 16 BStatG, adopted voluntarily); at least 5 for persons, who are known to more people than cases are.
    """

    incidents: Annotated[int, Field(ge=1, le=20)] = 3
    persons: Annotated[int, Field(ge=1, le=20)] = 5


class Accessibility(Entry):
    """What the declaration of accessibility needs from the city: ``city.toml``, table ``accessibility``.

    ``law`` : which rules the pages follow
    ``feedback`` : whom to tell about a barrier
    ``enforcement`` : whom to turn to where nobody answers
    ``declared_on`` : day on which the city made the declaration its own; without it, it is a draft
    """

    law: Text
    feedback: Text
    enforcement: Text
    declared_on: date | None = None


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
    small_counts: SmallCounts = SmallCounts()
    accessibility: Accessibility | None = None
    released_alone: tuple[Identifier, ...] = ()  # file profiles that need no second person


class DistrictType(Entry):
    """A fixed class of similar districts, at least three in each: ``district_types.toml``.

    ``many_visitors`` : far more people are there than live there, so that rates per inhabitant mislead
    """

    id: Identifier
    title: ShortText
    note: Text
    many_visitors: bool = False


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


class FieldBreakdown(Entry):
    """Numbers of a field beside each other, to see who, when or where: ``fields.toml``, table ``field.breakdown``.

    ``indicators`` : a single one that is broken down ``by`` something; several of one unit stand beside each other
    ``by`` : items of the survey that group those asked, or ``month`` for the months of a year
    """

    title: ShortText
    indicators: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    by: tuple[Identifier, ...] = ()


class FieldOfAction(Entry):
    """A Handlungsfeld: ``fields.toml``.

    ``matrix`` : its cells on the overview, at most one indicator for each class of data; empty: the lead alone
    """

    id: Identifier  # also its link
    number: Annotated[int, Field(ge=1)]
    title: ShortText
    question: ShortText
    lead: Identifier | None  # indicator shown for the field
    matrix: tuple[Identifier, ...] = ()
    breakdown: tuple[FieldBreakdown, ...] = ()
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
    """A question of a survey: ``items.toml``. ``role`` breakdown: sex, age group and the like.

    ``divides`` : other answers may be divided by this one too, although it is a question of its own
    ``topic`` : the heading that its indicators stand under, on the screen of all questions
    ``group_labels`` : answer code → how those who gave it are called as a group; without one, as the answer
    """

    id: Identifier
    title: ShortText
    wording: Text
    scale: Identifier
    role: Literal["answer", "breakdown"] = "answer"
    divides: bool = False
    topic: ShortText | None = None
    group_labels: dict[str, ShortText] = Field(default_factory=dict)

    @property
    def is_breakdown(self) -> bool:
        """Whether people can be divided by their answer."""
        return self.divides or self.role == "breakdown"


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
    denominators: tuple[str, ...] = ()  # kinds of denominators that are counted differently from here on
    registers: tuple[Identifier, ...] = ()


class UnusualTime(Entry):
    """A span left out when the usual yearly swing is learned (the pandemic): ``breaks.toml``."""

    id: Identifier
    title: ShortText
    start: date
    end: date


class Register(Entry):
    """A register whose values are delivered: ``registers.toml``.

    ``persons`` : it counts persons, so that small values of it are nobody's business.
    """

    id: Identifier
    title: ShortText
    unit: ShortText
    persons: bool = False


class PartnerKind(Entry):
    """A kind of institution that works with the partnership: ``partner_kinds.toml``, in the order they are shown.

    ``side`` : of the city, of the state, or of society; ``spellings`` : how else a file may write the kind.
    """

    id: Identifier
    title: ShortText
    side: Literal["municipal", "state", "society"]
    spellings: tuple[ShortText, ...] = ()


class Target(Entry):
    """A target that was decided: ``targets.toml`` (deliveries may add more)."""

    indicator: Identifier
    district: str | None = None
    due: date
    value: float
    direction: Literal["at_most", "at_least"]
    decided_on: date


class Cut(Entry):
    """A closed table that protected readers may ask: ``cuts.toml``. Only counts need one.

    ``offence_keys`` : only these (empty: all); ``without`` : not these; ``counted`` : only these countings.
    A table that is fine for common offences hides most of its cells for rare ones.
    """

    id: Identifier
    title: ShortText
    area: Literal["city", "district"]
    period: Literal["month", "quarter", "year", "rolling_year"]
    offence_keys: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    counted: Annotated[tuple[Literal["cases", "attempts", "cleared"], ...], Field(min_length=1)] = (
        "cases",
        "attempts",
        "cleared",
    )

    def holds(self, offence_keys: tuple[str, ...], counted: str) -> bool:
        """Whether a series of these keys is in the table: all of them named, or none left out."""
        named = not self.offence_keys or set(offence_keys) <= set(self.offence_keys)
        return named and not set(offence_keys) & set(self.without) and counted in self.counted


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

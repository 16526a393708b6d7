"""How a number comes about: one model per kind of measure. What each kind does with the facts: see ``answers``."""

from typing import Annotated, Literal

from pydantic import Field

from sipa_data.catalogue.entry import Entry, Identifier, ShortText

PooledYears = Literal[1, 3]
AgeText = Annotated[str, Field(pattern=r"^\d{1,3}(-\d{1,3}|\+)$")]
PersonKind = Literal["victim", "suspect", "repeat_suspect"]


class AnswerCondition(Entry):
    """Respondents with one of these answers to an item."""

    item: Identifier
    codes: Annotated[tuple[str, ...], Field(min_length=1)]


class CountMeasure(Entry):
    """Recorded cases of one source. ``pooled_years`` = 3: the yearly average over three years, for rare events."""

    kind: Literal["count"]
    source: Identifier
    offence_keys: Annotated[tuple[str, ...], Field(min_length=1)]
    place_kinds: tuple[str, ...] = ()  # empty: all
    count: Literal["cases", "attempts", "cleared"] = "cases"
    pooled_years: PooledYears = 1


class RateMeasure(Entry):
    """Recorded cases per ``per`` of a denominator (``population`` or a kind of ``denominators``)."""

    kind: Literal["rate"]
    source: Identifier
    offence_keys: Annotated[tuple[str, ...], Field(min_length=1)]
    place_kinds: tuple[str, ...] = ()
    denominator: Identifier = "population"
    per: Annotated[int, Field(gt=0)] = 100_000
    pooled_years: PooledYears = 1


class ClearanceMeasure(Entry):
    """Cleared of recorded cases, in per cent; may exceed 100. ``counted`` = attempts: what remained an attempt."""

    kind: Literal["clearance"]
    source: Identifier
    offence_keys: Annotated[tuple[str, ...], Field(min_length=1)]
    place_kinds: tuple[str, ...] = ()
    counted: Literal["cleared", "attempts"] = "cleared"


class ShareMeasure(Entry):
    """Weighted share of valid answers that are one of ``counted``."""

    kind: Literal["share"]
    item: Identifier
    counted: Annotated[tuple[str, ...], Field(min_length=1)]
    among: tuple[AnswerCondition, ...] = ()


class MeanMeasure(Entry):
    """Weighted mean of the valid answers to an item whose codes are numbers (school grades, 0 to 10)."""

    kind: Literal["mean"]
    item: Identifier
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
    """A value as a register reports it, without interval.

    ``statistic`` = median: the office gives the middle one of its single values. The single values stay in the office;
    a median of the medians of districts or months would be the median of nothing, so none is computed here.
    """

    kind: Literal["register"]
    register_id: Identifier
    statistic: Literal["value", "median"] = "value"


class RegisterShareMeasure(Entry):
    """Value of one register in per cent of another (handled of reported, with of all).

    ``independent`` : both count single things of which each may turn out this way or that, so that chance can be told.
    """

    kind: Literal["register_share"]
    numerator: Identifier
    denominator: Identifier
    independent: bool = False


class PersonRateMeasure(Entry):
    """Victims or suspects per ``per`` inhabitants of the same ages and sex. A person counts once per key and area.

    ``standard`` : directly standardised by age. Age group → people of the standard population; all ages of it, instead
    of ``age_groups``. ``standard_title`` : how the standard population is called.
    """

    kind: Literal["person_rate"]
    source: Identifier
    offence_key: Annotated[str, Field(min_length=1)]
    persons: PersonKind
    age_groups: tuple[AgeText, ...] = ()  # empty: all ages
    sex: Literal["w", "m", "d"] | None = None
    per: Annotated[int, Field(gt=0)] = 100_000
    standard: dict[AgeText, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    standard_title: ShortText | None = None


class PersonShareMeasure(Entry):
    """Persons of one kind in per cent of another that holds them, as repeat suspects of all suspects."""

    kind: Literal["person_share"]
    source: Identifier
    offence_key: Annotated[str, Field(min_length=1)]
    persons: PersonKind
    among: PersonKind
    age_groups: tuple[AgeText, ...] = ()
    sex: Literal["w", "m", "d"] | None = None


class ProjectShareMeasure(Entry):
    """Share of the projects that ran in the period, as the register of projects says today.

    ``criterion`` : results checked (Beccaria step 6), offered in at least two languages, on the Grüne Liste, or places
    taken (participants in per cent of places). ``field`` : only projects of this field of action.
    """

    kind: Literal["project_share"]
    criterion: Literal["results_checked", "several_languages", "listed_programme", "places_taken"]
    field: Identifier | None = None


class DecisionShareMeasure(Entry):
    """Decisions of the steering group that are done, of those that were due by the end of the period."""

    kind: Literal["decision_share"]


Measure = Annotated[
    CountMeasure
    | RateMeasure
    | ClearanceMeasure
    | ShareMeasure
    | MeanMeasure
    | DifferenceMeasure
    | RegisterMeasure
    | RegisterShareMeasure
    | PersonRateMeasure
    | PersonShareMeasure
    | ProjectShareMeasure
    | DecisionShareMeasure,
    Field(discriminator="kind"),
]

"""What a page asks and what it gets: Question, Observations, Verdict, Answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Literal, Self

import pandas as pd

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.boundaries import Boundaries
from sipa_data.catalogue.models import City, District, Indicator
from sipa_data.periods import Period
from sipa_data.snapshot import Snapshot

__all__ = ["CITY", "NOT_LOCATABLE", "Answer", "Question", "Snapshot", "Status", "Verdict", "VerdictCode"]

Comparison = Literal["none", "previous", "rest", "similar"]


class Status(StrEnum):
    """Whether a value is shown, and why not. All hidden values look the same."""

    ok = "ok"
    limited = "limited"  # few answers: read with care
    unreliable = "unreliable"  # too few answers to say
    suppressed = "suppressed"  # confidential
    not_collected = "not_collected"


class VerdictCode(StrEnum):
    """The closed list of what a comparison can say."""

    rose = "rose"
    fell = "fell"
    above = "above"  # higher than the rest of the city
    below = "below"  # lower than the rest of the city
    within_chance = "within_chance"
    within_usual_swing = "within_usual_swing"
    one_of_many = "one_of_many"  # beyond chance on its own, but not among all that was compared with it
    too_few = "too_few"
    break_in_series = "break_in_series"
    not_comparable = "not_comparable"
    no_comparison = "no_comparison"
    hidden = "hidden"


@dataclass(frozen=True)
class Question:
    """What is asked. Hashable, and what a URL says; never who asks.

    ``districts`` : official numbers; empty asks for the whole city.
    ``by_district`` : every district, and what is not locatable, beside the city.
    ``period`` : None asks for the latest there is.
    ``cut`` : id of a cut of the catalogue; None lets the period decide.
    ``history`` : also every earlier comparable period.
    ``compare_with`` : the same measure one period before, or a district against the rest of the city or against the
        districts that the catalogue counts as similar.
    """

    indicator: str
    districts: tuple[str, ...] = ()
    period: Period | None = None
    cut: str | None = None
    by_district: bool = False
    history: bool = False
    breakdown: str | None = None  # id of the item that answers are divided by
    compare_with: Comparison = "previous"

    def about(self, indicator: str) -> Self:
        return replace(self, indicator=indicator)

    def everywhere(self) -> Self:
        """City, every district, and what is not locatable."""
        return replace(self, by_district=True, districts=())

    def citywide(self) -> Self:
        return replace(self, by_district=False, districts=())

    def over_time(self) -> Self:
        return replace(self, history=True)

    def divided_by(self, item: str) -> Self:
        """Also the groups of people that an item of the survey makes."""
        return replace(self, breakdown=item)

    def against(self, comparison: Comparison) -> Self:
        return replace(self, compare_with=comparison)


OBSERVATION_COLUMNS: dict[str, str] = {
    "indicator": "string",
    "district": "string",  # official number, CITY or NOT_LOCATABLE
    "period_start": "datetime64[s]",
    "period_end": "datetime64[s]",
    "breakdown": "string",  # label of the group; missing: all
    "value": "Float64",  # in the indicator's unit; shares in per cent
    "lower": "Float64",  # 95 % interval, same unit
    "upper": "Float64",
    "n": "Int64",  # cases counted or valid answers
    "n_effective": "Float64",  # Kish's effective number of answers
    "basis": "string",  # what the value is relative to: population and its date, survey wave
    "status": "string",  # Status
    "reason": "string",  # German: why there is no value, or no interval
}


@dataclass(frozen=True)
class Verdict:
    """What a comparison says beyond the numbers. ``sentence`` is German and names what was compared.

    ``p`` : of this comparison alone; ``q`` : among all of its ``family``, named in German, None where it stands alone
    ``group`` : the verdict is about this group of people in the subject, beside all others there; None: about everybody
    ``detectable`` : the smallest difference that would have been seen with 80 % probability, in the indicator's unit
    ``favourable`` : True or False only where the change goes beyond chance and the indicator has a direction.
    """

    code: VerdictCode
    subject: str  # district id or CITY
    sentence: str
    short: str  # two to six words for a tile
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    q: float | None = None
    detectable: float | None = None
    favourable: bool | None = None
    compared_period: Period | None = None
    p: float | None = None
    family: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Answer:
    """Question, numbers, what they say, and where they come from.

    ``observations`` has exactly OBSERVATION_COLUMNS. Where ``status`` is not ok or limited, value, bounds,
    n and basis are missing from the frame itself.
    """

    question: Question
    indicator: Indicator
    city: City
    places: Mapping[str, District]  # every district of the city, in the order of the catalogue
    observations: pd.DataFrame
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]
    snapshot: Snapshot
    period: Period | None  # the period that was answered
    source: str  # as printed under a chart
    breaks: tuple[tuple[str, str], ...] = field(default=())  # (ISO date, title) inside the history
    boundaries: Boundaries | None = field(default=None, repr=False)  # outlines of the places, where imported

    def place_name(self, district: str) -> str:
        """Name of a district id, of the city, or of what is not locatable."""
        if district == CITY:
            return self.city.name
        if district == NOT_LOCATABLE:
            return f"ohne {self.city.district_word}"
        return self.places[district].name

    @cached_property
    def is_empty(self) -> bool:
        return not self.observations["status"].isin([Status.ok, Status.limited]).any()

    @property
    def families(self) -> tuple[str, ...]:
        """What was judged together in this answer, in German: „23 Stadtbezirke“."""
        return tuple(dict.fromkeys(verdict.family for verdict in self.verdicts if verdict.family))

    def verdict_on(self, district: str = CITY, group: str | None = None) -> Verdict | None:
        return next((one for one in self.verdicts if (one.subject, one.group) == (district, group)), None)

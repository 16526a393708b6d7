"""What can be said of a project's effect: closed lists of verdicts, designs and methods, and what travels."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class EffectCode(StrEnum):
    """The closed list of verdicts on a project."""

    worked = "worked"  # better than the comparison, beyond chance and usual swing
    partly_displaced = "partly_displaced"  # better in sum, although some cases moved next door
    displaced = "displaced"  # better here, worse beside, nothing won in sum
    back_to_usual = "back_to_usual"  # it began at a peak and went back to what is usual
    drifting_before = "drifting_before"  # the places had been drifting apart in this direction before it began
    better_without_comparison = "better_without_comparison"
    worse = "worse"
    differs = "differs"  # beyond chance, but nobody said which direction is better
    one_of_many = "one_of_many"  # beyond chance on its own, but not among all projects
    no_effect_seen = "no_effect_seen"
    too_few = "too_few"
    too_early = "too_early"
    break_in_series = "break_in_series"
    not_comparable = "not_comparable"
    not_measured = "not_measured"
    hidden = "hidden"


class Design(StrEnum):
    """How an effect was looked for."""

    randomised = "randomised"
    with_comparison = "with_comparison"
    comparison_afterwards = "comparison_afterwards"
    before_after = "before_after"
    none = "none"


class Method(StrEnum):
    """What the estimate is."""

    ratio_of_ratios = "ratio_of_ratios"  # change here divided by the change of the comparison; 1 is no effect
    ratio = "ratio"  # after divided by before; 1 is no change
    hedges_g = "hedges_g"  # difference in standard deviations
    odds_ratio = "odds_ratio"  # odds with the project divided by those without; 1 is no effect
    difference_of_shares = "difference_of_shares"  # percentage points, in the change against the comparison if any


@dataclass(frozen=True)
class Evidence:
    """What a design can prove.

    ``scale`` : level on the Maryland scale, 1 to 5; None where nothing is compared
    ``most`` : highest level of the Grüne Liste that it supports by itself; None where the design alone sets no limit
    """

    design: Design
    name: str
    scale: int | None
    most: int | None

    @property
    def german(self) -> str:
        """``nur vorher und nachher (Stufe 2 von 5, für die Grüne Liste höchstens Stufe 1)``"""
        if self.scale is None:
            return self.name
        limit = "" if self.most is None else f", für die Grüne Liste höchstens Stufe {self.most}"
        return f"{self.name} (Stufe {self.scale} von 5{limit})"


EVIDENCE: Mapping[Design, Evidence] = {
    one.design: one
    for one in (
        Evidence(Design.randomised, "Zufallszuteilung", 5, None),
        Evidence(Design.with_comparison, "vorher und nachher mit Vergleich", 3, None),
        Evidence(Design.comparison_afterwards, "Vergleich nur nachher", 2, None),
        Evidence(Design.before_after, "nur vorher und nachher", 2, 1),
        Evidence(Design.none, "kein Vergleich", None, None),
    )
}
"""Levels of the Maryland Scientific Methods Scale: Sherman et al. (1997); Farrington et al. (2002)."""

GREEN_LIST: Mapping[int, str] = {
    1: "Effektivität theoretisch gut begründet",
    2: "Effektivität wahrscheinlich",
    3: "Effektivität nachgewiesen",
}
"""Levels of the Grüne Liste Prävention by their present names."""


@dataclass(frozen=True)
class Moved:
    """Weighted displacement difference in cases; negative are fewer. The interval is the 90 % one of the total.

    ``local`` : here against the comparison; ``beside`` : in the districts where cases may have gone; ``total`` : both
    """

    local: float
    beside: float
    total: float
    lower: float
    upper: float


Part = Literal["treated", "comparison", "beside", "rest"]


@dataclass(frozen=True)
class AreaGroup:
    """Districts that play one part in a comparison, as the register names them.

    ``before``, ``after`` : cases of all of them together; None where they may not be told or nothing was compared
    """

    part: Part
    districts: tuple[str, ...]
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Judgement:
    """One measured outcome, judged by itself.

    ``told`` : German, what was compared with what; ``unit`` : of its numbers, where it does not go without saying
    ``cautions`` : German sentences that go with every verdict
    ``p`` : two-sided, None where nothing was tested
    ``indicator`` : id of the one whose recorded cases were counted; None where results were delivered
    ``groups``, ``years`` : the districts that were compared, and the year before and the year after
    """

    code: EffectCode
    design: Design
    told: str
    measure: str
    unit: str = ""
    cautions: tuple[str, ...] = ()
    method: Method | None = None
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    moved: Moved | None = None
    indicator: str | None = None
    groups: tuple[AreaGroup, ...] = ()
    years: tuple[int, int] | None = None


@dataclass(frozen=True)
class Effect:
    """What one outcome of a project says about its effect. Where it is hidden, it carries no number at all.

    ``sentence`` : German; says what was compared, what follows, and „Hinweis, kein Nachweis“ where it must
    ``core`` : its beginning, what was compared and what follows; the rest of it must stand near by
    ``estimate``, ``lower``, ``upper`` : as ``method`` says, with its 95 % interval
    ``q`` : p value among all effects of the register
    ``listed`` : level of the programme on the Grüne Liste, as the register says
    ``cautions`` : German sentences, part of ``sentence`` already
    ``smallest`` : where nothing was seen, the effects below and above none that would have been, as ``method`` says
    ``indicator``, ``groups``, ``years`` : as in ``Judgement``
    """

    project: str
    title: str
    fields: tuple[str, ...]
    districts: tuple[str, ...]
    measure: str
    code: EffectCode
    evidence: Evidence
    listed: int | None
    sentence: str
    short: str
    core: str = ""
    cautions: tuple[str, ...] = ()
    method: Method | None = None
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    q: float | None = None
    moved: Moved | None = None
    smallest: tuple[float, float] | None = None
    indicator: str | None = None
    groups: tuple[AreaGroup, ...] = ()
    years: tuple[int, int] | None = None

"""Many looks at once: what a screen compares together is judged together, and the family has a name.

A verdict made for itself is wrong in one of twenty cases where nothing happened. A screen with sixty of them would show
three false findings every time. So the p values of a screen become q values (Benjamini and Hochberg), and a finding
that does not hold among all of them is told as what it is: one of many.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from sipa_data.answers.types import Answer, Comparison, Verdict, VerdictCode
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.german import count_of, number
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values

BEYOND_CHANCE = frozenset({VerdictCode.rose, VerdictCode.fell, VerdictCode.above, VerdictCode.below})

Key = tuple[str, str, Comparison]
"""Indicator, place, and what it was compared with."""


@dataclass(frozen=True)
class Family:
    """The comparisons of one screen, each about one indicator and the place of its question.

    ``name`` : „61 Kennzahlen“; empty where fewer than two were compared, so that there was nothing to adjust.
        What was announced beforehand is a family of its own: „14 Leitkennzahlen; für sich 61 weitere Kennzahlen“
    """

    name: str = ""
    judged: Mapping[Key, Verdict] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, answers: Iterable[Answer], announced: Collection[str] = ()) -> Self:
        """Judge the verdicts of some answers together, one per answer: that on the place it was asked about.

        Parameters
        ----------
        announced : indicators that were named before anybody saw a number. They are few and asked for, so they are
            judged among themselves; searching all the others for news does not make their findings less certain
        """
        found = {key: verdict for answer in answers for key, verdict in _own(answer) if verdict.p is not None}
        leads = {key: verdict for key, verdict in found.items() if key[0] in announced}
        others = {key: verdict for key, verdict in found.items() if key not in leads}
        further = "weitere " if leads else ""
        parts = (
            (leads, count_of(len(leads), "Leitkennzahl", "Leitkennzahlen")),
            (others, count_of(len(others), f"{further}Kennzahl", f"{further}Kennzahlen")),
        )
        several = [(members, name) for members, name in parts if len(members) > 1]
        judged = {
            key: verdict
            for members, name in several
            for key, verdict in zip(members, judged_together(tuple(members.values()), name), strict=True)
        }
        return cls("; für sich ".join(name for _, name in several), judged)

    def applied(self, answer: Answer) -> Answer:
        """The answer as this screen may tell it. One that was not compared here stays as it is."""
        verdicts = dict(_own(answer))
        own = {key: self.judged[key] for key in verdicts if key in self.judged}
        if not own:
            return answer
        subjects = {verdict.subject: verdict for verdict in own.values()}
        told = (one if one.group else subjects.get(one.subject, one) for one in answer.verdicts)
        return replace(answer, verdicts=tuple(told))

    @property
    def told(self) -> str:
        """What a screen says of the family; empty where there is none."""
        if not self.name:
            return ""
        return (
            f"Gemeinsam geprüft: {self.name}. Als Befund gilt nur, was auch unter so vielen Vergleichen auffällt: "
            "Im Mittel ist höchstens jeder zehnte Befund falsch."
        )


def judged_together(verdicts: Sequence[Verdict], family: str) -> tuple[Verdict, ...]:
    """Verdicts of one family, those with a p value adjusted for each other.

    Parameters
    ----------
    verdicts : each made for itself; those without a p value (nothing was tested) stay as they are
    family : what was compared together, in German: „23 Stadtbezirke“
    """
    tested = [one.p for one in verdicts if one.p is not None]
    if len(tested) < 2:
        return tuple(verdicts)
    q = iter(q_values(tested))
    return tuple(one if one.p is None else _among(one, float(next(q)), len(tested), family) for one in verdicts)


def districts_together(verdicts: Mapping[str, Verdict], districts_word: str) -> dict[str, Verdict]:
    """Verdicts by area: the districts of one indicator are a family; the city and what has no district stand alone."""
    family = {area: verdict for area, verdict in verdicts.items() if area not in (CITY, NOT_LOCATABLE)}
    tested = sum(verdict.p is not None for verdict in family.values())
    judged = judged_together(tuple(family.values()), f"{number(tested)} {districts_word}")
    return {**verdicts, **dict(zip(family, judged, strict=True))}


def place_of(answer: Answer) -> str:
    """The one district that was asked about, else the city."""
    return answer.question.districts[0] if len(answer.question.districts) == 1 else CITY


def _own(answer: Answer) -> list[tuple[Key, Verdict]]:
    verdict = answer.verdict_on(place_of(answer))
    key = (answer.indicator.id, place_of(answer), answer.question.compare_with)
    return [] if verdict is None else [(key, verdict)]


def _among(verdict: Verdict, q: float, compared: int, family: str) -> Verdict:
    if verdict.code not in BEYOND_CHANCE or q <= FALSE_DISCOVERY_RATE:
        return replace(verdict, q=q, family=family)
    told = verdict.sentence.removesuffix(".")
    return replace(
        verdict,
        code=VerdictCode.one_of_many,
        sentence=f"{told}, unter {number(compared)} Vergleichen zugleich aber kein klarer Befund.",
        short=f"unter {number(compared)} Vergleichen kein klarer Befund",
        q=q,
        family=family,
        favourable=None,
    )

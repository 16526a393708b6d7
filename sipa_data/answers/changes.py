"""What changed in a place: the verdicts of many indicators, the strongest first, and what was looked at in vain."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from sipa_data.answers.families import Family, place_of
from sipa_data.answers.reader import Reader
from sipa_data.answers.types import Answer, Question, Verdict, VerdictCode
from sipa_data.areas import CITY

MOVED = frozenset({VerdictCode.rose, VerdictCode.fell})
STAYED = frozenset({VerdictCode.within_chance, VerdictCode.within_usual_swing, VerdictCode.one_of_many})

Finding = tuple[Answer, Verdict]


@dataclass(frozen=True)
class Changes:
    """Each indicator counts once: where a rate can be had, the count that stands in for it is left out.

    ``not_comparable`` : indicators with a value but nothing to compare it with. Those without a value count nowhere.
    ``family`` : all of them together; whatever else the screen shows of these indicators is told by it, too
    """

    beyond_chance: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    not_comparable: int
    family: Family

    @property
    def looked_at(self) -> int:
        return len(self.beyond_chance) + len(self.unchanged)

    def among(self, indicators: Collection[str]) -> Self:
        """Those about some indicators only, told as they are told among all."""
        parts = (self.beyond_chance, self.unchanged)
        moved, stayed = (tuple(one for one in part if one[0].indicator.id in indicators) for part in parts)
        return replace(self, beyond_chance=moved, unchanged=stayed)


@dataclass(frozen=True)
class Where:
    """Which districts moved as the city did, each beyond chance among all districts.

    ``places`` : official numbers, the surest first. ``looked_at`` : how many could be compared for this reader
    """

    places: tuple[str, ...]
    looked_at: int


def changes(reader: Reader, questions: Sequence[Question]) -> Changes:
    """Ask every question and sort what the verdicts, judged together, say about the place asked for.

    Parameters
    ----------
    questions : one per indicator, all about the same place and period
    """
    alone = [answer for answer in each_once(reader, questions) if not answer.is_empty]
    family = Family.of(alone, reader.catalogue.announced_indicators)
    answers = [family.applied(answer) for answer in alone]
    found = [(answer, answer.verdict_on(place_of(answer))) for answer in answers]
    judged = [(answer, verdict) for answer, verdict in found if verdict is not None]
    moved = [finding for finding in judged if finding[1].code in MOVED]
    stayed = [finding for finding in judged if finding[1].code in STAYED]
    return Changes(
        beyond_chance=by_evidence(moved, reader.catalogue.announced_indicators),
        unchanged=tuple(stayed),
        not_comparable=len(found) - len(moved) - len(stayed),
        family=family,
    )


def where(reader: Reader, finding: Finding) -> Where | None:
    """Where a change of the whole city shows; None where the finding is about one district, or none can be told."""
    answer, said = finding
    if said.subject != CITY or said.code not in MOVED:
        return None
    everywhere = reader.ask(answer.question.everywhere())
    told = [one for one in everywhere.verdicts if one.subject in everywhere.places and one.group is None]
    compared = [one for one in told if one.code in MOVED | STAYED]
    alike = sorted((one for one in compared if one.code is said.code), key=_doubt)
    return Where(tuple(one.subject for one in alike), len(compared)) if compared else None


def each_once(reader: Reader, questions: Sequence[Question]) -> tuple[Answer, ...]:
    """The answers, without the doubles: of an indicator and the one that stands in for it, the one with a value."""
    answers = [reader.ask(question) for question in questions]
    empty = {answer.indicator.id for answer in answers if answer.is_empty}
    answered = {answer.indicator.id for answer in answers} - empty
    stood_in_for = {answer.indicator.instead for answer in answers if answer.indicator.id in answered}
    return tuple(
        answer
        for answer in answers
        if answer.indicator.id not in stood_in_for
        and not (answer.indicator.id in empty and answer.indicator.instead in answered)
    )


def by_evidence(found: Iterable[Finding], announced: Collection[str] = ()) -> tuple[Finding, ...]:
    """Findings, the strongest evidence first.

    What was announced beforehand weighs most: nobody went looking for it. Then the one with less doubt (``q``, or
    ``p`` where nothing was judged with it), then the one with the larger effect. A verdict that was not tested is last.
    """

    def rank(finding: Finding) -> tuple[bool, float, float]:
        answer, verdict = finding
        return answer.indicator.id not in announced, _doubt(verdict), -_clearness(finding)

    return tuple(sorted(found, key=rank))


def _doubt(verdict: Verdict) -> float:
    doubt = verdict.p if verdict.q is None else verdict.q
    return 1.0 if doubt is None else doubt


def _clearness(finding: Finding) -> float:
    """The difference in widths of its own interval: comparable between per cent, rates and counts."""
    verdict = finding[1]
    if verdict.difference is None or verdict.lower is None or verdict.upper is None or verdict.upper <= verdict.lower:
        return 0.0
    return abs(verdict.difference) / (verdict.upper - verdict.lower)

"""Where a district stands between what is recorded and what is felt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sipa_data.answers.types import Answer, VerdictCode
from sipa_data.catalogue.models import Indicator
from sipa_data.figures.rows import Row, district_rows
from sipa_data.figures.words import why_hidden


class Standing(StrEnum):
    """The five things that can be said of a district."""

    both = "belastet und verunsichert"
    feeling_only = "ruhig, aber verunsichert"
    record_only = "belastet, aber gelassen"
    neither = "ruhig und gelassen"
    unclear = "nicht unterscheidbar vom Stadtwert"


@dataclass(frozen=True)
class Pair:
    """A district's two values. ``differs``: from the rest of the city, in at least one of them."""

    feeling: Row
    record: Row
    standing: Standing
    differs: bool

    @property
    def name(self) -> str:
        return self.feeling.place

    @property
    def is_placed(self) -> bool:
        """Whether one of the four names can be given: both values differ from the rest."""
        return self.standing is not Standing.unclear


def pairs_of(perception: Answer, record: Answer) -> tuple[list[Pair], dict[str, str]]:
    """The districts with both values, and why the others are missing."""
    recorded = {row.district: row for row in district_rows(record)}
    pairs: list[Pair] = []
    left_out: dict[str, str] = {}
    for feeling in district_rows(perception):
        other = recorded.get(feeling.district)
        if feeling.value is None or other is None or other.value is None:
            left_out[feeling.place] = why_hidden(feeling if feeling.value is None else other)
            continue
        unsafe, burdened = (_is_worse(answer, feeling.district) for answer in (perception, record))
        pairs.append(
            Pair(feeling, other, standing(unsafe=unsafe, burdened=burdened), (unsafe, burdened) != (None, None))
        )
    return pairs, left_out


def _is_worse(answer: Answer, district: str) -> bool | None:
    """Worse than the rest of the city beyond chance, better, or (None) not to be told from it."""
    verdict = answer.verdict_on(district)
    if verdict is None or verdict.code not in (VerdictCode.above, VerdictCode.below):
        return None
    return (verdict.code is VerdictCode.above) == more_is_worse(answer.indicator)


def standing_of(perception: Answer, record: Answer, district: str) -> Standing:
    """What can be said of one district whose two values are shown."""
    return standing(unsafe=_is_worse(perception, district), burdened=_is_worse(record, district))


def more_is_worse(indicator: Indicator) -> bool:
    return indicator.direction != "higher_is_better"


def standing(*, unsafe: bool | None, burdened: bool | None) -> Standing:
    if unsafe is None or burdened is None:
        return Standing.unclear
    if unsafe:
        return Standing.both if burdened else Standing.feeling_only
    return Standing.record_only if burdened else Standing.neither


def spoken_of(pairs: Sequence[Pair]) -> list[Pair]:
    """The districts that a figure names: those that differ in both; where there are none, those that do in one.

    What is worse in both comes first, because not every name may find a place.
    """
    placed = [pair for pair in pairs if pair.is_placed] or [pair for pair in pairs if pair.differs]
    order = list(Standing)
    return sorted(placed, key=lambda pair: order.index(pair.standing))

"""What is said of one district at a glance: feeling beside record, and what nobody can say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sipa_data import german
from sipa_data.answers.types import Answer, Status
from sipa_data.figures.rows import subject, subject_row
from sipa_data.figures.standing import Standing, standing_of
from sipa_data.figures.words import short_text, status_text, value_text, why_hidden

ORDER = (Status.suppressed, Status.unreliable, Status.not_collected)
NOT_HERE = "nicht erhoben"


@dataclass(frozen=True)
class Brief:
    """Feeling and record of a district side by side. ``name`` : one of the five standings, or none."""

    name: str
    sentence: str


def brief(feeling: Answer, record: Answer) -> Brief:
    """Both of one district, compared with the rest of the city."""
    place = subject(feeling)
    halves = [_half(answer) for answer in (feeling, record)]
    missing = [answer for answer in (feeling, record) if _value_of(answer) is None]
    if missing:
        return Brief("Gefühl und Lage lassen sich nicht nebeneinander stellen", " ".join(halves))
    standing = standing_of(feeling, record, place)
    name = "Weder Gefühl noch Lage lassen eine Einordnung zu" if standing is Standing.unclear else str(standing.value)
    return Brief(name[:1].upper() + name[1:], " ".join(halves))


def _value_of(answer: Answer) -> float | None:
    row = subject_row(answer)
    return None if row is None else row.value


def _half(answer: Answer) -> str:
    """„Unsicher im eigenen Stadtbezirk: 22,3 %, höher als die übrige Stadt (14,9).“"""
    row, verdict = subject_row(answer), answer.verdict_on(subject(answer))
    name = answer.indicator.short_title
    if row is None or row.value is None:
        return f"{name}: {why_hidden(row)}."
    shown = short_text(row, answer.indicator) if answer.indicator.unit in name else value_text(row, answer.indicator)
    return f"{name}: {shown}{f', {verdict.short}' if verdict is not None else ''}."


@dataclass(frozen=True)
class Unknown:
    """Indicators of a place without a number, for one reason. ``reason`` : German; ``titles`` : their short titles."""

    status: Status
    reason: str
    titles: tuple[str, ...]


def unknown(answers: Iterable[Answer]) -> tuple[Unknown, ...]:
    """What has no number, by reason: confidential first, then too few, then what nobody collects."""
    found: dict[tuple[Status, str], list[str]] = {}
    for answer in answers:
        row = subject_row(answer)
        if row is None:
            found.setdefault((Status.not_collected, NOT_HERE), []).append(answer.indicator.short_title)
        elif row.value is None:
            found.setdefault((row.status, status_text(row)), []).append(answer.indicator.short_title)
    in_order = sorted(found.items(), key=lambda one: (ORDER.index(one[0][0]), -len(one[1])))
    return tuple(Unknown(status, reason, tuple(titles)) for (status, reason), titles in in_order)


WORDS = {
    Status.suppressed: "vertraulich",
    Status.unreliable: "mit zu wenigen Antworten oder Fällen",
    Status.not_collected: "hier nicht erhoben",
}


def unknown_told(found: Sequence[Unknown], asked: int) -> str:
    """„Ohne Zahl sind 12 von 105 Kennzahlen: 3 vertraulich, 9 hier nicht erhoben.“; empty where none is missing."""
    if not found:
        return ""
    parts = []
    for status in ORDER:
        count = sum(len(one.titles) for one in found if one.status is status)
        parts += [f"{german.number(count)} {WORDS[status]}"] if count else []
    missing = sum(len(one.titles) for one in found)
    verb = "ist" if missing == 1 else "sind"
    return (
        f"Ohne Zahl {verb} {german.number(missing)} von {german.count_of(asked, 'Kennzahl', 'Kennzahlen')}: "
        f"{', '.join(parts)}."
    )


def detectable_told(apart: Answer) -> str:
    """How large a difference from the rest of the city would have to be to be seen; empty where that is not known."""
    verdict = apart.verdict_on(subject(apart))
    if verdict is None or verdict.detectable is None:
        return ""
    points = german.number(verdict.detectable, 1)
    return (
        f"{apart.indicator.short_title}: Bei so vielen Antworten wie hier wäre ein Unterschied zur übrigen Stadt "
        f"ab etwa {points} Punkten erkennbar. Was kleiner ist, kann da sein, ohne dass es auffällt."
    )

"""The chain of evidence: field of action → project → what it is measured by → what was found; where it breaks off."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sipa_data.answers.effect_sentences import SHORT
from sipa_data.answers.effect_types import Effect, EffectCode
from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import FieldOfAction
from sipa_data.german import NO_BREAK_SPACE, count_of, listing, number

WITHOUT_VERDICT = frozenset(
    {
        EffectCode.not_measured,
        EffectCode.not_comparable,
        EffectCode.too_few,
        EffectCode.too_early,
        EffectCode.break_in_series,
        EffectCode.hidden,
    }
)
"""Nothing can be said of an effect, whatever the reason: such a project counts as not evaluated."""

CLEAREST = (
    EffectCode.displaced,
    EffectCode.partly_displaced,
    EffectCode.worse,
    EffectCode.worked,
    EffectCode.back_to_usual,
    EffectCode.drifting_before,
    EffectCode.better_without_comparison,
    EffectCode.differs,
    EffectCode.one_of_many,
    EffectCode.no_effect_seen,
)
"""What there is to learn from a verdict, most first: what only moved or got worse stands before what helped."""
FINDINGS = frozenset(CLEAREST[: CLEAREST.index(EffectCode.better_without_comparison)])
"""Verdicts of a comparison that somebody has to act on or may build on."""


@dataclass(frozen=True)
class FieldEvidence:
    """What is known of the projects of one field of action; ``effects`` : each outcome once, clearest first."""

    field: FieldOfAction
    effects: tuple[Effect, ...]

    @property
    def projects(self) -> int:
        return len(_projects(self.effects))

    @property
    def evaluated(self) -> int:
        """Projects of which a verdict says something."""
        return len(_projects(one for one in self.effects if one.code not in WITHOUT_VERDICT))

    def verdicts(self) -> str:
        """``2 × Hinweis auf Wirkung, 1 × keine Wirkung erkennbar``; empty where nothing was evaluated."""
        return _counted(self.effects)


def evidence_by_field(catalogue: Catalogue, effects: Sequence[Effect]) -> tuple[FieldEvidence, ...]:
    """Every field of action, also one without any project, in the order of the catalogue."""
    return tuple(
        FieldEvidence(field, clearest_first(one for one in effects if field.id in one.fields))
        for field in catalogue.fields.values()
    )


def clearest_first(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """As ``CLEAREST`` says, the better proven first, then as the register has them; those without a verdict last."""
    order = {code: place for place, code in enumerate(CLEAREST)}
    return tuple(sorted(effects, key=lambda one: (order.get(one.code, len(order)), -(one.evidence.scale or 0))))


def evidence_told(effects: Sequence[Effect]) -> str:
    """``Von 50 Projekten sind 29 ausgewertet: 9 × Hinweis auf Wirkung, …. Bei 17 ist nichts gemessen, …``"""
    everything = _projects(effects)
    evaluated = _projects(one for one in effects if one.code not in WITHOUT_VERDICT)
    if not everything:
        return "Hier ist kein Projekt erfasst."
    said = f"Von {count_of(len(everything), 'Projekt', 'Projekten')} {_are(len(evaluated))} ausgewertet"
    said += f": {_counted(effects)}." if evaluated else "."
    left = Counter(SHORT[one.code] for one in effects if one.code in WITHOUT_VERDICT)
    if left:
        said += f" Ohne Urteil: {listing([_times(times, word) for word, times in left.items()])}."
    return said


def gaps_told(fields: Sequence[FieldEvidence]) -> str:
    """The fields whose chain breaks off: without an evaluated project, named; or that none is."""
    if missing := [f"„{one.field.title}“" for one in fields if not one.evaluated]:
        return f"Ohne ausgewertetes Projekt: {listing(missing)}."
    if len(fields) == 1:
        return ""
    return f"In allen {number(len(fields))} Handlungsfeldern ist wenigstens ein Projekt ausgewertet."


def _projects(effects: Iterable[Effect]) -> set[tuple[str, str]]:
    return {(one.project, one.title) for one in effects}


def _counted(effects: Iterable[Effect]) -> str:
    counts = Counter(one.short for one in clearest_first(effects) if one.code not in WITHOUT_VERDICT)
    return listing([_times(times, word) for word, times in counts.items()])


def _times(count: int, word: str) -> str:
    """``3 × Hinweis auf Wirkung``, never broken before its word."""
    return f"{number(count)}{NO_BREAK_SPACE}×{NO_BREAK_SPACE}{word}"


def _are(count: int) -> str:
    if count == 0:
        return "ist keines"
    return f"{'ist' if count == 1 else 'sind'} {number(count)}"

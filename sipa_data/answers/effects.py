"""What is known of the effects of the registered projects, judged together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sipa_data.access.scope import Scope
from sipa_data.answers.count_effects import count_effect
from sipa_data.answers.delivered import CASES
from sipa_data.answers.effect_sentences import core, sentence, short
from sipa_data.answers.effect_sizes import smallest_seen
from sipa_data.answers.effect_types import EVIDENCE, Design, Effect, EffectCode, Judgement
from sipa_data.answers.partners import parts_of
from sipa_data.answers.result_effects import result_effects
from sipa_data.answers.types import Answer, Question
from sipa_data.marts import Mart
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values

Row = Mapping[str, Any]

FINDINGS = frozenset(
    {
        EffectCode.worked,
        EffectCode.partly_displaced,
        EffectCode.better_without_comparison,
        EffectCode.worse,
        EffectCode.differs,
    }
)
"""Verdicts that one in twenty projects would get by chance alone; they must hold among all projects."""


@dataclass(frozen=True)
class _Found:
    project: Row
    judged: Judgement
    q: float | None = None


def find_effects(mart: Mart, scope: Scope, ask: Callable[[Question], Answer]) -> tuple[Effect, ...]:
    """Effects of all registered projects in the order of their titles, each outcome once.

    Parameters
    ----------
    ask : how this reader asks for recorded cases

    All effects of the register that this reader may see are one family (Benjamini and Hochberg), whatever part of them
    a screen shows: a verdict does not change with the filter.
    """
    results: dict[tuple[str, str], list[Row]] = {}
    for row in mart.rows("project_results"):
        results.setdefault((str(row["source"]), str(row["project_id"])), []).append(row)
    found = []
    for project in mart.rows("projects"):
        own = results.get((str(project["source"]), str(project["project_id"])), [])
        found += [_Found(project, judged) for judged in _of_project(mart, scope, ask, project, own)]
    return tuple(_effect(one) for one in _together(found))


def _of_project(
    mart: Mart, scope: Scope, ask: Callable[[Question], Answer], project: Row, results: Sequence[Row]
) -> list[Judgement]:
    """Recorded cases that a project delivered as its result are counted here instead where it names an outcome."""
    counted = count_effect(mart, ask, project)
    delivered = [row for row in results if counted is None or row["unit"] not in CASES]
    judged = ([counted] if counted else []) + result_effects(scope, project, delivered)
    if judged:
        return judged
    reason = "weder eine Zielkennzahl noch ein Ergebnis ist erfasst"
    return [Judgement(EffectCode.not_measured, Design.none, reason, "Wirkung")]


def _together(found: Sequence[_Found]) -> list[_Found]:
    tested = [one.judged.p for one in found if one.judged.p is not None]
    if len(tested) < 2:
        return list(found)
    q = iter(q_values(tested))
    return [one if one.judged.p is None else _among_all(one, float(next(q))) for one in found]


def _among_all(found: _Found, q: float) -> _Found:
    judged = found.judged
    if judged.code in FINDINGS and q > FALSE_DISCOVERY_RATE:
        judged = replace(judged, code=EffectCode.one_of_many)
    return replace(found, judged=judged, q=q)


def _effect(found: _Found) -> Effect:
    project, judged = found.project, found.judged
    return Effect(
        project=str(project["project_id"]),
        title=str(project["title"]),
        fields=parts_of(project["fields"]),
        districts=parts_of(project["districts"]),
        measure=judged.measure,
        code=judged.code,
        evidence=EVIDENCE[judged.design],
        listed=project["evidence_level"],
        sentence=sentence(judged),
        short=short(judged),
        core=core(judged),
        cautions=judged.cautions,
        method=judged.method,
        estimate=judged.estimate,
        lower=judged.lower,
        upper=judged.upper,
        p=judged.p,
        q=found.q,
        moved=judged.moved,
        smallest=smallest_seen(judged),
        indicator=judged.indicator,
        groups=judged.groups,
        years=judged.years,
    )

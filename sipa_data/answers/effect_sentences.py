"""Verdicts on projects in plain German."""

from collections.abc import Mapping

from sipa_data.answers.effect_sizes import smallest_told
from sipa_data.answers.effect_types import Design, EffectCode, Judgement, Method
from sipa_data.german import THIN_SPACE, number

SMALLEST_COUNT_FOR_PER_CENT = 50
"""Below this, a change is told in numbers: per cent of a few cases mislead."""
SMALLEST_PER_CENT = 0.05
NO_PROOF = "Hinweis, kein Nachweis."

SHORT: Mapping[EffectCode, str] = {
    EffectCode.worked: "Hinweis auf Wirkung",
    EffectCode.partly_displaced: "Hinweis auf Wirkung, zum Teil verlagert",
    EffectCode.displaced: "verlagert statt verringert",
    EffectCode.back_to_usual: "zurück auf das Übliche",
    EffectCode.drifting_before: "lief schon vorher auseinander",
    EffectCode.better_without_comparison: "besser, aber ohne Vergleich",
    EffectCode.worse: "Hinweis auf Verschlechterung",
    EffectCode.differs: "verändert, Richtung nicht bewertet",
    EffectCode.one_of_many: "kein klarer Befund unter vielen",
    EffectCode.no_effect_seen: "keine Wirkung erkennbar",
    EffectCode.too_few: "zu wenige Fälle",
    EffectCode.too_early: "noch zu früh",
    EffectCode.break_in_series: "Bruch in der Reihe",
    EffectCode.not_comparable: "nicht vergleichbar",
    EffectCode.not_measured: "nicht gemessen",
    EffectCode.hidden: "vertraulich",
}
"""Two to six words for a table."""

FOLLOWS: Mapping[EffectCode, str] = {
    EffectCode.worked: "das ist besser als im Vergleich und nicht allein durch {chance} zu erklären",
    EffectCode.partly_displaced: "nebenan sind es mehr, zusammen ist es trotzdem besser als im Vergleich und nicht "
    "allein durch {chance} zu erklären",
    EffectCode.displaced: "nebenan sind es mehr, das Problem hat sich dem Anschein nach verlagert, und zusammen ist "
    "kein Rückgang erkennbar",
    EffectCode.back_to_usual: "das ist Rückkehr zum Üblichen und spricht nicht für eine Wirkung",
    EffectCode.drifting_before: "beide entwickelten sich schon vor dem Beginn so auseinander, deshalb lässt sich das "
    "dem Projekt nicht zuschreiben",
    EffectCode.better_without_comparison: "das ist besser und nicht allein durch {chance} zu erklären, doch ohne "
    "Vergleich bleibt offen, ob es am Projekt liegt",
    EffectCode.worse: "das ist schlechter und nicht allein durch {chance} zu erklären",
    EffectCode.differs: "das ist nicht allein durch {chance} zu erklären; welche Richtung besser ist, wurde nicht "
    "angegeben",
    EffectCode.one_of_many: "unter allen Projekten zugleich betrachtet ist das kein klarer Befund",
    EffectCode.no_effect_seen: "der Unterschied lässt sich allein durch {chance} erklären",
}
"""What follows from what was compared; the other codes have nothing to compare and say why."""

REASON_ONLY = "kein Schluss; der Satz nennt den Grund"

MUST_HINT = frozenset(
    {
        EffectCode.worked,
        EffectCode.partly_displaced,
        EffectCode.displaced,
        EffectCode.back_to_usual,
        EffectCode.drifting_before,
        EffectCode.better_without_comparison,
        EffectCode.worse,
        EffectCode.differs,
    }
)
"""Verdicts that sound like a finding. Only a randomised design may leave out that it proves nothing."""


COUNTING = frozenset({Method.ratio, Method.ratio_of_ratios})
"""Methods that know the usual swing beside chance."""


def sentence(judged: Judgement) -> str:
    """``Gewalttaten: im Gebiet von 418 (2023) auf 292 (2024), …; das Problem hat sich … verlagert. Hinweis, kein …``"""
    said = [core(judged), smallest_told(judged), *judged.cautions]
    if judged.code in MUST_HINT and judged.design != Design.randomised:
        said.append(NO_PROOF)
    return " ".join(one for one in said if one)


def core(judged: Judgement) -> str:
    """What was compared and what follows, without what else there is to know."""
    follows = FOLLOWS.get(judged.code)
    chance = "Zufall und übliche Schwankung" if judged.method in COUNTING else "Zufall"
    what = f"{judged.measure}, {judged.unit}" if judged.unit else judged.measure
    return f"{what}: {judged.told}{f'; {follows.format(chance=chance)}' if follows else ''}."


def short(judged: Judgement) -> str:
    if judged.code == EffectCode.worked and judged.design == Design.randomised:
        return "wirksam nach Zufallsversuch"
    return SHORT[judged.code]


def step(before: float, after: float, before_when: str, after_when: str) -> str:
    """``von 95 (2023) auf 32 (2024)``, with the per cent where both counts are large enough."""
    told = f"von {number(before)} ({before_when}) auf {number(after)} ({after_when})"
    return f"{told}{per_cent(before, after)}"


def per_cent(before: float, after: float) -> str:
    """``, minus 30 %``; nothing where a count is too small for it, or where it would read as zero."""
    if min(before, after) < SMALLEST_COUNT_FOR_PER_CENT:
        return ""
    change = 100 * (after / before - 1)
    if abs(change) < SMALLEST_PER_CENT:
        return ""
    shown = number(abs(change), 0 if abs(change) >= 1 else 1)
    return f", {'plus' if change > 0 else 'minus'} {shown}{THIN_SPACE}%"


def table() -> str:
    """Markdown for docs/methods.md: every code, its short form, and what its sentence concludes."""
    chance = "Zufall und übliche Schwankung"
    follows = {code: FOLLOWS.get(code, REASON_ONLY).format(chance=chance) for code in EffectCode}
    rows = [f"| `{code}` | {SHORT[code]} | {follows[code]} |" for code in EffectCode]
    return "\n".join(["| Urteil | Kurzform | Schluss im Satz |", "|---|---|---|", *rows])

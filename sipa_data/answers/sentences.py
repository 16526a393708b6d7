"""Verdicts in plain German: what was compared with what, and what may be said about it."""

from dataclasses import dataclass

from sipa_data.answers.types import VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator
from sipa_data.german import THIN_SPACE, number, with_unit

SMALLEST_COUNT_FOR_PER_CENT = 50
"""Below this, a change is told in numbers („von 5 auf 8“): per cent of a few cases mislead."""


@dataclass(frozen=True)
class Change:
    """Two values of one indicator in one place, ready to be told. Values are in the indicator's unit."""

    before: float
    now: float
    before_when: str  # as printed: 2024, Befragung 2023
    now_when: str
    before_count: int | None = None  # cases behind the values, for counts and rates
    now_count: int | None = None
    detectable: float | None = None  # smallest difference that could have been seen, in points
    usual: str = "von Jahr zu Jahr"  # between which moments the usual swing is known


def value_text(indicator: Indicator, value: float) -> str:
    """``1.636 Fälle``, ``14,0 %``; without the unit where the short title has already said it."""
    if indicator.short_title.endswith(indicator.unit):
        return number(value, indicator.decimals)
    return with_unit(value, indicator.unit, indicator.decimals)


def subject(indicator: Indicator, area: str, area_name: str, district_word: str) -> str:
    """``Gewaltkriminalität`` for the city, ``Gewaltkriminalität, Stadtbezirk Mitte`` for a district."""
    return indicator.short_title if area == CITY else f"{indicator.short_title}, {district_word} {area_name}"


def step(indicator: Indicator, change: Change) -> str:
    """``von 1.488 (2024) auf 1.636 Fälle (2025), plus 10 %``"""
    before = number(change.before, indicator.decimals)
    text = f"von {before} ({change.before_when}) auf {value_text(indicator, change.now)} ({change.now_when})"
    return f"{text}{percentage(change)}"


def percentage(change: Change) -> str:
    """``, plus 10 %`` where both counts are large enough, else nothing."""
    counts = (change.before_count, change.now_count)
    if None in counts or min(count for count in counts if count is not None) < SMALLEST_COUNT_FOR_PER_CENT:
        return ""
    per_cent = 100 * (change.now / change.before - 1)
    shown = number(abs(per_cent), 0 if abs(per_cent) >= 1 else 1)
    return f", {'plus' if per_cent > 0 else 'minus'} {shown}{THIN_SPACE}%"


def change_sentence(code: VerdictCode, who: str, indicator: Indicator, change: Change) -> str:
    """The sentence for a comparison in time."""
    told = f"{who}: {step(indicator, change)}"
    match code:
        case VerdictCode.rose | VerdictCode.fell:
            beyond = f"mehr als {change.usual} üblich" if change.now_count is not None else "mehr als Zufall"
            return f"{told}; {beyond}."
        case VerdictCode.within_usual_swing:
            return f"{told}; mehr als reiner Zufall, aber so viel schwankt es {change.usual}."
        case _:
            return f"{told}; im Rahmen des Zufalls{_detectable(indicator, change)}."


def change_short(code: VerdictCode, indicator: Indicator, change: Change) -> str:
    """A few words for a tile."""
    before = number(change.before, indicator.decimals)
    match code:
        case VerdictCode.rose:
            return f"gestiegen von {before} ({change.before_when})"
        case VerdictCode.fell:
            return f"gesunken von {before} ({change.before_when})"
        case VerdictCode.within_usual_swing:
            return f"übliche Schwankung gegenüber {change.before_when} ({before})"
        case _:
            return f"wie {change.before_when} ({before}), im Rahmen des Zufalls"


def rest_sentence(code: VerdictCode, who: str, indicator: Indicator, here: float, rest: float) -> str:
    """The sentence for a district against the rest of the city."""
    told = f"{who}: {value_text(indicator, here)}, in der übrigen Stadt {value_text(indicator, rest)}"
    match code:
        case VerdictCode.above | VerdictCode.below:
            return f"{told}; der Unterschied ist größer als Zufall."
        case VerdictCode.within_usual_swing:
            return f"{told}; mehr als reiner Zufall, aber so viel schwankt es von Jahr zu Jahr."
        case _:
            return f"{told}; vom Rest der Stadt nicht zu unterscheiden."


def rest_short(code: VerdictCode, indicator: Indicator, rest: float) -> str:
    shown = number(rest, indicator.decimals)
    match code:
        case VerdictCode.above:
            return f"höher als die übrige Stadt ({shown})"
        case VerdictCode.below:
            return f"niedriger als die übrige Stadt ({shown})"
        case _:
            return f"wie die übrige Stadt ({shown})"


def break_sentence(who: str, before_when: str, now_when: str, title: str) -> str:
    return f"{who}: {now_when} ist mit {before_when} nicht vergleichbar ({title})."


def without_comparison(code: VerdictCode, who: str, reason: str) -> str:
    return f"{who}: {reason[0].lower() if code == VerdictCode.no_comparison else reason[0]}{reason[1:]}."


def _detectable(indicator: Indicator, change: Change) -> str:
    if change.detectable is None:
        return ""
    if indicator.unit in ("%", "Punkte"):
        return f" (erkennbar wären Unterschiede ab etwa {number(change.detectable, 1)} Punkten)"
    return f" (erkennbar wären Unterschiede ab etwa {number(change.detectable, max(indicator.decimals, 1))})"

"""Verdicts in plain German: what was compared with what, and what may be said about it."""

from dataclasses import dataclass
from math import ceil, floor

from sipa_data.answers.types import VerdictCode
from sipa_data.answers.yardsticks import REST, Yardstick
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator
from sipa_data.german import THIN_SPACE, number, with_unit

SMALLEST_COUNT_FOR_PER_CENT = 50
"""Below this, a change is told in numbers („von 5 auf 8“): per cent of a few cases mislead."""


@dataclass(frozen=True)
class Seen:
    """What a comparison would have seen with 80 % probability, in the indicator's unit.

    ``difference`` : of two estimates, whichever way. ``rise_to``, ``fall_to`` : the values that counts and rates would
    have had to reach; ``fall_to`` None: not even nothing at all would have stood out
    """

    difference: float | None = None
    rise_to: float | None = None
    fall_to: float | None = None


@dataclass(frozen=True)
class Change:
    """Two values of one indicator in one place, ready to be told. Values are in the indicator's unit."""

    before: float
    now: float
    before_when: str  # as printed: 2024, Befragung 2023
    now_when: str
    before_count: int | None = None  # cases behind the values, for counts and rates
    now_count: int | None = None
    seen: "Seen | None" = None  # what would have been seen
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
    if shown == number(0, 1):
        return ""
    return f", {'plus' if per_cent > 0 else 'minus'} {shown}{THIN_SPACE}%"


def change_sentence(code: VerdictCode, who: str, indicator: Indicator, change: Change) -> str:
    """The sentence for a comparison in time."""
    told = f"{who}: {step(indicator, change)}"
    match code:
        case VerdictCode.rose | VerdictCode.fell:
            beyond = f"mehr als {change.usual} üblich" if change.now_count is not None else "mehr als Zufall"
            return f"{told}; {beyond}."
        case VerdictCode.within_usual_swing:
            usual = f"mehr als reiner Zufall, aber so viel schwankt es {change.usual}"
            return f"{told}; {usual}{_seen(indicator, change.seen)}."
        case _:
            return f"{told}; im Rahmen des Zufalls{_seen(indicator, change.seen)}."


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
            return f"{change.before_when}: {before}; kann Zufall sein"


def rest_sentence(
    code: VerdictCode,
    who: str,
    indicator: Indicator,
    here: float,
    rest: float,
    seen: Seen | None = None,
    yardstick: Yardstick = REST,
) -> str:
    """The sentence for a district against the rest of the city, or against similar districts."""
    told = f"{who}: {value_text(indicator, here)}, {yardstick.there}{value_text(indicator, rest)}{yardstick.who}"
    match code:
        case VerdictCode.above | VerdictCode.below:
            return f"{told}; der Unterschied ist größer als Zufall."
        case VerdictCode.within_usual_swing:
            usual = "mehr als reiner Zufall, aber so viel schwankt es von Jahr zu Jahr"
            return f"{told}; {usual}{_seen(indicator, seen, apart=True)}."
        case _:
            return f"{told}; {yardstick.apart_from} nicht zu unterscheiden{_seen(indicator, seen, apart=True)}."


def rest_short(code: VerdictCode, indicator: Indicator, rest: float, yardstick: Yardstick = REST) -> str:
    shown = number(rest, indicator.decimals)
    match code:
        case VerdictCode.above:
            return f"höher als {yardstick.short} ({shown})"
        case VerdictCode.below:
            return f"niedriger als {yardstick.short} ({shown})"
        case _:
            return f"{yardstick.short}: {shown}; kein klarer Unterschied"


def break_sentence(who: str, before_when: str, now_when: str, title: str) -> str:
    return f"{who}: {now_when} ist mit {before_when} nicht vergleichbar ({title})."


def without_comparison(code: VerdictCode, who: str, reason: str) -> str:
    return f"{who}: {reason[0].lower() if code == VerdictCode.no_comparison else reason[0]}{reason[1:]}."


def told_sentence(who: str, indicator: Indicator, change: Change) -> str:
    """A full count without an interval: the change is told, not judged."""
    before = number(change.before, indicator.decimals)
    if number(change.now, indicator.decimals) == before:
        return f"{who}: gleich hoch wie {change.before_when} ({before})."
    direction = "höher" if change.now > change.before else "niedriger"
    return f"{who}: {direction} als {change.before_when} ({before}); als Vollzählung nicht auf Zufall geprüft."


def _seen(indicator: Indicator, seen: Seen | None, *, apart: bool = False) -> str:
    """What would have been seen, in brackets. A value is named instead of per cent: small counts mislead nobody then.

    ``apart`` : a district beside the rest, where nothing rises or falls
    """
    if seen is None:
        return ""
    if seen.difference is not None:
        points = indicator.unit in ("%", "Punkte")
        shown = number(seen.difference, 1 if points else max(indicator.decimals, 1))
        return f" (erkennbar wären Unterschiede ab etwa {shown}{' Punkten' if points else ''})"
    if seen.rise_to is None:
        return ""
    scale = 10**indicator.decimals
    rise = number(ceil(seen.rise_to * scale) / scale, indicator.decimals)
    fall = None if seen.fall_to is None else number(floor(seen.fall_to * scale) / scale, indicator.decimals)
    if apart:
        return f" (erkennbar wären ab etwa {rise}{f' oder bis etwa {fall}' if fall else ''})"
    return f" (erkennbar wäre ein Anstieg auf etwa {rise}{f' oder ein Rückgang auf etwa {fall}' if fall else ''})"

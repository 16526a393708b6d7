"""The effect of a project by the results it delivered: means with their spread, shares of a group, counts."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sipa_data.access.scope import Scope
from sipa_data.answers.compared_places import SIGNIFICANCE
from sipa_data.answers.delivered import PER_CENT, Cell, Delivered, Kind, Row, delivered_results
from sipa_data.answers.effect_sentences import SMALLEST_COUNT_FOR_PER_CENT, per_cent
from sipa_data.answers.effect_types import Design, EffectCode, Judgement, Method
from sipa_data.answers.partners import parts_of
from sipa_data.answers.swings import UNKNOWN_SWING
from sipa_data.german import THIN_SPACE, number
from sipa_data.statistics.change import overdispersed_change, shrunk_sigma
from sipa_data.statistics.combined import difference_of_estimates, interval_p
from sipa_data.statistics.effects import ratio_of_ratios
from sipa_data.statistics.group_effects import attrition, difference_in_change, hedges_g
from sipa_data.statistics.odds_ratios import odds_ratio
from sipa_data.statistics.proportions import newcombe_difference

FEWEST_PERSONS = {Kind.mean: 10, Kind.share: 30, Kind.number: 0, Kind.bare: 0}
"""Smaller groups say too little: shares as in surveys (methods 1.3), means by the house's rule."""
FEWEST_CASES = 10
MUCH_LOST = 0.2
"""From this share on, who is missing may well have changed the result (house rule)."""
CONFIDENTIAL = "vertraulich, weil zu wenige Personen oder ungeschützte Fallzahlen dahinterstehen"


class Tested(NamedTuple):
    """An estimate; ``no_effect`` is its value where nothing happened."""

    method: Method
    estimate: float
    lower: float
    upper: float
    p: float
    no_effect: float


def result_effects(scope: Scope, project: Row, rows: Sequence[Row]) -> list[Judgement]:
    """One judgement per outcome that a project delivered.

    Parameters
    ----------
    project : its row in the register
    rows : its delivered results
    """
    districts = parts_of(project["districts"])
    return [
        _judged(one) if one.may_be_told(scope, districts) else _without(EffectCode.hidden, one, CONFIDENTIAL)
        for one in delivered_results(rows)
    ]


def _judged(delivered: Delivered) -> Judgement:
    cells = delivered.used
    if not cells:
        return _without(EffectCode.not_comparable, delivered, "es gibt nur einen einzelnen Wert")
    told = _told(delivered)
    if delivered.kind == Kind.bare:
        reason = f"{told}; ohne Streuung und Zahl der Personen lässt sich Zufall nicht ausschließen"
        return _without(EffectCode.not_comparable, delivered, reason)
    few = any(cell.n is not None and cell.n < FEWEST_PERSONS[delivered.kind] for cell in cells)
    rare = delivered.kind == Kind.number and sum(cell.value for cell in cells) < FEWEST_CASES
    if few or rare:
        return _without(EffectCode.too_few, delivered, f"{told}; das sind zu wenige, um etwas zu erkennen")
    tested = _tested(delivered)
    if tested is None:
        reason = f"{told}; alle Werte einer Gruppe sind gleich, deshalb gibt es keinen Maßstab"
        return _without(EffectCode.not_comparable, delivered, reason)
    return Judgement(
        code=_code(delivered, tested),
        design=delivered.design,
        told=f"{told}{_strength(delivered, tested)}",
        measure=delivered.measure,
        unit=_unit(delivered),
        cautions=_cautions(delivered),
        method=tested.method,
        estimate=tested.estimate,
        lower=tested.lower,
        upper=tested.upper,
        p=tested.p,
    )


def _without(code: EffectCode, delivered: Delivered, reason: str) -> Judgement:
    """No verdict, and why. Where the results are confidential, nothing but that."""
    if code == EffectCode.hidden:
        return Judgement(code, delivered.design, reason, delivered.measure)
    return Judgement(code, delivered.design, reason, delivered.measure, _unit(delivered), _cautions(delivered))


def _code(delivered: Delivered, tested: Tested) -> EffectCode:
    if tested.p >= SIGNIFICANCE:
        return EffectCode.no_effect_seen
    if delivered.direction is None:
        return EffectCode.differs
    if (tested.estimate > tested.no_effect) != (delivered.direction == "higher_is_better"):
        return EffectCode.worse
    compared = delivered.design != Design.before_after
    return EffectCode.worked if compared else EffectCode.better_without_comparison


def _tested(delivered: Delivered) -> Tested | None:
    """The estimate that suits the kind of number and the design; None where nothing varies."""
    match delivered.kind:
        case Kind.mean:
            return _means(delivered)
        case Kind.share:
            return _shares(delivered)
        case _:
            return _counts(delivered)


def _means(delivered: Delivered) -> Tested | None:
    cells = delivered.used
    measured_by = cells[::2] if delivered.design == Design.with_comparison else cells
    if not any(cell.spread for cell in measured_by):
        return None
    if delivered.design == Design.with_comparison:
        means, spreads, sizes = np.array([_numbers(cell) for cell in cells]).T
        found = difference_in_change(means, spreads, sizes)
    else:
        first, second = cells if delivered.design != Design.before_after else reversed(cells)
        found = hedges_g(*_numbers(first), *_numbers(second))
    return Tested(
        Method.hedges_g, float(found.g), float(found.lower), float(found.upper), float(found.p), no_effect=0.0
    )


def _shares(delivered: Delivered) -> Tested | None:
    """In points where there is a before; as an odds ratio where only two groups are compared afterwards."""
    cells = delivered.used
    if delivered.design in (Design.randomised, Design.comparison_afterwards):
        treated, compared = cells
        odds = odds_ratio(treated.events, treated.n or 0, compared.events, compared.n or 0)
        return Tested(
            Method.odds_ratio, float(odds.ratio), float(odds.lower), float(odds.upper), float(odds.p), no_effect=1.0
        )
    changes = [_change_of_share(*pair) for pair in zip(cells[::2], cells[1::2], strict=True)]
    found = changes[0] if len(changes) == 1 else difference_of_estimates(*changes[0], *changes[1])
    difference, lower, upper = (100 * float(one) for one in found)
    p = float(interval_p(difference, lower, upper))
    return Tested(Method.difference_of_shares, difference, lower, upper, p, no_effect=0.0)


def _change_of_share(before: Cell, after: Cell) -> tuple[float, float, float]:
    found = newcombe_difference(after.value / 100, after.n or 0, before.value / 100, before.n or 0)
    difference, lower, upper = (float(one) for one in found)
    return difference, lower, upper


def _counts(delivered: Delivered) -> Tested:
    """No history of such counts is known, so the usual swing is the one assumed for unknown offences."""
    swing = shrunk_sigma(UNKNOWN_SWING, [])
    counts = [round(cell.value) for cell in delivered.used]
    if delivered.design == Design.with_comparison:
        found = ratio_of_ratios(counts[0], counts[1], counts[2], counts[3], swing.sigma, swing.degrees_of_freedom)
        return Tested(
            Method.ratio_of_ratios, float(found.ratio), float(found.lower), float(found.upper), float(found.p), 1.0
        )
    first, second = counts if delivered.design == Design.before_after else reversed(counts)
    change = overdispersed_change(first, second, swing.sigma, swing.degrees_of_freedom)
    ratio = float(np.exp(change.log_ratio))
    return Tested(Method.ratio, ratio, float(change.lower), float(change.upper), float(change.p), no_effect=1.0)


def _numbers(cell: Cell) -> tuple[float, float, int]:
    return cell.value, cell.spread or 0.0, cell.n or 0


def _told(delivered: Delivered) -> str:
    """``mit Projekt von 24,6 auf 14,9, im Vergleich von 23,9 auf 20,7``"""
    cells = delivered.used
    told = _shown(delivered, cells)
    match delivered.design:
        case Design.with_comparison:
            ours, theirs = _step(delivered, cells[:2], told[:2]), _step(delivered, cells[2:], told[2:])
            return f"mit Projekt {ours}, im Vergleich {theirs}"
        case Design.before_after:
            return _step(delivered, cells, told)
        case _:
            return f"mit Projekt {told[0]}, im Vergleich {told[1]}"


def _step(delivered: Delivered, cells: Sequence[Cell], told: Sequence[str]) -> str:
    """``von 41 % auf 78 %``; of a few persons ``vorher 24 von 40, nachher 12 von 40``"""
    if delivered.kind == Kind.share and not told[0].endswith("%"):
        return f"vorher {told[0]}, nachher {told[1]}"
    change = per_cent(cells[0].value, cells[1].value) if delivered.kind == Kind.number else ""
    return f"von {told[0]} auf {told[1]}{change}"


def _unit(delivered: Delivered) -> str:
    return "" if delivered.unit == PER_CENT or delivered.kind == Kind.share else delivered.unit


def _shown(delivered: Delivered, cells: Sequence[Cell]) -> list[str]:
    """The numbers as text. Shares of small groups are told in persons: per cent of a few persons mislead."""
    if delivered.kind == Kind.share:
        if any((cell.n or 0) < SMALLEST_COUNT_FOR_PER_CENT for cell in cells):
            return [f"{number(cell.events)} von {number(cell.n or 0)}" for cell in cells]
        return [f"{_number(cell.value, cells)}{THIN_SPACE}%" for cell in cells]
    return [_number(cell.value, cells) for cell in cells]


def _number(value: float, cells: Sequence[Cell]) -> str:
    return number(value, 0 if all(cell.value == round(cell.value) for cell in cells) else 1)


def _strength(delivered: Delivered, tested: Tested) -> str:
    """How large the difference is, with its interval."""
    match tested.method:
        case Method.hedges_g:
            return f" ({_signed(tested.estimate, 2)} Standardabweichungen, {_interval(tested, 2)})"
        case Method.odds_ratio:
            return f" (Chancenverhältnis {number(tested.estimate, 2)}, {_interval(tested, 2, signed=False)})"
        case Method.difference_of_shares:
            if any((cell.n or 0) < SMALLEST_COUNT_FOR_PER_CENT for cell in delivered.used):
                return ""
            what = "Unterschied der Veränderungen " if delivered.design == Design.with_comparison else ""
            return f" ({what}{_signed(tested.estimate)} Prozentpunkte, {_interval(tested, 0)})"
        case _:
            return ""


def _interval(tested: Tested, decimals: int, *, signed: bool = True) -> str:
    lower, upper = (_signed(one, decimals) if signed else number(one, decimals) for one in (tested.lower, tested.upper))
    return f"95-%-Bereich {lower} bis {upper}"


def _signed(value: float, decimals: int = 0) -> str:
    shown = number(value, decimals)
    return f"+{shown}" if value > 0 and shown != number(0, decimals) else shown


def _cautions(delivered: Delivered) -> tuple[str, ...]:
    said = []
    if delivered.later:
        said.append("Gemessen wurde erst einige Zeit nach dem Ende.")
    if delivered.design == Design.comparison_afterwards:
        said.append("Ob die Gruppen vorher gleich waren, ist nicht bekannt.")
    if delivered.promised in (Design.randomised, Design.with_comparison) and delivered.design in (
        Design.before_after,
        Design.none,
    ):
        said.append("Angekündigt war ein Vergleich, geliefert wurde keiner.")
    if delivered.kind in (Kind.mean, Kind.share):
        said += _lost(delivered)
    return tuple(said)


def _lost(delivered: Delivered) -> list[str]:
    """How many are no longer there; nothing where a group grew, for then these are not the same people."""
    groups = [
        (delivered.of(group, "before").n or 0, delivered.of(group, "after").n or 0)
        for group in ("treated", "comparison")
        if delivered.has((group, "before"), (group, "after"))
    ]
    if (
        not groups
        or any(after > before for before, after in groups)
        or all(after == before for before, after in groups)
    ):
        return []
    told = [_missing(*group) for group in groups]
    said = [f"Nachher fehlen {told[0]}{f', im Vergleich {told[1]}' if len(told) > 1 else ''}."]
    if len(groups) > 1:
        found = attrition(*groups[0], *groups[1])
        if not float(found.lower) <= 0 <= float(found.upper):
            said.append(
                "Die Gruppen haben verschieden viele verloren; verglichen wird nicht mehr Gleiches mit Gleichem."
            )
    if any((before - after) / before > MUCH_LOST for before, after in groups):
        said.append("Wer fehlt, könnte das Ergebnis verändert haben.")
    return said


def _missing(before: int, after: int) -> str:
    share = f" ({number(100 * (before - after) / before)}{THIN_SPACE}%)"
    return f"{number(before - after)} von {number(before)}{share if before >= SMALLEST_COUNT_FOR_PER_CENT else ''}"

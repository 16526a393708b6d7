"""Where no effect was seen: the smallest one that would have been. No effect seen is not the same as no effect."""

import math

from sipa_data.answers.effect_types import EffectCode, Judgement, Method
from sipa_data.german import THIN_SPACE, number
from sipa_data.statistics.combined import detectable_from_intervals

OF_RATIOS = frozenset({Method.ratio, Method.ratio_of_ratios, Method.odds_ratio})
"""Methods whose estimate is 1 where nothing happened; their intervals are even on the scale of logarithms."""
MANY_TIMES = 5.0
"""From here on per cent say less than how many times as many."""
NEVER_SEEN = 0.95
"""A fall by more than this is nearly all there was; then only a rise is told."""


def smallest_seen(judged: Judgement) -> tuple[float, float] | None:
    """The effects below and above none that would have been found with 80 % probability, in the unit of the estimate.

    From the width of the interval: (z₀.₉₇₅ + z₀.₈) standard errors. None where an effect was seen or nothing tested.
    """
    if judged.code != EffectCode.no_effect_seen or judged.lower is None or judged.upper is None:
        return None
    bounds = judged.lower, judged.upper
    if judged.method not in OF_RATIOS:
        reach = float(detectable_from_intervals(*bounds, 0.0, 0.0))
        return -reach, reach
    if bounds[0] <= 0:
        return None
    reach = float(detectable_from_intervals(math.log(bounds[0]), math.log(bounds[1]), 0.0, 0.0))
    return math.exp(-reach), math.exp(reach)


def smallest_told(judged: Judgement) -> str:
    """``Zu 80 % gefunden worden wäre erst ein Unterschied von 12 Prozentpunkten.``; empty where there is none."""
    found = smallest_seen(judged)
    return "" if found is None else f"Zu 80{THIN_SPACE}% gefunden worden wäre erst {_size(judged, *found)}."


def _size(judged: Judgement, below: float, above: float) -> str:
    match judged.method:
        case Method.difference_of_shares:
            return f"ein Unterschied von {number(math.ceil(above))} Prozentpunkten"
        case Method.hedges_g:
            return f"ein Unterschied von {number(math.ceil(100 * above) / 100, 2)} Standardabweichungen"
        case Method.odds_ratio:
            return f"ein Chancenverhältnis unter {number(below, 2)} oder über {number(above, 2)}"
        case _:
            fall, rise = 1 - below, above - 1
            told = f"ein Anstieg um {_per_cent(rise)}" if above < MANY_TIMES else _times(above)
            return told if fall > NEVER_SEEN else f"ein Rückgang um {_per_cent(fall)} oder {told}"


def _times(ratio: float) -> str:
    return f"ein Anstieg auf das {number(math.ceil(ratio))}-Fache"


def _per_cent(share: float) -> str:
    return f"{number(math.ceil(100 * share))}{THIN_SPACE}%"

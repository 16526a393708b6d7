"""How often the intervals of post-stratified city values hold the truth, and how often good weights would be bent.

Samples as cities draw them: each district is asked as if it had the 0.6th power of its size, and the weights do not
bring that back. Districts differ in what they answer, and within a district weights differ by chance.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from sipa_data.german import number
from sipa_data.statistics import share_from_sums
from sipa_data.statistics.poststratification import (
    Answered,
    Asked,
    misplaced_weight,
    post_strata,
    poststratified_shares,
)
from sipa_data.statistics.proportions import ShareEstimates
from soak.report import Line
from soak.simulated import DISTRICT_SHARES

Array = NDArray[np.float64]

SHARES, SIZES, SPREADS = (0.05, 0.14, 0.25, 0.5), (400, 1_000, 4_000), (0.0, 0.5)
EVEN_SIZES = (200, 400, 1_000, 4_000, 10_000)
APART = 0.4
"""Standard deviation of the districts' log odds: at 14 per cent, two thirds of the districts lie between 10 and 20."""
SMALL_DISTRICTS_TOO = 0.6
LIGHT_AND_HEAVY = np.array([-1.0, 1.0])
HELD = 0.94


class Held(NamedTuple):
    """Share of the samples whose interval holds the truth, for one point of the grid."""

    share: float
    answered: int
    spread: float
    as_delivered: float
    city: float
    rest: float


def run(samples: int = 2_000, seed: int = 20_261) -> list[Line]:
    """``samples`` : simulated samples per point of the grid."""
    chance = np.random.default_rng(seed)
    grid = [_held(chance, *point, samples) for point in product(SHARES, SIZES, SPREADS)]
    return [
        _line("Stadtwert mit den gelieferten, falschen Gewichten", grid, "as_delivered", aim=False),
        _line("Stadtwert, nach Einwohnern gerechnet", grid, "city", aim=True),
        _line("Stadt ohne den größten Bezirk, nach Einwohnern gerechnet", grid, "rest", aim=True),
        _bent(chance, samples),
    ]


def _held(chance: np.random.Generator, share: float, answered: int, spread: float, samples: int) -> Held:
    wished = DISTRICT_SHARES**SMALL_DISTRICTS_TOO
    asked_in = np.maximum(np.rint(answered * wished / wished.sum()), 1).astype(np.int64)
    weights = 1 + spread * LIGHT_AND_HEAVY
    stratum = post_strata(asked_in, np.zeros(asked_in.size))
    kept = np.ones((2, asked_in.size), dtype=bool)
    kept[1, DISTRICT_SHARES.argmax()] = False
    found = np.zeros(3)
    for _ in range(samples):
        true = expit(logit(share) + APART * chance.standard_normal(asked_in.size))
        heavy = chance.binomial(asked_in, 0.5)
        size = np.stack([asked_in - heavy, heavy])
        counted = chance.binomial(size, true)
        sums = weights @ size, weights**2 @ size, weights @ counted
        asked = Asked(sums[0], sums[1], DISTRICT_SHARES, stratum)
        estimates = poststratified_shares(asked, Answered(*sums, sums[2], asked_in.astype(float)), kept)
        raw = share_from_sums(*([one.sum()] for one in (*sums, asked_in)))
        city, rest = ((true * DISTRICT_SHARES)[part].sum() / DISTRICT_SHARES[part].sum() for part in kept)
        found += [*_holds(raw, [city]), *_holds(estimates, [city, rest])]
    return Held(share, answered, spread, *(found / samples))


def _holds(estimates: ShareEstimates, truth: list[float]) -> list[bool]:
    lower, upper = estimates.interval()
    return list((lower <= truth) & (truth <= upper))


def _line(what: str, grid: list[Held], column: str, *, aim: bool) -> Line:
    held = [getattr(point, column) for point in grid]
    worst = grid[int(np.argmin(held))]
    average = float(np.mean(held))
    spread = number(worst.spread, 1)
    where = f"{number(100 * worst.share)} % von {number(worst.answered)} Antworten, Streuung der Gewichte {spread}"
    measured = f"im Mittel {number(100 * average, 1)} %, am schlechtesten {number(100 * min(held), 1)} % ({where})"
    return Line(what, measured, "im Mittel mindestens 94 %" if aim else "", average >= HELD if aim else None)


def _bent(chance: np.random.Generator, samples: int) -> Line:
    """Even samples, which miss the districts by chance alone: none of them should be post-stratified."""
    times = 0
    for answered in EVEN_SIZES:
        for asked_in in chance.multinomial(answered, DISTRICT_SHARES, samples).astype(float):
            times += misplaced_weight(asked_in, asked_in, DISTRICT_SHARES).needs_poststratification
    share = times / (samples * len(EVEN_SIZES))
    what = "Gleichmäßige Stichproben, deren Gewichte ohne Not ersetzt würden"
    return Line(what, f"{number(100 * share, 2)} %", "höchstens 0,1 %", share <= 0.001)

"""Effects where there are none: how often an interval holds the truth, and how often a verdict would be wrong.

Cities as in the other simulations: each place swings by its own σ, which is known only as a prior (scaled inverse χ²
with six degrees of freedom), and counting noise comes on top.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sipa_data.german import number
from sipa_data.statistics.before_the_start import against_usual, pre_trend
from sipa_data.statistics.change import overdispersed_change
from sipa_data.statistics.effects import RatioOfRatios, ratio_of_ratios, weighted_displacement
from sipa_data.statistics.group_effects import difference_in_change, hedges_g
from sipa_data.statistics.odds_ratios import odds_ratio, pool_odds_ratios
from soak.report import Line

Array = NDArray[np.float64]

SIZES = (30, 100, 400, 1_500)
PRIORS = (0.05, 0.1, 0.2)
KNOWN = 6.0
"""Degrees of freedom of the prior."""
YEARS = 6
LEVEL = 0.05
COVERED, NEARLY = 0.95, 0.94


def run(samples: int = 20_000, seed: int = 20_267) -> list[Line]:
    """All of it. ``samples`` : simulated projects per point of a grid; a tenth where each needs a fit of its own."""
    chance = np.random.default_rng(seed)
    return [
        *_ratios(chance, samples), _displacement(chance, samples), _pre_trends(chance, samples // 10),
        _peaks(chance, samples // 10), *_groups(chance, samples), *_odds(chance, samples),
    ]  # fmt: skip


def swings(chance: np.random.Generator, prior: float, samples: int) -> Array:
    """True σ of so many offences, of which only the prior is known."""
    return prior * np.sqrt(KNOWN / chance.chisquare(KNOWN, samples))


def counted(chance: np.random.Generator, size: float, sigma: Array, years: int = 2) -> Array:
    """Cases of consecutive years, shape (samples, years): a walk with steps of σ, counted with noise."""
    steps = chance.normal(size=(sigma.size, years)) * sigma[:, None]
    steps[:, 0] = 0
    return chance.poisson(size * np.exp(np.cumsum(steps, axis=1))).astype(float)


def _ratios(chance: np.random.Generator, samples: int) -> Iterator[Line]:
    wrong, by_noise, moved = [], [], []
    for prior in PRIORS:
        for size in SIZES:
            sigma = swings(chance, prior, samples)
            here, there, beside = (counted(chance, factor * size, sigma) for factor in (1, 2, 3))
            found = _against(here, there, prior)
            wrong.append(float((found.p < LEVEL).mean()))
            by_noise.append(float((np.abs(weighted_displacement(here, there).z) > 1.6448536).mean()))
            next_door = _against(beside, there, prior)
            alone = overdispersed_change(beside[:, 0], beside[:, 1], prior, KNOWN)
            rose = (next_door.p < LEVEL) & (next_door.ratio > 1) & (alone.p < LEVEL) & (alone.log_ratio > 0)
            moved.append(float(((found.ratio < 1) & rose).mean()))
    yield _flags("Wirkung (7.2), nichts geschehen: Befunde", wrong)
    yield _flags("Verlagerung (7.3), nichts geschehen: „verlagert“", moved)
    yield Line(
        "zum Vergleich: was der Zählzufall allein (7.3) für einen Befund hielte", f"{_per_cent(np.mean(by_noise))} %"
    )


def _against(here: Array, there: Array, prior: float) -> RatioOfRatios:
    return ratio_of_ratios(here[:, 0], here[:, 1], there[:, 0], there[:, 1], prior, KNOWN)


def _displacement(chance: np.random.Generator, samples: int) -> Line:
    """Without any swing, which is all that this interval knows."""
    held = []
    for size in SIZES:
        here, there = (counted(chance, size, np.zeros(samples)) for _ in range(2))
        found = weighted_displacement(here, there)
        held.append(float(((found.lower <= 0) & (found.upper >= 0)).mean()))
    return _coverage("90-%-Intervall der Verlagerung, reiner Zählzufall", held, 0.9)


def _pre_trends(chance: np.random.Generator, samples: int) -> Line:
    wrong = []
    for prior in PRIORS:
        for size in SIZES:
            sigma = swings(chance, prior, samples)
            here, there = (counted(chance, size, sigma, YEARS) for _ in range(2))
            told = [pre_trend(a, b, prior, KNOWN).trend for a, b in zip(here, there, strict=True)]
            wrong.append(float(np.mean([trend is not None and float(trend.p) < LEVEL for trend in told])))
    return _flags("Vortrend (7.4), keiner vorhanden: „auseinander“", wrong)


def _peaks(chance: np.random.Generator, samples: int) -> Line:
    """Places that swing around a steady level: here a peak is nothing but chance."""
    wrong = []
    for prior in PRIORS:
        for size in SIZES:
            level = swings(chance, prior, samples)[:, None] / np.sqrt(2)  # so that a change from year to year has σ
            here, rest = (
                chance.poisson(factor * size * np.exp(chance.normal(size=(samples, YEARS)) * level)).astype(float)
                for factor in (1, 20)
            )
            told = [
                against_usual(ours[-1], ours[:-1], theirs[-1], theirs[:-1], prior, KNOWN)
                for ours, theirs in zip(here, rest, strict=True)
            ]
            high = [one is not None and float(one[1].ratio) > 1 and float(one[1].p) / 2 < LEVEL for one in told]
            wrong.append(float(np.mean(high)))
    return _flags("Spitze vor dem Beginn (7.4), nur Zufall: Warnungen", wrong)


def _groups(chance: np.random.Generator, samples: int) -> Iterator[Line]:
    held, changed = [], []
    for size in (10, 30, 100):
        for true in (0.0, 0.3, 0.8):
            first, second = chance.normal(true, size=(samples, size)), chance.normal(size=(samples, size))
            found = hedges_g(*_described(first), *_described(second))
            held.append(float(((found.lower <= true) & (true <= found.upper)).mean()))
            means, spreads, sizes = (
                np.stack(column, axis=-1)
                for column in zip(
                    *(_described(chance.normal(mean, size=(samples, size))) for mean in (0, true, 0, 0)), strict=True
                )
            )
            both = difference_in_change(means, spreads, sizes)
            changed.append(float(((both.lower <= true) & (true <= both.upper)).mean()))
    yield _coverage("Hedges’ g, zwei Gruppen", held, COVERED)
    yield _coverage("Hedges’ g, Unterschied der Veränderungen, vier Gruppen", changed, COVERED)


def _described(values: Array) -> tuple[Array, Array, Array]:
    """Mean, spread and size of each sample."""
    return values.mean(axis=1), values.std(axis=1, ddof=1), np.full(len(values), float(values.shape[1]))


def _odds(chance: np.random.Generator, samples: int) -> Iterator[Line]:
    held, pooled = [], []
    for size in (30, 100, 400):
        for share in (0.1, 0.3, 0.5):
            for ratio in (0.5, 1.0):
                odds = ratio * share / (1 - share)
                cells = chance.binomial(size, odds / (1 + odds), samples), size, chance.binomial(size, share, samples)
                found = odds_ratio(*cells, size)
                held.append(float(((found.lower <= ratio) & (ratio <= found.upper)).mean()))
                tables = chance.binomial(size, [odds / (1 + odds), share], (max(samples // 20, 1), 7, 2))
                told = [pool_odds_ratios(one[:, 0], [size] * 7, one[:, 1], [size] * 7) for one in tables]
                pooled.append(float(np.mean([one.lower <= ratio <= one.upper for one in told])))
    yield _coverage("Chancenverhältnis (Woolf)", held, NEARLY)
    yield _coverage("Chancenverhältnis, sieben Studien (Mantel und Haenszel)", pooled, NEARLY)


def _coverage(what: str, held: list[float], wanted: float) -> Line:
    """On average; half a point is the error of the simulation."""
    told = f"{_per_cent(np.mean(held))} %, mindestens {_per_cent(min(held))} %"
    return Line(what, told, f"mindestens {_per_cent(wanted)} % im Mittel", bool(np.mean(held) >= wanted - 0.005))


def _flags(what: str, wrong: list[float]) -> Line:
    told = f"{_per_cent(np.mean(wrong))} %, höchstens {_per_cent(max(wrong))} %"
    return Line(what, told, f"höchstens {_per_cent(LEVEL)} % im Mittel", bool(np.mean(wrong) <= LEVEL + 0.005))


def _per_cent(share: float | np.floating) -> str:
    return number(100 * float(share), 1)

"""How often each interval holds the truth: computed exactly where the outcomes can be listed, else by simulation.

Aims: exact methods at least 95 % everywhere; Wilson at least 94 % on average, with its worst case named.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, poisson

from sipa_data.german import number
from sipa_data.statistics import (
    count_interval,
    directly_standardised_rate,
    e_test,
    newcombe_difference,
    share_from_sums,
)
from sipa_data.statistics.means import mean_from_sums
from soak.report import Line

Array = NDArray[np.float64]

SHARES = (0.02, 0.05, 0.1, 0.14, 0.25, 0.4, 0.5)
SIZES = (60, 150, 430, 1_000)
SPREADS = (0.0, 0.5, 1.0)
"""Coefficient of variation of the weights; 0.5 is usual (design effect 1.25), 1 is rough (design effect 2)."""
GRADES = np.arange(1.0, 7.0)
NORMS = np.array([0.16, 0.12, 0.13, 0.26, 0.33])
"""Standard population of five age groups."""
COVERED = 0.95


def run(samples: int = 20_000, seed: int = 20_260) -> list[Line]:
    """All intervals. ``samples`` : simulated samples per point of a grid."""
    chance = np.random.default_rng(seed)
    return [
        *_counts(), *_e_test(), _wilson_exactly(), *_wilson_weighted(chance, samples),
        _newcombe(chance, samples), *_means(chance, samples), *_standardised(chance, samples),
    ]  # fmt: skip


def coverage_of_counts(means: Array, most: int) -> Array:
    """Probability that the interval of a Poisson count holds its mean, summed over all counts up to ``most``."""
    counts = np.arange(most + 1)
    lower, upper = count_interval(counts)
    holds = (lower <= means[:, None]) & (means[:, None] <= upper)
    return np.asarray((poisson.pmf(counts, means[:, None]) * holds).sum(axis=1))


def coverage_of_wilson(share: Array, n: int) -> Array:
    """The same for a share of n equally weighted answers, by the binomial distribution."""
    counts = np.arange(n + 1)
    estimate = share_from_sums(
        np.full(n + 1, float(n)), np.full(n + 1, float(n)), counts.astype(float), np.full(n + 1, n)
    )
    lower, upper = estimate.interval()
    holds = (lower <= share[:, None]) & (share[:, None] <= upper)
    return np.asarray((binom.pmf(counts, n, share[:, None]) * holds).sum(axis=1))


def weights(chance: np.random.Generator, shape: tuple[int, int], spread: float) -> Array:
    """Lognormal weights with mean 1 and a coefficient of variation."""
    sigma = np.sqrt(np.log1p(spread**2))
    return chance.lognormal(-(sigma**2) / 2, sigma, shape)


def weighted_sample(
    chance: np.random.Generator, share: float, n: int, spread: float, samples: int
) -> tuple[Array, ...]:
    """Sums of simulated samples: weights, their squares, those of counted answers, answers."""
    weight = weights(chance, (samples, n), spread)
    counted = chance.random((samples, n)) < share
    return weight.sum(axis=1), (weight**2).sum(axis=1), (weight * counted).sum(axis=1), np.full(samples, n)


def _in_batches(samples: int, n: int, cover: Callable[[int], Array]) -> float:
    """Share of samples that cover, in batches that fit into memory."""
    most = max(4_000_000 // n, 1)
    sizes = [most] * (samples // most) + ([samples % most] if samples % most else [])
    return float(np.mean(np.concatenate([cover(size) for size in sizes])))


def _per_cent(share: float) -> str:
    return f"{number(100 * share, 1)} %"


def _counts() -> list[Line]:
    small, large = np.geomspace(0.05, 9, 2_000), np.geomspace(9, 2_000, 2_000)
    exact = coverage_of_counts(small, 120)
    byar = coverage_of_counts(large, 2_600)
    worst = large[byar.argmin()]
    return [
        Line(
            "Fallzahlen unter 9 im Mittel (exakt), kleinste Abdeckung", _per_cent(float(exact.min())), "≥ 95 %",
            bool(exact.min() >= COVERED),
        ),
        Line(
            "Fallzahlen ab 9 im Mittel (Byar), mittlere und kleinste Abdeckung",
            f"{_per_cent(float(byar.mean()))}; {_per_cent(float(byar.min()))} bei {number(worst, 1)} erwarteten Fällen",
            "≥ 95 % im Mittel", bool(byar.mean() >= COVERED),
        ),
    ]  # fmt: skip


def rejection_of_e_test(mean: float, exposure: float = 1.0) -> float:
    """Probability that two counts with the same rate get an E-test below 5 %."""
    most = int(mean * max(exposure, 1) + 8 * np.sqrt(mean * max(exposure, 1)) + 12)
    first, second = (axis.ravel() for axis in np.meshgrid(np.arange(most), np.arange(most)))
    p = e_test(first, second, 1.0, exposure)
    chance = poisson.pmf(first, mean) * poisson.pmf(second, mean * exposure)
    return float(chance[p < 0.05].sum())


def _e_test() -> list[Line]:
    means = (0.5, 1, 2, 3, 5, 8, 12, 20, 35, 60)
    found = [rejection_of_e_test(mean) for mean in means]
    at = int(np.argmax(found))
    return [
        Line(
            "E-Test, größter Anteil Fehlalarme zu 5 %",
            f"{_per_cent(found[at])} bei {number(means[at], 1 if means[at] < 1 else 0)} erwarteten Fällen", "≤ 5,5 %",
            found[at] <= 0.055,
        )
    ]  # fmt: skip


def _wilson_exactly() -> Line:
    share = np.linspace(0.01, 0.99, 197)
    found = {n: coverage_of_wilson(share, n) for n in (30, 60, 150, 300, 430, 1_000, 5_000)}
    mean = float(np.mean(list(found.values())))
    n, worst = min(((n, float(one.min())) for n, one in found.items()), key=lambda pair: pair[1])
    where = share[found[n].argmin()]
    return Line(
        "Wilson, gleiche Gewichte, 1 bis 99 %, 30 bis 5.000 Antworten",
        f"{_per_cent(mean)} im Mittel; schlechtester {_per_cent(worst)}: {_per_cent(where)}, {number(n)} Antworten",
        "≥ 94 % im Mittel", mean >= 0.94,
    )  # fmt: skip


def wilson_coverage(chance: np.random.Generator, share: float, n: int, spread: float, samples: int) -> float:
    """Coverage of a weighted share with the effective number of answers."""

    def cover(size: int) -> Array:
        lower, upper = share_from_sums(*weighted_sample(chance, share, n, spread, size)).interval()
        return (lower <= share) & (share <= upper)

    return _in_batches(samples, n, cover)


def _wilson_weighted(chance: np.random.Generator, samples: int) -> list[Line]:
    lines = []
    for spread in SPREADS[1:]:
        grid = {(p, n): wilson_coverage(chance, p, n, spread, samples) for p in SHARES for n in SIZES}
        mean = float(np.mean(list(grid.values())))
        (p, n), worst = min(grid.items(), key=lambda pair: pair[1])
        lines.append(
            Line(
                f"Wilson auf n_eff, Variationskoeffizient der Gewichte {number(spread, 1)}, 2 bis 50 %, 60 bis 1.000",
                f"{_per_cent(mean)} im Mittel; schlechtester {_per_cent(worst)}: {_per_cent(p)}, {number(n)} Antworten",
                "≥ 94 % im Mittel", mean >= 0.94,
            )
        )  # fmt: skip
    return lines


def _newcombe(chance: np.random.Generator, samples: int) -> Line:
    grid = {}
    for first in (0.05, 0.14, 0.4):
        for apart in (0.0, 0.03, 0.1):
            for n1, n2 in ((60, 1_000), (150, 150), (430, 430), (430, 4_000)):
                grid[first, apart, n1, n2] = newcombe_coverage(chance, (first, first + apart), (n1, n2), 0.5, samples)
    mean = float(np.mean(list(grid.values())))
    (p, apart, n1, n2), worst = min(grid.items(), key=lambda pair: pair[1])
    return Line(
        "Newcombe, Unterschied zweier gewichteter Anteile (Variationskoeffizient 0,5)",
        f"{_per_cent(mean)} im Mittel; am schlechtesten {_per_cent(worst)} bei {_per_cent(p)} gegen "
        f"{_per_cent(p + apart)}, {number(n1)} und {number(n2)} Antworten",
        "≥ 94 % im Mittel", mean >= 0.94,
    )  # fmt: skip


def newcombe_coverage(
    chance: np.random.Generator, shares: tuple[float, float], sizes: tuple[int, int], spread: float, samples: int
) -> float:
    """Coverage of the difference of two weighted shares."""

    def cover(size: int) -> Array:
        one, two = (
            share_from_sums(*weighted_sample(chance, share, n, spread, size))
            for share, n in zip(shares, sizes, strict=True)
        )
        _, lower, upper = newcombe_difference(one.share, one.n_effective, two.share, two.n_effective)
        return (lower <= shares[0] - shares[1]) & (shares[0] - shares[1] <= upper)

    return _in_batches(samples, max(sizes), cover)


def mean_coverage(chance: np.random.Generator, of_grades: Array, n: int, spread: float, samples: int) -> float:
    """Coverage of a weighted mean of school grades."""
    truth = float(of_grades @ GRADES)

    def cover(size: int) -> Array:
        weight = weights(chance, (size, n), spread)
        grade = chance.choice(GRADES, (size, n), p=of_grades)
        estimate = mean_from_sums(
            weight.sum(axis=1), (weight**2).sum(axis=1), (weight * grade).sum(axis=1), (weight * grade**2).sum(axis=1),
            np.full(size, n),
        )  # fmt: skip
        lower, upper = estimate.interval(1.0, 6.0)
        return (lower <= truth) & (truth <= upper)

    return _in_batches(samples, n, cover)


def _means(chance: np.random.Generator, samples: int) -> list[Line]:
    shapes = {
        "um 2,5": np.array([0.14, 0.41, 0.28, 0.12, 0.04, 0.01]),
        "schief um 1,5": np.array([0.68, 0.21, 0.06, 0.03, 0.01, 0.01]),
        "geteilt": np.array([0.35, 0.1, 0.05, 0.05, 0.1, 0.35]),
    }
    grid = {
        (name, n, spread): mean_coverage(chance, shape, n, spread, samples)
        for name, shape in shapes.items()
        for n in (60, 150, 430)
        for spread in (0.0, 0.5)
    }
    mean = float(np.mean(list(grid.values())))
    (name, n, spread), worst = min(grid.items(), key=lambda pair: pair[1])
    return [
        Line(
            "Mittelwert mit t, Noten, 60 bis 430 Antworten",
            f"{_per_cent(mean)} im Mittel; am schlechtesten {_per_cent(worst)} ({name}, {n} Antworten, "
            f"Variationskoeffizient {number(spread, 1)})",
            "≥ 94 % im Mittel", mean >= 0.94,
        )
    ]  # fmt: skip


def standardised_coverage(chance: np.random.Generator, cases: float, skew: float, samples: int) -> float:
    """Coverage of a directly standardised rate. ``skew`` : how uneven the place is beside the standard population."""
    people = 100_000 * NORMS ** (1 + skew) / (NORMS ** (1 + skew)).sum()
    rates = np.array([0.6, 2.5, 2.0, 1.0, 0.3])
    rates *= cases / (rates @ people)
    counts = chance.poisson(rates * people, (samples, NORMS.size))
    truth = float(rates @ NORMS / NORMS.sum()) * 100_000
    _, lower, upper = directly_standardised_rate(counts, np.broadcast_to(people, counts.shape), NORMS)
    return float(np.mean((lower <= truth) & (truth <= upper)))


def _standardised(chance: np.random.Generator, samples: int) -> list[Line]:
    grid = {
        (cases, skew): standardised_coverage(chance, cases, skew, samples)
        for cases in (10, 20, 50, 150, 1_000)
        for skew in (0.0, 1.0, -1.5)
    }
    mean = float(np.mean(list(grid.values())))
    (cases, skew), worst = min(grid.items(), key=lambda pair: pair[1])
    uneven = "gleichen" if skew == 0 else "sehr anderem"
    return [
        Line(
            "Altersstandardisierte Rate (Dobson), 10 bis 1.000 Fälle",
            f"{_per_cent(mean)} im Mittel; am schlechtesten {_per_cent(worst)} bei {number(cases)} Fällen und "
            f"{uneven} Altersaufbau",
            "≥ 94 % im Mittel", mean >= 0.94,
        )
    ]  # fmt: skip

"""How often do early signals ring when nothing happened, and how often do they see a doubled month?

Simulated cities: months that swing more than counting makes them, with a season, a steady trend, years that lie higher
or lower as a whole, and, where asked, past outbreaks. Aims: a false alarm in at most one of 200 monthly values, and a
signal on at most one of ten quiet screens.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sipa_data.german import THIN_SPACE, number
from sipa_data.statistics.early_signals import QUANTILE, Signals, early_signals
from sipa_data.statistics.multiplicity import FALSE_DISCOVERY_RATE, q_values
from soak.report import Line

GROUPS, AREAS, MONTHS = 32, 24, 3
"""As the example city has them: what one screen judges together."""
LEVELS = (2.0, 10.0, 30.0, 100.0)
SCATTER = (1.0, 1.5, 2.5)
TRENDS = (-0.08, 0.0, 0.08)
"""Per year, on the log scale."""
PANDEMIC_LEFT_OUT = (1, 2, 6, 7, 8)
YEARS = ((1, 2, 3, 4, 5), PANDEMIC_LEFT_OUT, (1, 2))
"""Usual years back: all of them, with the pandemic left out, and right after a break."""
SEASON = 0.25
"""Half the height of the yearly wave on the log scale: the height of the season lies 65 per cent above its low."""
SWING = 0.08
OUTBREAK_SHARE, OUTBREAK_FACTOR = 0.08, 2.5
USUAL_SCATTER = 1.5

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Months:
    """How the months of a simulated city come about."""

    scatter: float = USUAL_SCATTER  # variance as a multiple of the mean
    trend: float = 0.0
    years: tuple[int, ...] = PANDEMIC_LEFT_OUT
    outbreaks: bool = False


def run(series: int = 2_000, screens: int = 200, seed: int = 20_262) -> list[Line]:
    """``series`` : simulated series per point of the grid; ``screens`` : simulated whole screens."""
    chance = np.random.default_rng(seed)
    return [
        *(_false_alarms(chance, series, outbreaks=outbreaks) for outbreaks in (False, True)),
        *(_screens(chance, screens, outbreaks=outbreaks) for outbreaks in (False, True)),
        *(_doubled(chance, series, level) for level in LEVELS),
    ]


def false_alarm_rate(chance: np.random.Generator, series: int, level: float, months: Months) -> float:
    """Share of unchanged months that ring."""
    mean, earlier, back = _city(chance, np.full(series, level), months)
    return float(_judge(_draw(chance, mean, months.scatter), earlier, back).is_signal.mean())


def _false_alarms(chance: np.random.Generator, series: int, *, outbreaks: bool) -> Line:
    grid = list(product(LEVELS, SCATTER, TRENDS, YEARS))
    rates = [
        false_alarm_rate(chance, series, level, Months(scatter, trend, years, outbreaks))
        for level, scatter, trend, years in grid
    ]
    level, scatter, trend, years = grid[int(np.argmax(rates))]
    worst = (
        f"höchstens {_per_cent(max(rates))} ({number(level)} Fälle im Monat, Streuung {number(scatter, 1)}, "
        f"Trend {number(100 * trend)}{THIN_SPACE}% im Jahr, {len(years)} Vergleichsjahre)"
    )
    return Line(
        f"Fehlalarme je Monatswert, {_past(outbreaks=outbreaks)}",
        f"im Mittel {_per_cent(float(np.mean(rates)))}, {worst}",
        f"im Mittel höchstens {_per_cent(1 - QUANTILE)}",
        float(np.mean(rates)) <= 1 - QUANTILE,
    )


def _screens(chance: np.random.Generator, screens: int, *, outbreaks: bool) -> Line:
    """What a whole screen shows when nothing happened: after Benjamini–Hochberg over all its values."""
    cells, rung = GROUPS * AREAS * MONTHS, 0
    months = Months(outbreaks=outbreaks)
    for _ in range(screens):
        levels = np.exp(chance.normal(np.log(6), 1.3, cells))  # most values small, few large, as in districts
        mean, earlier, back = _city(chance, levels, months)
        found = _judge(_draw(chance, mean, months.scatter), earlier, back)
        rung += bool((found.is_signal & (q_values(found.p) <= FALSE_DISCOVERY_RATE)).any())
    return Line(
        f"ruhige Bildschirme ({number(cells)} Monatswerte), auf denen ein Signal steht, {_past(outbreaks=outbreaks)}",
        _per_cent(rung / screens),
        f"höchstens {_per_cent(FALSE_DISCOVERY_RATE)}",
        rung / screens <= FALSE_DISCOVERY_RATE,
    )


def _doubled(chance: np.random.Generator, series: int, level: float) -> Line:
    seen = []
    for outbreaks in (False, True):
        months = Months(outbreaks=outbreaks)
        mean, earlier, back = _city(chance, np.full(series, level), months)
        seen.append(float(_judge(_draw(chance, 2 * mean, months.scatter), earlier, back).is_signal.mean()))
    return Line(
        f"erkannt: verdoppelter Monat, sonst {number(level)} Fälle",
        f"{_per_cent(seen[0], 0)}; mit früheren Ausbrüchen {_per_cent(seen[1], 0)}",
    )


def _city(chance: np.random.Generator, level: Counts, months: Months) -> tuple[Counts, Counts, Counts]:
    """Expected cases of the month, shape (k,), drawn earlier months, shape (k, months), and years back."""
    years = np.asarray(months.years, dtype=np.float64)
    back, place = np.repeat(years, 3), np.tile([-1, 0, 1], years.size)
    of_year = np.repeat(np.exp(chance.normal(0, SWING, (level.size, years.size))), 3, axis=1)
    month = chance.integers(0, 12, (level.size, 1))  # of the year, 0 is the height of the season
    season = np.exp(SEASON * (np.cos(2 * np.pi * (month + place) / 12) - np.cos(2 * np.pi * month / 12)))
    mean = level[:, None] * np.exp(-months.trend * back) * season * of_year
    if months.outbreaks:
        mean = np.where(chance.random(mean.shape) < OUTBREAK_SHARE, OUTBREAK_FACTOR * mean, mean)
    return level * np.exp(chance.normal(0, SWING, level.size)), _draw(chance, mean, months.scatter), back


def _draw(chance: np.random.Generator, mean: Counts, scatter: float) -> Counts:
    """Counts with the variance scatter · mean."""
    if scatter <= 1:
        return chance.poisson(mean).astype(np.float64)
    return chance.negative_binomial(mean / (scatter - 1), 1 / scatter).astype(np.float64)


def _judge(now: Counts, earlier: Counts, back: Counts) -> Signals:
    return early_signals(now, earlier, back, swing=SWING)


def _past(*, outbreaks: bool) -> str:
    return "mit früheren Ausbrüchen" if outbreaks else "ohne frühere Ausbrüche"


def _per_cent(share: float, decimals: int = 2) -> str:
    return f"{number(100 * share, decimals)}{THIN_SPACE}%"

"""Unchanged cities, made up by chance as real ones swing, and what the real verdict functions say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sipa_data.answers.count_verdicts import CountVerdicts, Judged, Measured
from sipa_data.answers.types import Question, Verdict, VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.catalogue.models import Indicator
from sipa_data.periods import Period

Array = NDArray[np.float64]

NOW = 2025
FOUND = frozenset({VerdictCode.rose, VerdictCode.fell, VerdictCode.above, VerdictCode.below})
DISTRICT_SHARES = np.array(
    [23.5, 27, 48, 44, 52, 71, 7, 13, 16.5, 30, 10, 33, 25.5, 6.8, 8.5, 13, 23.5, 12, 16.5, 45.5, 9, 31.5, 38]
)
DISTRICT_SHARES /= DISTRICT_SHARES.sum()
"""Sizes of 23 districts beside each other, from 1 to 12 per cent of the city."""


@cache
def catalogue() -> Catalogue:
    """That of the city, with its districts and its unusual years."""
    return load_catalogue(Path(__file__).parents[1] / "data" / "stuttgart")


@cache
def indicator(prior: float) -> Indicator:
    """A count with a usual swing."""
    return catalogue().indicator("gewaltkriminalitaet").model_copy(update={"dispersion_prior": prior})


@dataclass(frozen=True)
class Swing:
    """How a simulated city moves from year to year.

    ``prior`` : what the catalogue says; ``factor`` : how many times as much the city really swings
    ``spread`` : whether the true swing varies from offence to offence as the method assumes (scaled inverse χ² with 6
        degrees of freedom) or is the same for all
    ``returning`` : whether the level goes back to what it was (else each year starts from the one before)
    ``own`` : swing of single districts beside the common one, in multiples of it
    """

    prior: float
    factor: float = 1.0
    spread: bool = True
    returning: bool = True
    own: float = 0.0


def unchanged(
    chance: np.random.Generator, swing: Swing, expected: Array, years: int, samples: int
) -> NDArray[np.int64]:
    """Counts of shape (samples, areas, years) whose expected level never changes but for the usual swing."""
    sigma = np.full(samples, swing.prior * swing.factor)
    if swing.spread:
        sigma = sigma * np.sqrt(6 / chance.chisquare(6, samples))
    common = chance.standard_normal((samples, 1, years))
    single = swing.own * chance.standard_normal((samples, expected.size, years))
    steps = sigma[:, None, None] * (common + single)
    log_level = steps / np.sqrt(2) if swing.returning else np.cumsum(steps, axis=2)
    log_level = log_level - log_level[:, :, :1] if not swing.returning else log_level
    return chance.poisson(expected[None, :, None] * np.exp(log_level))


def verdicts(counts: NDArray[np.int64], prior: float, exposures: Array | None = None) -> tuple[Verdict, ...]:
    """The verdicts on the last year of one simulated city.

    Parameters
    ----------
    counts : shape (areas, years); one area is the city, 23 are its districts
    exposures : shape (areas,), inhabitants: then each district is held against the rest of the city
    """
    known = catalogue()
    periods = tuple(Period.year(NOW - back) for back in range(counts.shape[1] - 1, -1, -1))
    areas = (CITY,) if counts.shape[0] == 1 else tuple(known.districts)
    table = dict(zip(areas, counts, strict=True)) | {CITY: counts.sum(axis=0)}
    people: Mapping[str, float] = dict.fromkeys(table, 1.0)
    if exposures is not None:
        people = dict(zip(areas, exposures, strict=True)) | {CITY: float(exposures.sum())}
    at = {period: number for number, period in enumerate(periods)}

    def count(area: str, period: Period) -> int:
        return int(table[area][at[period]])

    def measured(area: str, period: Period) -> Measured:
        found = count(area, period)
        return Measured(found / people[area], found, people[area], "", 1 / people[area])

    judged = Judged(measured, periods, {}, periods, count, per=None if exposures is None else 1)
    question = Question("gewaltkriminalitaet", compare_with="previous" if exposures is None else "rest")
    mart: Any = SimpleNamespace(catalogue=known)
    return CountVerdicts(mart, indicator(prior), judged).all(question, areas, periods[-1])


@dataclass
class Tally:
    """Findings of simulated runs: how many are false, and in how many runs there are any."""

    runs: int = 0
    looked_at: int = 0
    found: int = 0
    false_share: list[float] = field(default_factory=list)

    def add(self, said: Sequence[Verdict], truly_changed: frozenset[str] = frozenset()) -> None:
        findings = [one for one in said if one.code in FOUND]
        false = sum(one.subject not in truly_changed for one in findings)
        self.runs += 1
        self.looked_at += len(said)
        self.found += len(findings)
        self.false_share.append(false / len(findings) if findings else 0.0)

    @property
    def rate(self) -> float:
        """Share of all looks that gave a finding."""
        return self.found / self.looked_at

    @property
    def false_discovery_rate(self) -> float:
        """Mean share of false findings among all findings of a run; none where nothing was found."""
        return float(np.mean(self.false_share))

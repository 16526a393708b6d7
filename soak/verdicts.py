"""How often verdicts are wrong on unchanged data, and how often they find what is there.

Aims: findings on unchanged but realistically swinging data in at most 5 % of all looks; at most 10 % false ones
among the findings over 23 districts. All of it goes through the verdict functions that answer the pages.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sipa_data.answers.families import judged_together
from sipa_data.answers.types import Verdict, VerdictCode
from sipa_data.german import number
from sipa_data.statistics import detectable_change, shrunk_sigma
from soak.report import Line
from soak.simulated import DISTRICT_SHARES, FOUND, Swing, Tally, catalogue, unchanged, verdicts
from soak.surveys import Poll, waves

PRIORS = (0.04, 0.054, 0.104, 0.188)
"""All offences, violence, burglary, pickpocketing (domain: states 2013–2019)."""
LEVELS = (60, 400, 1_600, 54_000)
YEARS = (10, 16)
MOVED = (1, 5, 9, 13, 19)
"""Five of 23 districts, large and small ones, that really change in some simulations."""
BY = np.array([1.3, 1.3, 0.75, 1.3, 0.75])
MONTE_CARLO = 0.006
"""Two standard errors of a share of 5 % among 5,000 looks."""


def run(samples: int = 300, seed: int = 20_261) -> list[Line]:
    """``samples`` : simulated cities per point of a grid."""
    chance = np.random.default_rng(seed)
    return [
        *_city(chance, samples), *_districts(chance, samples), _rest(chance, samples), _screen(chance, samples),
        *_survey(chance, samples), *_power(chance, samples), _promise(chance, samples),
    ]  # fmt: skip


def city_rate(
    chance: np.random.Generator, swing: Swing, level: float, years: int, samples: int, change: float = 1.0
) -> float:
    """Share of simulated cities whose last year is called risen or fallen; with ``change`` the last year really is."""
    tally = Tally()
    for counts in unchanged(chance, swing, np.array([float(level)]), years, samples):
        tally.add(verdicts(_changed(chance, counts, [0], np.array([change])), swing.prior))
    return tally.rate


def district_errors(
    chance: np.random.Generator, swing: Swing, level: float, years: int, samples: int, *, moved: bool = False
) -> tuple[Tally, float]:
    """Findings over 23 districts, and the share of the moved ones that was found."""
    names = list(catalogue().districts)
    truly = frozenset(names[at] for at in MOVED) if moved else frozenset()
    tally, hits = Tally(), 0
    for counts in unchanged(chance, swing, level * DISTRICT_SHARES, years, samples):
        said = verdicts(_changed(chance, counts, MOVED, BY) if moved else counts, swing.prior)
        tally.add(said, truly)
        hits += sum(one.code in FOUND and one.subject in truly for one in said)
    return tally, hits / (samples * len(MOVED))


def _changed(
    chance: np.random.Generator, counts: NDArray[np.int64], places: Sequence[int], by: NDArray[np.float64]
) -> NDArray[np.int64]:
    """The last year of some places as it would have been with another level: thinned, or with more cases."""
    changed = counts.copy()
    last = changed[list(places), -1]
    fewer = chance.binomial(last, np.minimum(by, 1.0))
    changed[list(places), -1] = fewer + chance.poisson(last * np.maximum(by - 1, 0.0))
    return changed


def _percent(share: float, decimals: int = 1) -> str:
    return f"{number(100 * share, decimals)} %"


def _city(chance: np.random.Generator, samples: int) -> list[Line]:
    grid = {
        (prior, level, years, returning): city_rate(
            chance, Swing(prior, returning=returning), level, years, samples
        )
        for prior, level, years, returning in product(PRIORS, LEVELS, YEARS, (True, False))
    }  # fmt: skip
    mean = float(np.mean(list(grid.values())))
    (prior, level, years, _), worst = max(grid.items(), key=lambda pair: pair[1])
    stirred = {
        years: float(np.mean([city_rate(chance, Swing(prior, 1.5), 54_000, years, samples) for prior in PRIORS]))
        for years in YEARS
    }
    return [
        Line(
            "Stadt, Jahr gegen Vorjahr, unverändert: „gestiegen“ oder „gesunken“",
            f"{_percent(mean)} im Mittel über {len(grid)} Lagen; höchstens {_percent(worst)} (σ {_percent(prior)}, "
            f"{number(level)} Fälle, {years} Jahre; {number(samples)} Läufe je Lage)",
            "≤ 5 % im Mittel", mean <= 0.05 + MONTE_CARLO,
        ),
        Line(
            "dasselbe, wenn die Stadt in Wahrheit 1,5-mal so stark schwankt wie der Vorwert",
            f"{_percent(stirred[10])} mit 10 Jahren, {_percent(stirred[16])} mit 16 Jahren eigener Geschichte",
        ),
    ]  # fmt: skip


def _districts(chance: np.random.Generator, samples: int) -> list[Line]:
    lines = []
    for own, words in ((0.0, "alle im Takt der Stadt"), (0.7, "dazu je Bezirk 0,7 σ"), (1.5, "dazu je Bezirk 1,5 σ")):
        rates, nothing, some, power = [], [], [], []
        for level, years in product((1_600, 54_000), YEARS):
            swing = Swing(0.054, own=own)
            quiet, _ = district_errors(chance, swing, level, years, samples)
            loud, found = district_errors(chance, swing, level, years, samples, moved=True)
            rates.append(quiet.rate)
            nothing.append(quiet.false_discovery_rate)
            some.append(loud.false_discovery_rate)
            power.append(found)
        worst = max(np.mean(nothing), np.mean(some))
        lines.append(
            Line(
                f"23 Stadtbezirke gegen das Vorjahr, {words}",
                f"Fehlalarm je Bezirk {_percent(float(np.mean(rates)))}; falsche unter den Befunden "
                f"{_percent(float(np.mean(nothing)))}, wenn nichts geschah, {_percent(float(np.mean(some)))}, wenn "
                f"sich fünf änderten (+30 oder −25 %; davon gefunden {_percent(float(np.mean(power)), 0)})",
                "≤ 5 % und ≤ 10 %", bool(np.mean(rates) <= 0.05 and worst <= 0.10 + 0.015),
            )
        )  # fmt: skip
    return lines


def _rest(chance: np.random.Generator, samples: int) -> Line:
    """Districts with the same rate, which differ from the rest by as much as they swing from year to year."""
    tally = Tally()
    for level, years in product((1_600, 54_000), YEARS):
        expected = level * DISTRICT_SHARES
        for counts in unchanged(chance, Swing(0.054, own=1.0), expected, years, samples):
            tally.add(verdicts(counts, 0.054, 600_000 * DISTRICT_SHARES))
    return Line(
        "23 Stadtbezirke gleicher Rate gegen die übrige Stadt",
        f"Fehlalarm je Bezirk {_percent(tally.rate)}; falsche unter den Befunden "
        f"{_percent(tally.false_discovery_rate)}",
        "≤ 5 % und ≤ 10 %", tally.rate <= 0.05 and tally.false_discovery_rate <= 0.10,
    )  # fmt: skip


def screen_errors(chance: np.random.Generator, samples: int, changed: int, *, together: bool = True) -> Tally:
    """A screen of 60 counts of one city, of which some really changed by a third."""
    levels = np.resize([60.0, 150.0, 400.0, 1_600.0, 9_000.0, 54_000.0], 60)
    priors = np.resize(PRIORS, 60)
    tally = Tally()
    for _ in range(samples):
        said: list[Verdict] = []
        for at, (level, prior) in enumerate(zip(levels, priors, strict=True)):
            counts = unchanged(chance, Swing(float(prior)), np.array([level]), 10, 1)[0]
            moved = _changed(chance, counts, [0], np.array([4 / 3 if at < changed else 1.0]))
            verdict = verdicts(moved, float(prior))[0]
            said.append(Verdict(verdict.code, f"{at}", verdict.sentence, verdict.short, p=verdict.p))
        judged = judged_together(said, "60 Kennzahlen") if together else tuple(said)
        tally.add(judged, frozenset(f"{at}" for at in range(changed)))
    return tally


def _screen(chance: np.random.Generator, samples: int) -> Line:
    runs = max(samples // 2, 10)
    alone = screen_errors(chance, runs, 0, together=False)
    nothing, some = screen_errors(chance, runs, 0), screen_errors(chance, runs, 12)
    return Line(
        "Überblick mit 60 Kennzahlen: falsche unter den Befunden",
        f"{_percent(nothing.false_discovery_rate)}, wenn nichts geschah (ohne gemeinsames Urteil "
        f"{_percent(alone.false_discovery_rate)}); {_percent(some.false_discovery_rate)}, wenn sich zwölf um ein "
        "Drittel änderten",
        "≤ 10 %", max(nothing.false_discovery_rate, some.false_discovery_rate) <= 0.10 + 0.03,
    )  # fmt: skip


def _survey(chance: np.random.Generator, samples: int) -> list[Line]:
    city = Tally()
    for share, answered, spread in product((0.05, 0.14, 0.4), (4_000, 10_000), (0.5, 1.0)):
        for _ in range(samples):
            city.add(waves(chance, Poll(share, answered, spread), "previous")[:1])
    previous, rest = Tally(), Tally()
    for _ in range(samples):
        poll = Poll(0.14, 8_000, 0.5)
        previous.add(waves(chance, poll, "previous")[1:])
        rest.add(waves(chance, poll, "rest"))
    errors = f"{_percent(previous.false_discovery_rate)} und {_percent(rest.false_discovery_rate)}"
    return [
        Line(
            "Befragung, Stadt, Welle gegen Welle, unverändert",
            f"{_percent(city.rate)} ({number(city.looked_at)} Läufe)", "≤ 5 %", city.rate <= 0.05 + MONTE_CARLO,
        ),
        Line(
            "Befragung, 23 Stadtbezirke (8.000 Antworten), Welle gegen Welle und gegen die übrige Stadt",
            f"Fehlalarm je Bezirk {_percent(previous.rate)} und {_percent(rest.rate)}; falsche unter den Befunden "
            f"{errors}",
            "≤ 5 % und ≤ 10 %",
            max(previous.rate, rest.rate) <= 0.05
            and max(previous.false_discovery_rate, rest.false_discovery_rate) <= 0.10 + 0.03,
        ),
    ]  # fmt: skip


def _power(chance: np.random.Generator, samples: int) -> list[Line]:
    lines = []
    for prior, what in ((0.0, "nur Zählzufall"), (0.04, "σ 4 %"), (0.104, "σ 10,4 %")):
        found = {
            level: city_rate(chance, Swing(prior, spread=prior > 0), level, 16, samples, 1.15)
            for level in (100, 400, 1_600, 54_000)
        }
        told = "; ".join(f"{number(level)} Fälle: {_percent(share, 0)}" for level, share in found.items())
        lines.append(Line(f"Anstieg um 15 % gefunden, Stadt, {what}", told))
    polls = {
        answered: np.mean(
            [
                waves(chance, Poll(0.14, answered, 0.5, now=0.14 * 1.15), "previous")[0].code is VerdictCode.rose
                for _ in range(samples)
            ]
        )
        for answered in (1_000, 4_000, 10_000)
    }
    told = "; ".join(f"{number(answered)} Antworten: {_percent(float(share), 0)}" for answered, share in polls.items())
    return [*lines, Line("Anstieg von 14 auf 16,1 % gefunden, Befragung", told)]


def promise_kept(chance: np.random.Generator, prior: float, level: int, samples: int) -> float:
    """Share of runs in which exactly the change is found that a verdict names as recognisable."""
    swing = shrunk_sigma(prior, [])
    rise = float(detectable_change(level, swing.sigma, swing.degrees_of_freedom).rise)
    return city_rate(chance, Swing(prior), level, 10, samples, rise)


def _promise(chance: np.random.Generator, samples: int) -> Line:
    grid = {(prior, level): promise_kept(chance, prior, level, samples) for prior in PRIORS for level in (15, *LEVELS)}
    low, high = min(grid.values()), max(grid.values())
    return Line(
        "„erkennbar wäre ein Anstieg auf …“: so oft wird genau dieser Anstieg gefunden",
        f"{_percent(float(np.mean(list(grid.values()))), 0)} im Mittel, {_percent(low, 0)} bis {_percent(high, 0)}",
        "80 %", low >= 0.70 and high <= 0.90,
    )  # fmt: skip

"""Walk-throughs of the safety councils: what was found, when it was seen to, and what is still open."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sipa_data.demo import plain
from sipa_data.demo.chance import stream
from sipa_data.demo.frame import YEARS, Frame
from sipa_data.demo.plain import Numbers

Days = NDArray[Any]  # datetime64[D]; numpy's own annotation of it cannot be added to

WALKS = {2016: 10, 2017: 12, 2018: 14, 2019: 16, 2020: 6, 2021: 8, 2022: 14, 2023: 18, 2024: 22, 2025: 26}
FINDINGS_PER_WALK = 3
YEARS_UNTIL_DONE = 1.6  # mean; some are never seen to
NEVER = 0.14
IN_WORK = 0.55  # of those that are not done
LAST_DAY = np.datetime64("2025-12-31")


@dataclass(frozen=True)
class Findings:
    """One entry per finding. ``done`` is the day it was seen to, which may lie in the future."""

    district: NDArray[np.int64]
    observed: Days
    done: Days
    template: NDArray[np.int64] = field(repr=False)

    def share_done_by(self, year: int) -> float:
        """Per cent of all findings so far that were seen to by the end of the year."""
        so_far = self.observed <= _end_of(year)
        return float(100 * (self.done[so_far] <= _end_of(year)).mean())

    def reported_by(self, year: int, districts: int) -> NDArray[np.int64]:
        """Findings so far by district, shape (districts,)."""
        return np.bincount(self.district[self.observed <= _end_of(year)], minlength=districts)

    def done_by(self, year: int, districts: int) -> NDArray[np.int64]:
        """Those of them that were seen to, shape (districts,)."""
        return np.bincount(self.district[self.done <= _end_of(year)], minlength=districts)

    def days_until_done_in(self, year: int) -> float:
        """Median wait of what was seen to in the year."""
        this_year = (self.done <= _end_of(year)) & (self.done > _end_of(year - 1))
        waited = (self.done - self.observed)[this_year].astype(np.int64)
        return float(np.rint(np.median(waited)))


def _end_of(year: int) -> Any:
    return np.datetime64(f"{year}-12-31")


def walk(frame: Frame) -> Findings:
    """Ten years of walks; districts whose people are afraid are walked more often."""
    chance = stream("walks")
    known = len(plain.rows("begehungen"))
    weight = np.exp(frame.column("angst"))
    year = np.repeat([year for year in YEARS for _ in range(WALKS[year])], FINDINGS_PER_WALK)
    walks = np.concatenate([_walked(chance, WALKS[year], weight / weight.sum()) for year in YEARS])
    day = np.repeat(chance.integers(75, 320, walks.size), FINDINGS_PER_WALK)
    observed = np.array([f"{one}-01-01" for one in year], dtype="datetime64[D]") + day
    waiting = np.rint(365 * chance.exponential(YEARS_UNTIL_DONE, year.size)).astype(np.int64) + 20
    waiting[chance.random(year.size) < NEVER] = 40_000
    templates = np.concatenate([_different(chance, known) for _ in range(walks.size)])
    return Findings(np.repeat(walks, FINDINGS_PER_WALK), observed, observed + waiting, templates)


def _walked(chance: np.random.Generator, walks: int, weight: Numbers) -> NDArray[np.int64]:
    """Where a year's walks go: no district twice before every district was walked once."""
    everywhere = np.arange(weight.size) if walks > weight.size else np.array([], dtype=np.int64)
    rest = chance.choice(weight.size, walks - everywhere.size, replace=False, p=weight)
    return np.concatenate([everywhere, rest])


def _different(chance: np.random.Generator, known: int) -> NDArray[np.int64]:
    """No walk finds the same thing twice."""
    return chance.choice(known, FINDINGS_PER_WALK, replace=False)


def finding_table(findings: Findings, frame: Frame) -> pa.Table:
    """One row per finding, oldest first."""
    chance = stream("findings in work")
    templates = plain.rows("begehungen")
    unfinished = np.where(chance.random(findings.district.size) < IN_WORK, "in Arbeit", "offen")
    status = np.where(findings.done <= LAST_DAY, "erledigt", unfinished)
    order = np.argsort(findings.observed, kind="stable")
    said = [templates[place] for place in findings.template[order]]
    return pa.table(
        {
            "Datum": [f"{day.astype(object):%d.%m.%Y}" for day in findings.observed[order]],
            "Bezirk": np.array(frame.names)[findings.district[order]],
            "Ort": [row["tatort"] for row in said],
            "Befund": [row["befund"] for row in said],
            "Betroffene": [row["betroffen"] for row in said],
            "Vorschlag": [row["vorschlag"] for row in said],
            "Stand": status[order],
        }
    )

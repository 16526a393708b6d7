"""Violence in public space, Stuttgart 2025 (Landtag Baden-Württemberg, DS 17/10292): two districts under three."""

import csv
from pathlib import Path

import numpy as np
import pytest

from sipa_data.disclosure import NOBODY, Line, feasible_ranges, hide, protect, weak_cells

TABLE = (
    Path(__file__).parents[2].parent / "shared/real/stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv"
)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TABLE.is_file(), reason="the folder with real data is not there"),
]


@pytest.fixture(scope="module")
def violence():
    """Names, counts (districts, not locatable, city), the one sum, and who knows what."""
    with TABLE.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = [row["stadtbezirk"] for row in rows]
    counts = np.array([int(row["gewaltkriminalitaet_oeff_raum"]) for row in rows])
    assert names[-2:] == ["nicht zugeordnet", "Stuttgart gesamt"]
    assert counts[-1] == 1636 == counts[:-2].sum() + 59
    councils = np.array([*range(23), NOBODY, NOBODY])
    return names, counts, [Line(24, tuple(range(24)))], councils


def test_birkach_and_obertuerkheim_alone_would_be_known_to_be_two_and_one(violence):
    _, counts, lines, _ = violence
    found = feasible_ranges(counts, (counts > 0) & (counts < 3), lines)
    assert (found.lowest.tolist(), found.highest.tolist()) == ([1, 1], [2, 2])


@pytest.mark.parametrize("rule", [hide, protect])
def test_neither_the_public_nor_any_council_can_work_them_out(violence, rule):
    names, counts, lines, councils = violence
    hidden = rule(counts, lines, known_groups=councils)
    assert {names[cell] for cell in np.flatnonzero(hidden)} == {"Birkach", "Münster", "Obertürkheim", "Plieningen"}
    found = feasible_ranges(counts, hidden, lines)
    # 2 + 5 + 1 + 5 = 13 in four cells of at least 1: each could be anything up to 10
    assert (found.lowest.tolist(), found.highest.tolist()) == ([1] * 4, [10] * 4)
    assert weak_cells(counts, hidden, lines, known_groups=councils).size == 0

"""Violence in public space, Stuttgart 2025 (Landtag Baden-Württemberg, DS 17/10292): two districts under three."""

import csv
from pathlib import Path

import numpy as np
import pytest

from sipa_data.disclosure import Attack, ClosedCuts, protect_cuts, readers
from tests.unit.disclosure.cubes import years_of

TABLE = (
    Path(__file__).parents[2].parent / "shared/real/stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv"
)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TABLE.is_file(), reason="the folder with real data is not there"),
]


@pytest.fixture(scope="module")
def violence():
    """Names of the districts, and the published table."""
    with TABLE.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = [row["stadtbezirk"] for row in rows]
    counts = [int(row["gewaltkriminalitaet_oeff_raum"]) for row in rows]
    assert names[-2:] == ["nicht zugeordnet", "Stuttgart gesamt"]
    assert counts[-1] == 1636 == sum(counts[:-2]) + 59
    return names, years_of(counts[:-1])


def test_birkach_and_obertuerkheim_alone_would_be_known_to_be_two_and_one(violence):
    _, cube = violence
    attack = Attack(cube, ClosedCuts(cube.small, np.zeros_like(cube.small)))
    cells = [tuple(cell) for cell in np.argwhere(cube.small).tolist()]
    assert [attack.range_of(cell) for cell in cells] == [(1, 2), (1, 2)]


def test_neither_the_public_nor_any_two_councils_can_work_them_out(violence):
    names, cube = violence
    cuts = protect_cuts(cube)
    hidden = [names[area - 1] for _, _, area in np.argwhere(cuts.hidden).tolist()]
    # Birkach 2, Obertürkheim 1; with Münster 5 and Plieningen 5 nobody alone can tell them, but the councils of these
    # two together could: 3 is 1 + 2. With one more, at least three others always remain that make at least five.
    assert {"Birkach", "Münster", "Obertürkheim", "Plieningen"} < set(hidden)
    assert len(hidden) == 5
    assert not cuts.withheld.any()
    assert [cell for reader in readers(cube)[::12] for cell in Attack(cube, cuts, reader).narrow_cells()] == []

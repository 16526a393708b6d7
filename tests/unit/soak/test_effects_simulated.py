"""The simulation of effects: a small run says what a large one measures, and stands in the handbook."""

import numpy as np
import pytest

from soak.effects import counted, run, swings
from soak.report import taken


@pytest.fixture(scope="module")
def lines():
    return run(samples=400)


def test_every_promise_is_measured_and_stands_in_the_handbook(lines):
    told = taken("effects")
    assert len(lines) == 10
    assert all(line.what in told for line in lines)
    assert "verfehlt" not in told


def test_nothing_that_is_simulated_here_happened(lines):
    measured = {line.what: float(line.measured.split("\u202f")[0].split(" ")[0].replace(",", ".")) for line in lines}
    assert measured["Verlagerung (7.3), nichts geschehen: „verlagert“"] < 2
    assert measured["zum Vergleich: was der Zählzufall allein (7.3) für einen Befund hielte"] > 20
    assert 90 < measured["Hedges’ g, zwei Gruppen"] < 99


def test_a_walk_begins_at_its_size_and_swings_by_sigma():
    chance = np.random.default_rng(1)
    walk = counted(chance, 1_000_000, np.full(2_000, 0.1), years=3)
    steps = np.diff(np.log(walk), axis=1)
    assert walk[:, 0].mean() == pytest.approx(1_000_000, rel=0.001)
    assert steps.std() == pytest.approx(0.1, rel=0.05)
    assert np.median(swings(chance, 0.1, 20_000)) == pytest.approx(0.106, rel=0.02)  # √(6 / 5.348), the median of χ²₆

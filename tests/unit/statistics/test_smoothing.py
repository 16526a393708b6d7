"""Smoothed values of small areas: the published vector, the edges, and what is refused."""

import numpy as np
import pytest

from sipa_data.statistics import UnusableNumbers
from sipa_data.statistics.smoothing import shrunk_values, smoothed

SHARES = np.array([0.23, 0.10, 0.21])
ANSWERS = np.array([620, 210, 95])


def test_three_districts_are_drawn_to_the_city_the_more_the_fewer_answered():
    # domain vector: μ = .14, σ = .03 → γ = .759/.677/.340, p* = .2083/.1129/.1638
    value, weight = shrunk_values(SHARES, SHARES * (1 - SHARES) / ANSWERS, 0.14, 0.03)
    assert weight == pytest.approx([0.759, 0.677, 0.340], abs=0.0005)
    assert value == pytest.approx([0.2083, 0.1129, 0.1638], abs=0.00005)


def test_equal_variances_give_the_textbook_between_variance():
    # all v = 1: Σ(y − ȳ)²/(σ² + 1) = k − 1, so σ² = s² − 1 with s² = 9.7 of 1, 2, 3, 4, 9
    found = smoothed([1, 2, 3, 4, 9], [1, 1, 1, 1, 1])
    assert found.centre == pytest.approx(3.8)
    assert found.sigma**2 == pytest.approx(9.7 - 1)
    assert found.weight == pytest.approx([8.7 / 9.7] * 5)
    assert found.value[4] == pytest.approx(3.8 + 8.7 / 9.7 * (9 - 3.8))


def test_the_interval_holds_what_is_not_known_of_centre_and_spread():
    # g1 = γv = 8.7/9.7; g2 = (1 − γ)²·9.7/5; g3 = v²/9.7³·2·5·9.7²/5² = 2/(5·9.7)
    found = smoothed([1, 2, 3, 4, 9], [1, 1, 1, 1, 1])
    variance = 8.7 / 9.7 + (1 / 9.7) ** 2 * 9.7 / 5 + 2 * 2 / (5 * 9.7)
    assert found.upper - found.value == pytest.approx([1.959964 * variance**0.5] * 5, rel=1e-6)


def test_areas_that_differ_no_more_than_sampling_makes_them_all_get_the_centre():
    found = smoothed([10.0, 10.5, 9.5, 10.2, 9.8], [4.0, 4.0, 4.0, 4.0, 4.0])
    assert found.sigma == 0
    assert found.value == pytest.approx([10.0] * 5)
    assert (found.upper > found.value).all()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: smoothed([1, 2, 3, 4], [1, 1, 1, 1]),
        lambda: smoothed([1, 2, 3, 4, np.nan], [1, 1, 1, 1, 1]),
        lambda: smoothed([1, 2, 3, 4, 5], [1, 1, 1, 1, 0]),
        lambda: smoothed([1, 2, 3, 4, 5], [1, 1, 1, 1]),
        lambda: smoothed([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], confidence=0.0),
        lambda: shrunk_values([1.0], [1.0], 0.0, -0.1),
    ],
)
def test_unusable_numbers_are_refused(attempt):
    with pytest.raises(UnusableNumbers):
        attempt()

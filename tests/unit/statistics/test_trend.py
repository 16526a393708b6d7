"""Trend since the last break, and the bands of weeks and months."""

import math

import numpy as np
import pytest

from sipa_data.statistics import UnusableNumbers
from sipa_data.statistics.trend import log_linear_trend, seasonal_range, since_last_break, usual_range
from tests.spec import area_reference


def test_a_series_that_halves_every_year_has_the_factor_one_half():
    found = log_linear_trend([1600, 800, 400, 200, 100], [2021, 2022, 2023, 2024, 2025])
    assert found.factor == pytest.approx(0.5)
    assert found.dispersion == 1.0
    assert (found.lower, found.upper) == pytest.approx((0.5, 0.5), abs=0.06)


def test_a_steady_series_has_no_trend():
    found = log_linear_trend([90, 110, 100, 95, 105], [1, 2, 3, 4, 5])
    assert found.lower < 1 < found.upper
    assert found.p > 0.5


def test_more_scatter_than_counting_widens_the_interval():
    counts, years = [500, 900, 450, 950, 480, 910], [1, 2, 3, 4, 5, 6]
    found = log_linear_trend(counts, years)
    factor, lower, upper, phi = area_reference.trend(counts, years)
    assert (found.factor, found.lower, found.upper, found.dispersion) == pytest.approx((factor, lower, upper, phi))
    assert phi > 50  # the series jumps between about 480 and 920; counting alone would make it jump by 27


def test_a_growing_town_with_growing_counts_has_no_trend_in_its_rate():
    found = log_linear_trend([100, 110, 121, 133, 146], [1, 2, 3, 4, 5], exposure=[100, 110, 121, 133.1, 146.41])
    assert found.factor == pytest.approx(1.0, abs=0.01)


def test_only_what_lies_after_the_last_break_is_kept():
    kept = since_last_break([2018, 2019, 2020, 2021, 2022], [2016.5, 2020.25])
    assert kept.tolist() == [False, False, False, True, True]  # the break falls into 2020
    assert since_last_break([2018, 2019], []).all()


def test_the_band_around_sixteen_a_week_is_the_published_formula():
    # (√16 ± 3/2)² = 2.5² to 5.5²
    assert usual_range(16) == (pytest.approx(6.25), pytest.approx(30.25))


def test_the_band_of_a_rare_event_starts_at_zero():
    lower, upper = usual_range(1)
    assert (float(lower), float(upper)) == pytest.approx((0.0, 2.5**2))


def test_a_mean_of_few_periods_is_itself_a_guess():
    # 8 weeks: half width 3/2·√(1 + 1/8)
    lower, upper = usual_range(16, periods=8)
    half = 1.5 * math.sqrt(1.125)
    assert (float(lower), float(upper)) == pytest.approx(((4 - half) ** 2, (4 + half) ** 2))


def test_a_month_is_expected_from_the_same_months_of_usual_years():
    counts = [[14, 2, 1, 18, 16]]  # the second and third year were the pandemic
    mean, lower, upper = seasonal_range(counts, left_out=[False, True, True, False, False])
    half = 1.5 * math.sqrt(1 + 1 / 3)
    assert mean == pytest.approx([16.0])
    assert (lower[0], upper[0]) == pytest.approx(((4 - half) ** 2, (4 + half) ** 2))


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: log_linear_trend([1, 2, 3, 4], [1, 2, 3, 4]),
        lambda: log_linear_trend([0, 0, 0, 0, 0], [1, 2, 3, 4, 5]),
        lambda: log_linear_trend([1, 2, 3, 4, 5], [1, 2, 2, 4, 5]),
        lambda: log_linear_trend([1, 2, 3, 4, -5], [1, 2, 3, 4, 5]),
        lambda: log_linear_trend([1, 2, 3, 4, 5], [1, 2, 3, 4, np.nan]),
        lambda: log_linear_trend([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], exposure=0.0),
        lambda: log_linear_trend([0, 0, 0, 0, 9], [1, 2, 3, 4, 5]),
        lambda: usual_range(-1),
        lambda: usual_range(5, z=0),
        lambda: usual_range(5, periods=0),
        lambda: seasonal_range([[1, 2]], left_out=[True, True]),
        lambda: since_last_break([2020], [np.nan]),
    ],
)
def test_unusable_numbers_are_refused(attempt):
    with pytest.raises(UnusableNumbers):
        attempt()

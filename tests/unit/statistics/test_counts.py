"""Counts and rates: the vectors of the domain page, and what happens at the edges."""

import numpy as np
import pytest
from scipy.stats import chi2, norm

from sipa_data.statistics import UnusableNumbers, count_interval, e_test, poisson_z, rate_interval


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        (0, 0, 3.689),  # −ln 0.025
        (3, 0.619, 8.767),
        (9, 4.115, 17.085),  # the last exact one
        (10, 4.787, 18.391),  # the first of Byar
        (34, 23.542, 47.513),
        (120, 99.490, 143.492),
    ],
)
def test_the_interval_of_a_count_is_exact_below_ten_and_byars_from_ten_on(count, lower, upper):
    assert count_interval(count) == pytest.approx((lower, upper), abs=5e-4)


def test_no_case_at_all_leaves_a_lower_bound_of_zero_and_an_open_upper_one():
    lower, upper = count_interval(0)
    assert lower == 0.0
    assert upper == pytest.approx(-np.log(0.025))


def test_byar_is_close_to_exact_where_it_takes_over():
    counts = np.arange(10, 2000, 7)
    lower, upper = count_interval(counts)
    assert lower == pytest.approx(chi2.ppf(0.025, 2 * counts) / 2, rel=0.01)
    assert upper == pytest.approx(chi2.ppf(0.975, 2 * counts + 2) / 2, rel=0.002)


def test_a_rate_scales_count_and_bounds_alike():
    rate, lower, upper = rate_interval([34, 0], [24_000, 6_400])
    assert rate == pytest.approx([34 / 0.24, 0])
    assert (lower[0], upper[0]) == pytest.approx((23.542 / 0.24, 47.513 / 0.24), abs=5e-3)
    assert (lower[1], upper[1]) == pytest.approx((0, 3.689 / 0.064), abs=1e-2)


@pytest.mark.parametrize(
    ("before", "after", "z", "digits"),
    [
        (54_175, 53_894, -0.85, 0.005),  # Stuttgart 2024 to 2025
        (16_640, 15_269, -7.7, 0.05),  # Mitte 2024 to 2025
        (0, 0, 0.0, 0.0),
        (0, 9, 3.0, 1e-12),
    ],
)
def test_counting_noise_treats_both_counts_as_random(before, after, z, digits):
    assert poisson_z(before, after) == pytest.approx(z, abs=digits)


@pytest.mark.parametrize(
    ("count1", "count2", "p", "digits"),
    [
        (3, 0, 0.08838, 5e-6),
        (6, 2, 0.17487, 5e-6),  # Krishnamoorthy & Thomson (2004), second example
        (8, 5, 0.4283, 5e-5),
        (41, 34, 0.4231, 5e-5),
        (20, 5, 0.00222, 5e-6),
    ],
)
def test_the_e_test_of_two_counts(count1, count2, p, digits):
    assert e_test(count1, count2) == pytest.approx(p, abs=digits)
    assert e_test(count2, count1) == pytest.approx(p, abs=digits)


def test_two_zero_counts_are_no_difference():
    assert e_test(0, 0) == 1.0


def test_many_pairs_come_back_in_their_places():
    p = e_test([[3, 8], [6, 3]], [[0, 5], [2, 0]])
    assert p == pytest.approx(np.array([[0.08838, 0.42828], [0.17487, 0.08838]]), abs=5e-6)


def test_equal_rates_on_unequal_exposure_are_no_difference():
    assert e_test(6, 3, 2, 1) == pytest.approx(1 - np.exp(-9))  # all outcomes but two zeros


def test_a_supposed_difference_is_tested_against():
    assert e_test(15, 5) < 0.05 < e_test(15, 5, difference=5)
    assert e_test(15, 5, difference=10) == pytest.approx(1, abs=1e-6)
    assert e_test(0, 0, difference=3) == pytest.approx(np.exp(-3))


def test_large_counts_come_to_what_counting_noise_says():
    z = poisson_z(1_000_000, 1_003_000)
    assert e_test(1_000_000, 1_003_000) == pytest.approx(2 * norm.sf(abs(z)), rel=1e-3)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: count_interval(-1),
        lambda: count_interval(2.5),
        lambda: count_interval(np.nan),
        lambda: count_interval(3, confidence=1.0),
        lambda: rate_interval(3, 0),
        lambda: rate_interval(3, -5),
        lambda: rate_interval(3, np.nan),
        lambda: rate_interval(3, 100, per=0),
        lambda: poisson_z(-1, 3),
        lambda: e_test(1, 2, 0, 1),
        lambda: e_test(1, 2, difference=-1),
        lambda: e_test(6_000_000, 6_000_000),
        lambda: e_test(0.5, 2),
    ],
)
def test_impossible_counts_are_refused_and_never_become_nan(ask):
    with pytest.raises(UnusableNumbers):
        ask()

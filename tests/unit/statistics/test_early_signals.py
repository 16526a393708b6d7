"""Early signals: what is expected, what stands out, what does not, and what is refused."""

import numpy as np
import pytest

from sipa_data.statistics import UnusableNumbers
from sipa_data.statistics.early_signals import early_signals
from tests.spec import area_reference

FIVE_YEARS = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], 3)
CALM = [20, 22, 18, 21, 19, 20, 17, 23, 20, 22, 18, 21, 20, 19, 20]
PEAK = [20, 22, 18, 21, 60, 20, 17, 23, 20, 22, 18, 21, 20, 19, 20]


def test_the_expected_month_is_the_one_computed_in_plain_python():
    earlier = [31, 28, 35, 25, 30, 27, 22, 25, 28, 20, 24, 19, 18, 22, 17]  # rising towards the present
    found = early_signals([52], [earlier], FIVE_YEARS, swing=0.08)
    mean, variance, phi = area_reference.expected_month(earlier, FIVE_YEARS.tolist(), 0.08)
    assert (found.expected[0], found.dispersion[0]) == pytest.approx((mean, phi))
    assert found.p[0] == pytest.approx(area_reference.negative_binomial_at_least(52, mean, variance), rel=1e-6)


def test_a_past_peak_is_discounted_as_in_plain_python():
    found = early_signals([45], [PEAK], FIVE_YEARS)
    mean, variance, phi = area_reference.expected_month(PEAK, FIVE_YEARS.tolist(), 0.0)
    assert (found.expected[0], found.dispersion[0]) == pytest.approx((mean, phi))
    assert found.p[0] == pytest.approx(area_reference.negative_binomial_at_least(45, mean, variance), rel=1e-6)


def test_a_doubled_month_after_calm_years_is_a_signal_and_a_usual_one_is_not():
    found = early_signals([40, 22, 20], [CALM] * 3, FIVE_YEARS)
    assert found.is_signal.tolist() == [True, False, False]
    assert found.expected == pytest.approx([20, 20, 20], abs=1.5)


def test_a_past_peak_raises_the_bound_less_than_it_would_without_being_discounted():
    plain = area_reference.log_linear(PEAK, (3 - FIVE_YEARS).tolist(), [1.0] * 15, [1.0] * 15, with_slope=True)
    undiscounted = float(np.exp(plain[0] + 3 * plain[1]))
    assert early_signals([40], [PEAK], FIVE_YEARS).expected[0] < undiscounted


def test_the_bounds_are_those_of_the_stated_quantile():
    found = early_signals([40], [CALM], FIVE_YEARS)
    mean, variance, _ = area_reference.expected_month(CALM, FIVE_YEARS.tolist(), 0.0)
    upper = int(found.upper[0])
    assert area_reference.negative_binomial_at_least(upper + 1, mean, variance) <= 0.005
    assert area_reference.negative_binomial_at_least(upper, mean, variance) > 0.005


def test_unusual_times_do_not_lower_what_is_expected():
    pandemic = np.array([20, 22, 18, 2, 3, 2, 1, 2, 2, 22, 18, 21, 20, 19, 20])
    usable = (FIVE_YEARS != 2) & (FIVE_YEARS != 3)
    with_them, without = (early_signals([25], [pandemic], FIVE_YEARS, usable=mask) for mask in (None, usable))
    calm = early_signals([25], [pandemic[usable]], FIVE_YEARS[usable])
    assert without.expected[0] == pytest.approx(20, abs=1.5)
    assert without.expected[0] == pytest.approx(calm.expected[0])
    assert not without.is_signal[0]
    assert with_them.dispersion[0] > without.dispersion[0]


def test_a_usual_yearly_swing_widens_the_bounds():
    narrow, wide = (early_signals([40], [CALM], FIVE_YEARS, swing=swing) for swing in (0.0, 0.25))
    assert wide.upper[0] > narrow.upper[0]
    assert wide.expected[0] == narrow.expected[0]


def test_fewer_than_five_cases_are_never_a_signal():
    found = early_signals([4, 5], [[0] * 15] * 2, FIVE_YEARS)
    assert found.is_signal.tolist() == [False, True]
    assert found.expected == pytest.approx([0.5 / 15] * 2)


def test_one_earlier_year_is_too_little_to_expect_anything_from():
    found = early_signals([90], [[20, 22, 18, 0, 0, 0]], [1, 1, 1, 2, 2, 2], usable=[[True] * 3 + [False] * 3])
    assert not found.judged[0]
    assert not found.is_signal[0]
    assert (found.expected[0], found.lower[0], found.upper[0], found.p[0]) == (0, 0, 0, 1)


def test_a_trend_never_expects_more_than_was_ever_seen():
    rising = [60, 62, 58, 48, 50, 49, 40, 41, 42, 33, 32, 35, 27, 26, 28]
    assert early_signals([70], [rising], FIVE_YEARS).expected[0] <= 62


def test_cases_of_one_distant_year_only_are_no_trend_to_nothing():
    once = [0] * 12 + [3, 4, 3]
    found = early_signals([5], [once], FIVE_YEARS)
    assert np.isfinite([found.expected[0], found.upper[0], found.p[0]]).all()
    assert found.expected[0] == pytest.approx(10 / 15, rel=0.3)


def test_no_series_at_all_gives_no_signals():
    found = early_signals([], np.zeros((0, 15)), FIVE_YEARS)
    assert found.is_signal.size == 0


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: early_signals([-1], [CALM], FIVE_YEARS),
        lambda: early_signals([1.5], [CALM], FIVE_YEARS),
        lambda: early_signals([1], [CALM[:-1]], FIVE_YEARS),
        lambda: early_signals([1], [CALM], FIVE_YEARS - 1),
        lambda: early_signals([1], [CALM], FIVE_YEARS, quantile=0.5),
        lambda: early_signals([1], [CALM], FIVE_YEARS, quantile=1.0),
        lambda: early_signals([1], [CALM], FIVE_YEARS, swing=-0.1),
        lambda: early_signals([1], [[np.nan, *CALM[1:]]], FIVE_YEARS),
    ],
)
def test_unusable_numbers_are_refused(attempt):
    with pytest.raises(UnusableNumbers):
        attempt()

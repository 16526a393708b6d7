"""Areas and time: what must be true of every number that goes in, against plain Python and against bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.answers.yardsticks import members, taken_together
from sipa_data.statistics.early_signals import early_signals
from sipa_data.statistics.funnel import binomial_limits, lies_outside, overdispersion, poisson_limits, share_limits
from sipa_data.statistics.smoothing import smoothed
from sipa_data.statistics.trend import log_linear_trend, seasonal_range, usual_range
from tests.spec import area_reference

rates = st.floats(0, 2_000)
people = st.integers(500, 90_000)
estimates = st.lists(st.tuples(st.floats(-50, 50), st.floats(0.01, 100)), min_size=5, max_size=23)
months = st.lists(st.integers(0, 60), min_size=15, max_size=15)
BACK = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], 3)


@given(rates, people, st.sampled_from([0.95, 0.998]), st.floats(0.1, 40))
def test_poisson_limits_are_the_quantiles_counted_out(rate, size, confidence, phi):
    lower, upper = poisson_limits(rate, [size], confidence, overdispersion=phi)
    assert (lower[0], upper[0]) == pytest.approx(
        area_reference.poisson_limits(rate, size, confidence, phi=phi), rel=1e-9, abs=1e-9
    )
    assert 0 <= lower[0] <= rate + 1e-9
    assert upper[0] >= rate - 1e5 / size  # a whole count at most one below the expected one


@given(rates, people, st.integers(1, 90_000))
def test_a_funnel_never_opens_again_with_size_but_for_one_case(rate, size, more):
    (narrow,), (wide,) = (poisson_limits(rate, [n])[1] - poisson_limits(rate, [n])[0] for n in (size + more, size))
    assert narrow <= wide + 2e5 / size


@given(st.floats(0, 1), st.integers(1, 5_000))
def test_limits_of_shares_stay_within_zero_and_one(share, size):
    for lower, upper in (share_limits(share, [size]), binomial_limits(share, [size])):
        assert 0 <= lower[0] <= upper[0] <= 1


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=40), st.floats(0, 0.4))
def test_overdispersion_is_the_one_of_plain_python(scores, share):
    assert overdispersion(scores, share) == pytest.approx(area_reference.overdispersion(scores, share), abs=1e-9)


@given(rates, people, st.integers(0, 400))
def test_a_value_lies_outside_exactly_where_its_count_passes_a_quantile(rate, size, count):
    lower, upper = poisson_limits(rate, [size])
    side = lies_outside([count * 1e5 / size], lower, upper)[0]
    low, high = (area_reference.poisson_quantile(tail, rate * size / 1e5) for tail in (0.025, 0.975))
    assert side == (count > high) - (count < low)


@settings(max_examples=60)
@given(estimates)
def test_smoothed_values_are_those_of_plain_python_and_lie_between(pairs):
    values, variances = map(list, zip(*pairs, strict=True))
    found = smoothed(values, variances)
    centre, between, expected = area_reference.fay_herriot(values, variances)
    assert (found.centre, found.sigma**2) == pytest.approx((centre, between), rel=1e-5, abs=1e-6)
    assert found.value == pytest.approx(expected, rel=1e-5, abs=1e-5)
    low, high = np.minimum(values, found.centre), np.maximum(values, found.centre)
    assert (found.value >= low - 1e-6).all()
    assert (found.value <= high + 1e-6).all()
    assert ((found.lower <= found.value) & (found.value <= found.upper)).all()


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(20, 500), min_size=5, max_size=14))
def test_a_trend_is_the_one_of_plain_python(counts):
    found = log_linear_trend(counts, range(len(counts)))
    expected = area_reference.trend(counts, list(range(len(counts))))
    assert (found.factor, found.lower, found.upper, found.dispersion) == pytest.approx(expected, rel=1e-6)
    assert 0 < found.lower <= found.factor <= found.upper
    again = log_linear_trend([3 * count for count in counts], range(len(counts)), exposure=3.0)
    assert again.factor == pytest.approx(found.factor)  # three times the cases of three times the people


@given(st.floats(0, 1e4), st.floats(0.1, 6), st.integers(1, 40))
def test_a_band_holds_its_mean_and_widens_with_fewer_periods(mean, z, periods):
    lower, upper = usual_range(mean, z)
    wider_lower, wider_upper = usual_range(mean, z, periods)
    assert wider_lower <= lower <= mean <= upper <= wider_upper
    middle, low, high = seasonal_range([[round(mean)] * periods], z)
    assert (middle[0], low[0], high[0]) == pytest.approx(
        (round(mean), *map(float, usual_range(round(mean), z, periods)))
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(months, st.integers(0, 200), st.booleans()), min_size=1, max_size=6), st.floats(0, 0.4))
def test_signals_are_finite_and_each_series_is_judged_for_itself(series, swing):
    earlier, now = [one[0] for one in series], [one[1] for one in series]
    usable = np.array([[True] * 15 if one[2] else [True] * 3 + [False] * 12 for one in series])
    found = early_signals(now, earlier, BACK, usable, swing=swing)
    for column in found:
        assert np.isfinite(column.astype(float)).all()
    assert ((found.p >= 0) & (found.p <= 1)).all()
    assert ((found.lower <= found.upper) & (found.lower >= 0)).all()
    assert found.judged.tolist() == [one[2] for one in series]
    assert (found.is_signal <= (np.array(now) > found.upper)).all()
    for place in range(len(series)):
        alone = early_signals([now[place]], [earlier[place]], BACK, usable[[place]], swing=swing)
        together = [column[place] for column in found]
        assert [column[0] for column in alone] == pytest.approx(together, rel=1e-6, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(months, st.integers(0, 200))
def test_more_cases_never_look_more_usual(earlier, count):
    fewer, more = early_signals([count, count + 1], [earlier] * 2, BACK).p
    assert more <= fewer + 1e-12


@given(st.lists(st.text("0123456789abzAZ", min_size=1, max_size=12), min_size=1, max_size=23))
def test_districts_taken_together_can_be_told_apart_again(districts):
    assert members(taken_together(districts)) == districts

"""Funnel limits and overdispersion: published numbers, arithmetic, and what is refused."""

import numpy as np
import pytest

from sipa_data.statistics import UnusableNumbers
from sipa_data.statistics.funnel import (
    binomial_limits,
    count_scores,
    lies_outside,
    overdispersion,
    poisson_limits,
    share_limits,
    share_scores,
)
from sipa_data.statistics.proportions import wilson_interval
from tests.spec import area_reference


def test_limits_of_violent_crime_in_germany_for_three_sizes_of_districts():
    # domain vector: θ = 253.8; 6,400 → 140.6–390.6; 24,000 → 191.7–320.8; 70,000 → 217.1–291.4
    lower, upper = poisson_limits(253.8, [6_400, 24_000, 70_000])
    assert lower == pytest.approx([140.6, 191.7, 217.1], abs=0.05)
    assert upper == pytest.approx([390.6, 320.8, 291.4], abs=0.05)


def test_limits_are_whole_counts_divided_by_the_inhabitants():
    # 253.8 · 6,400 / 100,000 = 16.24 expected; 9 and 25 are its 2.5 and 97.5 per cent quantiles
    lower, upper = poisson_limits(253.8, [6_400])
    assert (lower[0] * 6_400 / 100_000, upper[0] * 6_400 / 100_000) == pytest.approx((9, 25))


def test_the_outer_limits_lie_around_the_inner_ones():
    inner, outer = poisson_limits(253.8, [6_400, 70_000]), poisson_limits(253.8, [6_400, 70_000], 0.998)
    assert (outer[0] < inner[0]).all()
    assert (outer[1] > inner[1]).all()


def test_overdispersion_of_four_doubles_the_distance_from_the_centre():
    lower, upper = poisson_limits(253.8, [70_000])
    wide_lower, wide_upper = poisson_limits(253.8, [70_000], overdispersion=4.0)
    assert 253.8 - wide_lower == pytest.approx(2 * (253.8 - lower))
    assert wide_upper - 253.8 == pytest.approx(2 * (upper - 253.8))


def test_less_scatter_than_chance_narrows_nothing():
    assert np.array_equal(poisson_limits(253.8, [6_400], overdispersion=0.3), poisson_limits(253.8, [6_400]))


def test_a_widened_lower_limit_never_falls_below_zero():
    assert poisson_limits(10.0, [5_000], overdispersion=50.0)[0] == pytest.approx(0.0)


def test_scores_are_twice_the_difference_of_the_roots():
    assert count_scores([25, 16, 9], [16, 16, 16]) == pytest.approx([2 * (5 - 4), 0, 2 * (3 - 4)])


def test_a_share_on_the_centre_has_the_score_zero():
    # arcsin√0.25 = π/6 and arcsin√0.75 = π/3, so 2√100·(π/3 − π/6) = 20·π/6
    assert share_scores([0.25, 0.75], [100, 100], 0.25) == pytest.approx([0.0, 20 * np.pi / 6])


def test_overdispersion_is_the_mean_square_after_the_ends_are_pulled_in():
    # the quantiles 0.1 and 0.9 of ten scores lie at the places 0.9 and 8.1 of their order, counted from 0
    scores = [-10, 0, 1, 1, 1, 1, 1, 2, 3, 100]
    low, high = -10 + 0.9 * 10, 3 + 0.1 * 97
    assert (low, high) == pytest.approx((-1.0, 12.7))
    assert overdispersion(scores) == pytest.approx((1 + 0 + 5 * 1 + 4 + 9 + 12.7**2) / 10)
    assert overdispersion(scores) == pytest.approx(area_reference.overdispersion(scores, 0.1))


def test_one_area_far_out_does_not_widen_the_limits_for_itself():
    calm = [(-1.0) ** place for place in range(20)]
    assert overdispersion([*calm, 60.0]) == pytest.approx(1.0)


def test_shares_on_the_limit_are_those_whose_wilson_interval_ends_at_the_centre():
    lower, upper = share_limits(0.14, [307.0])
    assert wilson_interval(lower, 307.0)[1] == pytest.approx(0.14)
    assert wilson_interval(upper, 307.0)[0] == pytest.approx(0.14)


def test_limits_of_whole_things_are_binomial_quantiles():
    # 10 things at 30 per cent: P(X <= 0) = 0.0282 > 0.025 and P(X <= 6) = 0.9894 >= 0.975 > P(X <= 5) = 0.9527
    assert binomial_limits(0.3, [10]) == (pytest.approx([0.0]), pytest.approx([0.6]))


def test_a_value_on_a_limit_lies_inside():
    lower, upper = poisson_limits(253.8, [6_400])
    found = lies_outside([8 / 0.064, 9 / 0.064, 25 / 0.064, 26 / 0.064], lower, upper)
    assert found.tolist() == [-1, 0, 0, 1]


def test_where_nothing_happens_anywhere_no_area_lies_outside():
    lower, upper = poisson_limits(0.0, [6_400, 70_000])
    assert (lower.tolist(), upper.tolist()) == ([0, 0], [0, 0])
    assert not lies_outside([0.0, 0.0], lower, upper).any()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: poisson_limits(253.8, [0]),
        lambda: poisson_limits(253.8, [np.nan]),
        lambda: poisson_limits(-1.0, [100]),
        lambda: poisson_limits(253.8, [100], 1.0),
        lambda: poisson_limits(253.8, [100], overdispersion=-0.1),
        lambda: share_limits(1.2, [100]),
        lambda: share_limits(0.2, [0.0]),
        lambda: binomial_limits(0.2, [10.5]),
        lambda: binomial_limits(0.2, [0]),
        lambda: count_scores([-1], [3]),
        lambda: count_scores([1], [-3]),
        lambda: share_scores([0.2], [0], 0.2),
        lambda: overdispersion([1.0]),
        lambda: overdispersion([1.0, np.nan]),
        lambda: overdispersion([1.0, 2.0], winsorised=0.5),
    ],
)
def test_unusable_numbers_are_refused(attempt):
    with pytest.raises(UnusableNumbers):
        attempt()

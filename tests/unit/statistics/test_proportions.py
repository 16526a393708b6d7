"""Weighted shares: the vectors of the domain page, and what happens at the edges."""

import numpy as np
import pytest

from sipa_data.statistics import (
    UnusableNumbers,
    design_effect,
    detectable_difference,
    effective_size,
    newcombe_difference,
    share_from_sums,
    weighted_share,
    weighted_shares_by_group,
    wilson_interval,
)

WEIGHTS = (0.5, 0.5, 1, 1, 2, 2, 1, 1, 0.5, 1.5)  # sum 11, sum of squares 15
ANSWERS = (1, 0, 1, 1, 0, 1, 0, 1, 0, 1)  # weight of the counted ones: 7


def test_a_weighted_share_is_counted_weight_over_weight():
    assert weighted_share(ANSWERS, WEIGHTS) == pytest.approx(7 / 11)
    assert weighted_share(ANSWERS, WEIGHTS) == pytest.approx(0.63636, abs=5e-6)


def test_kishs_effective_size_is_the_squared_sum_over_the_sum_of_squares():
    assert effective_size(WEIGHTS) == pytest.approx(11**2 / 15)
    assert effective_size(WEIGHTS) == pytest.approx(8.06667, abs=5e-6)
    assert design_effect(WEIGHTS) == pytest.approx(1.23967, abs=5e-6)


def test_equal_weights_cost_nothing_whatever_their_size():
    assert effective_size([3.7] * 12) == pytest.approx(12)
    assert design_effect([3.7] * 12) == pytest.approx(1)


def test_the_design_effect_is_one_and_the_squared_variation_of_the_weights():
    variation = np.var(WEIGHTS) / np.mean(WEIGHTS) ** 2
    assert design_effect(WEIGHTS) == pytest.approx(1 + variation)


@pytest.mark.parametrize(
    ("share", "n", "lower", "upper", "digits"),
    [
        (7 / 11, 121 / 15, 0.31564, 0.86911, 5e-6),
        (81 / 263, 263, 0.25529, 0.36621, 5e-6),  # Newcombe (1998), score interval
        (0.14, 9_900, 0.133, 0.147, 5e-4),
        (0.14, 307, 0.106, 0.183, 5e-4),
        (0.14, 60, 0.074, 0.249, 5e-4),
    ],
)
def test_wilsons_interval_on_the_effective_size(share, n, lower, upper, digits):
    assert wilson_interval(share, n) == pytest.approx((lower, upper), abs=digits)


def test_a_share_of_zero_or_one_has_its_own_bound_exactly_there():
    lower, upper = wilson_interval([0.0, 1.0], [40.3, 40.3])
    assert lower[0] == 0.0
    assert upper[1] == 1.0
    assert 0 < upper[0] == pytest.approx(1 - lower[1])


def test_newcombes_difference_of_two_shares():
    difference, lower, upper = newcombe_difference(56 / 70, 70, 48 / 80, 80)  # Newcombe (1998), example a
    assert (difference, lower, upper) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_overlapping_intervals_may_still_be_a_difference():
    _, upper_of_low = wilson_interval(0.60, 200)
    lower_of_high, _ = wilson_interval(0.70, 200)
    assert lower_of_high < upper_of_low
    assert newcombe_difference(0.70, 200, 0.60, 200)[1] > 0


@pytest.mark.parametrize(("n", "points"), [(60, 17.7), (150, 11.2), (300, 7.9), (430, 6.6), (700, 5.2)])
def test_the_smallest_detectable_difference_shrinks_with_the_sample(n, points):
    assert 100 * detectable_difference(0.14, n, n) == pytest.approx(points, abs=0.05)


def test_a_share_of_zero_does_not_promise_to_find_anything():
    assert detectable_difference(0.0, 50, 50) == pytest.approx(detectable_difference(1 / 52, 50, 50))
    assert detectable_difference(1.0, 50, 50) == pytest.approx(detectable_difference(0.0, 50, 50))


def test_shares_of_many_groups_at_once_are_those_of_each_group_alone():
    groups = np.array([0, 0, 2, 2, 2, 0, 2, 0, 3, 3])
    found = weighted_shares_by_group(ANSWERS, WEIGHTS, groups, 5)
    for group in (0, 2, 3):
        own = groups == group
        answers, weights = np.array(ANSWERS)[own], np.array(WEIGHTS)[own]
        assert found.share[group] == pytest.approx(weighted_share(answers, weights))
        assert found.n_effective[group] == pytest.approx(effective_size(weights))
        assert found.n[group] == own.sum()


def test_a_group_without_answers_is_told_by_its_n_and_its_interval_says_nothing():
    found = weighted_shares_by_group([1, 1], [1, 1], [0, 0], 2)
    assert (found.share[1], found.n[1], found.n_effective[1]) == (0, 0, 0)
    lower, upper = found.interval()
    assert (lower[1], upper[1]) == (0, 1)
    assert upper[0] == 1 > lower[0] > 0


def test_sums_from_a_database_give_the_same_share():
    weights, answers = np.array(WEIGHTS), np.array(ANSWERS)
    found = share_from_sums(weights.sum(), (weights**2).sum(), (weights * answers).sum(), 10)
    assert found.share[0] == pytest.approx(7 / 11)
    assert found.n_effective[0] == pytest.approx(121 / 15)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: weighted_share([], []),
        lambda: weighted_share([1, 0], [0, 0]),
        lambda: weighted_share([1, 0], [1, -1]),
        lambda: weighted_share([1, 2], [1, 1]),
        lambda: weighted_share([1, np.nan], [1, 1]),
        lambda: weighted_share([1, 0, 1], [1, 1]),
        lambda: effective_size([]),
        lambda: effective_size([0, 0]),
        lambda: effective_size([[1, 1]]),
        lambda: wilson_interval(1.01, 50),
        lambda: wilson_interval(-0.01, 50),
        lambda: wilson_interval(0.5, 0),
        lambda: wilson_interval(0.5, np.inf),
        lambda: wilson_interval(0.5, 50, confidence=95),
        lambda: newcombe_difference(0.5, 50, np.nan, 50),
        lambda: detectable_difference(0.5, 50, 50, power=1.0),
        lambda: weighted_shares_by_group([1], [1], [3], 3),
        lambda: weighted_shares_by_group([1], [1], [-1], 3),
        lambda: share_from_sums([0.0], [0.0], [0.0], [4]),
        lambda: share_from_sums([2.0], [2.0], [3.0], [4]),
        lambda: share_from_sums([2.0], [2.0], [1.0], [0]),
    ],
)
def test_numbers_that_make_no_share_are_refused_and_never_become_nan(ask):
    with pytest.raises(UnusableNumbers) as refused:
        ask()
    assert isinstance(refused.value, ValueError)

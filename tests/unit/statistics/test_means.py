"""Weighted means: textbook arithmetic, scipy's own t test where weights are equal, and the edges."""

import numpy as np
import pytest
from scipy import stats

from sipa_data.statistics import (
    UnusableNumbers,
    detectable_mean_difference,
    mean_difference,
    mean_from_sums,
    mean_publishability,
    swing_of_spans,
)
from sipa_data.statistics.means import MeanEstimates
from tests.spec import reference


def estimates(*groups: tuple[list[float], list[float]]) -> MeanEstimates:
    """From values and weights of each group."""
    columns = [
        (sum(w), sum(x * x for x in w), float(np.dot(w, y)), float(np.dot(w, np.square(y))), len(y)) for y, w in groups
    ]
    return mean_from_sums(*np.array(columns).T)


def test_equal_weights_give_the_textbook_mean_and_standard_error():
    # 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squared deviations 32, s² = 32/7, s²/n = 4/7
    found = estimates(([2, 4, 4, 4, 5, 5, 7, 9], [1] * 8))
    assert (found.mean[0], found.variance[0], found.n_effective[0]) == pytest.approx((5, 4 / 7, 8))
    lower, upper = found.interval(0, 10)
    assert (lower[0], upper[0]) == pytest.approx((5 - 2.3646 * (4 / 7) ** 0.5, 5 + 2.3646 * (4 / 7) ** 0.5), abs=1e-4)


def test_weights_move_the_mean_and_cost_effective_answers():
    # weights 1, 1, 2: n_eff = 16/6; mean (1 + 2 + 2·5)/4 = 3.25
    values, weights = [1.0, 2.0, 5.0], [1.0, 1.0, 2.0]
    found, truth = estimates((values, weights)), reference.mean(values, weights, 0, 10)
    assert found.mean[0] == pytest.approx(3.25)
    assert found.n_effective[0] == pytest.approx(16 / 6)
    assert found.variance[0] == pytest.approx(truth.variance)
    # spread Σp(y − ȳ)² = (2.25² + 1.25² + 2·1.75²)/4 = 3.1875, divided by 16/6 − 1
    assert found.variance[0] == pytest.approx(3.1875 / (16 / 6 - 1))


def test_the_scale_of_the_weights_does_not_matter():
    values = [1.0, 2.0, 2.0, 6.0, 3.0]
    one, hundred = (estimates((values, [scale * w for w in (1, 2, 1, 0.5, 3)])) for scale in (1, 100))
    assert one.mean == pytest.approx(hundred.mean)
    assert one.variance == pytest.approx(hundred.variance)


def test_with_equal_weights_the_difference_is_welchs_t_test():
    chance = np.random.default_rng(7)
    first, second = chance.normal(2.6, 1.0, 140).tolist(), chance.normal(2.9, 1.4, 60).tolist()
    found = mean_difference(estimates((first, [1] * 140)), estimates((second, [1] * 60)))
    truth = stats.ttest_ind(first, second, equal_var=False)
    interval = truth.confidence_interval(0.95)
    assert found[0][0] == pytest.approx(np.mean(first) - np.mean(second))
    assert (found[1][0], found[2][0], found[3][0]) == pytest.approx((interval.low, interval.high, truth.pvalue))


def test_nobody_and_one_person_tell_nothing_about_the_spread():
    found = estimates(([], []), ([4.0], [1.0]))
    assert list(found.mean) == [0, 4]
    assert np.isinf(found.variance).all()
    lower, upper = found.interval(1, 6)
    assert (list(lower), list(upper)) == ([1, 1], [6, 6])
    _, lower, upper, p = mean_difference(found, found)
    assert (np.isinf(lower).all(), np.isinf(upper).all(), list(p)) == (True, True, [1, 1])


def test_where_all_answer_alike_a_different_mean_is_surely_different():
    alike = estimates(([2.0] * 40, [1.0] * 40), ([3.0] * 40, [1.0] * 40))
    difference, lower, upper, p = mean_difference(alike, MeanEstimates(*(column[[0, 0]] for column in alike)))
    assert (list(difference), list(lower), list(upper), list(p)) == ([0, 1], [0, 1], [0, 1], [1, 0])


def test_the_detectable_difference_needs_both_spreads():
    one = estimates(([1.0, 2.0] * 50, [1.0] * 100))  # variance 0.25/99
    found = detectable_mean_difference(one, one)
    assert found[0] == pytest.approx((1.959964 + 0.841621) * (2 * 0.25 / 99) ** 0.5, rel=1e-5)


@pytest.mark.parametrize(
    ("n", "n_effective", "status"),
    [(29, 29, "unreliable"), (30, 29.9, "unreliable"), (30, 30, "limited"), (99, 60, "limited"), (100, 30, "ok")],
)
def test_a_mean_is_shown_from_thirty_effective_answers_on(n, n_effective, status):
    assert mean_publishability([n], [n_effective])[0] == status


@pytest.mark.parametrize("sums", [(0, 0, 0, 0, 3), (-1, 1, 1, 1, 3), (1, 1, np.nan, 1, 3)])
def test_sums_that_cannot_be_are_refused(sums):
    with pytest.raises(UnusableNumbers):
        mean_from_sums(*([one] for one in sums))


@pytest.mark.parametrize("years", [1, 2, 3, 5])
def test_the_swing_between_averages_of_years_is_that_of_independent_yearly_changes(years):
    assert swing_of_spans(0.05, years) == pytest.approx(reference.swing_of_spans(0.05, years))


def test_the_swing_of_one_year_is_the_yearly_one_and_a_walk_shows_that_of_three():
    assert swing_of_spans(0.047, 1) == pytest.approx(0.047)
    steps = np.random.default_rng(3).normal(0, 0.05, (200_000, 6)).cumsum(axis=1)
    assert (steps[:, 3:].mean(axis=1) - steps[:, :3].mean(axis=1)).std() == pytest.approx(
        swing_of_spans(0.05, 3), rel=0.01
    )


def test_a_span_has_at_least_a_year():
    with pytest.raises(UnusableNumbers):
        swing_of_spans(0.05, 0)

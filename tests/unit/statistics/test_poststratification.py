"""City values from samples that ask some districts too often: arithmetic in sight, and what is refused."""

import numpy as np
import pytest

from sipa_data.statistics import UnusableNumbers, share_from_sums
from sipa_data.statistics.poststratification import (
    Answered,
    Asked,
    Misplaced,
    misplaced_weight,
    post_strata,
    poststratified_means,
    poststratified_shares,
)

CITY = [[True, True]]
# A small and a large district, 100 people asked in each, 30 and 10 of them afraid. Nine in ten live in the large one.
ASKED = Asked(np.array([100.0, 100]), np.array([100.0, 100]), np.array([1_000.0, 9_000]), np.array([0, 1]))
AFRAID = Answered(
    *(np.array(column, dtype=float) for column in ([100, 100], [100, 100], [30, 10], [30, 10], [100, 100]))
)


def test_each_district_counts_as_many_people_as_live_there():
    found = poststratified_shares(ASKED, AFRAID, CITY)
    assert found.share[0] == pytest.approx(0.1 * 0.30 + 0.9 * 0.10)  # 12 per cent, not 20
    variance = 0.1**2 * 0.30 * 0.70 / 100 + 0.9**2 * 0.10 * 0.90 / 100
    assert found.n_effective[0] == pytest.approx(0.12 * 0.88 / variance)
    assert found.n[0] == 200


def test_the_rest_of_the_city_is_the_city_without_the_district():
    found = poststratified_shares(ASKED, AFRAID, [[False, True], [True, False], [False, False]])
    assert found.share.tolist() == pytest.approx([0.10, 0.30, 0])
    assert found.n_effective.tolist() == pytest.approx([100, 100, 0])
    assert found.n.tolist() == [100, 100, 0]


def test_a_mean_is_made_up_in_the_same_way():
    # grades 2 and 4 in the small district, each by half; 3 by everybody in the large one
    answered = Answered(*(np.array(column, dtype=float) for column in
                          ([100, 100], [100, 100], [300, 300], [1_000, 900], [100, 100])))  # fmt: skip
    found = poststratified_means(ASKED, answered, CITY)
    assert found.mean[0] == pytest.approx(3)
    spread, variance = 0.1 * 1, 0.1**2 * 1 / 100  # squared distance to 3: 1 in the small district, 0 in the large
    assert found.n_effective[0] == pytest.approx(min(200, spread / variance))
    assert found.variance[0] == pytest.approx(spread / (200 - 1))


def test_a_group_that_lives_mostly_in_one_district_counts_as_large_as_it_is_there():
    # every second person in the small district belongs to the group, every tenth in the large one
    answered = Answered(*(np.array(column, dtype=float) for column in ([50, 10], [50, 10], [25, 1], [25, 1], [50, 10])))
    found = poststratified_shares(ASKED, answered, CITY)
    assert found.share[0] == pytest.approx((0.1 * 0.25 + 0.9 * 0.01) / (0.1 * 0.5 + 0.9 * 0.1))
    assert 0 < found.n_effective[0] <= 60


def test_one_district_alone_is_what_it_was_without():
    asked = Asked(*(np.array([one], dtype=float) for one in (11, 15, 5_000)), np.array([0]))
    answered = Answered(*(np.array([one], dtype=float) for one in (11, 15, 7, 7, 10)))
    found, simple = poststratified_shares(asked, answered, [[True]]), share_from_sums([11], [15], [7], [10])
    assert (found.share[0], found.n_effective[0]) == pytest.approx((simple.share[0], simple.n_effective[0]))


def test_where_all_answer_alike_the_effective_size_is_that_of_the_raised_weights():
    nobody_afraid = AFRAID._replace(sum_wy=np.zeros(2), sum_wy2=np.zeros(2))
    found = poststratified_shares(ASKED, nobody_afraid, CITY)
    assert found.share[0] == 0
    assert found.n_effective[0] == pytest.approx(1 / (0.1**2 / 100 + 0.9**2 / 100))
    assert all(np.isfinite(bound).all() for bound in found.interval())


def test_a_district_in_which_nobody_was_asked_is_left_out_unless_it_is_joined():
    asked = Asked(*(np.array(column, dtype=float) for column in ([100, 0], [100, 0], [1_000, 9_000])), np.array([0, 1]))
    answered = Answered(*(np.array(column, dtype=float) for column in ([100, 0], [100, 0], [30, 0], [30, 0], [100, 0])))
    assert poststratified_shares(asked, answered, CITY).share[0] == pytest.approx(0.3)


def test_misplaced_weight_is_half_the_sum_of_all_differences():
    found = misplaced_weight([100, 100], [100, 100], [1_000, 9_000])
    assert found.share == pytest.approx((abs(0.5 - 0.1) + abs(0.5 - 0.9)) / 2)
    assert found.needs_poststratification


def test_weights_that_give_each_district_its_share_are_left_alone():
    assert misplaced_weight([100, 900], [40, 4_000], [1_000, 9_000]) == Misplaced(pytest.approx(0), pytest.approx(1))


def test_a_small_even_sample_misses_the_districts_by_chance():
    # 20 people in four equal districts: 8, 4, 4, 4 instead of 5 each; chi-square 2.4 on 3 degrees of freedom
    found = misplaced_weight([8, 4, 4, 4], [8, 4, 4, 4], [10, 10, 10, 10])
    assert found.share == pytest.approx(0.15)
    assert found.p == pytest.approx(0.4936, abs=5e-5)  # the upper tail of chi-square, from a printed table
    assert not found.needs_poststratification


def test_a_large_sample_may_misplace_a_twentieth_of_its_weight():
    assert not misplaced_weight([5_490, 4_510], [5_490, 4_510], [1, 1]).needs_poststratification
    assert misplaced_weight([5_510, 4_490], [5_510, 4_490], [1, 1]).needs_poststratification


def test_a_district_of_few_respondents_joins_the_smallest_one_of_its_kind():
    #                              itself   joined   itself   joined
    assert post_strata([300, 12, 40, 25], [0, 1, 0, 1]).tolist() == [0, 1, 2, 1]


def test_where_no_other_district_is_of_its_kind_it_joins_the_smallest_of_all():
    assert post_strata([300, 12, 40], [0, 1, 2]).tolist() == [0, 1, 1]


def test_districts_are_joined_until_there_are_enough():
    assert post_strata([0, 3, 5, 30, 400], [0, 0, 0, 0, 1]).tolist() == [0, 0, 0, 0, 1]
    assert post_strata([2, 3], [0, 0]).tolist() == [0, 0]
    assert post_strata([20, 20], [0, 0]).tolist() == [0, 1]
    assert post_strata([], []).tolist() == []


@pytest.mark.parametrize(
    "columns",
    [([0, 0], [0, 0], [1, 1]), ([1, -1], [1, 1], [1, 1]), ([1, 1], [1, 1], [1, 0]), ([1, 1], [1, 1], [1]),
     ([1, float("nan")], [1, 1], [1, 1])],
)  # fmt: skip
def test_a_sample_without_weight_or_a_district_without_people_is_refused(columns):
    with pytest.raises(UnusableNumbers):
        misplaced_weight(*columns)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sum_w": np.array([100.0, 100.1])},  # more weight answered than was asked
        {"sum_w": np.array([0.0, 100])},  # answers without weight
        {"sum_wy": np.array([float("nan"), 10])},
        {"n": np.array([100, 9.5])},
        {"n": np.array([100.0])},
    ],
)
def test_answers_that_cannot_be_are_refused(wrong):
    with pytest.raises(UnusableNumbers):
        poststratified_shares(ASKED, AFRAID._replace(**wrong), CITY)
    with pytest.raises(UnusableNumbers):
        poststratified_means(ASKED, AFRAID._replace(**wrong), CITY)


def test_somebody_asked_where_nobody_lives_is_refused():
    with pytest.raises(UnusableNumbers, match="nobody lives"):
        poststratified_shares(ASKED._replace(inhabitants=np.array([0.0, 9_000])), AFRAID, CITY)

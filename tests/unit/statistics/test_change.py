"""Change beyond counting noise and beyond the usual yearly swing."""

import numpy as np
import pytest
from scipy.stats import t

from sipa_data.statistics import (
    UnusableNumbers,
    e_test,
    overdispersed_change,
    poisson_z,
    shrunk_sigma,
    usual_swing,
)

# PKS Stuttgart, all offences, 2010 to 2025 (presseportal.de, yearly).
STUTTGART = [
    58_352, 58_231, 59_284, 58_325, 61_576, 66_450, 58_868, 54_255,
    53_828, 54_347, 50_736, 42_428, 51_722, 55_577, 54_175, 53_894,
]  # fmt: skip
INTO_THE_PANDEMIC_AND_OUT = [9, 10, 11, 12]  # the changes to 2020, 2021, 2022 and 2023
ALL_OFFENCES = 0.047


def test_the_city_from_2024_to_2025_is_far_within_its_usual_swing():
    change = overdispersed_change(54_175, 53_894, ALL_OFFENCES)
    assert change.z == pytest.approx(-0.11, abs=0.005)
    assert change.p > 0.9


def test_mitte_is_beyond_counting_noise_but_within_two_usual_swings():
    change = overdispersed_change(16_640, 15_269, ALL_OFFENCES)
    assert change.z == pytest.approx(-1.78, abs=0.005)
    assert poisson_z(16_640, 15_269) < -7
    assert change.p > 0.05
    assert change.lower < 1 < change.upper


def test_without_swing_the_ratio_form_comes_close_to_counting_noise():
    assert overdispersed_change(5_000, 5_300, 0.0).z == pytest.approx(poisson_z(5_000, 5_300), rel=0.01)


def test_the_interval_holds_the_ratio_and_leaves_one_out_exactly_when_p_is_small():
    before, after = np.array([400, 400, 400]), np.array([400, 470, 520])
    change = overdispersed_change(before, after, 0.03, 12)
    assert np.all((change.lower < after / before) & (after / before < change.upper))
    assert ((change.lower > 1) | (change.upper < 1)).tolist() == (change.p < 0.05).tolist() == [False, True, True]


def test_rates_are_compared_by_what_they_are_divided_by():
    doubled = overdispersed_change(400, 800, 0.03, exposure_before=10_000, exposure_after=20_000)
    assert doubled.log_ratio == pytest.approx(0)
    assert doubled.z == pytest.approx(0)


def test_a_swing_learned_from_six_changes_is_judged_by_the_t_quantile():
    # with six changes and 1.96, 9.8 % of all unchanged series would be flagged
    assert 2 * t.sf(1.96, 6) == pytest.approx(0.098, abs=5e-4)
    known, learned = overdispersed_change(10**6, 1_112_000, 0.05), overdispersed_change(10**6, 1_112_000, 0.05, 6)
    assert known.z == pytest.approx(learned.z)
    assert known.p < 0.05 < learned.p
    assert learned.degrees_of_freedom == pytest.approx(6, abs=0.02)


def test_where_counting_noise_dominates_the_swing_hardly_needs_to_be_known():
    # 6·(1 + (1/20 + 1/30)/0.0025) = 206, and t is the normal distribution to two digits
    assert overdispersed_change(20, 30, 0.05, 6).degrees_of_freedom == pytest.approx(206)


@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 5), (5, 0), (0, 4_000), (3, 9)])
def test_small_and_zero_counts_give_finite_numbers(before, after):
    change = overdispersed_change(before, after, 0.05, 6)
    assert all(np.isfinite(part) for part in change[:2] + change[3:])
    assert 0 < change.lower <= change.upper
    assert 0 <= change.p <= 1


def test_nothing_twice_is_no_change():
    change = overdispersed_change(0, 0, 0.05)
    assert (change.log_ratio, change.z, change.p) == (0, 0, 1)


@pytest.mark.parametrize(("before", "after"), [(3, 0), (6, 2), (8, 5), (0, 6), (9, 25)])
def test_a_small_count_is_never_flagged_unless_the_e_test_agrees(before, after):
    assert overdispersed_change(before, after, 0.10).p >= e_test(before, after)


def test_six_against_none_is_a_change_although_the_logarithm_of_zero_is_none():
    assert overdispersed_change(6, 0, 0.05).p < 0.05
    assert overdispersed_change(5, 3, 0.05).p > 0.05


def test_a_small_count_against_a_very_large_one_is_judged_although_the_e_test_is_not_computed():
    assert overdispersed_change(3, 20_000_000, 0.05).p == pytest.approx(0, abs=1e-12)


def test_stuttgarts_own_swing_is_that_of_the_domain_page():
    assert usual_swing(STUTTGART, INTO_THE_PANDEMIC_AND_OUT) == pytest.approx(0.053, abs=5e-4)
    assert usual_swing(STUTTGART) == pytest.approx(0.086, abs=5e-4)


def test_the_citys_history_shrinks_the_prior_by_its_share_of_all_changes():
    swing = shrunk_sigma(ALL_OFFENCES, STUTTGART, INTO_THE_PANDEMIC_AND_OUT)
    own = usual_swing(STUTTGART, INTO_THE_PANDEMIC_AND_OUT)
    assert swing.transitions == 15 - 4
    assert swing.sigma**2 == pytest.approx((6 * 0.047**2 + 11 * own**2) / 17)
    assert swing.degrees_of_freedom == 17


def test_fewer_than_six_changes_leave_the_prior_alone():
    assert shrunk_sigma(0.1, STUTTGART[:6]) == (0.1, 6.0, 5)
    assert shrunk_sigma(0.1, STUTTGART[:7]).transitions == 6
    assert shrunk_sigma(0.1, STUTTGART[:7]).sigma < 0.1
    assert shrunk_sigma(0.1, []) == (0.1, 6.0, 0)
    assert shrunk_sigma(0.1, STUTTGART[:7], [0]) == (0.1, 6.0, 5)


def test_a_series_calmer_than_counting_noise_counts_as_no_swing_of_its_own():
    swing = shrunk_sigma(0.1, [100] * 7)
    assert swing.sigma == pytest.approx(0.1 * np.sqrt(6 / 12))


def test_changes_from_or_to_zero_teach_nothing():
    assert shrunk_sigma(0.1, [0, 3, 0, 5, 4, 6, 5, 4, 5]).transitions == 5


@pytest.mark.parametrize(
    "ask",
    [
        lambda: overdispersed_change(-1, 3, 0.05),
        lambda: overdispersed_change(1, 3.5, 0.05),
        lambda: overdispersed_change(1, 3, -0.05),
        lambda: overdispersed_change(1, 3, np.nan),
        lambda: overdispersed_change(1, 3, 0.05, 0),
        lambda: overdispersed_change(1, 3, 0.05, exposure_after=0),
        lambda: shrunk_sigma(-0.1, STUTTGART),
        lambda: shrunk_sigma(0.1, [100, -3]),
        lambda: shrunk_sigma(0.1, [100, 120], [1]),
        lambda: usual_swing([100, 0]),
        lambda: usual_swing([100]),
    ],
)
def test_impossible_numbers_are_refused_and_never_become_nan(ask):
    with pytest.raises(UnusableNumbers):
        ask()

"""What a comparison of two counts would have seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.statistics import (
    UnusableNumbers,
    detectable_change,
    interval_p,
    overdispersed_change,
    shrunk_sigma_of_places,
)
from tests.spec import count_reference


def test_after_a_hundred_cases_a_hundred_and_forty_five_would_be_seen():
    # ln 1.45 = 0.3716 > 2.8016·√(1/145 + 1/100) = 0.3642; ln 1.44 = 0.3646 < 0.3647
    assert 144 < detectable_change(100, 0.0).rise_count < 145


def test_after_five_cases_even_none_at_all_would_not_be_seen():
    found = detectable_change([5, 20], 0.0)
    assert np.isnan(found.fall[0])
    assert 0 < found.fall_count[1] < 10
    assert found.rise_count[0] == pytest.approx((np.sqrt(5.375) + 2.8016 / np.sqrt(2)) ** 2 - 0.375, abs=0.01)


@settings(max_examples=5, deadline=None)
@given(st.integers(60, 60_000), st.floats(0.01, 0.2), st.integers(6, 30))
def test_large_counts_agree_with_plain_python(before, sigma, freedom):
    found = detectable_change(before, sigma, freedom)
    assert found.rise_count == pytest.approx(
        count_reference.detectable_count(before, sigma, freedom, upwards=True), rel=1e-6
    )
    if found.fall_count > 12:
        expected = count_reference.detectable_count(before, sigma, freedom, upwards=False)
        assert found.fall_count == pytest.approx(expected, rel=1e-6)


@given(st.integers(0, 10**6), st.floats(0, 0.5), st.floats(0.2, 5))
def test_what_would_be_seen_is_a_change_and_would_be_called_one(before, sigma, exposure):
    found = detectable_change(before, sigma, 6, exposure_after=exposure)
    assert np.isfinite(found.rise)
    assert found.rise > 1
    assert np.isnan(found.fall) or 0 <= found.fall < 1
    if before >= 10:
        after = int(np.ceil(found.rise_count))
        assert overdispersed_change(before, after, sigma, 6, exposure_after=exposure).p < 0.05


def test_more_cases_show_smaller_changes_and_more_swing_hides_them():
    rise = detectable_change([10, 100, 1_000, 10_000], 0.05, 6).rise
    assert (np.diff(rise) < 0).all()
    assert detectable_change(1_000, 0.2, 6).rise > detectable_change(1_000, 0.05, 6).rise


@pytest.mark.parametrize("bad", [-1, 2.5, np.nan])
def test_a_count_that_is_none_is_refused(bad):
    with pytest.raises(UnusableNumbers):
        detectable_change(bad, 0.05)


def test_an_interval_that_just_touches_zero_means_five_per_cent():
    assert interval_p([2.0, -3.0], [0.0, -6.0], [9.0, 0.0]) == pytest.approx([0.05, 0.05])
    assert interval_p(2.0, 1.0, 3.0) < 0.001
    assert interval_p(0.0, -1.0, 2.0) == 1
    with pytest.raises(UnusableNumbers):
        interval_p(2.0, 3.0, 4.0)


# --- the swing of districts -----------------------------------------------------------------------------------------


@given(
    st.floats(0.01, 0.3),
    st.integers(1, 6).flatmap(
        lambda years: st.lists(st.lists(st.integers(0, 5_000), min_size=years, max_size=years), min_size=1, max_size=8)
    ),
)
def test_the_swing_of_districts_is_the_one_learned_in_plain_python(prior, table):
    found = shrunk_sigma_of_places(prior, table)
    expected = count_reference.sigma_of_places(prior, table)
    assert (found.sigma, found.degrees_of_freedom) == pytest.approx(expected, rel=1e-9)


def test_districts_that_swing_on_their_own_teach_a_larger_swing_than_the_prior():
    wild = [[1_000, 1_400, 1_000, 1_400], [1_400, 1_000, 1_400, 1_000]]  # ln 1.4 = 0.336 each time
    assert shrunk_sigma_of_places(0.05, wild).sigma > 0.2
    assert shrunk_sigma_of_places(0.05, wild, [0, 1, 2]).sigma == 0.05
    assert shrunk_sigma_of_places(0.05, [[1_000, 1_000, 1_000, 1_000]] * 4).sigma < 0.05


@pytest.mark.parametrize("bad", [[1, 2, 3], [[1, -2]], [[1, 2.5]]])
def test_no_table_of_counts_teaches_nothing(bad):
    with pytest.raises(UnusableNumbers):
        shrunk_sigma_of_places(0.05, bad)

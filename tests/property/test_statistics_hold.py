"""What must be true of every number that goes in: the vectorised methods against the plain-Python ones, and bounds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson_means_test

from sipa_data import statistics
from tests.spec import reference

shares = st.floats(0, 1)
sizes = st.floats(1, 1e6)
counts = st.integers(0, 10**7)
sizeable = st.integers(10, 10**6)
people = st.lists(st.tuples(st.booleans(), st.floats(0.01, 20)), min_size=1, max_size=60)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-12)


@given(people)
def test_a_weighted_share_is_the_one_counted_person_by_person(persons):
    counted, weights = zip(*persons, strict=True)
    truth = reference.share(counted, weights)
    found = statistics.weighted_shares_by_group(counted, weights, [0] * len(counted), 1)
    lower, upper = found.interval()
    assert (found.share[0], found.n[0], found.n_effective[0]) == close((truth.share, truth.n, truth.n_effective))
    assert (lower[0], upper[0]) == close((truth.lower, truth.upper))
    assert 1 - 1e-9 <= found.n_effective[0] <= found.n[0]


@given(people, st.floats(0.001, 1000))
def test_only_the_relation_of_weights_counts(persons, factor):
    counted, weights = np.array(persons).T
    assert statistics.weighted_share(counted, weights * factor) == close(statistics.weighted_share(counted, weights))
    assert statistics.effective_size(weights * factor) == pytest.approx(statistics.effective_size(weights))


@given(shares, sizes, st.floats(0.5, 0.999))
def test_wilsons_interval_holds_its_share_and_stays_within_zero_and_one(share, n, confidence):
    lower, upper = statistics.wilson_interval(share, n, confidence)
    assert 0 <= lower <= share + 1e-12
    assert share - 1e-12 <= upper <= 1
    assert (lower, upper) == pytest.approx(reference.wilson(share, n, confidence), abs=1e-12)
    mirrored_lower, mirrored_upper = statistics.wilson_interval(1 - share, n, confidence)
    assert float(1 - upper) == pytest.approx(float(mirrored_lower), abs=1e-9)
    assert float(1 - lower) == pytest.approx(float(mirrored_upper), abs=1e-9)


@given(shares, sizes, shares, sizes)
def test_a_difference_turns_its_sign_with_the_order(share1, n1, share2, n2):
    difference, lower, upper = statistics.newcombe_difference(share1, n1, share2, n2)
    assert (difference, lower, upper) == pytest.approx(reference.newcombe(share1, n1, share2, n2), abs=1e-9)
    backwards = statistics.newcombe_difference(share2, n2, share1, n1)
    assert (difference, lower, upper) == close((-backwards[0], -backwards[2], -backwards[1]))
    assert -1 <= lower <= difference <= upper <= 1


@given(st.floats(0.05, 0.95), st.floats(30, 1e5), st.floats(30, 1e5))
def test_what_can_be_detected_shrinks_with_every_answer(share, n1, n2):
    found = statistics.detectable_difference(share, n1, n2)
    assert found == pytest.approx(min(reference.detectable(share, n1, n2), 1))
    assert statistics.detectable_difference(share, n1 + 1, n2) < found


@given(shares, st.integers(0, 3_000), st.floats(0.2, 1))
def test_a_survey_value_is_judged_as_in_plain_python(share, n, efficiency):
    effective = n * efficiency
    lower, upper = (0.0, 1.0) if n == 0 else reference.wilson(share, effective)
    lower, upper = max(0.0, lower), min(1.0, upper)
    found = str(statistics.publishability(share, n, effective, lower, upper))
    assert found == reference.publishability(share, n, effective, lower, upper)


@given(counts)
def test_the_interval_of_a_count_holds_the_count(count):
    lower, upper = statistics.count_interval(count)
    assert 0 <= lower <= count < upper
    assert (lower, upper) == pytest.approx(reference.count_interval(count), rel=1e-9, abs=1e-9)


@settings(max_examples=25)
@given(st.integers(0, 25), st.integers(0, 25), st.sampled_from([1.0, 2.0, 0.5, 1.7]))
def test_the_e_test_is_the_double_sum(count1, count2, exposure):
    found = statistics.e_test(count1, count2, exposure, 1.0)
    assert found == pytest.approx(reference.e_test(count1, count2, exposure, 1.0, reach=120), abs=1e-9)


@settings(max_examples=60)
@given(st.integers(0, 2_000), st.integers(0, 2_000))
def test_the_e_test_of_equal_exposures_is_the_one_of_scipy(count1, count2):
    found = float(statistics.e_test(count1, count2))
    assert found == pytest.approx(poisson_means_test(count1, 1, count2, 1).pvalue, abs=1e-9)


@settings(max_examples=50)
@given(sizeable, sizeable, st.floats(0, 0.4), st.one_of(st.none(), st.floats(2, 60)), st.floats(0.1, 10))
def test_a_change_is_judged_as_in_plain_python(before, after, sigma, freedom, exposure):
    found = statistics.overdispersed_change(before, after, sigma, freedom, exposure_after=exposure)
    log_ratio, z, p, lower, upper = reference.change(before, after, sigma, freedom, exposure_after=exposure)
    assert (found.log_ratio, found.z) == close((log_ratio, z))
    assert (found.lower, found.upper) == pytest.approx((lower, upper), rel=1e-6)
    assert found.p == pytest.approx(p, abs=1e-6)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 1))
def test_no_pair_of_counts_gives_anything_but_numbers(before, after, sigma):
    found = statistics.overdispersed_change(before, after, sigma, 6)
    assert math.isfinite(found.log_ratio + found.z + found.p + found.lower + found.upper)
    assert 0 <= found.p <= 1
    assert 0 < found.lower <= found.upper
    backwards = statistics.overdispersed_change(after, before, sigma, 6)
    assert float(backwards.z) == pytest.approx(-float(found.z), abs=1e-9)
    assert float(backwards.p) == pytest.approx(float(found.p), abs=1e-9)


@given(st.floats(0, 0.3), st.lists(counts, max_size=16), st.sets(st.integers(0, 14), max_size=4))
def test_the_usual_swing_is_the_one_learned_in_plain_python(prior, yearly, left_out):
    kept = {place for place in left_out if place < len(yearly) - 1}
    found = statistics.shrunk_sigma(prior, yearly, kept)
    assert (found.sigma, found.degrees_of_freedom) == close(reference.sigma(prior, yearly, kept))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_q_values_are_those_of_the_textbook_and_never_below_p(p_values):
    found = statistics.q_values(p_values)
    assert found == close(reference.q_values(p_values))
    assert (found >= np.array(p_values) - 1e-15).all()

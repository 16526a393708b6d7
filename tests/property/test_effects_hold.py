"""What must be true of every estimate of an effect, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data.statistics.before_the_start import pre_trend
from sipa_data.statistics.effects import ratio_of_ratios, weighted_displacement
from sipa_data.statistics.group_effects import difference_in_change, hedges_g
from sipa_data.statistics.odds_ratios import odds_ratio, pool_odds_ratios
from tests.spec import effects_reference as reference

counts = st.integers(0, 10**6)
pairs = st.tuples(counts, counts)
sigmas = st.floats(0, 0.5)
means, spreads, sizes = st.floats(-100, 100), st.floats(0.1, 50), st.integers(2, 5000)
groups = st.tuples(means, spreads, sizes)


@st.composite
def tables(draw):
    """A fourfold table without an empty cell."""
    treated, compared = draw(st.integers(2, 500)), draw(st.integers(2, 500))
    return draw(st.integers(1, treated - 1)), treated, draw(st.integers(1, compared - 1)), compared


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@given(pairs, pairs, pairs, pairs)
def test_swapping_treated_and_control_turns_the_difference_round(treated, control, beside, beside_control):
    found = weighted_displacement(treated, control, beside, beside_control)
    swapped = weighted_displacement(control, treated, beside_control, beside)
    assert swapped.total == close(-found.total)
    assert swapped.total_error == close(found.total_error)
    assert (swapped.lower, swapped.upper) == close((-found.upper, -found.lower))


@given(pairs, pairs, st.floats(0.1, 10))
def test_a_common_weight_scales_everything_but_z(treated, control, weight):
    plain = weighted_displacement(treated, control)
    scaled = weighted_displacement(treated, control, area_weights=(weight,) * 4)
    assert scaled.total * weight == close(plain.total)
    assert scaled.total_error * weight == close(plain.total_error)
    assert scaled.z == close(plain.z)


@given(pairs, pairs, sigmas)
def test_swapping_the_arms_inverts_the_ratio(treated, control, sigma):
    found, swapped = ratio_of_ratios(*treated, *control, sigma, 8), ratio_of_ratios(*control, *treated, sigma, 8)
    assert swapped.log_ratio == close(-found.log_ratio)
    assert swapped.p == close(found.p)
    assert swapped.lower * found.upper == close(1)


@given(pairs, pairs, sigmas)
def test_the_ratio_is_that_of_plain_python_and_lies_in_its_interval(treated, control, sigma):
    found = ratio_of_ratios(*treated, *control, sigma)
    assert (found.ratio, found.standard_error, found.lower, found.upper) == close(
        reference.ratio_of_ratios(*treated, *control, sigma)
    )
    assert 0 < found.lower <= found.ratio <= found.upper
    assert np.isfinite(found.upper)


@given(st.lists(pairs, min_size=3, max_size=10), sigmas)
def test_the_trend_before_the_start_turns_round_with_the_places_and_with_time(series, sigma):
    treated, control = zip(*series, strict=True)
    found = pre_trend(treated, control, sigma, 8).trend
    swapped = pre_trend(control, treated, sigma, 8).trend
    assert swapped.log_ratio == close(-found.log_ratio)
    assert swapped.standard_error == close(found.standard_error)
    assert 0 <= found.p <= 1


@given(st.lists(st.integers(1, 10**5), min_size=3, max_size=8), st.integers(1, 20), sigmas)
def test_places_that_move_together_show_no_trend(series, factor, sigma):
    found = pre_trend([factor * count for count in series], series, sigma).trend
    assert found.log_ratio == pytest.approx(0, abs=1e-7)
    assert found.lower <= 1 <= found.upper


@given(groups, groups)
def test_swapping_the_groups_turns_g_round(first, second):
    found, swapped = hedges_g(*first, *second), hedges_g(*second, *first)
    assert swapped.g == close(-found.g)
    assert (found.g, found.standard_error) == close(reference.hedges_g(*first, *second))
    assert found.lower <= found.upper


@given(groups, groups, st.floats(0.01, 100), means)
def test_g_does_not_know_the_unit(first, second, factor, shift):
    def in_another_unit(group):
        return factor * group[0] + shift, factor * group[1], group[2]

    same = hedges_g(*in_another_unit(first), *in_another_unit(second))
    assert same.g == pytest.approx(hedges_g(*first, *second).g, rel=1e-6, abs=1e-6)


@given(groups, groups)
def test_a_comparison_that_stays_as_it_was_changes_nothing_but_the_width(before, after):
    ours, theirs = (before[0], after[0]), (before[0], before[0])
    spread, size = (before[1], after[1], before[1], before[1]), (before[2], after[2], before[2], before[2])
    found = difference_in_change((*ours, *theirs), spread, size)
    assert (found.g > 0) == (after[0] > before[0])
    assert found.lower <= found.g <= found.upper


@given(tables())
def test_swapping_the_arms_inverts_the_odds_ratio(table):
    found, swapped = odds_ratio(*table), odds_ratio(*table[2:], *table[:2])
    assert swapped.log == close(-found.log)
    assert (found.ratio, found.lower, found.upper) == close(reference.odds_ratio(*table))


@given(tables(), st.integers(2, 8))
def test_identical_studies_differ_by_nothing_and_pool_to_themselves(table, times):
    pooled = pool_odds_ratios(*([cell] * times for cell in table))
    assert pooled.ratio == close(odds_ratio(*table).ratio)
    assert (pooled.i_squared, pooled.studies) == (0, times)
    assert pooled.q == pytest.approx(0, abs=1e-6)


@given(st.lists(tables(), min_size=1, max_size=8))
def test_pooling_is_that_of_plain_python(studies):
    found = pool_odds_ratios(*zip(*studies, strict=True))
    truth = reference.mantel_haenszel(studies)
    assert (found.ratio, found.lower, found.upper) == close(truth[:3])
    assert found.q == pytest.approx(truth[3], rel=1e-6, abs=1e-6)
    assert 0 <= found.i_squared <= 1

"""Rates standardised by age."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data.statistics import UnusableNumbers, directly_standardised_rate, rate_interval
from tests.spec import count_reference

groups = st.integers(1, 8).flatmap(
    lambda ages: st.tuples(
        st.lists(st.integers(0, 3_000), min_size=ages, max_size=ages),
        st.lists(st.integers(1, 10**6), min_size=ages, max_size=ages),
        st.lists(st.floats(0.01, 10), min_size=ages, max_size=ages),
    )
)


def test_two_ages_by_hand():
    # young 30 of 1,000, old 10 of 4,000; standard half and half: (0.03 + 0.0025)/2 = 1,625 per 100,000
    rate, lower, upper = directly_standardised_rate([[30, 10]], [[1_000, 4_000]], [1, 1])
    assert rate[0] == pytest.approx(1_625)
    # variance (0.5/1000)²·30 + (0.5/4000)²·10 = 7.65625e-6; 40 cases: 28.58 to 54.47 (Byar)
    stretch = np.sqrt(7.65625e-6 / 40)
    assert (lower[0], upper[0]) == pytest.approx(
        (1_625 + 1e5 * stretch * (28.575 - 40), 1_625 + 1e5 * stretch * (54.469 - 40)), abs=0.5
    )


@given(groups)
def test_it_is_dobsons_method_in_plain_python(given_groups):
    counts, people, standard = given_groups
    rate, lower, upper = directly_standardised_rate([counts], [people], standard)
    assert lower[0] <= rate[0] <= upper[0]
    assert np.isfinite([rate[0], lower[0], upper[0]]).all()
    if sum(counts):
        expected = count_reference.standardised_rate(counts, people, standard)
        assert rate[0] == pytest.approx(expected[0])
        assert (lower[0], upper[0]) == pytest.approx((max(expected[1], 0.0), expected[2]), rel=1e-6, abs=1e-6)
    else:
        assert lower[0] == 0 < upper[0]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(100, 9_000)), min_size=1, max_size=6))
def test_standardised_to_its_own_ages_a_place_keeps_its_crude_rate(ages):
    counts, people = zip(*ages, strict=True)
    rate, lower, upper = directly_standardised_rate([counts], [people], people)
    crude = rate_interval([sum(counts)], [sum(people)])
    assert (rate[0], lower[0], upper[0]) == pytest.approx([part[0] for part in crude])


@pytest.mark.parametrize(
    ("counts", "people", "standard"),
    [
        ([[1, 2]], [[10, 0]], [1, 1]),
        ([[1, 2]], [[10, 20]], [0, 0]),
        ([[1, 2]], [[10, 20]], [1, 1, 1]),
        ([[1, -2]], [[10, 20]], [1, 1]),
        ([[1, 2.5]], [[10, 20]], [1, 1]),
        ([[1, 2]], [[10, 20]], [1, -1]),
        ([[1, 2]], [[10, 20, 30]], [1, 1]),
    ],
)
def test_what_does_not_fit_is_refused_and_never_becomes_nan(counts, people, standard):
    with pytest.raises(UnusableNumbers):
        directly_standardised_rate(counts, people, standard)

"""Many looks at once."""

import numpy as np
import pytest

from sipa_data.statistics import FALSE_DISCOVERY_RATE, UnusableNumbers, q_values

P = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
Q = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057, 0.216, 0.216, 0.216]


def test_benjamini_hochberg_gives_the_q_values_of_the_domain_page():
    assert q_values(P) == pytest.approx(Q, abs=5e-5)


def test_q_values_come_in_the_order_of_the_p_values():
    order = np.random.default_rng(1).permutation(len(P))
    assert q_values(np.array(P)[order]) == pytest.approx(np.array(Q)[order], abs=5e-5)


def test_twenty_three_unchanged_districts_seldom_raise_a_flag():
    # With p values spread evenly, plain 5 % would flag one district or more in 69 % of all screens.
    families = np.random.default_rng(2026).uniform(size=(2_000, 23))
    plain = np.mean([(family < 0.05).any() for family in families])
    controlled = np.mean([(q_values(family) <= FALSE_DISCOVERY_RATE).any() for family in families])
    assert plain == pytest.approx(1 - 0.95**23, abs=0.03)
    assert controlled == pytest.approx(FALSE_DISCOVERY_RATE, abs=0.02)


def test_a_single_test_keeps_its_p_value_and_an_empty_family_is_empty():
    assert q_values([0.04]).tolist() == [0.04]
    assert q_values([]).tolist() == []


@pytest.mark.parametrize("wrong", [[0.5, np.nan], [1.2], [-0.1], [[0.1, 0.2]]])
def test_what_is_no_p_value_is_refused(wrong):
    with pytest.raises(UnusableNumbers):
        q_values(wrong)

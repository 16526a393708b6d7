"""Comparisons of estimates that carry their interval already."""

import numpy as np
import pytest

from sipa_data.statistics import (
    UnusableNumbers,
    difference_of_estimates,
    newcombe_difference,
    share_difference_p,
    wilson_interval,
)


def test_for_two_shares_it_is_newcombes_difference():
    lower, upper = wilson_interval([0.8, 0.6], [70, 80])
    assert difference_of_estimates(0.8, lower[0], upper[0], 0.6, lower[1], upper[1]) == pytest.approx(
        newcombe_difference(0.8, 70, 0.6, 80)
    )


def test_errors_of_independent_estimates_add_as_squares():
    # ± 3 and ± 4 make ± 5
    assert difference_of_estimates(10, 7, 13, 2, -2, 6) == pytest.approx((8, 3, 13))


def test_the_p_value_of_two_shares_is_that_of_the_pooled_test():
    # pooled 104/150, error √(.69333·.30667·(1/70+1/80)) = .075466, z = .2/.075466 = 2.6502
    assert share_difference_p(56 / 70, 70, 48 / 80, 80) == pytest.approx(0.008044, abs=5e-6)


def test_two_shares_of_zero_are_no_difference():
    assert share_difference_p([0.0, 1.0], 50, [0.0, 1.0], 60).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: difference_of_estimates(5, 6, 7, 1, 0, 2),
        lambda: difference_of_estimates(5, 4, 6, 1, 0, np.nan),
        lambda: share_difference_p(0.5, 0, 0.5, 10),
        lambda: share_difference_p(1.5, 10, 0.5, 10),
    ],
)
def test_impossible_estimates_are_refused(ask):
    with pytest.raises(UnusableNumbers):
        ask()

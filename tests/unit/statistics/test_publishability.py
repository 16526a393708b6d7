"""The rule of 5.2, tried exactly at its boundaries."""

import pytest

from sipa_data.statistics import UnusableNumbers, publishability, wilson_interval


def status(share=0.4, n=500, n_effective=400.0, lower=0.36, upper=0.44):
    return str(publishability(share, n, n_effective, lower, upper))


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "unreliable"), (29, "unreliable"), (30, "limited"), (99, "limited"), (100, "ok")]
)
def test_answers_decide_first(n, expected):
    assert status(n=n, n_effective=max(n, 30)) == expected


def test_effective_answers_count_as_well():
    assert status(n=200, n_effective=29.9) == "unreliable"
    assert status(n=200, n_effective=30.0) == "ok"


def test_an_interval_wider_than_thirty_points_is_unreliable():
    assert status(lower=0.25, upper=0.5500001) == "unreliable"
    assert status(lower=0.25, upper=0.5499999) == "ok"


def test_a_narrow_interval_is_published_even_of_a_small_share():
    assert status(share=0.01, lower=0.0, upper=0.05) == "ok"  # five points wide, five times the share


def test_an_interval_wider_than_one_and_a_third_of_a_small_share_is_unreliable():
    assert status(share=0.05, lower=0.02, upper=0.0851) == "unreliable"  # 6.51 points > 1.3 · 5 points
    assert status(share=0.05, lower=0.02, upper=0.0849) == "ok"


def test_districts_are_judged_in_one_go():
    share, n = [0.14, 0.14, 0.14, 0.0], [20, 150, 1_000, 0]
    lower, upper = wilson_interval(share, [20, 150, 1_000, 1])
    assert publishability(share, n, n, lower, upper).tolist() == ["unreliable", "ok", "ok", "unreliable"]


@pytest.mark.parametrize(
    "wrong", [{"lower": 0.5, "upper": 0.4}, {"n": -1}, {"n": 30.5}, {"share": 1.2}, {"upper": 2.0}]
)
def test_impossible_values_are_refused(wrong):
    with pytest.raises(UnusableNumbers):
        status(**wrong)

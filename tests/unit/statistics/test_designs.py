"""Samples drawn from strata or in clusters: a textbook example, arithmetic in sight, and what is refused."""

import numpy as np
import pytest

from sipa_data.statistics import UnusableNumbers
from sipa_data.statistics.designs import design_means, design_ratios, design_shares, design_totals, sample_design

# Lohr (2010), Sampling: Design and Analysis, example 5.2: grades of the four students in 5 of 100 suites.
GRADES = np.array([
    [3.08, 2.60, 3.44, 3.04],
    [2.36, 3.04, 3.28, 2.68],
    [2.00, 2.56, 2.52, 1.88],
    [3.00, 2.88, 3.44, 3.64],
    [2.68, 1.92, 3.28, 3.20],
])  # fmt: skip
SUITES = np.repeat(np.arange(5), 4)


@pytest.fixture(scope="module")
def suites():
    return sample_design([20.0] * 20, clusters=SUITES, clusters_existing=[100] * 20)


def test_the_textbooks_cluster_sample_is_met_to_all_printed_digits(suites):
    total, mean = design_totals(suites, GRADES.ravel()), design_means(suites, GRADES.ravel())
    assert f"{total.value[0]:.1f}" == "1130.4"
    assert f"{mean.value[0]:.3f}" == "2.826"
    assert f"{mean.standard_error[0]:.3f}" == "0.164"
    assert f"{(total.variance[0] / 100**2 * 5 / 0.95):.3f}" == "2.256"  # the spread of the suites' totals
    assert mean.degrees_of_freedom[0] == 4


def test_who_ignores_the_clusters_believes_to_know_more_than_they_do(suites):
    alone = sample_design([20.0] * 20, clusters_existing=[400] * 20)
    assert design_means(alone, GRADES.ravel()).variance[0] < design_means(suites, GRADES.ravel()).variance[0]


def test_one_stratum_is_a_simple_random_sample_with_its_correction():
    values = np.array([2.0, 4, 4, 4, 5, 5, 7, 9])  # s² = 32/7
    found = design_means(sample_design([5.0] * 8, ["a"] * 8, clusters_existing=[40] * 8), values)
    assert found.value[0] == 5
    assert found.variance[0] == pytest.approx(32 / 7 / 8 * (1 - 8 / 40))
    assert found.degrees_of_freedom[0] == 7


def test_who_asks_everybody_has_no_sampling_error():
    found = design_means(sample_design([1.0] * 4, clusters_existing=[4] * 4), [1, 2, 3, 4])
    assert (found.value[0], found.variance[0]) == (2.5, 0.0)


def test_a_stratum_with_one_cluster_is_refused_unless_it_is_said_what_to_make_of_it():
    weights, strata, values = [1.0] * 3, ["a", "a", "b"], [1.0, 3.0, 8.0]
    with pytest.raises(UnusableNumbers, match="single cluster"):
        sample_design(weights, strata)
    certain = sample_design(weights, strata, lonely="certain")
    centred = sample_design(weights, strata, lonely="centre")
    # stratum a: 2/1 · (1² + 1²) = 4; stratum b: nothing, or (8 − 4)² = 16 around the mean of all three
    assert design_totals(certain, values).variance[0] == pytest.approx(4)
    assert design_totals(centred, values).variance[0] == pytest.approx(4 + 16)


def test_a_stratum_that_was_asked_completely_needs_no_second_cluster():
    design = sample_design([1.0] * 3, ["a", "a", "b"], clusters_existing=[10, 10, 1])
    assert design_totals(design, [1.0, 3.0, 8.0]).variance[0] == pytest.approx(0.8 * 4)


def test_the_same_label_in_two_strata_means_two_clusters():
    design = sample_design([1.0] * 8, ["a"] * 4 + ["b"] * 4, [1, 1, 2, 2, 1, 1, 2, 2])
    assert design.drawn.tolist() == [2, 2]


def test_of_a_domain_nobody_is_in_there_is_a_total_but_no_ratio(suites):
    nobody = np.zeros((1, 20), dtype=bool)
    assert design_totals(suites, GRADES.ravel(), nobody).value[0] == 0
    with pytest.raises(UnusableNumbers, match="adds up to zero"):
        design_means(suites, GRADES.ravel(), nobody)


def test_where_all_answer_alike_the_effective_size_is_kishs():
    design = sample_design([0.5, 0.5, 1, 1, 2, 2, 1, 1, 0.5, 1.5], [1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    found = design_shares(design, np.zeros(10))
    assert (found.share[0], found.n_effective[0]) == (0, pytest.approx(121 / 15))


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": []},
        {"weights": [0, 0, 0, 0]},
        {"weights": [1, -1, 1, 1]},
        {"weights": [1, float("nan"), 1, 1]},
        {"strata": ["a", "a", "b"]},
        {"strata": ["a", "a", None, "b"]},
        {"strata": [1.0, 1.0, float("nan"), 1.0]},
        {"clusters": [1, 1, 1, 1]},
        {"clusters_existing": [3, 3, 3, 3]},
        {"clusters_existing": [9, 9, 8, 9]},
        {"clusters_existing": [0, 0, 0, 0]},
    ],
)
def test_a_sample_that_cannot_be_is_refused(wrong):
    with pytest.raises(UnusableNumbers):
        sample_design(**({"weights": [1, 1, 1, 1]} | wrong))


@pytest.mark.parametrize("values", [[1, 2], [1, 2, 3, float("nan")], [1, 2, 3, float("inf")]])
def test_values_that_are_missing_are_refused(values):
    design = sample_design([1, 1, 1, 1])
    for estimate in (design_totals, design_means):
        with pytest.raises(UnusableNumbers):
            estimate(design, values)


def test_a_domain_of_the_wrong_length_and_an_answer_that_is_none_are_refused():
    design = sample_design([1, 1, 1, 1])
    with pytest.raises(UnusableNumbers):
        design_ratios(design, [1, 2, 3, 4], [1, 1, 1, 1], [[True, False]])
    with pytest.raises(UnusableNumbers):
        design_shares(design, [0, 1, 2, 0])

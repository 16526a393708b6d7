"""What must be true of every drawn sample and every post-stratified value: plain Python, bounds, what is no matter."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data.statistics import share_from_sums
from sipa_data.statistics.combined import detectable_from_intervals
from sipa_data.statistics.designs import design_means, design_ratios, design_shares, design_totals, sample_design
from sipa_data.statistics.poststratification import (
    Answered,
    Asked,
    misplaced_weight,
    post_strata,
    poststratified_means,
    poststratified_shares,
)
from tests.spec import survey_reference as reference

weights = st.floats(0.05, 20)
persons = st.fixed_dictionaries({
    "weight": weights, "above": st.floats(-50, 50), "below": st.floats(0.5, 9), "inside": st.booleans(),
    "stratum": st.integers(0, 2), "cluster": st.integers(0, 3),
})  # fmt: skip
samples = st.lists(persons, min_size=4, max_size=40)
lonely = st.sampled_from(["certain", "centre"])


def close(value):
    return pytest.approx(value, rel=1e-7, abs=1e-7)


def column(people, name):
    return np.array([one[name] for one in people])


def drawn(people, lonely, existing=None):
    return sample_design(
        column(people, "weight"), column(people, "stratum"), column(people, "cluster"),
        None if existing is None else [existing] * len(people), lonely,
    )  # fmt: skip


def usable(people):
    clusters = {(one["stratum"], one["cluster"]) for one in people}
    return len(clusters) > 1 and any(one["inside"] for one in people)


@given(samples.filter(usable), lonely, st.one_of(st.none(), st.integers(4, 50)))
def test_totals_and_ratios_are_those_added_up_person_by_person(people, lonely, existing):
    people = [one | {"existing": existing} for one in people]
    design, inside = drawn(people, lonely, existing), column(people, "inside")[None, :]
    total = design_totals(design, column(people, "above"), inside)
    ratio = design_ratios(design, column(people, "above"), column(people, "below"), inside)
    assert (total.value[0], total.variance[0]) == close(reference.design_total(people, lonely))
    assert (ratio.value[0], ratio.variance[0]) == close(reference.design_ratio(people, lonely))
    assert ratio.degrees_of_freedom[0] >= 1


@given(samples.filter(usable), lonely, st.floats(0.01, 100))
def test_only_the_relation_of_weights_counts_for_a_mean(people, lonely, factor):
    design = drawn(people, lonely)
    found = design_means(design, column(people, "above"))
    scaled = design_means(design._replace(weights=design.weights * factor), column(people, "above"))
    assert (scaled.value[0], scaled.variance[0]) == close((found.value[0], found.variance[0]))


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=60), st.integers(0, 500))
def test_one_stratum_of_equal_weights_is_a_simple_random_sample_with_its_correction(values, not_asked):
    size = len(values)
    design = sample_design([3.0] * size, ["everywhere"] * size, clusters_existing=[size + not_asked] * size)
    found = design_means(design, values)
    simple = np.var(values, ddof=1) / size * (1 - size / (size + not_asked))
    assert (found.value[0], found.variance[0]) == close((np.mean(values), simple))


@given(st.lists(st.tuples(st.booleans(), weights, st.integers(0, 2)), min_size=6, max_size=60))
def test_a_share_of_a_drawn_sample_stays_within_zero_and_one_and_never_counts_more_than_were_asked(people):
    counted, weight, stratum = (np.array(part, dtype=float) for part in zip(*people, strict=True))
    found = design_shares(sample_design(weight, stratum, lonely="centre"), counted)
    lower, upper = found.interval()
    assert 0 <= lower[0] <= found.share[0] + 1e-12
    assert found.share[0] - 1e-12 <= upper[0] <= 1
    assert 0 < found.n_effective[0] <= found.n[0]


@given(st.lists(st.booleans(), min_size=4, max_size=80))
def test_a_simple_random_sample_has_about_as_many_effective_answers_as_answers(counted):
    found = design_shares(sample_design([1.0] * len(counted)), counted)
    # p(1 − p) over s²/n with s² on n − 1: one answer less than there are
    assert found.n_effective[0] == pytest.approx(len(counted) - 1 if 0 < sum(counted) < len(counted) else len(counted))


DISTRICTS = ("a", "b", "c")
respondents = st.tuples(
    st.sampled_from(DISTRICTS), st.tuples(weights, st.one_of(st.none(), st.integers(0, 1)))
)  # fmt: skip
polls = st.lists(respondents, min_size=3, max_size=60).filter(
    lambda people: any(value is not None for _, (_, value) in people)
)
cities = st.tuples(*(st.integers(1, 100_000) for _ in DISTRICTS))


def sums(people, inhabitants, values=lambda value: value):
    asked, answered = np.zeros((2, 3)), np.zeros((5, 3))
    for district, (weight, value) in people:
        at = DISTRICTS.index(district)
        asked[:, at] += weight, weight**2
        if value is not None:
            said = values(value)
            answered[:, at] += weight, weight**2, weight * said, weight * said**2, 1
    return Asked(*asked, np.array(inhabitants, dtype=float), np.arange(3)), Answered(*answered)


EVERYWHERE = np.ones((1, 3), dtype=bool)


@given(polls, cities)
def test_a_post_stratified_share_is_the_one_counted_person_by_person(people, inhabitants):
    found = poststratified_shares(*sums(people, inhabitants), EVERYWHERE)
    value, _, effective = reference.poststratified(people, dict(zip(DISTRICTS, inhabitants, strict=True)))
    assert found.share[0] == close(value)
    if not math.isnan(effective) and 1e-6 < value < 1 - 1e-6:
        assert found.n_effective[0] == pytest.approx(effective, rel=1e-5)


@given(polls, cities)
def test_a_post_stratified_mean_is_the_one_counted_person_by_person(people, inhabitants):
    found = poststratified_means(*sums(people, inhabitants, lambda value: 1 + 4 * value), EVERYWHERE)
    value, _, effective = reference.poststratified(
        [(place, (weight, None if said is None else 1 + 4 * said)) for place, (weight, said) in people],
        dict(zip(DISTRICTS, inhabitants, strict=True)),
    )
    assert found.mean[0] == close(value)
    if not math.isnan(effective) and 1 + 1e-6 < value < 5 - 1e-6:
        assert found.n_effective[0] == pytest.approx(effective, rel=1e-5)


@given(polls, cities, st.floats(0.01, 100), st.integers(1, 1_000))
def test_neither_the_scale_of_weights_nor_that_of_inhabitants_matters(people, inhabitants, factor, times):
    found = poststratified_shares(*sums(people, inhabitants), EVERYWHERE)
    scaled = [(place, (weight * factor, value)) for place, (weight, value) in people]
    other = poststratified_shares(*sums(scaled, [one * times for one in inhabitants]), EVERYWHERE)
    assert other.share[0] == close(found.share[0])
    assert other.n_effective[0] == pytest.approx(found.n_effective[0], rel=1e-4)


@given(polls, cities)
def test_the_city_lies_between_its_districts_and_its_interval_between_zero_and_one(people, inhabitants):
    asked, answered = sums(people, inhabitants)
    answering = answered.n > 0
    shares = answered.sum_wy[answering] / answered.sum_w[answering]
    found = poststratified_shares(asked, answered, EVERYWHERE)
    lower, upper = found.interval()
    assert shares.min() - 1e-9 <= found.share[0] <= shares.max() + 1e-9
    assert 0 <= lower[0] <= upper[0] <= 1
    assert 0 < found.n_effective[0] <= found.n[0]


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), min_size=1, max_size=8))
def test_where_weights_already_fit_the_inhabitants_post_stratifying_changes_no_value(districts):
    size, afraid = np.array(districts, dtype=float).T
    size += 60
    asked = Asked(size, size, size * 7, np.arange(size.size))
    found = poststratified_shares(asked, Answered(size, size, afraid, afraid, size), np.ones((1, size.size)))
    simple = share_from_sums([size.sum()], [size.sum()], [afraid.sum()], [size.sum()])
    assert found.share[0] == close(simple.share[0])
    assert misplaced_weight(size, size, size * 7).share == pytest.approx(0, abs=1e-9)


@given(polls, cities)
def test_a_district_and_the_rest_make_up_the_city(people, inhabitants):
    everybody = [(place, (weight, 0 if value is None else value)) for place, (weight, value) in people]
    asked, answered = sums(everybody, inhabitants)
    kept = np.array([[True, True, True], [True, False, False], [False, True, True]])
    city, own, rest = poststratified_shares(asked, answered, kept).share
    living = np.where(asked.sum_w > 0, asked.inhabitants, 0)
    assert city == close((own * living[0] + rest * living[1:].sum()) / living.sum())


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 2)), min_size=1, max_size=25))
def test_no_post_stratum_is_left_with_too_few_people(districts):
    n, kinds = np.array(districts).T
    strata = post_strata(n, kinds)
    held = np.bincount(strata, n)
    assert sorted(set(strata)) == list(range(held.size))
    assert held.size == 1 or (held >= 20).all()
    alone = n >= 20
    assert held.size >= min(1, alone.sum())


@given(st.floats(-5, 5), st.floats(0, 5), st.floats(-5, 5), st.floats(0, 5))
def test_what_can_be_detected_does_not_depend_on_the_order_and_grows_with_the_intervals(at1, width1, at2, width2):
    found = float(detectable_from_intervals(at1, at1 + width1, at2, at2 + width2))
    assert found == close(float(detectable_from_intervals(at2, at2 + width2, at1, at1 + width1)))
    assert float(detectable_from_intervals(at1, at1 + width1 + 1, at2, at2 + width2)) > found

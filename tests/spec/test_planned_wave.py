"""What could a planned wave detect? Against the figures of the domain description and plain arithmetic."""

import math

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Reader
from sipa_data.areas import CITY
from sipa_data.errors import InvalidQuestion
from sipa_data.statistics import UnusableNumbers, detectable_difference, size_that_detects
from tests.spec.test_shares_and_differences import Group, add_wave
from tests.support.facts import Facts


def reader_of(groups: list[Group]) -> Reader:
    facts = Facts()
    add_wave(facts, "w25", 2025, groups)
    return Reader(facts.mart(), Scope.public())


@pytest.mark.parametrize(("answers", "points"), [(150, 11.2), (300, 7.9), (430, 6.6), (700, 5.2)])
def test_a_wave_as_large_as_the_last_one_finds_what_the_domain_description_prints(answers, points):
    """At 14 %, 80 % power, everybody with the same weight: 2.80·√(2·0.14·0.86/n)."""
    unsafe = round(0.14 * answers)
    reader = reader_of([Group("01", "w", unsafe, 1.0, "4"), Group("01", "w", answers - unsafe, 1.0, "1")])
    planned = reader.planned("unsicher-nachts", answers, 14.0)
    city = planned.places[0]
    assert city.area == CITY
    assert city.planned == answers
    assert city.points == pytest.approx(points, abs=0.05)


def test_answers_fall_on_the_districts_as_before_and_cost_what_their_weights_cost():
    """District 01: half of 200 answers weigh 3, half 1. n_eff = (400)²/(100·9 + 100·1) = 160, so deff = 1.25."""
    groups = [
        Group("01", "w", 100, 3.0, "1"),
        Group("01", "m", 100, 1.0, "4"),
        Group("02", "w", 300, 1.0, "1"),
        Group("02", "m", 300, 1.0, "4"),
    ]
    planned = reader_of(groups).planned("unsicher-nachts", 1_600, 20.0)
    places = {place.area: place for place in planned.places}
    assert (places["01"].planned, places["02"].planned) == (400, 1_200)  # 1,600 as 200 to 600
    quantiles = 1.959964 + 0.841621
    assert places["01"].points == pytest.approx(100 * quantiles * math.sqrt(0.2 * 0.8 * (1 / 160 + 1 / 320)), rel=1e-4)
    assert places["01"].needed == math.ceil(1.25 * 2 * 0.2 * 0.8 * (quantiles / 0.05) ** 2)
    assert places["02"].needed == math.ceil(2 * 0.2 * 0.8 * (quantiles / 0.05) ** 2)


def test_a_district_with_too_few_answers_is_left_out_and_named():
    planned = reader_of([Group("01", "w", 200, 1.0, "1"), Group("02", "w", 12, 1.0, "4")]).planned(
        "unsicher-nachts", 500, 10.0
    )
    assert "02" in planned.left_out
    assert "02" not in {place.area for place in planned.places}


@pytest.mark.parametrize(("indicator", "answers", "share"), [
    ("unsicher-nachts", 0, 14.0), ("unsicher-nachts", 500, 0.0), ("unsicher-nachts", 500, 100.0),
    ("unsicher-abstand", 500, 14.0), ("gewalt-rate", 500, 14.0),
])  # fmt: skip
def test_what_cannot_be_planned_is_refused(indicator, answers, share):
    with pytest.raises(InvalidQuestion):
        reader_of([Group("01", "w", 200, 1.0, "1")]).planned(indicator, answers, share)


@pytest.mark.parametrize(("share", "difference"), [(0.14, 0.066), (0.5, 0.05), (0.9, 0.2)])
def test_the_needed_size_detects_just_that_difference(share, difference):
    size = float(size_that_detects(share, difference))
    assert float(detectable_difference(share, size, size)) == pytest.approx(difference)


@pytest.mark.parametrize(("share", "difference"), [(0.0, 0.1), (1.0, 0.1), (0.5, 0.0), (0.5, 1.5)])
def test_a_size_is_only_given_for_shares_and_differences_that_there_can_be(share, difference):
    with pytest.raises(UnusableNumbers):
        size_that_detects(share, difference)

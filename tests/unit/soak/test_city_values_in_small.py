"""The simulation of city values, so small that it takes a second."""

import pytest

from soak import city_values


@pytest.fixture(scope="module")
def lines():
    return city_values.run(samples=15)


def test_every_line_says_in_german_what_was_measured(lines):
    assert len(lines) == 4
    assert all(line.what[0].isupper() and "%" in line.measured for line in lines)


def test_post_stratified_values_hold_the_truth_about_as_often_as_promised(lines):
    city = next(line for line in lines if line.what.startswith("Stadtwert, nach Einwohnern"))
    average = float(city.measured.split(" %")[0].removeprefix("im Mittel ").replace(",", "."))
    assert average > 88  # 24 points of 15 samples each: the error of the average is a little over one point

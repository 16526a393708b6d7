"""Intervals that the British health office publishes with its own method, row by row (PHEindicatormethods)."""

import csv
import math
from pathlib import Path

import openpyxl
import pytest

from sipa_data.statistics import UnusableNumbers, e_test, rate_interval, wilson_interval
from tests.spec import reference

REAL = Path(__file__).parents[2].parent / "shared" / "real"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (REAL / "phe").is_dir(), reason="the folder with real data is not there"),
]
TWELVE_DIGITS = 1e-12
BOUNDS = {
    0.95: (("lower95_0cl", "upper95_0cl"), ("lowercl", "uppercl")),
    0.998: (("lower99_8cl", "upper99_8cl"),),
}


def published(workbook: str) -> list[dict[str, object]]:
    """All rows of all sheets."""
    rows = []
    for sheet in openpyxl.load_workbook(REAL / "phe" / workbook, read_only=True, data_only=True):
        head, *body = sheet.iter_rows(values_only=True)
        rows += [dict(zip(head, row, strict=True)) for row in body]
    return rows


def bounds(row: dict[str, object]) -> list[tuple[float, tuple[object, object]]]:
    """Every confidence that the row states, with its bounds."""
    return [
        (confidence, (row[lower], row[upper]))
        for confidence, names in BOUNDS.items()
        for lower, upper in names
        if row.get(lower) is not None
    ]


def test_every_published_wilson_interval_is_met_to_twelve_digits():
    rows = [row for row in published("testdata_Proportion.xlsx") if row["value"] is not None]
    compared = 0
    for row in rows:
        share = row["Numerator"] / row["Denominator"]
        for confidence, expected in bounds(row):
            found = [bound * row["multiplier"] for bound in wilson_interval(share, row["Denominator"], confidence)]
            assert found == pytest.approx(expected, rel=TWELVE_DIGITS), row
            compared += 1
    assert len(rows) == 24  # of 30: six rows have no numerator or no denominator
    assert compared == 16 * 2 + 8


def test_every_published_rate_and_its_interval_is_met_to_twelve_digits():
    rows = [row for row in published("testdata_Rate.xlsx") if row["value"] is not None]
    compared = 0
    for row in rows:
        for confidence, expected in bounds(row):
            found = rate_interval(row["Numerator"], row["Denominator"], row["multiplier"], confidence)
            assert found == pytest.approx((row["value"], *expected), rel=TWELVE_DIGITS), row
            compared += 1
    assert len(rows) == 26  # of 32: six rows have no numerator or no denominator
    assert compared == 17 * 2 + 9


@pytest.mark.parametrize("workbook", ["testdata_Proportion.xlsx", "testdata_Rate.xlsx"])
def test_a_row_without_numerator_or_denominator_is_refused(workbook):
    incomplete = [row for row in published(workbook) if row["value"] is None]
    assert len(incomplete) == 6
    for row in incomplete:
        numbers = [float("nan") if row[name] is None else row[name] for name in ("Numerator", "Denominator")]
        with pytest.raises(UnusableNumbers):
            rate_interval(*numbers)


def published_e_tests() -> list[list[float]]:
    """Counts, exposures, supposed difference and p value."""
    with (REAL / "prevention" / "poisson_etest_reference_values.csv").open(encoding="utf-8") as file:
        return [[float(number) for number in row[:6]] for row in csv.reader(file) if row[0].isdigit()]


def test_all_six_published_e_tests_without_a_supposed_difference_are_met_to_twelve_digits():
    rows = [row for row in published_e_tests() if row[4] == 0]
    assert len(rows) == 6
    for *numbers, _, expected in rows:
        assert e_test(*numbers) == pytest.approx(expected, rel=TWELVE_DIGITS), numbers


def test_the_one_with_a_supposed_difference_is_measured_there_with_two_yardsticks():
    """15 against 5, supposed difference 5: the published 0.2018 is no E-test.

    crimepy divides the observed distance by √7.5, the rate without the difference, but that of every outcome by
    √((x₁ + x₂)/2), which for the observed one is √10. So the observed outcome is not counted as extreme as itself.
    """
    ((count1, count2, _, _, apart, expected),) = [row for row in published_e_tests() if row[4] != 0]
    mean2 = (count1 + count2 - apart) / 2
    first = reference.poisson_probabilities(mean2 + apart, 120)
    second = reference.poisson_probabilities(mean2, 120)

    def probability_from(yardstick: float) -> float:
        least = (count1 - count2 - apart) / math.sqrt(yardstick) * (1 - 1e-12)
        return sum(
            probability1 * probability2
            for one, probability1 in enumerate(first)
            for two, probability2 in enumerate(second)
            if one + two > 0 and abs(one - two - apart) / math.sqrt((one + two) / 2) >= least
        )

    assert probability_from(mean2) == pytest.approx(expected, rel=1e-9)
    assert e_test(count1, count2, difference=apart) == pytest.approx(probability_from((count1 + count2) / 2), rel=1e-9)

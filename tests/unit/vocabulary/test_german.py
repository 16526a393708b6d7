"""Numbers and dates as a German reader expects them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data import german


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234.5, 1, "1.234,5"),
        (0.04, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (-2.35, 1, "−2,4"),
        (53894, 0, "53.894"),
        (0, 0, "0"),
    ],
)
def test_numbers(value, decimals, shown):
    assert german.number(value, decimals) == shown


@given(value=st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12), decimals=st.integers(0, 4))
def test_a_number_read_back_as_a_german_reads_it_is_the_rounded_one(value, decimals):
    shown = german.number(value, decimals)
    whole, comma, part = shown.partition(",")
    assert float(whole.replace(".", "").replace("−", "-") + "." + (part or "0")) == german.rounded(value, decimals)
    assert (len(part), comma) == (decimals, "," if decimals else "")
    assert all(len(group) == 3 for group in whole.lstrip("−").split(".")[1:])


def test_a_thin_space_stands_before_the_per_cent_sign():
    assert german.with_unit(14, "%", 1) == "14,0\u202f%"


def test_ranges_have_an_en_dash_and_ranges_below_zero_have_words():
    assert german.interval(13.3, 14.7, "%", 1) == "13,3–14,7\u202f%"
    assert german.interval(-1.2, 3.4, "Punkte", 1) == "−1,2 bis 3,4\u00a0Punkte"


def test_a_grade_stands_behind_its_word():
    assert german.with_unit(2.62, "Note", 1) == "Note\u00a02,6"
    assert german.interval(2.5, 2.74, "Note", 1) == "Note\u00a02,5–2,7"


def test_dates_and_times():
    assert german.day(date(2025, 12, 31)) == "31.12.2025"
    assert german.moment(datetime(2025, 12, 31, 14, 5)) == "31.12.2025, 14:05 Uhr"  # noqa: DTZ001 - as shown


@pytest.mark.parametrize(("count", "shown"), [(1, "1\u00a0Fall"), (0, "0\u00a0Fälle"), (1234, "1.234\u00a0Fälle")])
def test_one_case_is_a_case(count, shown):
    assert german.count_of(count, "Fall", "Fälle") == shown


def test_listings_end_with_und():
    assert german.listing(["Mitte", "Nord", "Ost"]) == "Mitte, Nord und Ost"
    assert german.listing(["Mitte"]) == "Mitte"
    assert german.listing([]) == ""

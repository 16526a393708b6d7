"""Periods: what a link says and what a reader reads."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data.errors import InvalidQuestion
from sipa_data.periods import Grain, Period


@pytest.mark.parametrize(
    ("text", "start", "end", "grain", "german"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), Grain.year, "2025"),
        ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30), Grain.quarter, "3. Quartal 2025"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Grain.month, "Februar 2024"),
        ("2025-06~12", date(2024, 7, 1), date(2025, 6, 30), Grain.rolling_year, "12 Monate bis Juni 2025"),
        ("2023-01-01--2025-12-31", date(2023, 1, 1), date(2025, 12, 31), Grain.years, "2023 bis 2025"),
        ("2023-11-15--2023-12-31", date(2023, 11, 15), date(2023, 12, 31), Grain.other, "15.11.2023 bis 31.12.2023"),
    ],
)
def test_a_link_text_names_its_days_and_reads_in_german(text, start, end, grain, german):
    period = Period.parse(text)
    assert (period.start, period.end, period.grain, period.german) == (start, end, grain, german)
    assert str(period) == text


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 800))
def test_every_period_survives_its_own_text(start, days):
    period = Period(start, date.fromordinal(start.toordinal() + days))
    assert Period.parse(str(period)) == period


@given(st.text(max_size=30))
def test_a_text_is_a_period_or_is_refused_in_german(text):
    try:
        Period.parse(text)
    except InvalidQuestion as refused:
        assert "Zeitraum" in refused.sentence  # noqa: PT017 - both outcomes are right, nothing else is


@pytest.mark.parametrize(
    "text", ["", "2025-13", "2025-Q5", "0000", "2025-02-30--2025-03-01", "2025-03-01--2025-02-01", "' or 1=1"]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(InvalidQuestion):
        Period.parse(text)


def test_a_year_has_its_twelve_months_in_order():
    months = Period.year(2025).months()
    assert len(months) == 12
    assert (months[0], months[-1]) == (Period.month(2025, 1), Period.month(2025, 12))


def test_several_years_are_their_calendar_years():
    assert Period.years(2023, 2025).calendar_years() == (Period.year(2023), Period.year(2024), Period.year(2025))
    assert Period.years(2025, 2025) == Period.year(2025)


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (Period.year(2025), Period.year(2024)),
        (Period.month(2024, 2), Period.month(2023, 2)),  # 29 days and 28: the end of February both times
        (Period.quarter(2025, 3), Period.quarter(2024, 3)),
        (Period.twelve_months_to(2025, 6), Period.twelve_months_to(2024, 6)),
        (Period(date(2025, 1, 1), date(2025, 6, 30)), Period(date(2024, 1, 1), date(2024, 6, 30))),
        (Period(date(2025, 3, 5), date(2025, 3, 19)), Period(date(2024, 3, 5), date(2024, 3, 19))),
    ],
    ids=str,
)
def test_the_same_days_of_the_year_before(period, earlier):
    assert period.years_earlier(1) == earlier
    assert period.same_days(earlier)
    assert earlier.same_days(period)
    assert period.same_days(period)


def test_other_days_are_not_the_same():
    assert not Period.month(2025, 5).same_days(Period.month(2024, 6))
    assert not Period.year(2025).same_days(Period.quarter(2024, 4))
    assert not Period.twelve_months_to(2025, 6).same_days(Period.year(2024))


def test_what_there_is_of_a_year_so_far_is_named_by_its_months():
    so_far = Period(date(2025, 1, 1), date(2025, 5, 31))
    assert so_far.is_part_of_year
    assert so_far.german == "Januar bis Mai 2025"
    assert Period.parse(str(so_far)) == so_far
    assert not Period.year(2025).is_part_of_year
    assert not Period(date(2025, 1, 1), date(2025, 5, 30)).is_part_of_year
    assert not Period(date(2025, 2, 1), date(2025, 5, 31)).is_part_of_year

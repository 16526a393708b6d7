"""Which periods a source can answer for."""

from datetime import date

import pytest

from sipa_data.marts.coverage import Coverage, SourceCoverage
from sipa_data.periods import Grain, Period


def covering(*periods: Period) -> SourceCoverage:
    return SourceCoverage(dict.fromkeys(periods, True))


def test_twelve_months_make_a_year_and_eleven_do_not():
    months = [Period.month(2025, month) for month in range(1, 13)]
    assert covering(*months).covers(Period.year(2025))
    assert not covering(*months[:-1]).covers(Period.year(2025))
    assert not covering(*months[:5], *months[6:]).covers(Period.year(2025))


def test_a_year_does_not_answer_for_its_months():
    assert not covering(Period.year(2025)).covers(Period.month(2025, 3))


def test_two_years_answer_for_no_third():
    source = covering(Period.year(2016), Period.year(2019))
    assert source.answerable(Grain.year) == (Period.year(2016), Period.year(2019))
    assert source.latest() == Period.year(2019)


def test_rolling_years_end_with_quarters():
    source = covering(*(Period.month(2024 + (m - 1) // 12, (m - 1) % 12 + 1) for m in range(1, 19)))
    rolling = source.answerable(Grain.rolling_year)
    assert [str(period) for period in rolling] == ["2024", "2025-03~12", "2025-06~12"]


def test_the_latest_period_is_the_last_whole_year_then_the_last_month():
    half = [Period.month(2025, month) for month in range(1, 7)]
    assert covering(*half).latest() == Period.quarter(2025, 2)
    assert covering(Period.month(2020, 4)).latest() == Period.month(2020, 4)
    assert covering(Period.year(2024), *half).latest() == Period.year(2024)
    assert covering().latest() is None


def test_a_period_that_is_no_calendar_step_is_answered_as_delivered():
    odd = Period(date(2023, 1, 1), date(2024, 6, 30))
    assert covering(odd).latest() == odd
    assert covering(odd).covers(odd)


@pytest.mark.parametrize(("year", "expected"), [(2016, True), (2017, False), (2019, False)])
def test_a_key_counts_as_collected_only_in_years_that_have_it(year, expected):
    coverage = Coverage.of(
        [("pks", Period.year(2016), False), ("pks", Period.year(2019), False)],
        [("pks", "892000", Period.year(2016))],
    )
    assert coverage.collects("pks", ("892000",), Period.year(year)) is expected


def test_an_unknown_source_covers_nothing():
    assert Coverage.of([], []).of_source("zoll").latest() is None

"""Which periods a source can answer for."""

import json
from datetime import date

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.marts.coverage import Coverage, SourceCoverage
from sipa_data.marts.filled import filled_slices
from sipa_data.periods import Grain, Period
from tests.support.facts import Facts


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
        [("pks", "892000", None, Period.year(2016))],
    )
    assert coverage.collects("pks", ("892000",), Period.year(year)) is expected


def test_a_table_that_names_no_kinds_of_place_says_nothing_of_trams_not_zero():
    """As the national table of 2019 does: all offences of the city, wherever they happened."""
    keys = [("pks", "890000", None, Period.year(2019)), ("pks", "890000", "oepnv", Period.year(2025))]
    coverage = Coverage.of([], keys)
    assert coverage.collects("pks", ("890000",), Period.year(2019))
    assert not coverage.collects("pks", ("890000",), Period.year(2019), ("oepnv",))
    assert coverage.collects("pks", ("890000",), Period.year(2025), ("oepnv", "haltestelle"))
    assert not coverage.collects("pks", ("890000",), Period.year(2025), ("schule",))


def test_an_unknown_source_covers_nothing():
    assert Coverage.of([], []).of_source("zoll").latest() is None


RARE = [("wald", Period.month(2024, month), True) for month in (1, 2, 7, 11)]
"""A rare kind of report: of the twelve months of 2024, four had a case."""


def test_months_of_a_delivery_without_a_case_are_covered():
    coverage = Coverage.of(RARE, [], {"wald": (Period.year(2024),)})
    source = coverage.of_source("wald")
    assert source.latest() == Period.year(2024)
    assert source.covers(Period.month(2024, 12))
    assert source.names_districts(Period.month(2024, 12))
    assert not source.covers(Period.month(2025, 1))  # nobody delivered that


def test_without_a_delivery_that_speaks_for_it_a_month_without_a_row_is_missing():
    assert not Coverage.of(RARE, []).of_source("wald").covers(Period.year(2024))


def test_a_missing_year_between_yearly_totals_stays_missing():
    totals = [("amt", Period.year(2016), True), ("amt", Period.year(2019), True)]
    source = Coverage.of(totals, [], {"amt": (Period.years(2016, 2019),)}).of_source("amt")
    assert source.answerable(Grain.year) == (Period.year(2016), Period.year(2019))


def test_quarters_without_a_case_are_quarters_not_months():
    told = [("amt", Period.quarter(2024, 1), True), ("amt", Period.quarter(2024, 4), False)]
    source = Coverage.of(told, [], {"amt": (Period.year(2024),)}).of_source("amt")
    assert source.answerable(Grain.quarter) == tuple(Period.quarter(2024, number) for number in (1, 2, 3, 4))
    assert source.answerable(Grain.month) == ()


@pytest.mark.parametrize(("year", "expected"), [(2016, False), (2017, True), (2018, True), (2019, True), (2020, False)])
def test_a_rare_key_is_counted_from_its_first_to_its_last_year_in_one_delivery(year, expected):
    delivered = [("pks", Period.month(year, month), True) for year in range(2016, 2021) for month in range(1, 13)]
    keys = [("pks", "888", None, Period.month(2017, 3)), ("pks", "888", None, Period.month(2019, 8))]
    coverage = Coverage.of(delivered, keys, {"pks": (Period.years(2016, 2020),)})
    assert coverage.collects("pks", ("888",), Period.year(year)) is expected


def test_a_key_that_one_years_delivery_lacks_is_not_zero_there():
    keys = [("pks", "888", None, Period.year(2017)), ("pks", "888", None, Period.year(2019))]
    each_year = tuple(Period.year(year) for year in (2017, 2018, 2019))
    assert not Coverage.of([], keys, {"pks": each_year}).collects("pks", ("888",), Period.year(2018))


def slices(first: str, last: str, table: str = "incident_counts") -> str:
    return json.dumps([{"table": table, "equals": [["source", "pks"]], "start": first, "end": last}])


def test_a_later_delivery_takes_what_it_covers_and_a_purged_one_leaves_a_hole():
    whole = slices("2020-01-01", "2024-12-31"), False
    corrected = slices("2022-01-01", "2022-12-31"), False
    gone = slices("2022-01-01", "2022-12-31"), True
    before, after = Period(date(2020, 1, 1), date(2021, 12, 31)), Period(date(2023, 1, 1), date(2024, 12, 31))
    assert filled_slices([whole, corrected]) == {"pks": (before, after, Period.year(2022))}
    assert filled_slices([whole, gone]) == {"pks": (before, after)}


def test_other_tables_say_nothing_about_incidents():
    assert filled_slices([(slices("2020-01-01", "2024-12-31", "population"), False)]) == {}


def test_a_year_with_months_without_a_case_is_shown_with_its_sum():
    facts = Facts()
    for month in (2, 9):
        days = Period.month(2025, month)
        facts.add(
            "incident_counts", "district_id|offence_key|cases\n01|892000|3",
            source="pks", period_start=days.start, period_end=days.end, upload_id="u",
        )  # fmt: skip
    facts.add("uploads", "upload_id|status|marking\nu|published|published", slices=slices("2025-01-01", "2025-12-31"))
    answer = Reader(facts.mart(), Scope.chair()).ask(Question("gewalt-faelle"))
    assert (answer.period, list(answer.observations["value"])) == (Period.year(2025), [6])

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sipa_data.intake.delivery import Slice
from sipa_data.release.slices import KEYS, TITLES, described, overlap, remaining
from sipa_data.tables import TABLES

FIRST = date(2024, 1, 1)


def days(start, end, *, table="incident_counts", source="pks"):
    """A slice from the start-th to the end-th day of 2024."""
    return Slice(table, (("source", source),), FIRST + timedelta(start), FIRST + timedelta(end))


def test_slices_overlap_when_table_and_keys_match_and_the_periods_share_a_day():
    assert overlap(days(0, 30), days(30, 60))
    assert not overlap(days(0, 30), days(31, 60))
    assert not overlap(days(0, 30), days(0, 30, source="ordnungsamt"))
    assert not overlap(days(0, 30), days(0, 30, table="incident_events"))


def test_the_order_of_the_keys_does_not_matter():
    one = Slice("survey_results", (("source", "amt"), ("wave_id", "2023")))
    other = Slice("survey_results", (("wave_id", "2023"), ("source", "amt")))
    assert overlap(one, other)


def test_tables_without_a_period_overlap_as_a_whole():
    assert overlap(Slice("survey_waves", (("wave_id", "2023"),)), Slice("survey_waves", (("wave_id", "2023"),)))
    assert not overlap(Slice("survey_waves", (("wave_id", "2023"),)), Slice("survey_waves", (("wave_id", "2024"),)))


def test_a_month_cut_out_of_a_year_leaves_the_time_before_and_after():
    assert remaining([days(0, 365)], [days(60, 90)]) == (days(0, 59), days(91, 365))
    assert remaining([days(0, 365)], [days(0, 30), days(31, 365)]) == ()


def test_a_slice_is_named_as_a_person_would():
    assert described(days(0, 30)) == "Fallzahlen (Quelle pks, 01.01.2024 bis 31.01.2024)"
    assert described(Slice("survey_waves", (("wave_id", "2023"),))) == "Befragungswelle (Welle 2023)"


def test_every_table_and_every_key_of_a_slice_has_a_german_name():
    assert {table for table in TABLES if table not in TITLES} == set()
    assert {column for table in TABLES.values() for column in table.slice_by} <= KEYS.keys()


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: days(min(ends), max(ends)))


@given(filled=st.lists(spans, max_size=4), taken=st.lists(spans, max_size=4))
def test_what_remains_is_exactly_the_days_that_were_filled_and_not_taken(filled, taken):
    def covered(slices):
        return {one.start + timedelta(n) for one in slices for n in range((one.end - one.start).days + 1)}

    assert covered(remaining(filled, taken)) == covered(filled) - covered(taken)

"""The incidents that are measured: as many as wanted, spread like the counts they are made from, always the same."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.city import ANYWHERE, _write_events
from bench.incoming_files import write_plain
from sipa_data.tables import TABLES

YEAR = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31), "source": "pks", "offence_key": "892000"}
COUNTS = [
    {"district_id": "01", "place_kind": "strasse", "cases": 900, "attempts": 0, "cleared": 900} | YEAR,
    {"district_id": "02", "place_kind": "platz", "cases": 100, "attempts": 0, "cleared": 0} | YEAR,
]
WANTED = 20_000


def written(folder):
    folder.mkdir()
    counts = TABLES["incident_counts"].schema
    rows = [{name: row.get(name) for name in counts.names} for row in COUNTS]
    pq.write_table(pa.Table.from_pylist(rows, counts), folder / "incident_counts.parquet")
    pq.write_table(TABLES["incident_events"].schema.empty_table(), folder / "incident_events.parquet")
    _write_events(folder, WANTED)
    return pq.read_table(folder / "incident_events.parquet").to_pandas()


@pytest.fixture
def events(tmp_path):
    return written(tmp_path / "first")


def test_there_are_about_as_many_incidents_as_wanted(events):
    assert len(events) == pytest.approx(WANTED, abs=5 * WANTED**0.5)  # a Poisson draw: five standard deviations


def test_they_lie_in_the_districts_of_the_counts_but_for_those_that_lie_anywhere(events):
    share = (events["district_id"] == "01").mean()
    expected = (1 - ANYWHERE) * 0.9 + ANYWHERE * 0.5
    assert share == pytest.approx(expected, abs=0.015)


def test_a_case_of_a_district_is_cleared_as_often_as_its_counts_say(events):
    settled = events[events["place_kind"] == "strasse"]
    expected = (1 - ANYWHERE) * 0.9 / ((1 - ANYWHERE) * 0.9 + ANYWHERE * 0.5)  # those that came from elsewhere: 0.9
    assert settled["cleared"].mean() >= expected - 0.05
    assert not events["attempted"].any()


def test_no_incident_lies_outside_the_period_of_its_count(events):
    assert events["occurred_at"].min().date() >= YEAR["period_start"]
    assert events["occurred_at"].max().date() <= YEAR["period_end"]


def test_every_run_measures_the_same_incidents(events, tmp_path):
    assert written(tmp_path / "second").equals(events)


def test_the_counts_make_room_for_the_incidents(tmp_path):
    written(tmp_path / "city")
    assert pq.read_table(tmp_path / "city" / "incident_counts.parquet").num_rows == 0


def test_a_file_to_import_has_the_rows_it_is_named_after(tmp_path):
    write_plain(tmp_path / "vorfaelle.csv", 50)
    lines = (tmp_path / "vorfaelle.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 51  # and a head
    assert lines[0].startswith("quelle;zeitpunkt;bezirk;")

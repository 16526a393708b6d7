"""The built city answers every question of the catalogue, and everything in it says that it is invented."""

import json

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.answers.types import CITY
from sipa_data.catalogue import load_catalogue
from sipa_data.catalogue.models import ClearanceMeasure, CountMeasure, RateMeasure, RegisterMeasure
from sipa_data.periods import Period
from sipa_data.settings import PROJECT

INDICATORS = load_catalogue(PROJECT / "data" / "stuttgart").indicators


def rows_of(house, table):
    return house.mart.connection.cursor().execute(f'from "{table}"').to_arrow_table()


@pytest.fixture(scope="module")
def reader(house):
    return house.reader(Scope.chair())


@pytest.mark.parametrize("indicator", INDICATORS)
def test_no_indicator_is_empty(reader, indicator):
    answer = reader.ask(Question(indicator))
    assert not answer.is_empty, answer.observations.reason.tolist()
    assert answer.period is not None
    assert answer.period.end.year == 2025


RECORDED = {name: one for name, one in INDICATORS.items() if isinstance(one.measure, CountMeasure | RateMeasure)}


@pytest.mark.parametrize("indicator", RECORDED)
def test_every_recorded_indicator_has_all_its_years_and_districts(reader, indicator):
    measure = RECORDED[indicator].measure
    shown = reader.ask(Question(indicator).everywhere().over_time()).observations
    of_city = getattr(measure, "denominator", "population") != "population"  # passengers are not counted by district
    expected = shown[shown.district == CITY] if of_city else shown
    years = 8 if "621100" in measure.offence_keys else 10  # a key of 2018
    assert expected.period_end.dt.year.nunique() == years // measure.pooled_years
    assert expected.district.nunique() == (1 if of_city else 24 + isinstance(measure, CountMeasure))
    assert (expected.status == "ok").all()


def test_every_key_register_and_question_of_an_indicator_was_delivered(house):
    measures = [indicator.measure for indicator in INDICATORS.values()]
    incidents = rows_of(house, "incidents").to_pandas()
    delivered = set(zip(incidents.source, incidents.offence_key, strict=True))
    asked = {
        (measure.source, key)
        for measure in measures
        if isinstance(measure, CountMeasure | RateMeasure | ClearanceMeasure)
        for key in measure.offence_keys
    }
    assert asked <= delivered
    registers = {measure.register_id for measure in measures if isinstance(measure, RegisterMeasure)}
    assert registers <= set(rows_of(house, "register_values")["register"].to_pylist())
    items = {measure.item for measure in measures if hasattr(measure, "item")}
    assert items <= set(rows_of(house, "survey_answers")["item_id"].unique().to_pylist())


@pytest.mark.parametrize(
    ("table", "least"),
    [
        ("population", 21 * 23), ("denominators", 240), ("person_counts", 10_000), ("survey_waves", 5),
        ("projects", 45), ("partners", 40), ("project_results", 90), ("targets", 10),
        ("decisions", 15), ("observations_on_site", 300),
    ],
)  # fmt: skip
def test_every_table_is_filled(house, table, least):
    assert rows_of(house, table).num_rows >= least


def test_everything_is_marked_as_synthetic(house):
    uploads = rows_of(house, "uploads").to_pylist()
    assert len(uploads) == 30
    assert {upload["marking"] for upload in uploads} == {"synthetic"}
    assert {upload["status"] for upload in uploads} == {"published"}
    assert all("Beispieldaten" in upload["note"] for upload in uploads)
    assert house.mart.snapshot.synthetic


def test_every_file_went_in_without_a_word_but_for_the_invented_persons_who_stand_out(house):
    for upload in rows_of(house, "uploads").to_pylist():
        found = [one["code"] for one in json.loads(upload["report"])["findings"]]
        assert found in ([], ["nearly_unique"] if upload["profile"] == "eigene-befragung" else []), upload["file_name"]
        assert upload["rows_in"] == upload["rows_taken"]
        assert upload["rows_refused"] == upload["rows_skipped"] == 0


def test_rates_stand_on_the_census_since_2023(reader):
    shown = reader.ask(Question("gewaltkriminalitaet-rate").over_time()).observations
    by_year = dict(zip(shown.period_end.dt.year, shown.basis, strict=True))
    assert "Melderegister" in by_year[2022]
    assert "Zensus 2022" in by_year[2023]


def test_passengers_are_there_for_every_month_of_the_city(house):
    year = Period.year(2025)
    found = house.mart.rows("denominators", starts=[year.start], ends=[year.end], kind="passengers")
    assert len(found) == 1
    assert 150e6 < found[0]["value"] < 190e6


def test_the_order_office_reports_counts_first_and_single_cases_since_2023(house):
    incidents = rows_of(house, "incidents").to_pandas()
    reports = incidents[incidents.source == "ordnungsamt"]
    by_year = reports.groupby(reports.period_start.astype("datetime64[s]").dt.year).cases.sum()
    assert by_year.index.tolist() == list(range(2016, 2026))
    assert by_year[2025] > 1.4 * by_year[2016]
    assert 24_000 < by_year[2025] < 33_000

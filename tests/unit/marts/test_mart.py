"""The mart is locked, and the pattern of hidden cells follows every sum that is published."""

import duckdb
import pytest

from sipa_data.areas import CITY
from sipa_data.disclosure.lines import Line
from sipa_data.marts import Cell, Series
from sipa_data.marts.pattern import CellTable, _lines
from sipa_data.marts.series import all_series, sums_of_others
from sipa_data.periods import Period
from tests.support.facts import Facts, musterstadt


@pytest.fixture(scope="module")
def mart():
    return Facts().yearly("year|district_id|offence_key|cases\n2025|01|892000|7").mart()


@pytest.mark.parametrize(
    "attack",
    [
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/other.db'",
        "copy incidents to '/tmp/incidents.csv'",
        "install sqlite",
        "set enable_external_access = true",
    ],
)
def test_the_mart_reads_and_writes_nothing_outside_itself(mart, attack):
    with pytest.raises(duckdb.Error):
        mart.connection.cursor().execute(attack)


def test_queries_side_by_side_do_not_mix(mart):
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only here

    def cases(_: int) -> int:
        rows = mart.rows(
            "counts",
            starts=[Period.year(2025).start],
            ends=[Period.year(2025).end],
            source="pks",
            offence_keys=["892000"],
            place_kinds=[],
        )
        return rows[0]["cases"]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(cases, range(200))) == {7}


def test_each_series_of_the_catalogue_is_asked_once():
    series = all_series(musterstadt())
    assert len(series) == len(set(series))
    assert Series("pks", ("892000",)) in series
    assert Series("pks", ("892000",), counted="cleared") in series


def test_a_series_knows_which_others_add_up_to_it():
    both, first, second = Series("pks", ("a", "b")), Series("pks", ("a",)), Series("pks", ("b",))
    elsewhere = Series("zoll", ("b",))
    assert set(sums_of_others(both, (both, first, second))) == {first, second}
    assert sums_of_others(both, (both, first)) == ()
    assert sums_of_others(both, (both, first, elsewhere)) == ()


def test_the_relations_between_cells_are_districts_to_city_months_to_year_and_keys_to_their_sum():
    catalogue = musterstadt()
    both, first, second = Series("pks", ("a", "b")), Series("pks", ("a",)), Series("pks", ("b",))
    table, year = CellTable(), Period.year(2025)
    for series in (both, first, second):
        table.add(Cell(series, CITY, year), 10)
    for area in (*catalogue.districts, "ohne"):
        table.add(Cell(both, area, year), 2)
    for month in year.months():
        table.add(Cell(first, CITY, month), 1)
    found = set(_lines(table, (both, first, second), catalogue))
    at = table.index
    assert Line(at[Cell(both, CITY, year)], (at[Cell(first, CITY, year)], at[Cell(second, CITY, year)])) in found
    districts = tuple(at[Cell(both, area, year)] for area in (*catalogue.districts, "ohne"))
    assert Line(at[Cell(both, CITY, year)], districts) in found
    months = tuple(at[Cell(first, CITY, month)] for month in year.months())
    assert Line(at[Cell(first, CITY, year)], months) in found
    assert len(found) == 3


def test_the_datenstand_is_synthetic_as_soon_as_one_delivery_is():
    facts = Facts()
    facts.add("uploads", "upload_id|profile|marking|status\n1|a|published|published\n2|b|synthetic|published")
    assert facts.mart().snapshot.synthetic
    withdrawn = Facts()
    withdrawn.add("uploads", "upload_id|profile|marking|status\n1|a|published|published\n2|b|synthetic|withdrawn")
    assert not withdrawn.mart().snapshot.synthetic

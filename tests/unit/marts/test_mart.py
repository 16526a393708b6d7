"""The mart is locked, and the pattern of hidden cells follows every sum that is published."""

import duckdb
import numpy as np
import pytest

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.marts import Cell, Series
from sipa_data.marts.block import Block
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
            series=mart.series[Series("pks", ("892000",))],
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
    series = both, first, second = Series("pks", ("a", "b")), Series("pks", ("a",)), Series("pks", ("b",))
    year = Period.year(2025)
    periods, areas = (year, *year.months()), (CITY, "01", "02", NOT_LOCATABLE)
    published = np.zeros((3, 13, 4), dtype=bool)
    published[:, 0, 0] = True  # the city's year in all three series
    published[0, 0, :] = True  # its districts in the sum of both keys
    published[1, :, 0] = True  # its months in the first key
    block = Block(series, periods, areas, np.zeros(published.shape, dtype=int), published)
    cells = list(block.cells(np.ones(published.sum(), dtype=bool)))
    found = block.lines()
    ends = (*found.starts[1:], found.parts.size)
    relations = {
        (cells[total], frozenset(cells[part] for part in found.parts[start:end]))
        for total, start, end in zip(found.totals, found.starts, ends, strict=True)
    }
    assert relations == {
        (Cell(both, CITY, year), frozenset(Cell(both, area, year) for area in areas[1:])),
        (Cell(both, CITY, year), frozenset({Cell(first, CITY, year), Cell(second, CITY, year)})),
        (Cell(first, CITY, year), frozenset(Cell(first, CITY, month) for month in year.months())),
    }


def test_the_datenstand_is_synthetic_as_soon_as_one_delivery_is():
    facts = Facts()
    facts.add("uploads", "upload_id|profile|marking|status\n1|a|published|published\n2|b|synthetic|published")
    assert facts.mart().snapshot.synthetic
    withdrawn = Facts()
    withdrawn.add("uploads", "upload_id|profile|marking|status\n1|a|published|published\n2|b|synthetic|withdrawn")
    assert not withdrawn.mart().snapshot.synthetic

"""The mart is locked, and the pattern of hidden cells follows every sum that is published."""

import duckdb
import numpy as np
import pytest

from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.catalogue.models import Offence
from sipa_data.disclosure import Relation
from sipa_data.marts import Series
from sipa_data.marts.relations import relations
from sipa_data.marts.series import all_series
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


OFFENCES = {
    one.key: one
    for one in (
        Offence(key="a", title="A", group="g", kind="sum", includes=("b", "c", "e")),
        Offence(key="b", title="B", group="g", kind="sum", includes=("d",)),
        Offence(key="c", title="C", group="g"),
        Offence(key="d", title="D", group="g"),
        Offence(key="e", title="E", group="g", kind="sum", includes=("d", "c")),
    )
}


def related(*series: Series, published: np.ndarray | None = None) -> set[Relation]:
    """Relations with their parts in order."""
    everywhere = np.ones((len(series), 1, 1), dtype=bool) if published is None else published
    found = relations(OFFENCES, series, everywhere)
    return {one._replace(parts=tuple(sorted(one.parts))) for one in found}


def test_a_sum_key_holds_what_it_includes_and_not_twice_what_lies_between():
    a, b, c, d = (Series("pks", (key,)) for key in "abcd")
    assert related(a, b, c, d) == {Relation(0, (1, 2)), Relation(1, (3,))}


def test_where_what_lies_between_is_not_published_the_whole_holds_the_part_itself():
    a, b, c, d = (Series("pks", (key,)) for key in "abcd")
    published = np.array([True, False, True, True])[:, None, None]
    assert related(a, b, c, d, published=published) >= {Relation(0, (2, 3)), Relation(1, (3,))}


def test_parts_that_overlap_are_never_beside_each_other():
    a, b, e = (Series("pks", (key,)) for key in "abe")
    assert related(a, b, e) == {Relation(0, (1,)), Relation(0, (2,))}  # both hold d


def test_series_of_several_keys_are_made_up_by_series_of_each():
    both, c, d = Series("pks", ("c", "d")), Series("pks", ("c",)), Series("pks", ("d",))
    assert related(both, c, d) == {Relation(0, (1, 2), exact=True)}
    assert related(both, c) == {Relation(0, (1,))}
    assert related(both, Series("zoll", ("d",))) == set()


def test_all_places_hold_each_and_cases_hold_attempts_but_not_what_was_cleared_later():
    a = Series("pks", ("a",))
    assert related(a, Series("pks", ("c",), ("bahn",))) == {Relation(0, (1,))}
    assert related(Series("pks", ("a",), ("bahn",)), Series("pks", ("c",))) == set()
    assert related(a, Series("pks", ("a",), counted="attempts")) == {Relation(0, (1,))}
    assert related(a, Series("pks", ("a",), counted="cleared")) == set()
    cleared = Series("pks", ("a",), counted="cleared")
    assert related(cleared, Series("pks", ("c",), counted="cleared")) == {Relation(0, (1,))}


def test_what_is_in_no_cut_is_not_told_and_zeros_are(mart):
    violence, year = Series("pks", ("892000",)), Period.year(2025)
    assert mart.pattern.shows(violence, CITY, year)
    assert mart.pattern.shows(violence, "02", year)  # zero
    assert not mart.pattern.shows(violence, CITY, Period.year(2024))
    assert not mart.pattern.shows(violence, CITY, Period.years(2023, 2025))
    assert not mart.pattern.shows(Series("zoll", ("892000",)), CITY, year)
    assert not mart.pattern.shows(violence, "99", year)
    assert not mart.pattern.shows(violence, NOT_LOCATABLE, Period.quarter(2025, 1))


def test_a_city_total_of_own_cases_alone_is_told_to_the_council_that_has_them():
    mart = Facts().yearly("year|district_id|offence_key|cases\n2025|01|892000|2").mart()
    violence, year = Series("pks", ("892000",)), Period.year(2025)
    assert not mart.pattern.shows(violence, CITY, year)
    assert mart.pattern.shows(violence, CITY, year, own={"01"})
    assert not mart.pattern.shows(violence, CITY, year, own={"02"})


def test_the_datenstand_is_synthetic_as_soon_as_one_delivery_is():
    facts = Facts()
    facts.add("uploads", "upload_id|profile|marking|status\n1|a|published|published\n2|b|synthetic|published")
    assert facts.mart().snapshot.synthetic
    withdrawn = Facts()
    withdrawn.add("uploads", "upload_id|profile|marking|status\n1|a|published|published\n2|b|synthetic|withdrawn")
    assert not withdrawn.mart().snapshot.synthetic

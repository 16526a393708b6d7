"""What is delivered fits together: sum keys hold their parts, a published table is a part of the police's own."""

import numpy as np
import pytest

from sipa_data.demo.incidents import POLICE, PUBLIC_SPACE, police_table
from sipa_data.demo.population import CENSUS_FROM, DATES


@pytest.fixture(scope="module")
def delivered(town, frame):
    return {year: police_table(town.recorded, frame, year).to_pandas() for year in (2017, 2025)}


def test_every_sum_key_holds_each_of_its_parts_everywhere(town, catalogue):
    checked = 0
    for key, offence in catalogue.offences.items():
        for part in offence.includes:
            if {key, part} <= set(town.recorded.kinds.keys):
                assert (town.recorded.of(key) >= town.recorded.of(part)).all(), (key, part)
                checked += 1
    assert checked > 25


def test_the_two_totals_differ_by_the_law_on_aliens(town):
    everything, without, aliens = (town.recorded.of(key) for key in ("------", "890000", "725000"))
    assert (everything - without == aliens).all()


def test_disjoint_groups_add_up_to_all_offences(town):
    groups = ("892500", "100000", "200000", "****00", "500000", "600000", "700000")
    assert (sum(town.recorded.of(key) for key in groups) == town.recorded.of("------")).all()


@pytest.mark.parametrize("what", ["attempts", "cleared"])
def test_no_more_attempts_and_solved_cases_than_cases(town, what):
    assert (getattr(town.recorded, what) <= town.recorded.cases).all()


@pytest.mark.parametrize("year", [2017, 2025])
def test_the_published_table_is_the_public_part_of_the_police_table(delivered, year):
    rows = delivered[year]
    columns = ["zeitraum", "bezirk", "schluessel", "faelle", "versuche", "aufgeklaert"]
    published = rows[rows.quelle == PUBLIC_SPACE]
    own = rows[(rows.quelle == POLICE) & (rows.ort == "oeffentlicher_raum")]
    own = own[own.schluessel.isin(published.schluessel.unique())]
    order = columns[:3]
    assert (
        published[columns].sort_values(order).to_numpy().tolist() == own[columns].sort_values(order).to_numpy().tolist()
    )


def test_a_key_is_delivered_only_while_it_is_in_use(delivered):
    assert "621020" in set(delivered[2017].schluessel)
    assert "621100" not in set(delivered[2017].schluessel)
    assert "621020" not in set(delivered[2025].schluessel)
    assert "621100" in set(delivered[2025].schluessel)


def test_every_row_is_about_something_that_happened(delivered):
    assert all((rows.faelle > 0).all() for rows in delivered.values())


def test_whoever_counts_under_a_part_counts_under_the_sum(town):
    groups = {(group.kind, group.key): group for group in town.people}
    for kind, whole, part in (("Tatverdächtige", "890000", "892000"), ("Opfer", "892000", "210000")):
        assert (groups[kind, whole].city >= groups[kind, part].city).all()
        assert (groups[kind, whole].districts >= groups[kind, part].districts).all()


def test_repeat_suspects_are_some_of_the_suspects(town):
    groups = {(group.kind, group.key): group for group in town.people}
    every, repeat = groups["Tatverdächtige", "890000"], groups["Mehrfachtatverdächtige", "890000"]
    assert (repeat.city <= every.city).all()
    assert (repeat.districts <= every.districts).all()


def test_a_person_counts_once_in_the_city_and_once_in_each_district(town):
    everything = next(group for group in town.people if group.key == "890000")
    assert (everything.districts.sum(axis=(1, 2)) > everything.city.sum(axis=(1, 2))).all()


def test_population_falls_at_the_census_without_anybody_leaving(town):
    city = town.residents.inhabitants.sum(axis=(1, 2, 3))
    place = DATES.index(CENSUS_FROM)
    assert len(DATES) == 21
    assert city[place] < 0.985 * city[place - 1]
    others = np.delete(np.diff(np.log(city)), place - 1)
    assert (np.abs(others) < 0.008).all()
    assert 590_000 < city.min() < city.max() < 635_000

"""Other cities on real files: no code changes, only their folder, and the published totals come out."""

import numpy as np
import pyreadstat
import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader, Status
from sipa_data.areas import CITY, NOT_LOCATABLE
from sipa_data.marts import Mart
from sipa_data.periods import Period
from tests.real.lakes import REAL, mart_of
from tests.spec import reference

pytestmark = pytest.mark.real
AFROBAROMETER = "afrobarometer/tun_r5_data.sav"


@pytest.fixture(scope="module")
def koeln(tmp_path_factory) -> Mart:
    companions = {"adressen": "koeln/Alle-Orte-mit-Lat-Long.csv", "grenzen": "koeln/stadtbezirke.geojson"}
    return mart_of(
        tmp_path_factory.mktemp("koeln"),
        "koeln",
        [
            ("koeln/2020_April_2020.csv", "koeln-ordnungswidrigkeiten", Period.month(2020, 4), companions),
            ("koeln/bevoelkerung.csv", "koeln-einwohner", None, {}),
        ],
    )


@pytest.fixture(scope="module")
def berlin(tmp_path_factory) -> Mart:
    companions = {"planungsraeume": "berlin-fahrraddiebstahl/lor_planungsraeume_2021.csv"}
    file = "berlin-fahrraddiebstahl/fahrraddiebstahl_2022.csv"
    return mart_of(tmp_path_factory.mktemp("berlin"), "berlin", [(file, "berlin-fahrraddiebstahl", None, companions)])


@pytest.fixture(scope="module")
def west_yorkshire(tmp_path_factory) -> Mart:
    file = "uk-police-street/2016-07-west-yorkshire-street.csv"
    return mart_of(tmp_path_factory.mktemp("yorkshire"), "west-yorkshire", [(file, "uk-police-street", None, {})])


@pytest.fixture(scope="module")
def tunesien(tmp_path_factory) -> Mart:
    return mart_of(tmp_path_factory.mktemp("tunesien"), "tunesien", [(AFROBAROMETER, "afrobarometer-r5", None, {})])


def counts(mart: Mart, indicator: str) -> dict[str, int]:
    frame = Reader(mart, Scope.chair()).ask(Question(indicator, by_district=True)).observations
    assert (frame["status"] == Status.ok).all()
    return {row["district"]: int(row["value"]) for row in frame.to_dict("records")}


def test_koelns_fines_go_in_and_come_out_by_district_and_not_locatable(koeln):
    found = counts(koeln, "verstoesse")
    assert found[CITY] == 35_622
    assert sum(count for area, count in found.items() if area != CITY) == 35_622
    assert found[NOT_LOCATABLE] > 0
    assert all(found[str(district)] > 0 for district in range(1, 10))


def test_koelns_population_of_2012_is_too_old_for_a_rate_of_2020(koeln):
    answer = Reader(koeln, Scope.chair()).ask(Question("verstoesse-rate"))
    assert answer.is_empty
    assert "keine Einwohnerzahl zum 01.01.2020" in answer.observations.iloc[0]["reason"]


def test_berlins_thefts_are_all_kept(berlin):
    rows = berlin.connection.cursor().execute("select sum(cases) from incidents").fetchone()
    assert rows[0] == 22_833


def test_west_yorkshire_keeps_every_incident_with_those_outside_as_not_locatable(west_yorkshire):
    found = counts(west_yorkshire, "vorfaelle-gesamt")
    assert found[CITY] == 27_176
    # counted in the file by the beginning of „LSOA name“
    assert found["E08000035"] == 9_243  # Leeds
    districts = {9_243, 6_381, 4_359, 3_650, 2_125}  # Leeds, Bradford, Kirklees, Wakefield, Calderdale
    assert {count for area, count in found.items() if area not in (CITY, NOT_LOCATABLE)} == districts
    assert found[NOT_LOCATABLE] == 27_176 - sum(districts)


@pytest.fixture(scope="module")
def answers_q9a() -> list[tuple[str, float, int]]:
    """Region, weight and answer of everybody with a valid answer, read without any code of the product."""
    frame, _ = pyreadstat.read_sav(str(REAL / AFROBAROMETER), usecols=["REGION", "withinwt", "Q9A"])
    valid = frame.loc[~frame["Q9A"].isin([-1, 9, 998]), ["REGION", "withinwt", "Q9A"]]
    return [(str(int(region)), weight, int(code)) for region, weight, code in valid.itertuples(index=False)]


def test_afrobarometers_weighted_share_is_over_valid_answers_only(tunesien, answers_q9a):
    row = Reader(tunesien, Scope.chair()).ask(Question("unsicher-mehrmals")).observations.iloc[0]
    truth = reference.share([code in (2, 3, 4) for _, _, code in answers_q9a], [w for _, w, _ in answers_q9a])
    assert len(answers_q9a) == 1_192  # 1,200 less six missing and two don't know
    assert row["n"] == 1_192
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx(
        (100 * truth.share, 100 * truth.lower, 100 * truth.upper)
    )


def test_afrobarometers_small_regions_are_too_few_to_say(tunesien, answers_q9a):
    frame = Reader(tunesien, Scope.chair()).ask(Question("unsicher-mehrmals", by_district=True)).observations
    status = dict(zip(frame["district"], frame["status"], strict=True))
    regions = {region for region, _, _ in answers_q9a}
    for region in regions:
        chosen = [(code in (2, 3, 4), weight) for where, weight, code in answers_q9a if where == region]
        truth = reference.share([counted for counted, _ in chosen], [weight for _, weight in chosen])
        expected = reference.publishability(truth.share, truth.n, truth.n_effective, truth.lower, truth.upper)
        assert status[region] == expected
    few = [region for region in regions if sum(where == region for where, _, _ in answers_q9a) < 30]
    assert few
    assert all(status[region] == Status.unreliable for region in few)
    assert frame.loc[frame["status"] == Status.unreliable, "value"].isna().all()
    assert np.isfinite(frame.loc[frame["status"] == Status.ok, "value"].astype(float)).all()

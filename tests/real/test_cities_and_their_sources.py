"""The catalogues of the test cities and of Stuttgart agree with the files that their sources publish."""

import csv
import json
from math import cos, radians, sin, sqrt
from pathlib import Path

import numpy as np
import pyreadstat
import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from sipa_data.catalogue import Catalogue, load_catalogue

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real"
CITIES = Path(__file__).parent / "cities"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the real data are not here: {REAL} is missing"),
]


@pytest.fixture(scope="module")
def stuttgart() -> Catalogue:
    return load_catalogue(ROOT / "data" / "stuttgart")


@pytest.fixture(scope="module")
def city() -> dict[str, Catalogue]:
    return {folder.name: load_catalogue(folder) for folder in CITIES.iterdir() if folder.is_dir()}


def metric(geometry: BaseGeometry, latitude: float) -> BaseGeometry:
    """Degrees → metres around a latitude, with the radii of curvature of the WGS 84 ellipsoid."""
    flat = 1 - 0.00669437999014 * sin(radians(latitude)) ** 2
    north = 6_378_137 * (1 - 0.00669437999014) / flat**1.5
    east = 6_378_137 / sqrt(flat) * cos(radians(latitude))
    return shapely.transform(geometry, lambda points: np.radians(points) * [east, north]).buffer(0)


def boundaries(path: Path, number: str, latitude: float) -> dict[str, BaseGeometry]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {one["properties"][number]: metric(shape(one["geometry"]), latitude) for one in features}


def neighbours(areas: dict[str, BaseGeometry]) -> dict[str, set[str]]:
    """Districts that share at least 100 m of boundary, drawn to within 5 m."""
    return {
        number: {
            other
            for other, theirs in areas.items()
            if other != number and area.boundary.intersection(theirs.boundary.buffer(5)).length >= 100
        }
        for number, area in areas.items()
    }


BOUNDARIES = [
    ("stuttgart", REAL / "stuttgart-stadtbezirke" / "stuttgart_stadtbezirke.geojson", "districtNumber", 48.78),
    ("koeln", REAL / "koeln" / "stadtbezirke.geojson", "STB_NR", 50.95),
]


@pytest.mark.parametrize(("name", "path", "number", "latitude"), BOUNDARIES)
def test_neighbours_are_those_of_the_official_boundaries(stuttgart, city, name, path, number, latitude):
    catalogue = stuttgart if name == "stuttgart" else city[name]
    found = neighbours(boundaries(path, number, latitude))
    assert {one.id: set(one.neighbours) for one in catalogue.districts.values()} == found


@pytest.mark.parametrize(("name", "path", "number", "latitude"), BOUNDARIES)
def test_areas_are_those_of_the_official_boundaries(stuttgart, city, name, path, number, latitude):
    catalogue = stuttgart if name == "stuttgart" else city[name]
    for official, area in boundaries(path, number, latitude).items():
        assert catalogue.districts[official].area_km2 == pytest.approx(area.area / 1e6, rel=0.005, abs=0.005)


def test_stuttgart_covers_207_square_kilometres(stuttgart):
    """The city gives its area as 20,735 hectares."""
    assert sum(one.area_km2 for one in stuttgart.districts.values()) == pytest.approx(207.35, abs=0.3)


def test_the_size_classes_of_the_outer_districts_are_divided_at_the_widest_gap(stuttgart):
    path = REAL / "stuttgart-einwohner-1986" / "stuttgart_einwohner_altersgruppen_1986-06-30.csv"
    inhabitants: dict[str, int] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            number = stuttgart.find_district(row["Stadtbezirk"])
            inhabitants[number] = inhabitants.get(number, 0) + int(row["Einwohner"])
    by_type = {kind: [inhabitants[one.id] for one in stuttgart.districts.values() if one.type == kind]
               for kind in ("aussen-gross", "aussen-klein")}  # fmt: skip
    assert min(by_type["aussen-gross"]) > 20_000 > max(by_type["aussen-klein"])


def test_every_key_of_the_national_crime_statistics_for_stuttgart_is_known(stuttgart):
    for path in sorted((REAL / "bka-pks-kreise").iterdir()):
        rows = csv.reader(path.read_text(encoding="latin-1").splitlines(), delimiter=";")
        keys = {row[0] for row in rows if len(row) > 2 and row[2] == "8111"}
        assert len(keys) > 40
        assert keys <= set(stuttgart.offences), sorted(keys - set(stuttgart.offences))


def test_every_key_of_stuttgart_is_valid_in_the_years_it_was_published_in(stuttgart):
    for path in sorted((REAL / "bka-pks-kreise").iterdir()):
        year = int(path.name[:4])
        rows = csv.reader(path.read_text(encoding="latin-1").splitlines(), delimiter=";")
        for key in {row[0] for row in rows if len(row) > 2 and row[2] == "8111"}:
            offence = stuttgart.offences[key]
            assert (offence.valid_from or 0) <= year <= (offence.valid_to or 9999), key


def test_every_district_of_the_violence_table_is_found(stuttgart):
    path = REAL / "stuttgart-gewalt-2025" / "stuttgart_gewalt_oeffentlicher_raum_2025.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = {row["stadtbezirk"]: stuttgart.find_district(row["stadtbezirk"]) for row in csv.DictReader(file)}
    assert [name for name, number in found.items() if number is None] == ["nicht zugeordnet", "Stuttgart gesamt"]
    assert set(found.values()) - {None} == set(stuttgart.districts)


def test_every_first_fine_of_koeln_has_a_key(city):
    with (REAL / "koeln" / "2020_April_2020.csv").open(encoding="utf-8-sig", newline="") as file:
        keys = {row["tatbestand1"] for row in csv.DictReader(file, delimiter=";")}
    assert keys == set(city["koeln"].offences)


def test_every_district_of_koelns_population_is_found(city):
    with (REAL / "koeln" / "bevoelkerung.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["raum_id"]: row["raum"] for row in csv.DictReader(file) if row["raum_id"] < "010"}
    found = {int(number): city["koeln"].find_district(name) for number, name in names.items()}
    assert found == {0: None} | {number: str(number) for number in range(1, 10)}


def test_every_kind_of_theft_of_berlin_has_a_key(city):
    path = REAL / "berlin-fahrraddiebstahl" / "fahrraddiebstahl_2022.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {row["DELIKT"] for row in csv.DictReader(file)} == set(city["berlin"].offences)


def test_every_planning_area_of_berlin_lies_in_a_district(city):
    path = REAL / "berlin-fahrraddiebstahl" / "lor_planungsraeume_2021.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {city["berlin"].find_district(row["BEZ"]) for row in csv.DictReader(file)} == set(
            city["berlin"].districts
        )


def test_every_crime_type_of_west_yorkshire_has_a_key(city):
    path = REAL / "uk-police-street" / "2016-07-west-yorkshire-street.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Crime type"] for row in rows} == set(city["west-yorkshire"].offences)
    found = {city["west-yorkshire"].find_district(row["LSOA name"].rpartition(" ")[0]) for row in rows}
    assert found == {None, *city["west-yorkshire"].districts}


@pytest.fixture(scope="module")
def interview() -> pyreadstat.metadata_container:
    return pyreadstat.read_sav(REAL / "afrobarometer" / "tun_r5_data.sav", metadataonly=True)[1]


def test_the_regions_of_tunisia_bear_the_numbers_of_the_interview(city, interview):
    labels = {f"{number:.0f}": label for number, label in interview.variable_value_labels["REGION"].items()}
    assert {one.id: one.name for one in city["tunesien"].districts.values()} == labels
    assert {city["tunesien"].find_district(label) for label in labels.values()} == set(labels)


@pytest.mark.parametrize(("item", "variable"), [("q9a", "Q9A"), ("q9b", "Q9B"), ("q10a", "Q10A"), ("q10b", "Q10B"),
                                                ("q59h", "Q59H"), ("geschlecht", "Q101")])  # fmt: skip
def test_every_answer_of_the_interview_has_a_code_and_every_missing_one_is_typed(city, interview, item, variable):
    catalogue = city["tunesien"]
    scale = catalogue.scales[catalogue.items[item].scale]
    answers = {f"{code:.0f}" for code, label in interview.variable_value_labels[variable].items()}
    missing = {"-1", "9", "998", "999"}
    assert {answer.code for answer in scale.answers} == answers - missing
    assert {code.code for code in scale.missing} == missing

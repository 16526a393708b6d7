"""Every real file of incidents, inhabitants or answers: recognised, checked, rehearsed, released and withdrawn.

All through the pages, as a person would: the interactions are counted.
"""

import json
from dataclasses import replace

import pytest
from shapely.geometry import box, mapping

from pages.parts.opened import opened_house
from sipa_data.access.scope import Role, Scope
from sipa_data.release import history
from tests.app.conftest import open_page, opened
from tests.real.lakes import CITIES, REAL, need, settings_of
from tests.support.facts import MUSTERSTADT
from tests.support.small_city import environment

pytestmark = pytest.mark.real
MOST_INTERACTIONS = 15
FILES = {
    "stuttgart-gewalt-oeffentlicher-raum": (
        "stuttgart", "stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv", (),
    ),
    "stuttgart-einwohner": (
        "stuttgart", "stuttgart-einwohner-1986/stuttgart_einwohner_altersgruppen_1986-06-30.csv", (),
    ),
    "bka-pks-kreise": ("stuttgart", "bka-pks-kreise/2019_KR-F-01-T01-Kreise-Faelle-HZ_csv.csv", ()),
    "koeln-einwohner": ("koeln", "koeln/bevoelkerung.csv", ()),
    "koeln-ordnungswidrigkeiten": (
        "koeln", "koeln/2020_April_2020.csv", ("koeln/Alle-Orte-mit-Lat-Long.csv", "koeln/stadtbezirke.geojson"),
    ),
    "berlin-fahrraddiebstahl": (
        "berlin", "berlin-fahrraddiebstahl/fahrraddiebstahl_2022.csv",
        ("berlin-fahrraddiebstahl/lor_planungsraeume_2021.csv",),
    ),
    "uk-police-street": ("west-yorkshire", "uk-police-street/2016-07-west-yorkshire-street.csv", ()),
    "afrobarometer-r5": ("tunesien", "afrobarometer/tun_r5_data.sav", ()),
}  # fmt: skip


class Person:
    """Somebody who works with the pages; every choice, click and file counts."""

    def __init__(self, address, role):
        self.visit = open_page(address).selectbox(key="ansicht").set_value(Scope.of(role)).run(timeout=120)
        self.interactions = 0

    def does(self, widget, *value):
        self.interactions += 1
        (widget.set_value(*value) if value else widget.click()).run(timeout=120)
        assert not self.visit.exception, self.visit.exception

    def clicks(self, key):
        self.does(self.visit.button(key=key))

    def sends(self, name):
        self.sends_path(REAL / name)

    def sends_path(self, path):
        self.does(self.visit.file_uploader[0], (path.name, path.read_bytes(), ""))

    def chooses(self, key, value):
        self.does(self.visit.selectbox(key=key), value)

    def acknowledges(self):
        """Tick that the warnings were read, where there are any."""
        for tick in self.visit.checkbox:
            if tick.key == "gelesen":
                self.interactions += 1
                tick.check().run(timeout=120)

    def fills_in(self, setting, value):
        for kind in (self.visit.text_input, self.visit.selectbox):
            for one in kind:
                if one.key.startswith("angabe-") and one.key.endswith(f"-{setting}"):
                    self.does(one, value)
                    return
        raise AssertionError(f"nobody asks for {setting}")

    def has(self, key):
        return any(button.key == key for button in self.visit.button)

    @property
    def said(self):
        kinds = (self.visit.markdown, self.visit.success, self.visit.error, self.visit.warning)
        return "\n".join(str(element.value) for kind in kinds for element in kind)


def city_in(folder, name):
    return opened(environment(settings_of(folder, name)))


@pytest.fixture
def closing():
    yield
    opened_house.clear()


@pytest.mark.parametrize("profile", FILES)
def test_a_real_file_goes_the_whole_way_and_comes_back(tmp_path, closing, profile):
    city, file, companions = FILES[profile]
    need(file, *companions)
    house = city_in(tmp_path, city)
    before = house.lake.checksums()
    ana = Person("hochladen", Role.analyst)
    ana.sends(file)
    layout = next(one for one in ana.visit.selectbox if one.key.startswith("profil-"))
    assert layout.value == profile
    for companion in companions:
        ana.sends(companion)
    marking = ana.visit.selectbox(key=f"kennzeichnung-{profile}")
    if marking.value == "confidential":
        ana.does(marking, "published")
    ana.clicks("pruefen")
    assert ana.has("probe"), ana.said
    ana.clicks("probe")
    assert ana.has("einreichen"), ana.said
    ana.acknowledges()
    ana.clicks("einreichen")
    assert ana.interactions < MOST_INTERACTIONS
    erika = Person("freigaben", Role.office)
    erika.clicks(next(one.key for one in erika.visit.button if one.key.startswith("freigeben-")))
    (upload,) = history(house.lake)
    assert (upload.profile, upload.status) == (profile, "published")
    assert upload.rows_taken > 0
    erika.chooses("lieferung", upload.upload_id)
    erika.clicks("zurueckziehen")
    assert history(house.lake)[0].status == "withdrawn"
    after = house.lake.checksums()
    assert {table: rows for table, rows in after.items() if table != "uploads"} == {
        table: rows for table, rows in before.items() if table != "uploads"
    }


BY_HAND = {
    "afrobarometer": (
        CITIES / "tunesien",
        "afrobarometer/tun_r5_data.sav",
        {"attribution": "Afrobarometer", "marking": "published", "reviewed": "ja"},
        "survey_respondents",
    ),
    "uk": (
        CITIES / "west-yorkshire",
        "uk-police-street/2016-07-west-yorkshire-street.csv",
        {"attribution": "data.police.uk", "marking": "published"},
        "incident_events",
    ),
    "frankfurt": (
        MUSTERSTADT,
        "frankfurt-streetception/data_per_location.csv",
        {"attribution": "Milias", "marking": "published", "register": "muell", "unit": "Punkte", "period": "2022"},
        "register_values",
    ),
}
FRANKFURT = (8.40, 8.68, 8.95), (49.95, 50.11, 50.30)
"""Degrees at which the four invented districts meet: the real places lie in all of them."""


def four_districts(file):
    """Boundaries of the Musterstadt, laid over Frankfurt."""
    (west, middle, east), (south, centre, north) = FRANKFURT
    quarters = {
        "Altstadt": (west, south, middle, centre),
        "Nordstadt": (west, centre, middle, north),
        "Südstadt": (middle, south, east, centre),
        "Hafen": (middle, centre, east, north),
    }
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": mapping(box(*corners))}
        for name, corners in quarters.items()
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", BY_HAND)
def test_an_unknown_file_is_mapped_from_nothing_in_under_fifteen_interactions(tmp_path, closing, name):
    city, file, settings, table = BY_HAND[name]
    need(file)
    house = opened(environment(replace(settings_of(tmp_path, ""), city=city)))
    ana = Person("hochladen", Role.analyst)
    ana.sends(file)
    ana.does(next(one for one in ana.visit.selectbox if one.key.startswith("profil-")), "")
    for setting, value in settings.items():
        ana.fills_in(setting, value)
    assert "Noch offen" not in ana.said, ana.said
    if ana.visit.file_uploader:
        ana.sends_path(four_districts(tmp_path / "grenzen.geojson"))
    ana.clicks("pruefen")
    assert ana.has("probe"), ana.said
    ana.clicks("probe")
    ana.acknowledges()
    ana.clicks("einreichen")
    assert ana.interactions < MOST_INTERACTIONS
    erika = Person("freigaben", Role.office)
    erika.clicks(next(one.key for one in erika.visit.button if one.key.startswith("freigeben-")))
    with house.lake.reader() as reader:
        (found,) = reader.read(f"select count(*) as n, count(distinct district_id) as d from {table}").to_pylist()
    assert found["n"] >= 4
    assert found["d"] >= 4

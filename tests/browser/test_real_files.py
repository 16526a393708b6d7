"""Every real file with incidents, inhabitants, answers or measured places, by the page, in a browser, and back again.

Dropped → recognised → checked → rehearsed → submitted → released by a second person → read → withdrawn → gone.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

import pyreadstat
import pytest

from sipa_data import german
from sipa_data.intake import load_profiles
from sipa_data.lake import open_lake
from sipa_data.release import history
from sipa_data.settings import PROJECT
from tests.browser.desk import Office, Onlooker, Uploader
from tests.browser.tab import Tab
from tests.real.frankfurt import PLACES, plain_means
from tests.real.lakes import REAL, need, settings_of
from tests.support.server import running_server

pytestmark = pytest.mark.real
MOST_INTERACTIONS = 14
"""The aim is below 15, from the file to the submission."""
BY_HAND = "Spalten selbst zuordnen"
PHONE, LAPTOP = 390, 1280


@dataclass(frozen=True)
class Delivered:
    """One file on its way, and where its number appears.

    ``profile`` : the layout it is recognised by; empty: every column is mapped from nothing
    ``said`` : what is filled in on the mapping form, by the label of the field
    ``proposed`` : what the form then says itself
    ``page``, ``number`` : where readers see what it brought; counted in the file where no publication names it
    """

    file: str
    profile: str
    page: str
    number: str | Callable[[], str]
    companions: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    proposed: Mapping[str, str] = field(default_factory=dict)


STREET = "uk-police-street/2016-07-west-yorkshire-street.csv"
TUNISIA = "afrobarometer/tun_r5_data.sav"
UNSAFE = "kennzahl-unsicher-mehrmals"
OPEN_DATA = {"Kennzeichnung": "öffentlich"}


def unsafe_in_tunisia() -> str:
    """Weighted share of „several times“, „many times“ and „always“ (2, 3, 4) among the valid answers to Q9A."""
    frame, _ = pyreadstat.read_sav(str(REAL / TUNISIA), usecols=["withinwt", "Q9A"])
    valid = frame[~frame["Q9A"].isin([-1, 9, 998])]
    unsafe = valid["withinwt"][valid["Q9A"].isin([2, 3, 4])].sum()
    return german.number(100 * unsafe / valid["withinwt"].sum(), 1)


def safe_in_the_south_west() -> str:
    return german.number(plain_means()["1"], 1)


CITIES = {
    "stuttgart": (
        Delivered(
            "stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv",
            "stuttgart-gewalt-oeffentlicher-raum", "kennzahl-gewalt-oeffentlicher-raum", "1.636",
        ),
        Delivered(  # too old for any rate of today: what readers see of it is the delivery itself
            "stuttgart-einwohner-1986/stuttgart_einwohner_altersgruppen_1986-06-30.csv",
            "stuttgart-einwohner", "datenstand", "veröffentlicht, öffentlich",
        ),
        Delivered(
            "bka-pks-kreise/2016_BKA-LKS-F-03-T01-Kreise_csv.csv",
            "bka-pks-kreise", "kennzahl-straftaten-insgesamt", "58.868",
        ),
        Delivered(
            "bka-pks-kreise/2019_KR-F-01-T01-Kreise-Faelle-HZ_csv.csv",
            "bka-pks-kreise", "kennzahl-straftaten-insgesamt", "54.347",
        ),
    ),
    "koeln": (
        Delivered(  # nine districts in eight years, ending long before the fines begin
            "koeln/bevoelkerung.csv", "koeln-einwohner", "datenstand", "veröffentlicht, öffentlich",
        ),
        Delivered(
            "koeln/2020_April_2020.csv", "koeln-ordnungswidrigkeiten", "kennzahl-verstoesse", "35.622",
            companions=("koeln/Alle-Orte-mit-Lat-Long.csv", "koeln/stadtbezirke.geojson"),
        ),
    ),
    "berlin": (
        Delivered(  # 22,833 rows, less the 379 of the year that has only begun, January 2023
            "berlin-fahrraddiebstahl/fahrraddiebstahl_2022.csv", "berlin-fahrraddiebstahl",
            "kennzahl-fahrraddiebstahl-gesamt", "22.454",
            companions=("berlin-fahrraddiebstahl/lor_planungsraeume_2021.csv",),
        ),
    ),
    "west-yorkshire": (
        Delivered(STREET, "uk-police-street", "kennzahl-vorfaelle-gesamt", "27.176"),
        Delivered(STREET, "", "kennzahl-vorfaelle-gesamt", "27.176", said={"Herkunft": "data.police.uk"} | OPEN_DATA),
    ),
    "tunesien": (
        Delivered(TUNISIA, "afrobarometer-r5", UNSAFE, unsafe_in_tunisia),
        Delivered(
            TUNISIA, "", UNSAFE, unsafe_in_tunisia,
            said={"Herkunft": "Afrobarometer", "Übrige Spalten durchgesehen": "ja"} | OPEN_DATA,
        ),
    ),
    "frankfurt": (
        Delivered(
            PLACES, "", "kennzahl-sicherheit-an-orten?gebiet=S%C3%BCdwest", safe_in_the_south_west,
            said={
                "Herkunft": "Milias u. a. 2023", "Register": "Empfundene Sicherheit an bewerteten Orten",
                "Zeitraum der Datei": "2022",
            } | OPEN_DATA,
            proposed={"Einheit": "Punkte"},
        ),
    ),
}  # fmt: skip
NO_DELIVERIES = {
    "basel/6437.tsv": "a finished table of marks, no answers of persons: no weights, no intervals, no protection",
    "basel/6438.tsv": "the same with two years more",
    "basel/6509.tsv": "a finished table of answers by year and citizenship, no answers of persons",
    "koeln/Alle-Orte-mit-Lat-Long.csv": "comes along with the fines",
    "koeln/stadtbezirke.geojson": "comes along with the fines",
    "berlin-fahrraddiebstahl/lor_planungsraeume_2021.csv": "comes along with the thefts",
    "stuttgart-stadtbezirke/stuttgart_stadtbezirke.geojson": "boundaries of the map, brought by a command",
    "phe/testdata_Proportion.xlsx": "published intervals that the statistics are checked against",
    "phe/testdata_Rate.xlsx": "published intervals that the statistics are checked against",
    "prevention/poisson_etest_reference_values.csv": "published p-values that the statistics are checked against",
    "prevention/scared_straight_petrosino2013.csv": "seven trials of a review, none a project of the city",
    "prevention/wdd_cases.csv": "published results that the statistics are checked against",
    "r-survey/apistrat.csv": "schools, not persons; published results that the statistics are checked against",
}
"""What else lies among the real files, and why nobody would deliver it."""


@pytest.fixture(scope="module")
def profiles():
    return load_profiles(PROJECT / "data" / "profiles")


def test_of_every_real_file_it_is_decided_whether_it_is_a_delivery():
    need("README.md")
    found = {str(file.relative_to(REAL)) for file in REAL.rglob("*") if file.is_file()} - {"README.md"}
    delivered = {one.file for files in CITIES.values() for one in files}
    assert delivered & set(NO_DELIVERIES) == set()
    assert delivered | set(NO_DELIVERIES) == found


@pytest.mark.parametrize("city", CITIES)
def test_the_real_files_of_a_city_go_the_whole_way_and_come_back(chromium, tmp_path, profiles, city):
    files = CITIES[city]
    need(*(name for one in files for name in (one.file, *one.companions)))
    settings = settings_of(tmp_path, city)
    with running_server(settings, tmp_path / "log") as address, ExitStack() as windows:
        first, second, third = (windows.enter_context(Tab.opened(chromium, address)) for _ in range(3))
        uploader, office, reader = Uploader(first), Office(second), Onlooker(third)
        for one in files:
            go_the_whole_way(one, profiles, uploader, office, reader)
        for tab in (first, second, third):
            assert (tab.complaints, tab.foreign, tab.violations()) == ([], [], [])
    with open_lake(settings) as lake:
        uploads = history(lake)
        left = lake.checksums()
    assert [upload.status for upload in uploads] == ["withdrawn"] * len(files)
    assert all(upload.approved_by != upload.uploaded_by for upload in uploads)
    assert {table for table, content in left.items() if content != "0:0"} == {"uploads"}


def go_the_whole_way(one, profiles, uploader, office, reader):
    number = one.number if isinstance(one.number, str) else one.number()
    reader.opens(one.page)
    uploader.drops(REAL / one.file)
    if one.profile:
        assert uploader.layout() == profiles[one.profile].title
        assert "Erkannt, sicher." in uploader.said
        for companion in one.companions:
            uploader.adds(REAL / companion)
    else:
        map_from_nothing(one, uploader)
    uploader.checks()
    uploader.rehearses()
    fits_a_phone(uploader.tab)
    uploader.submits()
    assert uploader.interactions <= MOST_INTERACTIONS
    assert not reader.sees(number)
    office.releases()
    reader.goes_on()
    assert reader.sees(number)
    office.withdraws_the_newest()
    reader.goes_on()
    assert not reader.sees(number)


def map_from_nothing(one, uploader):
    """As if no layout knew the file."""
    if uploader.layout() != BY_HAND:
        uploader.chooses("Dateiprofil", BY_HAND)
    for label, words in one.said.items():
        uploader.fills_in(label, words)
    uploader.tab.page.get_by_role("button", name="Prüfen").wait_for()
    for label, words in one.proposed.items():
        assert uploader.field(label) == words
    assert "Noch offen" not in uploader.said


def fits_a_phone(tab):
    tab.resize(PHONE)
    assert tab.sideways() == 0
    tab.resize(LAPTOP)

"""Real files that no layout describes: what every column means is proposed, and few corrections are needed."""

import duckdb
import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.intake import Draft, load_profiles, look_at, propose, read_delivery, recognise
from sipa_data.settings import PROJECT
from tests.real.frankfurt import PLACES, plain_means
from tests.real.lakes import CITIES, REAL, need

pytestmark = pytest.mark.real

AFROBAROMETER = "afrobarometer/tun_r5_data.sav"
STREET = "uk-police-street/2016-07-west-yorkshire-street.csv"
MOST_CORRECTIONS = 14
PROFILES = load_profiles(PROJECT / "data" / "profiles")


def drafted(file: str, city: str, corrections: dict[str, str]) -> Draft:
    need(file)
    assert len(corrections) <= MOST_CORRECTIONS
    draft = propose(look_at(REAL / file), load_catalogue(CITIES / city))
    for setting, value in corrections.items():
        draft = draft.with_setting(setting, value)
    assert draft.problems() == ()
    return draft


def delivered(file: str, draft: Draft, table: str) -> tuple[int, int, list[tuple[object, ...]]]:
    with read_delivery(REAL / file, draft.catalogue, draft.profile(), **draft.reading()) as delivery:
        rows = duckdb.sql("from read_parquet($path)", params={"path": str(delivery.tables[table])}).fetchall()
        return delivery.report.rows_taken, delivery.report.not_locatable, rows


def answers_of(file, catalogue, profile, **reading):
    with read_delivery(REAL / file, catalogue, profile, **reading) as delivery:
        return duckdb.sql(
            "select respondent, item_id, answer, missing from read_parquet($path) order by all",
            params={"path": str(delivery.tables["survey_answers"])},
        ).fetchall()


def test_the_tunisian_survey_is_mapped_like_its_own_layout():
    draft = drafted(
        AFROBAROMETER, "tunesien", {"attribution": "Afrobarometer", "marking": "published", "reviewed": "ja"}
    )
    meant = {one.heading: one.meaning for one in draft.columns if one.meaning}
    assert meant == {
        "RESPNO": "respondent", "REGION": "district", "withinwt": "weight", "Q9A": "item:q9a", "Q9B": "item:q9b",
        "Q10A": "item:q10a", "Q10B": "item:q10b", "Q59H": "item:q59h", "Q1": "item:altersgruppe",
        "Q101": "item:geschlecht",
    }  # fmt: skip
    by_hand = answers_of(AFROBAROMETER, draft.catalogue, PROFILES["afrobarometer-r5"])
    assert answers_of(AFROBAROMETER, draft.catalogue, draft.profile(), **draft.reading()) == by_hand


def test_british_street_crime_is_mapped_like_its_own_layout():
    draft = drafted(STREET, "west-yorkshire", {"attribution": "data.police.uk", "marking": "published"})
    assert draft.setting("source") == "police-uk"
    assert draft.pattern == r"(.+) \d{3}[A-Z]"
    taken, nowhere, _ = delivered(STREET, draft, "incident_events")
    assert (taken, nowhere) == (27_176, 1_418)


def test_rated_places_in_frankfurt_become_means_of_their_quarters():
    corrections = {
        "register": "sicherheit_an_orten", "attribution": "Milias u. a. 2023", "marking": "published", "period": "2022",
    }  # fmt: skip
    draft = drafted(PLACES, "frankfurt", corrections)
    assert (draft.kind, draft.setting("reference")) == ("register_values", "EPSG:3857")
    taken, nowhere, rows = delivered(PLACES, draft, "register_values")
    assert (taken, nowhere) == (753, 0)
    assert {district: value for _, _, _, district, value, _ in rows} == pytest.approx(plain_means())


@pytest.mark.parametrize(
    ("file", "city", "profile"),
    [
        (AFROBAROMETER, "tunesien", "afrobarometer-r5"),
        (STREET, "west-yorkshire", "uk-police-street"),
        ("bka-pks-kreise/2016_BKA-LKS-F-03-T01-Kreise_csv.csv", "stuttgart", "bka-pks-kreise"),
        ("bka-pks-kreise/2019_KR-F-01-T01-Kreise-Faelle-HZ_csv.csv", "stuttgart", "bka-pks-kreise"),
        ("koeln/2020_April_2020.csv", "koeln", "koeln-ordnungswidrigkeiten"),
        ("koeln/bevoelkerung.csv", "koeln", "koeln-einwohner"),
        ("berlin-fahrraddiebstahl/fahrraddiebstahl_2022.csv", "berlin", "berlin-fahrraddiebstahl"),
        (
            "stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv", "stuttgart",
            "stuttgart-gewalt-oeffentlicher-raum",
        ),
        (
            "stuttgart-einwohner-1986/stuttgart_einwohner_altersgruppen_1986-06-30.csv", "stuttgart",
            "stuttgart-einwohner",
        ),
    ],
)  # fmt: skip
def test_every_known_file_is_recognised_without_doubt(file, city, profile):
    need(file)
    own = CITIES / city
    catalogue = load_catalogue(own if own.is_dir() else PROJECT / "data" / city)
    best, *others = recognise(look_at(REAL / file), catalogue, PROFILES)
    assert (best.profile.id, best.certainty) == (profile, "sicher")
    assert all(other.certainty != "sicher" for other in others)


@pytest.mark.parametrize(
    "file", [PLACES, "basel/6437.tsv", "phe/testdata_Rate.xlsx", "r-survey/apistrat.csv", "prevention/wdd_cases.csv"]
)
def test_a_file_that_no_layout_describes_is_not_taken_for_one(file):
    need(file)
    catalogue = load_catalogue(PROJECT / "data" / "stuttgart")
    assert [one for one in recognise(look_at(REAL / file), catalogue, PROFILES) if one.certainty == "sicher"] == []

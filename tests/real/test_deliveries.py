"""Real files become deliveries: every row accounted for, published totals found again."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.errors import RefusedDelivery
from sipa_data.intake import Delivery, load_profiles, read_delivery
from sipa_data.periods import Period
from sipa_data.settings import PROJECT
from tests.real.lakes import CITIES, REAL, need

pytestmark = pytest.mark.real

VIOLENCE = "stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv"
PKS = {
    2016: "bka-pks-kreise/2016_BKA-LKS-F-03-T01-Kreise_csv.csv",
    2019: "bka-pks-kreise/2019_KR-F-01-T01-Kreise-Faelle-HZ_csv.csv",
}
INHABITANTS_1986 = "stuttgart-einwohner-1986/stuttgart_einwohner_altersgruppen_1986-06-30.csv"
FINES = "koeln/2020_April_2020.csv"
KOELN_INHABITANTS = "koeln/bevoelkerung.csv"
THEFTS = "berlin-fahrraddiebstahl/fahrraddiebstahl_2022.csv"
STREET = "uk-police-street/2016-07-west-yorkshire-street.csv"
AFROBAROMETER = "afrobarometer/tun_r5_data.sav"


def deliver(file: str, profile: str, city: str, **options: Any) -> Delivery:
    need(file)
    own = CITIES / city
    catalogue = load_catalogue(own if own.is_dir() else PROJECT / "data" / city)
    return read_delivery(REAL / file, catalogue, load_profiles(PROJECT / "data" / "profiles")[profile], **options)


def rows(delivery: Delivery, table: str) -> list[dict[str, Any]]:
    found = duckdb.sql("from read_parquet($path)", params={"path": str(delivery.tables[table])})
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def accounts(delivery: Delivery) -> tuple[int, int, int, int]:
    report = delivery.report
    assert report.rows_in == report.rows_taken + report.rows_refused + report.rows_skipped
    return report.rows_in, report.rows_taken, report.rows_skipped, report.not_locatable


def by_district(found: list[dict[str, Any]], value: str) -> Mapping[str | None, int]:
    counted: Counter[str | None] = Counter()
    for row in found:
        counted[row["district_id"]] += row[value]
    return counted


def test_violence_2025_is_1577_in_districts_and_59_without_one():
    with deliver(VIOLENCE, "stuttgart-gewalt-oeffentlicher-raum", "stuttgart") as delivery:
        assert accounts(delivery) == (25, 24, 1, 1)
        assert delivery.report.findings == ()
        found = rows(delivery, "incident_counts")
    published = {"892000": (1636, 59), "210000": (358, 8), "222000": (1243, 49)}  # city, without a district
    assert len(found) == 24 * len(published)
    for key, (city, nowhere) in published.items():
        cases = by_district([row for row in found if row["offence_key"] == key], "cases")
        assert len(cases) == 24
        assert (sum(cases.values()), cases[None]) == (city, nowhere)
    violence = by_district([row for row in found if row["offence_key"] == "892000"], "cases")
    assert (violence["07"], violence["15"], violence["01"]) == (2, 1, 623)


@pytest.mark.parametrize(
    ("year", "cases", "rate", "smallest", "largest"),
    [  # the whole numbers of inhabitants between 623,731 and 623,758, and between 634,783.6 and 634,834
        (2016, 58_868, 9_438, 623_732, 623_757),
        (2019, 54_347, 8_561, 634_784, 634_833),
    ],
)
def test_stuttgarts_pks_total_and_every_rate_fit_one_population(year, cases, rate, smallest, largest):
    with deliver(PKS[year], "bka-pks-kreise", "stuttgart") as delivery:
        rows_in, taken, skipped, not_locatable = accounts(delivery)
        counts, rates = rows(delivery, "incident_counts"), rows(delivery, "published_rates")
        assert {part.table: (part.start, part.end) for part in delivery.slices} == {
            table: (Period.year(year).start, Period.year(year).end) for table in ("incident_counts", "published_rates")
        }
    assert (rows_in, taken, not_locatable) == (taken + skipped, len(counts), 0)
    assert len(counts) == len(rates) > 40
    published = {row["offence_key"]: row["rate"] for row in rates}
    total = next(row for row in counts if row["offence_key"] == "------")
    assert (total["cases"], published["------"]) == (cases, rate)
    assert all(row["district_id"] is None and row["period_start"].year == year for row in counts)
    for population in (smallest, largest):
        assert all(round(row["cases"] * 100_000 / population) == published[row["offence_key"]] for row in counts)


def test_a_wrong_year_for_a_pks_file_is_refused():
    with pytest.raises(RefusedDelivery, match="nennt den Zeitraum 2016, angegeben ist 2019"):
        deliver(PKS[2016], "bka-pks-kreise", "stuttgart", period=Period.year(2019))


def test_stuttgarts_inhabitants_of_1986_come_in_23_districts_and_ten_ages():
    with deliver(INHABITANTS_1986, "stuttgart-einwohner", "stuttgart") as delivery:
        assert accounts(delivery) == (230, 230, 0, 0)
        found = rows(delivery, "population")
    assert len({row["district_id"] for row in found}) == 23
    ages = {row["age_group"] for row in found}
    assert ages == {"0-2", "3-5", "6-14", "15-17", "18-29", "30-44", "45-59", "60-64", "65-74", "75+"}
    assert {(row["reference_date"].isoformat(), row["basis"]) for row in found} == {("1986-06-30", "register")}
    centre = [row["inhabitants"] for row in found if row["district_id"] == "01"]
    assert sum(centre) == 494 + 483 + 1367 + 645 + 5325 + 5554 + 4782 + 1048 + 1477 + 1318


def test_koelns_fines_go_in_and_come_out_35622():
    with deliver(FINES, "koeln-ordnungswidrigkeiten", "koeln") as delivery:
        rows_in, taken, skipped, not_locatable = accounts(delivery)
        found = rows(delivery, "incident_events")
    assert (rows_in, taken, skipped) == (35_622, 35_622, 0)
    placed = Counter(row["district_id"] for row in found)
    assert placed.total() == 35_622
    assert placed[None] == not_locatable
    assert set(placed) - {None} == {str(number) for number in range(1, 10)}
    assert not_locatable < 0.01 * 35_622
    keys = Counter(row["offence_key"] for row in found)
    assert len(keys) == 182
    assert all(key.isdecimal() and len(key) == 6 for key in keys)
    assert {(row["occurred_at"].year, row["occurred_at"].month) for row in found} == {(2020, 4)}


def test_koelns_districts_add_up_to_the_citys_row_of_the_file():
    with deliver(KOELN_INHABITANTS, "koeln-einwohner", "koeln") as delivery:
        rows_in, taken, _, _ = accounts(delivery)
        found = rows(delivery, "population")
    assert (rows_in, taken) == (29_135, 9 * 8)
    sums: Counter[int] = Counter()
    for row in found:
        assert (row["reference_date"].month, row["reference_date"].day) == (12, 31)
        assert (row["age_group"], row["sex"]) == (None, None)
        sums[row["reference_date"].year] += row["inhabitants"]
    text = (REAL / KOELN_INHABITANTS).read_text(encoding="utf-8").splitlines()
    city = {
        int(line.split(",")[3]): float(line.split(",")[8]) for line in text if ",005," in line and ",000,Stadt" in line
    }
    assert len(city) == 8
    assert sums == city
    assert sums[2005] == 1_023_101


def test_berlins_thefts_are_kept_whole_and_the_45_repeats_are_reported():
    with deliver(THEFTS, "berlin-fahrraddiebstahl", "berlin") as delivery:
        assert accounts(delivery) == (22_833, 22_833, 0, 0)
        (repeats,) = delivery.report.findings
        found = rows(delivery, "incident_events")
    assert (repeats.severity, repeats.code, repeats.count) == ("warning", "identical_rows", 45)
    assert Counter(row["offence_key"] for row in found) == {
        "Fahrraddiebstahl": 20_714 + 1_129 + 39, "Keller- und Bodeneinbruch": 951,
    }  # fmt: skip
    assert Counter(row["attempted"] for row in found) == {False: 22_764, True: 64, None: 5}
    assert {row["district_id"] for row in found} == {f"{number:02d}" for number in range(1, 13)}
    assert min(row["occurred_at"] for row in found).date().isoformat() == "2022-01-01"


def test_west_yorkshires_incidents_are_all_counted():
    with deliver(STREET, "uk-police-street", "west-yorkshire") as delivery:
        assert accounts(delivery) == (27_176, 27_176, 0, 1_418)
        (note,) = delivery.report.findings
        found = rows(delivery, "incident_events")
    assert (note.code, note.count) == ("elsewhere", 71)  # 1,418 = 1,347 without a place + 71 outside the force
    catalogue = load_catalogue(CITIES / "west-yorkshire")
    placed = Counter(row["district_id"] for row in found)
    names = {catalogue.districts[key].name: count for key, count in placed.items() if key}
    assert names == {"Leeds": 9_243, "Bradford": 6_381, "Kirklees": 4_359, "Wakefield": 3_650, "Calderdale": 2_125}
    assert placed[None] == 1_418


def test_afrobarometers_missing_codes_are_typed_and_never_values():
    with deliver(AFROBAROMETER, "afrobarometer-r5", "tunesien") as delivery:
        assert accounts(delivery) == (1_200, 1_200, 0, 0)
        people, answers = rows(delivery, "survey_respondents"), rows(delivery, "survey_answers")
        (wave,) = rows(delivery, "survey_waves")
    assert (wave["wave_id"], wave["responded"]) == ("afrobarometer-r5-tunesien", 1_200)
    assert sum(row["weight"] for row in people) / 1_200 == pytest.approx(1, abs=1e-6)
    assert len({row["district_id"] for row in people}) == 24
    unsafe = [row for row in answers if row["item_id"] == "q9a"]
    assert Counter(row["answer"] for row in unsafe) == {"0": 608, "4": 188, "3": 137, "2": 135, "1": 124, None: 8}
    assert Counter(row["missing"] for row in unsafe) == {None: 1_192, "no_answer": 6, "dont_know": 2}
    assert not {"-1", "9", "998", "999"} & {row["answer"] for row in answers}
    assert {row["item_id"] for row in answers} == {"q9a", "q9b", "q10a", "q10b", "q59h", "geschlecht", "altersgruppe"}


def test_nothing_personal_of_a_real_file_is_kept():
    """Köln's plates, makes and streets, the UK's coordinates, Afrobarometer's telephone numbers stay outside."""
    with deliver(FINES, "koeln-ordnungswidrigkeiten", "koeln") as delivery:
        words = {str(value) for row in rows(delivery, "incident_events") for value in row.values()}
    assert not words & {"FIAT", "MERCEDES", "PKW", "ULITZKASTR.", "AACHENER STR.", "HH"}


def test_every_real_file_is_read_without_leaving_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with deliver(VIOLENCE, "stuttgart-gewalt-oeffentlicher-raum", "stuttgart"):
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []

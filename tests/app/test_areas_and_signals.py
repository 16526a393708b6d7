"""Early signals, the funnel and similar districts on the pages: a city with months, a larger one, and who sees what."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pages.parts.opened import opened_house
from sipa_data.access.scope import Scope
from sipa_data.house import House
from sipa_data.intake.delivery import Slice
from sipa_data.lake import open_lake
from sipa_data.periods import Period
from sipa_data.release import publish
from tests.app.conftest import open_page, opened, tables
from tests.app.test_pages import texts
from tests.support.deliveries import staged
from tests.support.facts import MUSTERSTADT
from tests.support.small_city import environment, settings_below

YEARS = range(2019, 2026)
USUAL = {"01": 40, "02": 20, "03": 25, "04": 8, "05": 12, "06": 30}
PEOPLE = {"01": 10_000, "02": 20_000, "03": 15_000, "04": 9_000, "05": 12_000, "06": 25_000}


def cases(district: str, period: Period) -> int:
    """Three times as many as usual in the Nordstadt in December 2025."""
    if (district, period) == ("02", Period.month(2025, 12)):
        return 60
    return USUAL[district] + (period.start.year + 2 * period.start.month) % 3 - 1


def larger_city(folder: Path) -> Path:
    """The files of Musterstadt with two districts more."""
    shutil.copytree(MUSTERSTADT, city := folder / "musterstadt")
    with (city / "districts.csv").open("a", encoding="utf-8") as districts:
        districts.write("05;Oststadt;außen;wohnen;06;2;0;;3.0\n06;Weststadt;außen;wohnen;05;2;1;;5.0\n")
    return city


@pytest.fixture(scope="module")
def city_with_months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("months")
    settings = replace(settings_below(folder), city=larger_city(folder))
    counts = [
        {"source": "pks", "period_start": period.start, "period_end": period.end, "district_id": district,
         "offence_key": "892000", "cases": cases(district, period)}
        for year in YEARS for period in Period.year(year).months() for district in USUAL
    ]  # fmt: skip
    people = [
        {"source": "amt", "reference_date": date(year, 1, 1), "district_id": district, "inhabitants": count,
         "basis": "register"}
        for year in YEARS for district, count in PEOPLE.items()
    ]  # fmt: skip
    span = {"start": date(YEARS[0], 1, 1), "end": date(YEARS[-1], 12, 31)}
    with open_lake(settings) as lake:
        for table, rows, source in (("incident_counts", counts, "pks"), ("population", people, "amt")):
            place = Slice(table, (("source", source),), **span)
            publish(lake, staged(folder, {table: rows}, [place], name=source), by="geschaeftsstelle")
    yield opened(environment(settings))
    opened_house.clear()


def test_a_tripled_month_stands_under_early_signals_with_its_proof(city_with_months):
    visit = open_page()
    assert not visit.exception
    assert "**Frühes Signal:** Gewaltfälle, Stadtbezirk Nordstadt\\: im Dezember 2025 waren es 60" in texts(visit)
    assert "zu erwarten" in texts(visit)
    assert "Beleg: Gewaltfälle" in [link.label for link in visit.get("page_link")]


def test_the_district_page_tells_its_own_signals_only(city_with_months):
    assert "im Dezember 2025 waren es 60" in texts(open_page("bezirk", gebiet="Nordstadt"))
    said = texts(open_page("bezirk", gebiet="Altstadt"))
    assert "im Dezember 2025 waren es" not in said
    assert "Kein Monat war höher, als nach früheren Jahren zu erwarten war." in said


def test_the_public_is_not_told_of_months_of_districts(city_with_months):
    for address, district in (("", {}), ("bezirk", {"gebiet": "Nordstadt"})):
        visit = open_page(address, **district)
        visit.selectbox(key="ansicht").set_value(Scope.public()).run()
        assert not visit.exception
        assert "im Dezember 2025 waren es 60" not in texts(visit)
        assert "vertraulich" in texts(visit) or "nicht öffentlich" in texts(visit)


def test_a_rate_has_its_funnel_below_the_districts_and_a_count_has_none(city_with_months):
    visit = open_page("kennzahl-gewalt-rate")
    assert not visit.exception
    assert any("bei dieser Größe zu erwarten" in found.value for found in visit.subheader)
    assert "Rangliste" in texts(visit)
    drawn = [table for expander in visit.expander for table in tables(expander)]
    (funnel,) = [table for table in drawn if "Lage" in table.columns]
    assert "Wert (geglättet)" in funnel.columns
    assert list(funnel["Gebiet"])[:3] == ["Altstadt", "Nordstadt", "Südstadt"]
    count = open_page("kennzahl-gewalt-faelle")
    assert not any("bei dieser Größe zu erwarten" in found.value for found in count.subheader)


def test_the_profile_of_a_district_names_similar_districts(small_city):
    visit = open_page("bezirk", gebiet="Altstadt")
    visit.session_state["tabelle-incidents"] = True  # as a reader who opens the table
    visit.run()
    profile = next(table for table in tables(visit) if "Gegenüber ähnlichen Stadtbezirken" in table.columns)
    row = profile.set_index("Kennzahl").loc["Gewaltkriminalität je 100.000 Einwohner"]
    # 520 cases per 10,000; the others 91 + 108 + 2 = 201 per 38,000 → 529
    assert row["Gegenüber ähnlichen Stadtbezirken"] == "höher als ähnliche Stadtbezirke (529)"


def test_a_city_without_months_says_why_there_are_no_signals(small_city):
    assert "Dafür fehlen Monatszahlen" in texts(open_page())

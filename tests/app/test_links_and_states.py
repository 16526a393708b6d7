"""What a window shows stays put: its link says it again, a newer Datenstand is offered, a gone one is explained."""

import shutil
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.parts.opened import opened_house
from sipa_data.access.scope import Scope
from sipa_data.intake.delivery import Slice
from sipa_data.lake import open_lake
from sipa_data.release import publish, withdraw
from tests.app.conftest import open_page, opened, tables
from tests.support.deliveries import staged
from tests.support.small_city import environment, publish_confidential, published_below, settings_below

VIOLENCE = "kennzahl-gewalt-faelle"
WASTE = Slice("register_values", (("register", "muell"),), start=date(2025, 1, 1), end=date(2025, 12, 31))


def link_of(visit):
    """Path and parameters of the link behind „Link kopieren“."""
    (text,) = [code.value for code in visit.code if code.value.startswith("http://127.0.0.1:8501")]
    parts = urlsplit(text)
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


def said(visit):
    """All sentences, as they are read: a backslash only tells Markdown to show the sign behind it."""
    return "\n".join(element.value for element in (*visit.title, *visit.markdown)).replace("\\", "")


def keys(visit):
    return {button.key for button in visit.button}


@pytest.fixture(scope="module")
def published_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    published_below(folder)
    return folder


@pytest.fixture
def own_city(tmp_path, published_once):
    """The small city with a lake that a test may publish to."""
    shutil.copytree(published_once / "lake", tmp_path / "lake")
    yield settings_below(tmp_path)
    opened_house.clear()


def publish_waste(settings, folder, value):
    days = {"period_start": WASTE.start, "period_end": WASTE.end}
    rows = {"register_values": [{"register": "muell", "value": float(value), "unit": "Meldungen"} | days]}
    with open_lake(settings) as lake:
        delivery = staged(folder, rows, [WASTE], name=f"muell-{value}")
        return publish(lake, delivery, by="geschaeftsstelle").upload_id


def test_the_link_names_page_place_period_and_datenstand_and_never_the_role(small_city):
    visit = open_page(VIOLENCE, gebiet="Altstadt", zeitraum="2024")
    current = small_city.mart.snapshot.id
    assert link_of(visit) == (f"/{VIOLENCE}", {"gebiet": "Altstadt", "zeitraum": "2024", "stand": str(current)})
    assert link_of(open_page()) == ("/", {"stand": str(current)})


def test_what_a_page_keeps_in_its_address_is_in_the_link_too(small_city):
    path, asked = link_of(open_page("methodik", gruppe="Frauen & Männer"))
    assert (path, asked["gruppe"]) == ("/methodik", "Frauen & Männer")


def test_a_link_on_an_older_datenstand_opens_it_and_says_which_one_is_newer(small_city):
    current = small_city.mart.snapshot.id
    visit = open_page(VIOLENCE, stand=str(current - 1))
    assert f"Sie sehen den Datenstand {current - 1}, den Ihr Link nennt. Jetzt gilt: Datenstand {current}" in said(
        visit
    )
    assert f"Datenstand {current - 1} vom" in said(visit)
    assert link_of(visit)[1]["stand"] == str(current - 1)
    visit.button(key="stand-jetzt").click().run()
    assert link_of(visit)[1]["stand"] == str(current)
    assert "stand-jetzt" not in keys(visit)
    assert "stand" not in visit.query_params


@pytest.mark.parametrize("asked", ["999", "9" * 400, "²", ""])
def test_a_link_on_a_datenstand_that_does_not_exist_says_so_and_leads_to_the_current_one(small_city, asked):
    visit = open_page(VIOLENCE, gebiet="Altstadt", stand=asked)
    assert not visit.exception
    assert [title.value for title in visit.title] == ["Diesen Datenstand gibt es nicht"]
    visit.button(key="stand-aktuell").click().run()
    assert visit.title[0].value == "Fälle von Gewaltkriminalität"
    assert link_of(visit)[1]["gebiet"] == "Altstadt"


def test_a_page_that_stays_open_keeps_its_numbers_and_offers_the_new_ones(own_city, tmp_path):
    house = opened(environment(own_city))
    old = house.mart.snapshot.id
    visit = open_page("datenstand")
    assert len(tables(visit)[0]) == 9
    publish_waste(own_city, tmp_path, 70)
    house.renew()
    visit.run()
    assert len(tables(visit)[0]) == 9
    assert f"Neuer Datenstand {old + 1} vom" in said(visit)
    visit.button(key="stand-jetzt").click().run()
    assert len(tables(visit)[0]) == 10
    assert "Neuer Datenstand" not in said(visit)


def test_a_datenstand_that_is_withdrawn_while_its_page_is_open_is_explained(own_city, tmp_path):
    upload = publish_waste(own_city, tmp_path, 70)
    house = opened(environment(own_city))
    visit = open_page("datenstand")
    with open_lake(own_city) as lake:
        withdraw(lake, upload, by="geschaeftsstelle")
    house.renew()
    visit.run()
    assert [title.value for title in visit.title] == ["Dieser Datenstand wird nicht mehr gezeigt"]
    assert "inzwischen zurückgezogen wurde: muell-70" in said(visit)
    visit.button(key="stand-aktuell").click().run()
    assert visit.title[0].value == "Datenstand"


def test_without_a_sign_in_no_link_opens_an_older_datenstand_with_confidential_deliveries(own_city, tmp_path):
    publish_confidential(own_city, tmp_path)
    with open_lake(own_city) as lake:
        secret = lake.current_snapshot()
        days = {"period_start": date(2025, 7, 1), "period_end": date(2025, 7, 31)}
        row = {"source": "revier", "district_id": "04", "offence_key": "892000", "cases": 2} | days
        part = Slice("incident_counts", (("source", "revier"),), start=days["period_start"], end=days["period_end"])
        delivery = staged(tmp_path, {"incident_counts": [row]}, [part], name="revier-neu")
        report = replace(delivery.report, marking="published")
        publish(lake, replace(delivery, report=report), by="geschaeftsstelle", replace=True)
    house = opened(environment(own_city))
    assert house.reader(Scope.chair(), secret)  # it is there; it is the way in that does not lead to it
    visit = open_page("datenstand", stand=str(secret))
    assert "wird ohne Anmeldung nicht gezeigt" in said(visit)
    assert not tables(visit)

"""The partners of the small city: who they are, what they work on and where, and what the register lacks."""

from sipa_data.access.scope import Scope
from tests.app.conftest import open_page


def tables(visit):
    return [found.value for found in visit.table]


def texts(visit):
    said = (str(element.value) for kind in (visit.header, visit.markdown) for element in kind)
    return "\n".join(said).replace("\\", "")  # without the marks that keep Markdown from reading them


def test_partners_stand_under_their_side_with_kind_task_and_projects(small_city):
    visit = open_page("partner")
    assert visit.title[0].value == "Partner"
    assert [header.value for header in visit.header] == ["Stadt", "Land und Bund", "Je Handlungsfeld", "Je Stadtbezirk"]
    office = tables(visit)[0].iloc[0]
    assert (office["Art"], office["Partner"]) == ("Jugendamt", "Jugendamt")
    assert office["Beitrag"] == "Leitet die Projekte für junge Menschen."
    assert office["Handlungsfelder"] == "Sicherheit auf Straßen und Plätzen und Sicherheit und Sauberkeit"
    assert office["Stadtbezirke"] == "Musterstadt gesamt"
    assert (office["Projekte"], office["Dabei"]) == ("Nachtlichter", "seit 01.05.2001")
    assert tables(visit)[1].iloc[0]["Stadtbezirke"] == "Hafen"


def test_what_the_register_lacks_is_said(small_city):
    said = texts(open_page("partner"))
    assert "Noch ohne Partner: Verein." in said
    assert "1\u00a0Name steht bei Projekten, aber nicht im Partnerregister: „Theater am Kanal“." in said


def test_each_field_and_each_district_says_how_many_work_there_together(small_city):
    by_field, by_district = tables(open_page("partner"))[-2:]
    assert list(by_field["Partner"]) == ["2", "1"]  # the police come in with the project
    assert list(by_field["gemeinsame Projekte"]) == ["1", "0"]
    assert list(by_field["Arten von Partnern"]) == ["2 von 3", "1 von 3"]
    assert list(by_district["darunter vor Ort"]) == ["entfällt", "entfällt", "entfällt", "Polizei"]
    # the youth office works everywhere, the police in the Hafen and with the project in the first two districts
    assert dict(zip(by_district["Stadtbezirk"], by_district["Partner"], strict=True)) == {
        "Altstadt": "2", "Nordstadt": "2", "Südstadt": "1", "Hafen": "2",
    }  # fmt: skip


def test_a_district_shows_who_works_there(small_city):
    visit = open_page("partner", gebiet="Südstadt")
    assert "Wer in Südstadt" in texts(visit)
    assert [list(table["Partner"]) for table in tables(visit)[:1]] == [["Jugendamt"]]
    assert tables(visit)[0].iloc[0]["Projekte"] == "entfällt"  # the project is in other districts
    assert "Je Stadtbezirk" not in [header.value for header in visit.header]


def test_a_field_shows_who_works_on_it(small_city):
    visit = open_page("partner")
    visit.selectbox(key="partner-handlungsfeld").set_value("sauberkeit").run()
    assert not visit.exception
    assert list(tables(visit)[0]["Partner"]) == ["Jugendamt"]
    assert tables(visit)[0].iloc[0]["Projekte"] == "entfällt"
    assert "Je Handlungsfeld" not in [header.value for header in visit.header]


def test_partners_are_public(small_city):
    assert small_city.reader(Scope.public()).partners() == small_city.reader(Scope.chair()).partners()


def test_an_empty_register_says_so(empty_city):
    visit = open_page("partner")
    assert "noch keine Daten" in visit.info[0].value

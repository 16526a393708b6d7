"""The partners of the small city: who they are, what they work on and where, and what the register lacks."""

from sipa_data.access.scope import Scope
from tests.app.conftest import open_page, tables


def texts(visit):
    said = (str(element.value) for kind in (visit.header, visit.markdown) for element in kind)
    return "\n".join(said).replace("\\", "")  # without the marks that keep Markdown from reading them


def test_partners_stand_under_their_side_with_kind_task_and_projects(small_city):
    visit = open_page("partner")
    assert visit.title[0].value == "Partner"
    assert [header.value for header in visit.header] == ["Je Handlungsfeld", "Stadt", "Land und Bund", "Je Stadtbezirk"]
    office = tables(visit)[0].iloc[0]
    assert (office["Art"], office["Partner"]) == ("Jugendamt", "Jugendamt")
    assert office["Beitrag"] == "Leitet die Projekte für junge Menschen."
    assert office["Handlungsfelder"] == "Sicherheit auf Straßen und Plätzen und Sicherheit und Sauberkeit"
    assert office["Stadtbezirke"] == "Musterstadt gesamt"
    assert (office["Projekte"], office["Dabei"]) == ("Nachtlichter", "seit\u00a02001")
    assert tables(visit)[1].iloc[0]["Stadtbezirke"] == "Hafen"


def test_what_the_register_lacks_is_said(small_city):
    said = texts(open_page("partner"))
    assert "Noch ohne Partner: Verein." in said
    assert "1\u00a0Name steht bei Projekten, aber nicht im Partnerregister: „Theater am Kanal“." in said


def test_each_field_and_each_district_says_how_many_work_there_together(small_city):
    visit = open_page("partner")
    # the police come in with the project
    assert "2 Partner aus 2 von 3 Arten, 1 gemeinsames Projekt" in texts(visit)
    assert "1 Partner aus 1 von 3 Arten, 0 gemeinsame Projekte" in texts(visit)
    by_district = tables(visit)[-1]
    assert list(by_district["darunter vor Ort"]) == ["keiner", "keiner", "keiner", "Polizei"]
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


def test_a_field_has_an_address_that_shows_who_works_on_it(small_city):
    visit = open_page("partner-sauberkeit")
    assert not visit.exception
    assert visit.title[0].value == "Partner: Sicherheit und Sauberkeit"
    assert list(tables(visit)[0]["Partner"]) == ["Jugendamt"]
    assert tables(visit)[0].iloc[0]["Projekte"] == "entfällt"
    assert "Je Handlungsfeld" not in [header.value for header in visit.header]


def test_a_field_and_a_district_can_be_chosen_together_by_a_link(small_city):
    visit = open_page("partner-strassen", gebiet="Hafen")
    # the project of the field is in other districts, so the police, who are in the Hafen, stand without one
    assert {row["Partner"]: row["Projekte"] for table in tables(visit) for _, row in table.iterrows()} == {
        "Jugendamt": "entfällt", "Polizei": "entfällt",
    }  # fmt: skip


def links(visit):
    return {link.label: link.proto.page for link in visit.get("page_link")}


def test_every_field_leads_to_its_partners_and_names_some(small_city):
    visit = open_page("handlungsfeld-strassen")
    assert "2\u00a0Partner arbeiten in diesem Handlungsfeld: Jugendamt und Polizei." in texts(visit)
    assert links(visit)["Alle Partner mit Beitrag und Projekten"] == "partner-strassen"


def test_every_district_leads_to_its_partners_and_names_those_on_site(small_city):
    visit = open_page("bezirk", gebiet="Hafen")
    assert "1\u00a0Partner arbeitet in Hafen vor Ort: Polizei." in texts(visit)
    assert "1\u00a0Partner arbeitet in der ganzen Stadt, also auch hier." in texts(visit)
    assert links(visit)["Alle Partner mit Beitrag und Projekten"] == "partner"


def test_partners_are_public(small_city):
    assert small_city.reader(Scope.public()).partners() == small_city.reader(Scope.chair()).partners()


def test_an_empty_register_says_so(empty_city):
    visit = open_page("partner")
    assert "noch keine Daten" in visit.info[0].value

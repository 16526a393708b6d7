"""Search, the declaration of accessibility, the first visit: what every screen shares."""

import pytest

from pages.parts.opened import opened_house
from sipa_data.access.scope import Scope
from tests.app.conftest import open_page, opened
from tests.support.facts import MUSTERSTADT
from tests.support.small_city import environment, settings_below


def said(visit):
    return "\n".join(element.value for element in (*visit.title, *visit.header, *visit.markdown)).replace("\\", "")


def search_for(visit, text):
    """Type into the search of a page and send it."""
    (field,) = [one for one in visit.text_input if one.label == "Suchen nach"]
    field.input(text).run()
    return visit


def links(visit):
    """Labels of all links on the page, with where they lead."""
    return {link.proto.label: link.proto.page for link in visit.get("page_link")}


@pytest.mark.parametrize(
    ("typed", "label", "page"),
    [
        ("gewaltkrim", "Fälle von Gewaltkriminalität · Kennzahl", "kennzahl-gewalt-faelle"),
        ("STRASSEN", "Sicherheit auf Straßen und Plätzen · Handlungsfeld", "handlungsfeld-strassen"),
        ("nachtlicht", "Nachtlichter · Projekt", "handlungsfeld-strassen"),
        ("jugendamt", "Jugendamt · Partner", "partner"),
        ("summenschl", "Summenschlüssel · Begriff", "glossar"),
    ],
)
def test_each_kind_of_thing_is_found_and_is_a_link(small_city, typed, label, page):
    assert links(search_for(open_page("methodik"), typed))[label] == page


def test_a_district_that_was_found_sets_the_filter_bar(small_city):
    visit = search_for(open_page("methodik"), "suedst")
    (button,) = [one for one in visit.button if one.label == "Südstadt · Stadtbezirk"]
    button.click().run()
    assert visit.selectbox(key="gebiet").value == "03"


def test_nothing_found_says_what_to_try(small_city):
    visit = search_for(open_page("methodik"), "**Mondbasis**")
    assert "Zu „**Mondbasis**“ ist nichts zu finden." in said(visit)


def test_the_declaration_is_a_draft_until_the_city_has_made_it(small_city):
    visit = open_page("barrierefreiheit")
    text = said(visit)
    assert "Diese Erklärung ist ein Entwurf der Software. Musterstadt hat sie noch nicht abgegeben." in text
    assert "Geschäftsstelle der Sicherheitspartnerschaft Musterstadt" in text
    assert "teilweise vereinbar" in text
    assert "Selbstbewertung am" in text
    assert [header.value for header in visit.header] == ["Barriere melden"]


def test_the_first_visit_is_explained_on_the_overview_until_it_is_put_away(small_city):
    visit = open_page()
    assert "Zum ersten Mal hier? So lesen Sie diese Seiten" in [one.label for one in visit.expander]
    visit.button(key="einweisung-weg").click().run()
    assert "Zum ersten Mal hier? So lesen Sie diese Seiten" not in [one.label for one in visit.expander]
    assert "einweisung-weg" not in {button.key for button in open_page("methodik").button}


def test_who_sees_no_small_numbers_is_told_what_a_dot_means(small_city):
    explained = "Ein Punkt (•) heißt: Die Zahl ist vertraulich und wird nicht gezeigt."
    visit = open_page()
    assert explained not in said(visit)
    visit.selectbox(key="ansicht").select(Scope.public()).run()
    assert explained in said(visit)


def test_an_address_that_is_no_page_says_so_and_leads_on(small_city):
    visit = open_page("gibtesnicht")
    assert [title.value for title in visit.title] == ["Diese Seite gibt es nicht"]
    assert "Zum Überblick" in links(visit)


def test_each_picture_can_be_taken_away_as_csv_and_as_xlsx(small_city):
    labels = [button.label for button in open_page("kennzahl-gewalt-faelle").get("download_button")]
    assert labels[:2] == ["CSV: Gewaltfälle", "XLSX: Gewaltfälle"]
    assert sum(label.startswith("CSV") for label in labels) == sum(label.startswith("XLSX") for label in labels)


def test_a_city_says_which_law_holds_whom_to_tell_and_who_enforces_it(tmp_path):
    folder = tmp_path / "stadt"
    folder.mkdir()
    for file in MUSTERSTADT.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    with (folder / "city.toml").open("a", encoding="utf-8") as city:
        city.write(
            '\n[accessibility]\nlaw = "§ 1 des Gesetzes."\nfeedback = "barriere@musterstadt.example"\n'
            'enforcement = "Schlichtungsstelle Musterland"\ndeclared_on = 2026-05-01\n'
        )
    settings = settings_below(tmp_path)
    opened(environment(settings) | {"SIPA_CITY": str(folder)})
    try:
        text = said(open_page("barrierefreiheit"))
    finally:
        opened_house.clear()
    for part in (
        "am 01.05.2026 abgegeben",
        "§ 1 des Gesetzes.",
        "barriere@musterstadt.example",
        "Schlichtungsstelle Mu",
    ):
        assert part in text
    assert "Entwurf" not in text

"""Every page on the small city: it opens, says what it is, and every picture can be read without seeing it."""

import json
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import register
from pages.parts.words_table import as_html
from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question
from sipa_data.answers.reader import OF_THE_STAFF
from sipa_data.exports import csv_bytes
from sipa_data.figures.words import SYNTHETIC
from tests.app.conftest import open_page, tables
from tests.support.facts import musterstadt

PAGES = sorted(register.addresses(musterstadt()))


def texts(visit: AppTest) -> str:
    """Everything that is said on the page."""
    kinds = (visit.title, visit.header, visit.subheader, visit.markdown, visit.caption, visit.info, visit.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def small_trends(visit):
    """What the small trends of the tiles say to those who do not see them."""
    drawn = "".join(element.proto.body for element in visit.get("html"))
    return [image.get("alt") for image in HtmlImages.of(drawn)]


class HtmlImages(HTMLParser):
    """The pictures of a piece of HTML, with their attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))

    @classmethod
    def of(cls, text):
        parser = cls()
        parser.feed(text)
        return parser.found


@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_under_one_main_heading(small_city, address):
    visit = open_page(address)
    assert not visit.exception
    assert not visit.error
    assert len(visit.title) == 1


@pytest.mark.parametrize("address", PAGES)
def test_each_picture_says_what_it_shows_in_words_and_has_its_table(small_city, address):
    visit = open_page(address)
    large = [found.proto.alt for found in visit.get("plotly_chart")]
    for alt in [*large, *small_trends(visit)]:
        assert alt.endswith(".")
        assert any(letter.isdigit() for letter in alt)
    behind = [expander for expander in visit.expander if expander.label == "Daten als Tabelle"]
    assert len(behind) >= len(large)
    assert all(tables(expander)[0].size for expander in behind)


def test_the_overview_says_first_what_rose_and_then_what_stayed(small_city):
    # 1,512 = 726 cases of 48,000 inhabitants in 2025; 1,096 = 526 of 48,000 in 2024
    said = [element.value for element in open_page().markdown]
    assert any("1.096" in text and "1.512" in text and "▲" in text for text in said)
    assert "Ohne gesicherte Veränderung (Zufall oder übliche Schwankung)" in texts(open_page())


def test_the_overview_counts_a_rate_and_the_number_that_stands_in_for_it_once(small_city):
    links = [link.label for link in open_page().get("page_link")]
    assert links.count("Beleg: Gewaltkriminalität") == 1
    assert "Beleg: Gewaltfälle" not in links


def test_every_finding_leads_to_its_proof_and_the_one_with_less_doubt_comes_first(small_city):
    # both are lead indicators; 526 to 726 cases leave less doubt than 13.4 to 19.0 per cent of some hundred answers
    found = [link.label for link in open_page().get("page_link") if link.label.startswith("Beleg: ")]
    assert found == ["Beleg: Gewaltkriminalität", "Beleg: Nachts unsicher"]


def test_synthetic_data_are_named_on_every_page(small_city):
    for address in PAGES:
        assert "Beispieldaten (synthetisch)" in texts(open_page(address))


@pytest.mark.parametrize("address", PAGES)
def test_synthetic_data_are_named_inside_every_picture(small_city, address):
    visit = open_page(address)
    for picture in visit.get("plotly_chart"):
        assert SYNTHETIC in json.loads(picture.proto.spec)["layout"]["annotations"][-1]["text"]
    for alt in small_trends(visit):  # too small for letters: its name says it instead
        assert SYNTHETIC in alt


def test_a_tile_with_a_history_has_a_small_trend_that_tells_its_course(small_city):
    # 1,096 = 526 of 48,000 inhabitants in 2024; 1,512 = 726 of 48,000 in 2025
    assert any("Verlauf:" in alt and "1.096" in alt and "1.512" in alt for alt in small_trends(open_page()))


def test_synthetic_data_are_named_in_every_file(small_city):
    reader = small_city.reader(Scope.public())
    for indicator in reader.catalogue.indicators:
        assert f"Hinweis;{SYNTHETIC}" in csv_bytes(reader.ask(Question(indicator))).decode("utf-8-sig")


def test_without_a_choice_the_districts_are_shown_on_maps(small_city):
    visit = open_page("bezirk")
    assert len(visit.get("plotly_chart")) == 2


def test_a_link_names_district_and_period(small_city):
    visit = open_page("kennzahl-gewalt-rate", gebiet="Altstadt", zeitraum="2024")
    assert visit.selectbox(key="gebiet").value == "01"
    assert visit.header[0].value == "Altstadt"
    assert visit.metric[0].value == "3.050"  # 305 cases of 10,000 inhabitants


@pytest.mark.parametrize("spelling", ["01", "Altstadt", "altstadt"])
def test_a_link_may_name_the_district_in_any_usual_spelling(small_city, spelling):
    assert open_page("bezirk", gebiet=spelling).title[0].value == "Stadtbezirk Altstadt"


def test_a_link_may_name_the_period_as_the_documentation_writes_it(small_city):
    assert str(open_page(zeitraum="2023").selectbox(key="zeitraum").value) == "2023"


def test_an_unknown_district_in_a_link_is_said_and_the_city_is_shown(small_city):
    visit = open_page("bezirk", gebiet="Atlantis")
    assert "„Atlantis“ gibt es unter Gebiet nicht" in visit.warning[0].value
    assert visit.selectbox(key="gebiet").value == "stadt"


def test_choosing_a_district_from_the_list_sets_the_filter_bar(small_city):
    visit = open_page("bezirk")
    visit.pills(key="bezirke-bezirk").set_value("04").run()
    assert visit.selectbox(key="gebiet").value == "04"
    assert visit.title[0].value == "Stadtbezirk Hafen"
    visit.selectbox(key="gebiet").set_value("01").run()
    assert visit.pills(key="bezirke-bezirk").value == "01"


def test_a_value_that_is_no_option_is_refused_on_the_server(small_city, monkeypatch):
    monkeypatch.setattr("streamlit.selectbox", lambda *_, **__: "99")  # what a forged browser message makes of it
    visit = open_page()
    assert visit.exception
    assert not visit.title


def test_the_public_does_not_see_the_two_cases_of_the_hafen(small_city):
    visit = open_page("kennzahl-gewalt-faelle", gebiet="Hafen")
    assert visit.metric[0].value == "2"
    visit.selectbox(key="ansicht").set_value(Scope.public()).run()
    assert not visit.exception
    assert not visit.metric
    assert "vertraulich" in texts(visit)


def test_a_number_that_nobody_delivers_says_so(small_city):
    assert "nicht erhoben" in texts(open_page("handlungsfeld-sauberkeit"))


def test_the_district_page_compares_with_the_rest_of_the_city(small_city):
    visit = open_page("bezirk", gebiet="Altstadt")
    profile = tables(visit)[0].set_index("Kennzahl")
    # 5,200 = 520 cases of 10,000 inhabitants; 542 = 91 + 108 + 2 and 5 without a district, of 38,000
    assert profile.loc["Gewaltkriminalität", "Wert"] == "5.200\u00a0je 100.000"
    assert profile.loc["Gewaltkriminalität", "übrige Stadt"] == "542\u00a0je 100.000"
    assert profile.loc["Gewaltkriminalität", "Gegenüber der übrigen Stadt"].startswith("höher als die übrige Stadt")


def test_the_history_says_who_delivered_what_and_what_could_not_be_located(small_city):
    uploads = tables(open_page("datenstand"))[0].set_index("Datei")
    assert uploads.loc["pks.csv", "nicht verortbar"] == "22"  # 6 + 4 + 7 + 5
    assert uploads.loc["pks.csv", "Zeilen"] == "20 von 20 übernommen"  # 4 districts and the unknown place, 4 years
    assert all(told.endswith(", geschaeftsstelle") for told in uploads["Übernommen"])


@pytest.mark.parametrize("scope", [Scope.public(), Scope.of(Role.district, frozenset({"04"}))], ids=["lesen", "bezirk"])
def test_a_protected_reader_learns_neither_accounts_nor_counts_of_rows(small_city, scope):
    """A row of a delivery may be one case of one month, and an account is a person."""
    visit = open_page("datenstand")
    visit.selectbox(key="ansicht").set_value(scope).run()
    uploads = tables(visit)[0]
    assert list(uploads.columns) == ["Datei", "Profil", "Übernommen", "Stand"]
    assert "pks.csv" in set(uploads["Datei"])
    assert "Nicht verortbar" not in texts(visit)
    for row in small_city.reader(scope).uploads():
        assert {row[name] for name in OF_THE_STAFF} == {None}
        assert "geschaeftsstelle" not in str(row)


def test_a_field_lists_its_projects_and_its_principles(small_city):
    visit = open_page("handlungsfeld-strassen")
    assert "Nachtlichter" in tables(visit)[-1].to_string()
    assert "Wehret den Anfängen!" in texts(visit)


def test_an_address_that_is_no_page_is_refused_in_german(small_city):
    assert open_page("geheim").title[0].value == "Diese Seite gibt es nicht"


def test_a_cell_of_a_table_is_text_whatever_stands_in_it():
    hostile = "<img src=x onerror=alert(1)> [Link](http://boese.example) **fett** & Co."
    drawn = as_html(pd.DataFrame({"Projekt": [hostile], "Wert": ["1"]}), 'Projekte "hier"')
    assert "<img" not in drawn
    table = fromstring(drawn)
    assert table.get("aria-label") == 'Projekte "hier"'
    assert [cell.text for cell in table.iter("th")] == ["Projekt", "Wert", hostile]
    assert [cell.get("scope") for cell in table.iter("th")] == ["col", "col", "row"]

"""The chair's overview and the field of action: what stands first, what a cell of the matrix says, who sees what."""

import re
from xml.etree.ElementTree import fromstring

import pytest

from sipa_data.access.scope import Scope
from tests.app.conftest import open_page, tables
from tests.app.test_pages import texts

THIN = "\u202f"


def pieces(visit, kind):
    """The small pieces of HTML of one class, each as its lines of text."""
    bodies = [element.proto.body for element in visit.get("html") if f'class="{kind}' in element.proto.body]
    return [[line.text for line in fromstring(_without_images(body)).iter("p")] for body in bodies]


def _without_images(body):
    """HTML leaves pictures open, XML does not."""
    return re.sub(r"<img[^>]*>", "", body)


def cells(visit):
    """Of every field the three cells of its row."""
    bodies = [element.proto.body for element in visit.get("html") if 'class="sipa-feld"' in element.proto.body]
    return [
        [[line.text for line in cell.iter("p")] for cell in fromstring(body) if cell.get("class") == "sipa-feld"]
        for body in bodies
    ]


def breakdown(visit, title):
    return next(table for table in tables(visit) if table.columns[0] == title)


class TestTheOverview:
    def test_findings_stand_above_everything_else(self, small_city):
        headers = [header.value for header in open_page().header]
        assert headers[0] == "Was sich verändert hat\\: Musterstadt"
        assert headers[1:4] == ["Leitkennzahlen", "Handlungsfelder", "Stadtbezirke"]

    def test_with_fewer_than_three_findings_it_says_that_there_are_no_more(self, small_city):
        assert "Weitere klare Befunde gibt es nicht." in texts(open_page())

    def test_a_cell_says_state_with_interval_and_direction_with_confidence(self, small_city):
        (felt, recorded, done), _ = cells(open_page())
        # 726 cases of 48,000 inhabitants: 1,512; 526 in the year before: 1,096
        assert recorded[:2] == ["Gewaltkriminalität", "1.512 (1.404–1.627) je 100.000"]
        assert recorded[2].startswith("▲ gestiegen von 1.096 (2024)")
        assert felt[:2] == ["Nachts unsicher", f"19,0{THIN}% (16,1–22,3{THIN}%)"]
        assert done == ["Was die Partnerschaft tut: keine Leitkennzahl"]

    def test_a_field_without_a_matrix_shows_its_lead_alone(self, small_city):
        _, (felt, recorded, done) = cells(open_page())
        assert felt == ["Was Menschen erleben: keine Leitkennzahl"]
        assert recorded == ["Was geschieht: keine Leitkennzahl"]
        assert done[0] == "Wilder Müll"

    def test_the_eight_tiles_say_value_interval_and_verdict_in_this_order(self, small_city):
        (tile,) = [lines for lines in pieces(open_page(), "sipa-kachel") if "1.512" in lines]
        assert tile == ["1.512", "1.404–1.627 je 100.000", tile[2]]
        assert tile[2].startswith("▲ gestiegen")

    def test_a_finding_says_where_it_shows_and_in_which_field_and_counts_only_what_the_reader_may_see(self, small_city):
        visit = open_page()
        told = "Für sich gesichert in 1 von 4 Stadtbezirken (Altstadt); andernorts wäre nur Größeres erkennbar"
        assert any(f"{told} · Handlungsfeld Sicherheit auf" in one.value for one in visit.markdown)
        visit.selectbox(key="ansicht").set_value(Scope.public()).run()
        assert any("gesichert in 1 von 3 Stadtbezirken (Altstadt)" in one.value for one in visit.markdown)

    def test_everything_that_was_compared_is_one_click_away(self, small_city):
        visit = open_page()
        assert "Alles Verglichene: 3\u00a0Kennzahlen" in [expander.label for expander in visit.expander]

    def test_with_a_district_chosen_findings_and_matrix_are_about_it_and_the_map_is_not(self, small_city):
        visit = open_page(gebiet="Altstadt")
        assert visit.header[0].value == "Was sich verändert hat\\: Altstadt"
        (_, recorded, _), _ = cells(visit)
        assert recorded[1].startswith("5.200 (")  # 520 cases of 10,000 inhabitants
        assert any("Gewaltkriminalität" in found.value and "Musterstadt" in found.value for found in visit.subheader)

    def test_the_public_gets_no_cell_of_a_district_that_is_confidential(self, small_city):
        visit = open_page(gebiet="Hafen")
        visit.selectbox(key="ansicht").set_value(Scope.public()).run()
        assert not visit.exception
        (_, recorded, _), _ = cells(visit)
        assert recorded == ["Gewaltkriminalität", "• vertraulich"]


class TestTheListOfDistricts:
    def test_choosing_one_sets_the_filter_bar(self, small_city):
        visit = open_page()
        visit.button_group[0].set_value("04").run()
        assert visit.selectbox(key="gebiet").value == "04"

    def test_the_chosen_one_is_marked(self, small_city):
        assert open_page(gebiet="Hafen").button_group[0].value == "04"


class TestTheField:
    def test_its_lead_indicator_is_told_first_with_its_proof(self, small_city):
        visit = open_page("handlungsfeld-strassen")
        assert visit.header[0].value == "Was sich dazu sagen lässt\\: Musterstadt"
        proofs = [link.label for link in visit.get("page_link") if link.label.startswith("Beleg: ")]
        assert proofs[0] == "Beleg: Gewaltkriminalität"

    def test_another_indicator_can_be_chosen_by_link(self, small_city):
        theft = small_city.catalogue.indicator("diebstahl-faelle")
        visit = open_page("handlungsfeld-strassen", kennzahl=theft.title)
        assert visit.selectbox(key="kennzahl").value == "diebstahl-faelle"
        assert any(found.value.startswith(theft.short_title) for found in visit.subheader)

    def test_an_indicator_of_another_field_in_a_link_leads_to_the_lead(self, small_city):
        visit = open_page("handlungsfeld-strassen", kennzahl="Tage bis zur Beseitigung")
        assert not visit.exception
        assert visit.selectbox(key="kennzahl").value == "gewalt-rate"

    def test_caveats_stand_between_the_course_and_the_districts(self, small_city):
        visit = open_page("handlungsfeld-strassen")
        said = texts(visit)
        for note in small_city.reader(Scope.chair()).catalogue.indicator("gewalt-rate").caveats:
            assert note.removesuffix(".") in said

    def test_groups_of_those_asked_stand_beside_everybody(self, small_city):
        groups = breakdown(open_page("handlungsfeld-strassen"), "Gruppe").set_index("Gruppe")
        assert list(groups.index) == ["alle", "weiblich", "männlich"]
        assert groups.loc["alle", "Wert"] == f"19,0{THIN}%"

    def test_several_indicators_of_one_unit_stand_beside_each_other(self, small_city):
        beside = breakdown(open_page("handlungsfeld-strassen"), "Kennzahl").set_index("Kennzahl")
        assert beside.loc["Gewaltfälle", "Wert"] == "726"

    def test_where_nobody_delivers_months_the_breakdown_says_so(self, small_city):
        assert any("nach Monaten\\: " in found.value for found in open_page("handlungsfeld-strassen").subheader)

    @pytest.mark.parametrize("scope", [Scope.chair(), Scope.public()], ids=["vorsitz", "lesen"])
    def test_a_breakdown_of_a_district_is_for_those_who_see_all_of_it(self, small_city, scope):
        visit = open_page("handlungsfeld-strassen", gebiet="Altstadt")
        visit.selectbox(key="ansicht").set_value(scope).run()
        assert not visit.exception
        titles = [found.value for found in visit.subheader]
        assert ("Wer sich nachts unsicher fühlt\\: vertraulich" in titles) is (scope == Scope.public())
        assert any(table.columns[0] == "Gruppe" for table in tables(visit)) is (scope == Scope.chair())


def test_a_field_shows_by_district_what_happens_and_what_people_say(small_city):
    titles = [heading.value for heading in open_page("handlungsfeld-strassen").subheader]
    assert any("Gewaltkriminalität" in title and "Rest von Musterstadt" in title for title in titles)
    assert any("Nachts unsicher" in title and "Rest von Musterstadt" in title for title in titles)


def test_the_page_of_an_indicator_has_the_breakdowns_that_its_fields_name(small_city):
    visit = open_page("kennzahl-unsicher-nachts")
    assert list(breakdown(visit, "Gruppe")["Gruppe"]) == ["alle", "weiblich", "männlich"]
    assert "Wer, wann und wo" not in [header.value for header in open_page("kennzahl-diebstahl-faelle").header]

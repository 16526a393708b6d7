"""The hand-out of a district: how it stands at a glance, its profile, and what nobody knows, for each reader."""

import pytest
from streamlit.testing.v1 import AppTest

from sipa_data.access.scope import Scope
from tests.app.conftest import open_page, tables
from tests.app.test_pages import HtmlImages, texts

HAFEN = {"gebiet": "Hafen"}


def as_public(visit: AppTest) -> AppTest:
    return visit.selectbox(key="ansicht").set_value(Scope.public()).run()


def drawn(visit: AppTest) -> str:
    """Everything that is drawn as HTML, pictures and their sentences among it."""
    return "".join(element.proto.body for element in visit.get("html"))


def strips(visit: AppTest) -> list[str]:
    """What the marks of the profile say to those who do not see them."""
    return [image["alt"] for image in HtmlImages.of(drawn(visit)) if "alle Stadtbezirke" in image["alt"]]


@pytest.fixture(scope="module")
def altstadt(small_city):
    return open_page("bezirk", gebiet="Altstadt")


@pytest.fixture(scope="module")
def hafen(small_city):
    return open_page("bezirk", **HAFEN)


def test_feeling_and_record_stand_beside_each_other_at_the_top(altstadt):
    # 80 of 200 feel unsafe, elsewhere 50 of 412; 5,200 cases per 100,000, elsewhere 542
    first = next(element.value for element in altstadt.markdown if element.value.startswith("**Belastet"))
    assert first.startswith("**Belastet und verunsichert.** Nachts unsicher\\: 40,0")
    assert "höher als die übrige Stadt" in first


def test_what_changed_and_what_is_different_lead_to_their_proof(altstadt):
    assert [one.value for one in altstadt.subheader][:2] == [
        "Was sich verändert hat",
        "Was hier anders ist als in der übrigen Stadt",
    ]
    assert "Beleg: Gewaltkriminalität" in [link.label for link in altstadt.get("page_link")]


def test_every_row_of_the_profile_is_a_link_and_says_value_yardstick_and_range(altstadt):
    assert {"Nachts unsicher", "Gewaltkriminalität"} <= {link.label for link in altstadt.get("page_link")}
    (violence,) = [alt for alt in strips(altstadt) if alt.startswith("Fälle von") or "Gewaltkriminalität" in alt]
    # 67 = 2 cases of 3,000 in the Hafen; 542 = 91 + 108 + 2 and 5 without a district, of 38,000
    assert "Altstadt 5.200" in violence
    assert "übrige Stadt 542" in violence
    assert "alle Stadtbezirke 67–5.200" in violence


def test_what_has_no_number_is_named_with_its_reason_and_counted(hafen):
    assert "Was wir nicht wissen" in [header.value for header in hafen.header]
    unknown = next(table for table in tables(hafen) if "Grund" in table.columns).set_index("Grund")
    # only 12 people were asked in the Hafen
    assert "Nachts unsicher" in unknown.loc["zu wenige Antworten", "Kennzahlen"]
    assert any("Wilder Müll" in names for names in unknown["Kennzahlen"])
    assert "Ohne Zahl sind" in texts(hafen)


def test_the_public_gets_no_mark_no_number_and_no_range_of_a_hidden_count(small_city):
    visit = as_public(open_page("bezirk", **HAFEN))
    assert not visit.exception
    said = drawn(visit)
    assert "vertraulich" in said
    assert "Hafen 67" not in said
    assert not any("67–" in alt for alt in strips(visit))
    unknown = next(table for table in tables(visit) if "Grund" in table.columns).set_index("Grund")
    assert "Gewalt" in unknown.loc["vertraulich", "Kennzahlen"]


def test_the_lists_of_all_indicators_are_drawn_when_they_are_opened(small_city):
    visit = open_page("bezirk", gebiet="Altstadt")
    before = len(tables(visit))
    visit.session_state["tabelle-survey"] = True
    visit.session_state["tabelle-dateien-profil"] = True
    visit.run()
    assert len(tables(visit)) == before + 1
    assert any("Gewaltkriminalität" in button.label for button in visit.get("download_button"))

"""Every view is a link, and what is no page is refused, on the very first request too."""

import re

import httpx
import pytest

from server.headers import ALWAYS
from tests.browser.tab import Tab
from tests.support.server import running_server
from tests.support.small_city import published_below


def test_a_link_reproduces_page_district_and_period(tab):
    tab.visit("kennzahl-gewalt-rate?gebiet=Altstadt&zeitraum=2024")
    assert tab.headings()[0] == (1, "Gewaltkriminalität je 100.000 Einwohner")
    assert tab.page.get_by_text("3.050").first.is_visible()  # 305 cases of 10,000 inhabitants
    assert "gebiet=Altstadt" in tab.page.url
    assert "zeitraum=2024" in tab.page.url


def test_a_choice_survives_page_changes_back_and_reload(tab):
    tab.visit("?gebiet=Altstadt")
    tab.page.get_by_role("link", name="Beleg: Gewaltkriminalität").click()
    tab.page.wait_for_url("**/kennzahl-gewalt-rate?gebiet=Altstadt")
    tab.wait()
    assert "Altstadt" in [text for _, text in tab.headings()]
    tab.page.reload()
    tab.wait()
    assert "Altstadt" in [text for _, text in tab.headings()]
    tab.page.go_back()
    tab.page.wait_for_url("**/?gebiet=Altstadt")
    tab.page.get_by_role("heading", name="Lagebild der Sicherheitspartnerschaft").wait_for()


def test_choosing_a_district_in_the_list_becomes_part_of_the_link(tab):
    tab.visit("bezirk")
    tab.page.get_by_role("radio", name="Südstadt").click()
    tab.page.wait_for_url("**/bezirk?gebiet=S%C3%BCdstadt")
    tab.page.get_by_role("heading", name="Stadtbezirk Südstadt").wait_for()


def test_field_and_district_stay_chosen_on_the_way_to_their_partners(tab):
    tab.visit("handlungsfeld-strassen?gebiet=Hafen")
    tab.page.get_by_role("link", name="Alle Partner mit Beitrag und Projekten").click()
    tab.page.wait_for_url("**/partner-strassen?gebiet=Hafen")
    tab.page.get_by_role("heading", name="Partner: Sicherheit auf Straßen und Plätzen").wait_for()
    assert tab.page.get_by_text("Wer in Hafen an diesem Handlungsfeld mitarbeitet.").is_visible()


def test_an_unknown_district_is_said_in_german(tab):
    tab.visit("bezirk?gebiet=Atlantis")
    assert tab.page.get_by_text("„Atlantis“ gibt es unter Gebiet nicht").is_visible()


def test_the_table_behind_a_picture_opens_with_the_keyboard(tab):
    tab.visit("kennzahl-gewalt-rate")
    tab.page.locator("summary").first.focus()
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("cell", name=re.compile(r"^1\.512")).first.wait_for()


@pytest.fixture
def fresh_server(tmp_path):
    """A server that nobody has visited: Streamlit's old automatic pages are open only until the first visit."""
    with running_server(published_below(tmp_path), tmp_path / "log") as found:
        yield found


def test_the_first_visit_to_a_file_that_is_no_page_is_refused(chromium, fresh_server):
    name = "ueberblick"  # there is a pages/lage/ueberblick.py, but no such address
    assert httpx.get(f"{fresh_server}/{name}").status_code == httpx.codes.NOT_FOUND
    with Tab.opened(chromium, fresh_server, keep=False) as first:
        # past the server's own 404, as somebody would who speaks to Streamlit directly
        first.page.add_init_script(f"history.replaceState(null, '', '/{name}')")
        first.visit("bezirk")
        assert first.headings() == [(1, "Diese Seite gibt es nicht")]


@pytest.mark.parametrize(
    "path",
    ["", "bezirk", "geheim", "a/b", "favicon.png", "api/bereit", "api/fehlt", "_stcore/health", "_stcore/metrics",
     "_stcore/host-config", "_stcore/unbekannt", "static/fehlt.js", "media/fehlt.csv", "bezirk/"],
)  # fmt: skip
def test_every_address_known_or_not_carries_the_security_headers(address, path):
    answer = httpx.get(f"{address}/{path}")
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "sha256-" in policy


def test_the_server_is_ready_when_a_query_was_answered(address):
    assert httpx.get(f"{address}/api/bereit").json()["datenstand"] > 0

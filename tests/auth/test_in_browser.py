"""Signing in as a person does it: Chromium, the real server, the real provider, and back to the page of the link."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.tab import Tab

pytestmark = pytest.mark.browser
pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is missing: make test installs it")


@pytest.fixture
def tab(chromium, site):
    with Tab.opened(chromium, site.address) as opened:
        yield opened


def test_from_a_link_by_the_provider_back_to_the_link_and_out_again(tab, site, provider):
    provider.set_person("berta", "lenkung", "rathaus")
    tab.visit("kennzahl-gewalt-faelle?gebiet=Hafen")
    assert tab.headings() == [(1, "Anmelden")]
    barriers = Axe().run(tab.page).response["violations"]
    assert [(barrier["id"], barrier["nodes"][0]["html"][:200]) for barrier in barriers] == []

    tab.page.get_by_role("button", name="Stadtkonto").click()
    tab.page.wait_for_url(f"{provider.address}/**")
    tab.page.fill("input[name=sub]", "berta")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/kennzahl-gewalt-faelle?gebiet=Hafen")
    tab.wait()
    assert (1, "Fälle von Gewaltkriminalität") in tab.headings()
    assert tab.page.get_by_text("Sie sehen: Lenkungsgruppe").is_visible()
    assert tab.violations() == []

    tab.page.get_by_role("button", name="Abmelden").click()
    tab.page.wait_for_url(f"{provider.address}/oauth2/end_session?**")
    tab.visit("kennzahl-gewalt-faelle?gebiet=Hafen")
    assert tab.headings() == [(1, "Anmelden")]


def test_somebody_without_a_role_reads_whom_to_ask(tab, site, provider):
    provider.set_person("gast", "kantine")
    tab.visit("")
    tab.page.get_by_role("button", name="Stadtkonto").click()
    tab.page.wait_for_url(f"{provider.address}/**")
    tab.page.fill("input[name=sub]", "gast")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("heading", name="Kein Zugang").wait_for()
    assert tab.page.get_by_text("Geschäftsstelle der Sicherheitspartnerschaft Musterstadt").is_visible()

"""The ways that people take: with the mouse, by keyboard alone, on a phone, with an English browser."""

import re

import pytest

from tests.browser.tab import Tab

FARTHEST = 150
"""Steps with the tab key after which something counts as out of reach."""
IS_FOCUSED = "node => node === document.activeElement || node.contains(document.activeElement)"


@pytest.fixture(params=[1280, 390], ids=["laptop", "phone"])
def device(request, chromium, address):
    with Tab.opened(chromium, address, width=request.param) as tab:
        yield tab
        assert tab.complaints == []
        assert tab.foreign == []
        assert tab.violations() == []


def reach(tab, target):
    """Go on with the tab key until something has the focus, as somebody without a mouse does."""
    for _ in range(FARTHEST):
        if target.count() and target.first.evaluate(IS_FOCUSED):
            return
        tab.page.keyboard.press("Tab")
    pytest.fail(f"not reached with {FARTHEST} steps: {target}")


def titles(tab):
    return [text for _, text in tab.headings()]


def test_the_chair_goes_from_a_finding_to_its_proof_to_a_district_and_back(device):
    device.visit("")
    device.page.get_by_role("link", name=re.compile("^Beleg: Gewaltkriminalität")).first.click()
    device.page.wait_for_url("**/kennzahl-gewalt-rate*")
    device.wait()
    assert titles(device)[0] == "Gewaltkriminalität je 100.000 Einwohner"
    device.page.get_by_role("radio", name="Altstadt", exact=True).first.click()
    device.page.wait_for_url("**/kennzahl-gewalt-rate?gebiet=Altstadt")
    device.page.get_by_text("Altstadt · ").first.wait_for()
    device.page.go_back()
    device.page.wait_for_url(re.compile(r"/kennzahl-gewalt-rate$|127\.0\.0\.1:\d+/$"))
    device.wait()


def test_the_link_of_a_district_council_opens_its_own_district(device):
    device.visit("bezirk?gebiet=Hafen")
    device.choose("Ansicht", "Stadtbezirk Hafen")
    device.page.get_by_text("Sie sehen: Stadtbezirk Hafen").wait_for()
    assert titles(device)[0] == "Stadtbezirk Hafen"


def test_the_analyst_goes_from_an_item_to_a_group_to_a_file(chromium, address):
    with Tab.opened(chromium, address) as tab:
        tab.visit("kennzahl-unsicher-nachts")
        with tab.page.expect_download() as file:
            tab.page.get_by_role("button", name=re.compile("^CSV")).first.click()
        assert file.value.suggested_filename.startswith("unsicher-nachts")
        assert file.value.suggested_filename.endswith("_beispieldaten.csv")


def test_the_chair_needs_no_mouse(tab):
    tab.visit("")
    reach(tab, tab.page.get_by_role("link", name=re.compile("^Beleg: Gewaltkriminalität")))
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/kennzahl-gewalt-rate*")
    tab.wait()
    reach(tab, tab.page.get_by_role("radio", name="Altstadt", exact=True))
    tab.page.keyboard.press("Space")
    tab.page.wait_for_url("**/kennzahl-gewalt-rate?gebiet=Altstadt")
    tab.wait()
    reach(tab, tab.page.locator("summary").filter(has_text="Daten als Tabelle"))
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("cell", name=re.compile(r"^3\.050")).first.wait_for()
    reach(tab, tab.page.get_by_role("button", name=re.compile("^CSV")))
    with tab.page.expect_download() as file:
        tab.page.keyboard.press("Enter")
    assert file.value.suggested_filename.startswith("gewalt-rate_01")


def test_a_district_council_chooses_its_district_without_a_mouse(tab):
    tab.visit("bezirk")
    reach(tab, tab.page.get_by_role("combobox", name=re.compile("Gebiet")))
    tab.page.keyboard.type("Hafen")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/bezirk?gebiet=Hafen")
    tab.page.get_by_role("heading", name="Stadtbezirk Hafen").wait_for()


def test_numbers_are_german_in_an_english_browser(chromium, address):
    with Tab.opened(chromium, address, locale="en-US") as tab:
        tab.visit("kennzahl-gewalt-rate?gebiet=Altstadt&zeitraum=2024")
        assert tab.page.get_by_text("3.050").first.is_visible()  # 305 cases of 10,000 inhabitants
        assert tab.page.get_by_text("3,050").count() == 0
        assert tab.complaints == []

"""What all screens share, in a real browser: the copied link, search by keyboard, files, an older Datenstand."""

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook

from tests.browser.tab import Tab


def barriers(tab):
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(tab.page).response["violations"]]


def current(address):
    return httpx.get(f"{address}/api/bereit").json()["datenstand"]


def test_the_copied_link_opens_the_same_view(tab, chromium, address):
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.visit("kennzahl-gewalt-rate?gebiet=Altstadt&zeitraum=2024")
    tab.page.get_by_role("button", name="Link kopieren").click()
    tab.page.get_by_test_id("stCode").hover()
    tab.page.get_by_role("button", name="Copy to clipboard").click()
    link = tab.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{address}/kennzahl-gewalt-rate?gebiet=Altstadt&zeitraum=2024&stand={current(address)}"
    with Tab.opened(chromium, address) as other:
        other.visit(link.removeprefix(address))
        assert other.page.get_by_text("3.050").first.is_visible()  # 305 cases of 10,000 inhabitants
    assert (tab.complaints, tab.violations()) == ([], [])


def test_search_by_keyboard_alone_leads_to_an_indicator(tab):
    tab.visit("methodik")
    tab.page.get_by_role("button", name="Suche").focus()
    tab.page.keyboard.press("Enter")
    tab.page.get_by_label("Suchen nach").focus()
    tab.page.keyboard.type("gewaltkrim")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("link", name="Fälle von Gewaltkriminalität · Kennzahl").focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/kennzahl-gewalt-faelle")
    tab.page.get_by_role("heading", name="Fälle von Gewaltkriminalität", exact=True).wait_for()


def test_a_district_that_was_found_opens_its_page_and_closes_the_search(tab):
    tab.visit("methodik?gebiet=Altstadt")
    tab.page.get_by_role("button", name="Suche").click()
    tab.page.get_by_label("Suchen nach").fill("suedst")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("button", name="Südstadt · Stadtbezirk").click()
    tab.page.wait_for_url("**/bezirk?gebiet=S%C3%BCdstadt")
    tab.page.get_by_role("heading", name="Stadtbezirk Südstadt").wait_for()
    tab.page.get_by_label("Suchen nach").wait_for(state="detached")


def test_the_workbook_of_a_picture_is_downloaded_and_can_be_opened(tab, tmp_path):
    tab.visit("kennzahl-gewalt-rate?gebiet=Altstadt&zeitraum=2024")
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name="XLSX: Gewaltkriminalität").first.click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".xlsx"
    sheet = load_workbook(file).worksheets[0]
    assert sheet.title == "Zahlen (Beispieldaten)"
    assert 3050 in [cell.value for line in sheet.iter_rows() for cell in line]


def test_an_older_datenstand_stays_on_the_way_to_another_page(tab, address):
    older = current(address) - 1
    tab.visit(f"methodik?stand={older}")
    tab.page.get_by_role("link", name="Partner").click()
    tab.page.get_by_role("heading", name="Partner", exact=True).wait_for()
    assert tab.page.get_by_text(f"Sie sehen den Datenstand {older}, den Ihr Link nennt.").is_visible()
    tab.page.get_by_role("button", name="Jetzt anzeigen").click()
    tab.page.get_by_text("den Ihr Link nennt").wait_for(state="detached")
    assert "stand=" not in tab.page.url


@pytest.mark.parametrize(
    ("scheme", "path", "button"),
    [
        ("dark", "barrierefreiheit", ""),
        ("dark", "methodik?stand=1", ""),
        ("dark", "methodik?stand=999", ""),
        ("dark", "methodik", "Suche"),
        ("light", "methodik", "Link kopieren"),
    ],
)
def test_shared_parts_have_no_barrier_of_their_own(tab, scheme, path, button):
    tab.page.emulate_media(color_scheme=scheme)
    tab.visit(path)
    if button:
        tab.page.get_by_role("button", name=button).click()
        tab.page.get_by_test_id("stPopoverBody").wait_for()
    assert barriers(tab) == []
    assert (tab.complaints, tab.violations(), tab.foreign) == ([], [], [])

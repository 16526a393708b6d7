"""The whole way of two real files in a browser: dropped, checked, rehearsed, submitted, released, seen, withdrawn."""

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004 -- Playwright's own, and no other is meant here

from sipa_data.lake import open_lake
from sipa_data.release import history
from tests.browser.tab import Tab
from tests.real.lakes import REAL, need, settings_of
from tests.support.server import running_server

pytestmark = pytest.mark.real
VIOLENCE = "stuttgart-gewalt-2025/stuttgart_gewalt_oeffentlicher_raum_2025.csv"
INHABITANTS = "stuttgart-einwohner-1986/stuttgart_einwohner_altersgruppen_1986-06-30.csv"
LONG = 120_000


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    need(VIOLENCE, INHABITANTS)
    folder = tmp_path_factory.mktemp("hochladen")
    settings = settings_of(folder, "stuttgart")
    with running_server(settings, folder / "log") as address:
        yield address, settings


def acting_as(tab, role):
    tab.page.get_by_role("combobox", name="Ansicht").click()
    tab.page.get_by_role("option", name=role).click()
    tab.wait()


def press(tab, name, then):
    """Press a button and wait for what it leads to."""
    tab.page.get_by_role("button", name=name, exact=True).click()
    tab.page.get_by_text(then).first.wait_for(timeout=LONG)
    tab.wait()


def submit(tab, file):
    tab.visit("hochladen")
    acting_as(tab, "Analyse")
    tab.page.locator("input[type=file]").first.set_input_files(REAL / file)
    tab.page.get_by_text("1 Gefunden").wait_for(timeout=LONG)
    tab.wait()
    press(tab, "Prüfen", "4 Probe")
    press(tab, "Probe ausführen", "5 Einreichen")
    if (warned := tab.page.get_by_text("Ich habe die Warnungen gelesen")).count():
        warned.click()
        tab.wait()
    press(tab, "Zur Freigabe einreichen", "Öffentlich wird die Lieferung erst mit der Freigabe")


def choose_delivery(tab, place):
    """A list that is opened while the page is still being drawn closes again; people click once more, too."""
    chosen = tab.page.get_by_role("option").nth(place)
    for _ in range(5):
        tab.page.get_by_role("combobox", name="Eine Lieferung auswählen").click()
        try:
            chosen.click(timeout=5_000)
        except TimeoutError:
            continue
        tab.wait()
        return
    raise AssertionError("the list of deliveries does not open")


def test_two_real_files_become_public_by_a_second_person_and_are_taken_back(chromium, served):
    address, settings = served
    with Tab.opened(chromium, address) as reader, Tab.opened(chromium, address) as tab:
        reader.visit("")
        for file in (VIOLENCE, INHABITANTS):
            submit(tab, file)
            tab.visit("freigaben")
            acting_as(tab, "Geschäftsstelle")
            press(tab, "Freigeben", "ist freigegeben")
        reader.page.get_by_role("button", name="Jetzt anzeigen").click(timeout=LONG)
        reader.page.get_by_text("Datenstand 3").first.wait_for(timeout=LONG)
        for place in range(2):
            choose_delivery(tab, place)
            press(tab, "Zurückziehen", "ist zurückgezogen")
        assert tab.complaints == []
        assert tab.foreign == []
        assert tab.violations() == []
    with open_lake(settings) as lake:
        assert [upload.status for upload in history(lake)] == ["withdrawn", "withdrawn"]

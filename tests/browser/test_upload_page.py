"""The page for uploading in a browser: German throughout, nothing sideways, on a laptop and on a phone."""

import pytest

from tests.browser.tab import Tab

HEAD = "quelle;zeitraum;bezirk;schluessel;faelle\n"
STRANGE = "Gebiet;Jahr;Straftatenschlüssel;Erfasste Fälle\nAltstadt;2026;892000;4\nInnenst.;2026;892000;7\n"
FILES = {
    "refused": ("fehler.csv", HEAD + "pks;2026;Altstadt;892000;viele\npks;2026;Nirgendwo;892000;1\n"),
    "mapped": ("Auszug aus dem Vorgangsbearbeitungssystem der Polizei.csv", STRANGE),
}


def as_analyst(tab):
    tab.visit("hochladen")
    tab.page.get_by_role("combobox", name="Ansicht").click()
    tab.page.get_by_role("option", name="Analyse").click()
    tab.wait()


def send(tab, name, content):
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    tab.page.locator("input[type=file]").first.set_input_files(file)
    tab.page.get_by_text("1 Gefunden").wait_for()
    tab.wait()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_choosing_refusing_and_mapping_fit_the_window_and_speak_german(chromium, address, width, theme):
    with Tab.opened(chromium, address, width, theme=theme) as tab:
        as_analyst(tab)
        tab.page.get_by_role("button", name="Datei auswählen").wait_for()
        assert tab.page.get_by_text("per file").filter(visible=True).count() == 0
        assert tab.page.get_by_text("Upload", exact=True).filter(visible=True).count() == 0
        assert tab.sideways() == 0
        send(tab, *FILES["refused"])
        tab.page.get_by_role("button", name="Prüfen", exact=True).click()
        tab.page.get_by_text("Die Lieferung wurde nicht übernommen").wait_for()
        tab.page.get_by_role("button", name="Abgelehnte Zeilen mit Grund laden").wait_for()
        assert tab.sideways() == 0
        tab.page.get_by_role("button", name="Andere Datei wählen").click()
        tab.page.get_by_text("Vorlagen").wait_for()
        tab.wait()
        send(tab, *FILES["mapped"])
        tab.page.get_by_text("Spalte „Gebiet“: 1 Wert ist offen").wait_for()
        tab.page.get_by_text("Stimmt etwas nicht? Anders lesen").click()
        tab.page.get_by_role("combobox", name="Trennzeichen").wait_for()
        assert tab.sideways() == 0
        assert tab.complaints == []
        assert tab.violations() == []

"""The pages of those who upload and release, with something in every place of them, and what readers notice of it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date

import pytest

from sipa_data.intake.delivery import Finding, Slice
from sipa_data.lake import open_lake
from sipa_data.release import PurgeRequests, WaitingRoom, history, refuse, submit
from sipa_data.settings import Settings
from tests.browser.tab import Tab
from tests.browser.test_every_page import CUT_OFF, LAPTOP, PHONE, assert_headings_in_order, barriers
from tests.support.deliveries import staged
from tests.support.server import PROJECT, running_server
from tests.support.small_city import environment, published_below

LONG = 60_000
SEEN = "Leserinnen und Leser sehen davon nichts"
COUNTS = "quelle;zeitraum;bezirk;schluessel;faelle\npks;2026;Altstadt;892000;600\npks;2026;Hafen;892000;2\n"


def correction(folder, cases):
    """Violence of 2025 in the Altstadt, corrected; the other districts as they were, but for the Hafen."""
    known = {"01": cases, "02": 91, "03": 108, "04": 9}
    rows = [
        {
            "source": "pks",
            "period_start": date(2025, 1, 1),
            "period_end": date(2025, 12, 31),
            "district_id": district,
            "offence_key": "892000",
            "cases": number,
        }
        for district, number in known.items()
    ]
    place = Slice("incident_counts", (("source", "pks"),), date(2025, 1, 1), date(2025, 12, 31))
    warning = Finding("warning", "probe", "Im Hafen sind es viermal so viele Fälle wie bisher.")
    return staged(folder, {"incident_counts": rows}, [place], name=f"berichtigung-{cases}", findings=(warning,))


@dataclass(frozen=True)
class City:
    address: str
    settings: Settings


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A small city in which two deliveries wait, one was turned down, and a deletion is asked for."""
    folder = tmp_path_factory.mktemp("freigaben")
    settings = published_below(folder)
    room = WaitingRoom.of(settings)
    for cases in (500, 400, 300):
        done = submit(room, correction(folder, cases), by="ana", may_replace=True, acknowledged=True, note="Revier 3")
    with open_lake(settings) as lake:
        refuse(lake, room, done.id, by="erika", reason="Der Hafen fehlt.")
        PurgeRequests.of(settings).ask(history(lake)[-1].upload_id, "stadt:max")
    with running_server(settings, folder / "log") as address:
        yield City(address, settings)


@pytest.fixture(params=["light", "dark"])
def window(request, chromium, city):
    with Tab.opened(chromium, city.address, theme=request.param) as tab:
        yield tab


def acting_as(tab, path, role):
    tab.visit(path)
    tab.choose("Ansicht", role)


def assert_complete_and_readable(tab):
    assert (tab.foreign, tab.complaints, tab.violations()) == ([], [], [])
    assert_headings_in_order(tab)
    for width in (LAPTOP, PHONE):
        tab.resize(width)
        assert tab.sideways() <= 0, width
        assert tab.page.evaluate(CUT_OFF) == [], width
        assert barriers(tab) == [], width


def press(tab, name, then):
    tab.page.get_by_role("button", name=name).first.click()
    tab.page.get_by_text(then).first.wait_for(timeout=LONG)
    tab.wait()


def unfold(tab, title):
    tab.page.get_by_text(title, exact=True).first.click()
    tab.wait()


def test_the_office_reads_what_waits_what_it_would_change_and_what_was_before(window):
    acting_as(window, "freigaben", "Geschäftsstelle")
    window.page.get_by_role("heading", name="Löschanträge").wait_for(timeout=LONG)
    press(window, "Was würde sich ändern?", SEEN)
    window.page.get_by_text("Im Einzelnen, nach Kennzahl oder Gebiet").first.click()
    window.page.get_by_role("combobox", name="Kennzahl").wait_for(timeout=LONG)
    unfold(window, "Alle Angaben zu dieser Lieferung")
    unfold(window, "Nicht freigeben")
    window.pick("Eine Lieferung auswählen", "pks.csv")
    window.page.get_by_role("button", name="Was hat sie geändert?").click()
    window.page.get_by_role("group", name="Was sich ändert, auf einen Blick").nth(1).wait_for(timeout=LONG)
    window.wait()
    unfold(window, "Zurückziehen")
    unfold(window, "Endgültig löschen lassen")
    window.pick("Befragungswelle", "2025")
    window.page.get_by_text("Gezählt sind Personen in der ganzen Stadt").wait_for(timeout=LONG)
    assert_complete_and_readable(window)


def test_the_analyst_rehearses_a_file_and_can_read_it_everywhere(window):
    acting_as(window, "hochladen", "Analyse")
    assert_complete_and_readable(window)
    window.resize(LAPTOP)
    file = {"name": "fallzahlen-2026.csv", "mimeType": "text/csv", "buffer": COUNTS.encode()}
    window.page.locator("input[type=file]").first.set_input_files(file)
    window.page.get_by_text("1 Gefunden").wait_for(timeout=LONG)
    window.wait()
    press(window, "Prüfen", "4 Probe")
    press(window, "Probe ausführen", SEEN)
    assert_complete_and_readable(window)


def test_readers_notice_nothing_of_a_rehearsal_and_are_offered_the_new_datenstand_of_a_release(chromium, city):
    with (
        Tab.opened(chromium, city.address) as reader,
        Tab.opened(chromium, city.address) as other,
        Tab.opened(chromium, city.address) as office,
    ):
        other.visit("partner")
        reader.visit("kennzahl-gewalt-faelle")
        before = reader.page.get_by_role("main").inner_text()
        acting_as(office, "freigaben", "Geschäftsstelle")
        press(office, "Was würde sich ändern?", SEEN)
        reader.page.wait_for_timeout(2_500)  # a window looks for something newer more often than every two seconds
        assert reader.page.get_by_role("main").inner_text() == before
        press(office, "Freigeben", "ist freigegeben")
        other.page.get_by_text("Neuer Datenstand").wait_for(timeout=LONG)
        reader.page.get_by_text("Neuer Datenstand").wait_for(timeout=LONG)
        shown = reader.page.get_by_role("main").inner_text()
        assert set(before.splitlines()) <= set(shown.splitlines())  # no number has changed under the reader
        reader.page.get_by_role("button", name="Jetzt anzeigen").click()
        reader.page.get_by_text("Neuer Datenstand").wait_for(state="detached", timeout=LONG)
        reader.wait()
        assert reader.page.get_by_role("main").inner_text() != before


def test_open_windows_are_offered_what_another_process_releases(chromium, city):
    with Tab.opened(chromium, city.address) as reader:
        reader.visit("kennzahl-gewalt-faelle")
        before = reader.page.get_by_role("main").inner_text()
        waits = submit(
            WaitingRoom.of(city.settings),
            correction(city.settings.lake_files.parent / "nachtrag", 450),
            by="ana",
            may_replace=True,
            acknowledged=True,
        )
        command = [sys.executable, "-m", "sipa_data", "release", waits.id, "--by", "erika"]
        subprocess.run(command, cwd=PROJECT, env=os.environ | environment(city.settings), check=True)
        reader.page.get_by_text("Neuer Datenstand").wait_for(timeout=LONG)
        assert set(before.splitlines()) <= set(reader.page.get_by_role("main").inner_text().splitlines())

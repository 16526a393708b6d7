"""Those who bring a file in, in three windows: one uploads and counts what it takes, one releases, one reads."""

from pathlib import Path

from playwright.sync_api import (
    TimeoutError,  # noqa: A004 -- Playwright's own, and no other is meant here
)

from tests.browser.tab import Tab

LONG = 120_000
SAYS = """
text => document.querySelector('[data-testid="stMain"]').innerText.includes(text)
"""
"""Whether a text stands on the page."""


def act_as(tab: Tab, address: str, role: str) -> None:
    """Open a page in another role: in the demonstration, each role is another person."""
    tab.visit(address)
    tab.page.get_by_role("combobox", name="Ansicht").click()
    tab.page.get_by_role("option", name=role).click()
    tab.wait()


class Uploader:
    """Somebody who uploads. Every choice, click, word and file counts as one interaction."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.interactions = 0
        act_as(tab, "hochladen", "Analyse")

    @property
    def said(self) -> str:
        return self.tab.page.locator('[data-testid="stMain"]').inner_text()

    def drops(self, file: Path) -> None:
        """Choose the file and see what was found in it."""
        self.interactions = 1
        self.tab.page.locator("input[type=file]").first.set_input_files(file)
        self.tab.page.get_by_role("heading", name="2 Aufbau").wait_for(timeout=LONG)
        self.tab.wait()

    def adds(self, companion: Path) -> None:
        """Give a second file that the layout needs."""
        waiting = self.tab.page.locator("input[type=file]")
        left = waiting.count()
        self.interactions += 1
        waiting.first.set_input_files(companion)
        self.tab.page.wait_for_function(
            "left => document.querySelectorAll('input[type=file]').length < left", arg=left, timeout=LONG
        )
        self.tab.wait()

    def layout(self) -> str:
        """What stands in the field for the layout."""
        return self.tab.page.get_by_role("combobox", name="Dateiprofil").input_value()

    def field(self, label: str) -> str:
        """What stands in a field of text."""
        return self.tab.page.get_by_role("textbox", name=label, exact=True).input_value()

    def fills_in(self, label: str, words: str) -> None:
        """Choose or write what the file does not say; unfold the further questions where it is asked there."""
        named = self.tab.page.get_by_role("combobox", name=label, exact=True)
        written = self.tab.page.get_by_role("textbox", name=label, exact=True)
        if not named.or_(written).count():
            self.interactions += 1
            self.tab.page.get_by_text("Weitere Angaben").click()
            named.or_(written).wait_for()
        if named.count():
            self.chooses(label, words)
        else:
            self.writes(label, words)

    def chooses(self, label: str, option: str) -> None:
        self.interactions += 1
        self.tab.pick(label, option)

    def writes(self, label: str, text: str) -> None:
        self.interactions += 1
        field = self.tab.page.get_by_role("textbox", name=label, exact=True)
        field.fill(text)
        field.press("Enter")
        self.tab.page.get_by_text(f"Bitte angeben: {label}.").wait_for(state="detached")
        self.tab.wait()

    def presses(self, name: str, then: str) -> None:
        """Press a button and wait for what it leads to."""
        self.interactions += 1
        press(self.tab, name, then)

    def checks(self) -> None:
        self.presses("Prüfen", "4 Probe")

    def rehearses(self) -> None:
        self.presses("Probe ausführen", "5 Einreichen")

    def submits(self) -> None:
        """Tick that the warnings were read, where there are any, and hand it over."""
        if (warned := self.tab.page.get_by_text("Ich habe die Warnungen gelesen")).count():
            self.interactions += 1
            warned.click()
            self.tab.wait()
        self.presses("Zur Freigabe einreichen", "Öffentlich wird die Lieferung erst mit der Freigabe")


class Office:
    """The second person: releases and takes back."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        act_as(tab, "freigaben", "Geschäftsstelle")

    def releases(self) -> None:
        """Look again, as one does who was told that something waits."""
        self.tab.page.get_by_role("button", name="Daten liefern").click()
        self.tab.page.get_by_text("Freigaben", exact=True).last.click()
        press(self.tab, "Freigeben", "freigegeben und veröffentlicht")

    def withdraws_the_newest(self) -> None:
        self.tab.pick("Eine Lieferung auswählen", 0)
        self.tab.page.get_by_text("Zurückziehen", exact=True).first.click()
        press(self.tab, "Jetzt zurückziehen", "ist zurückgezogen")


class Onlooker:
    """A reader with an open page, who goes on to a new Datenstand when it is offered."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def opens(self, address: str) -> None:
        self.tab.visit(address)

    def sees(self, text: str) -> bool:
        return self.tab.page.evaluate(SAYS, text)

    def goes_on(self) -> None:
        """Take the new Datenstand."""
        offer = self.tab.page.get_by_role("button", name="Jetzt anzeigen")
        offer.click(timeout=LONG)
        offer.wait_for(state="detached", timeout=LONG)
        self.tab.wait()


def press(tab: Tab, name: str, then: str) -> None:
    tab.page.get_by_role("button", name=name, exact=True).click()
    try:
        tab.page.get_by_text(then).first.wait_for(timeout=LONG)
    except TimeoutError as late:
        stands = tab.page.get_by_role("main").inner_text()
        raise AssertionError(f"After „{name}“ there is no „{then}“ but:\n{stands}") from late
    tab.wait()

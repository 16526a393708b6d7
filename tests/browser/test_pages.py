"""What a reader's browser gets: every page, complete, German, readable, and from nowhere else."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.tab import Tab

PAGES = [
    "",
    "bezirk",
    "bezirk?gebiet=Altstadt",
    "handlungsfeld-strassen",
    "handlungsfeld-sauberkeit",
    "partner",
    "partner-strassen",
    "kennzahl-gewalt-rate",
    "kennzahl-unsicher-nachts?gebiet=Hafen",
    "datenstand",
    "methodik",
    "glossar",
]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_german_readable_and_asks_nobody_else(tab, path):
    tab.visit(path)
    assert tab.page.get_attribute("html", "lang") == "de"
    assert tab.foreign == []
    assert tab.complaints == []
    assert tab.violations() == []
    levels = [level for level, _ in tab.headings()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    barriers = Axe().run(tab.page).response["violations"]
    assert [(barrier["id"], barrier["nodes"][0]["html"][:200]) for barrier in barriers] == []


@pytest.mark.parametrize(
    "path", ["", "bezirk?gebiet=Altstadt", "handlungsfeld-strassen", "partner", "datenstand", "methodik"]
)
def test_on_a_phone_nothing_has_to_be_pushed_sideways(chromium, address, path):
    with Tab.opened(chromium, address, width=390) as phone:
        phone.visit(path)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert phone.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_pictures_have_names_for_those_who_do_not_see_them(tab):
    tab.visit("")
    names = [found.get_attribute("aria-label") for found in tab.page.query_selector_all('[role="figure"]')]
    assert names
    assert all(name and len(name) > 40 for name in names)


def test_the_dark_theme_has_dark_paper(chromium, address):
    with Tab.opened(chromium, address) as dark:
        dark.page.emulate_media(color_scheme="dark")
        dark.visit("")
        paper = dark.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        assert paper == "rgb(20, 24, 28)"  # #14181c

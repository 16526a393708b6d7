"""What a reader's browser gets of every registered page, on a laptop and a phone, in light and in dark.

A page that is registered later is covered without a new line here.
"""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.parts import register
from tests.browser.tab import Tab
from tests.support.facts import musterstadt

CATALOGUE = musterstadt()
ONE_INDICATOR = "kennzahl-gewalt-rate"
"""All pages of indicators are drawn by one template."""
ADDRESSES = sorted(
    address
    for address in register.addresses(CATALOGUE)
    if not address.startswith("kennzahl-") or address == ONE_INDICATOR
)
WITH_A_PLACE = ["bezirk?gebiet=Altstadt", "kennzahl-unsicher-nachts?gebiet=Hafen"]
PATHS = [*ADDRESSES, *WITH_A_PLACE]
LAPTOP, PHONE = 1280, 390
CUT_OFF = """
() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const cut = [];
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const box = range.getBoundingClientRect();
        const near = texts.currentNode.parentElement;
        if (!box.width || getComputedStyle(near).visibility !== "visible") continue;
        if (near.closest('[aria-hidden="true"]')) continue;
        for (let around = near; around !== main; around = around.parentElement) {
            const overflow = getComputedStyle(around).overflowX, edge = around.getBoundingClientRect();
            if (["auto", "scroll"].includes(overflow) || edge.width <= 1) break;
            if (["hidden", "clip"].includes(overflow) && box.right > edge.right + 1) {
                cut.push(texts.currentNode.textContent.trim().slice(0, 60));
                break;
            }
        }
    }
    return cut;
}
"""
"""Texts that stick out of a box that hides what does. What scrolls, or is for ears only, is not cut."""
STREAMLITS_OWN = {
    ("list", "stSidebarNavItems"),  # on a phone the menu is a list with headings between its items; no thread found
    ("listitem", "stSidebarNav"),  # the same list
    ("presentation-role-conflict", "stFileUploaderDropzone"),  # part of streamlit/streamlit#8399
    ("empty-table-header", "stDataFrame"),  # part of streamlit/streamlit#8399
}
"""Rules, and marks of the elements of Streamlit that break them: nobody but Streamlit can mend these."""


@pytest.fixture(params=["light", "dark"])
def theme(request):
    return request.param


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "ueberblick")
def test_every_page_is_complete_readable_and_asks_nobody_else(chromium, address, path, theme):
    with Tab.opened(chromium, address, theme=theme) as tab:
        tab.visit(path)
        assert tab.page.get_attribute("html", "lang") == "de"
        assert tab.foreign == []
        assert tab.complaints == []
        assert tab.violations() == []
        assert_headings_in_order(tab)
        for width in (LAPTOP, PHONE):
            tab.resize(width)
            assert tab.sideways() <= 0, width
            assert tab.page.evaluate(CUT_OFF) == [], width
            assert barriers(tab) == [], width


def assert_headings_in_order(tab):
    levels = [level for level, _ in tab.headings()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def barriers(tab):
    """What axe finds, of any severity, without what Streamlit alone could mend."""
    found = Axe().run(tab.page).response["violations"]
    return [
        (barrier["id"], barrier["impact"], node["html"][:200])
        for barrier in found
        for node in barrier["nodes"]
        if not is_streamlits_own(tab, barrier["id"], node["target"][0])
    ]


def is_streamlits_own(tab, rule, target):
    inside = "([target, mark]) => document.querySelector(target)?.closest(`[data-testid=${mark}]`) != null"
    return any(rule == known and tab.page.evaluate(inside, [target, mark]) for known, mark in STREAMLITS_OWN)


def test_the_search_for_cut_texts_finds_one(tab):
    tab.visit("glossar")
    tab.page.evaluate(
        "document.querySelector('h1').style.cssText = 'overflow: hidden; width: 30px; white-space: nowrap'"
    )
    assert tab.page.evaluate(CUT_OFF) != []

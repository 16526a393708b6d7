"""Pictures, theme and language of the pages in a reader's browser."""

from tests.browser.tab import Tab


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

"""What stands in a delivered file is shown as text, on every page: no picture is loaded, no link made, no HTML run."""

import re
from html.parser import HTMLParser

import pytest

from pages.parts import register
from pages.parts.opened import opened_house
from tests.app.conftest import open_page, opened, tables
from tests.support import small_city
from tests.support.facts import musterstadt

PAGES = sorted(register.addresses(musterstadt()))
HOSTILE = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [k](javascript:alert(1)) :red[x] $1$ =1+1"
LIVE = re.compile(r"(?<!\\)!?(?<!\\)\[[^\]]*(?<!\\)\]\(")
"""A link or a picture that Markdown would make: its brackets are not escaped."""

HARMLESS = {"div", "table", "thead", "tbody", "tr", "th", "td", "img"}
OWN_PICTURE = "data:image/svg+xml;base64,"


class Elements(HTMLParser):
    """The elements of a text, as a browser reads it."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    @classmethod
    def of(cls, text):
        reader = cls()
        reader.feed(text)
        return reader.found


@pytest.fixture(scope="module")
def hostile_city(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(small_city, "PROJECT", small_city.PROJECT | {
            "title": HOSTILE, "target_group": HOSTILE, "partners": f"Jugendamt;{HOSTILE.replace(';', ',')}",
        })  # fmt: skip
        partners = [partner | {"title": HOSTILE, "tasks": HOSTILE} for partner in small_city.PARTNERS]
        patched.setattr(small_city, "PARTNERS", partners)
        folder = tmp_path_factory.mktemp("feindlich")
        house = opened(small_city.environment(small_city.published_below(folder)))
    yield house
    opened_house.clear()


def shown(visit):
    """Every text that is read as Markdown. Tables are HTML made by a library; their cells are escaped there."""
    kinds = (visit.markdown, visit.title, visit.header, visit.subheader, visit.caption, visit.info, visit.warning)
    texts = [str(element.value) for kind in kinds for element in kind]
    texts += [element.label for kind in (visit.button, visit.selectbox, visit.expander) for element in kind]
    return texts


def test_the_search_knows_what_is_live():
    assert LIVE.search("![x](https://evil.example/x.png)")
    assert LIVE.search("a [k](javascript:alert(1))")
    assert not LIVE.search(r"\!\[x\](https://evil.example/x.png)")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_makes_anything_live_of_a_delivered_text(hostile_city, address):
    visit = open_page(address)
    assert not visit.exception
    for text in shown(visit):
        assert not LIVE.search(text), text[:200]


@pytest.mark.parametrize("address", PAGES)
def test_html_of_a_page_is_tables_and_own_pictures_only(hostile_city, address):
    for element in open_page(address).get("html"):
        if element.proto.body.startswith("<style>"):
            continue
        for tag, attributes in Elements.of(element.proto.body):
            assert tag in HARMLESS, tag
            assert not [name for name in attributes if name.startswith("on") or name == "href"]
            assert attributes.get("src", OWN_PICTURE).startswith(OWN_PICTURE)


def test_the_hostile_text_really_stands_in_tables_of_pages(hostile_city):
    for address in ("partner", "handlungsfeld-strassen"):
        cells = {cell for table in tables(open_page(address)) for cell in table.to_numpy().ravel()}
        assert any(HOSTILE in cell for cell in cells), address

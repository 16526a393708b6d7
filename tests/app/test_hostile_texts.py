"""What stands in a delivered file is shown as text, on every page: no picture is loaded, no link made, no HTML run.

The same holds for what the city's own files name: districts, scales, indicators.
"""

import json
import re
import shutil
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from pages.parts import register
from pages.parts.opened import opened_house
from sipa_data.access.scope import Role, Scope
from sipa_data.release import publish
from tests.app.conftest import open_page, opened
from tests.support import small_city
from tests.support.deliveries import staged
from tests.support.facts import musterstadt

PAGES = sorted(register.addresses(musterstadt()))
HOSTILE = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [k](javascript:alert(1)) :red[x] $1$ =1+1"
FILE_NAME = HOSTILE.replace("/", "")
NAMES = {  # file of the city → what is renamed there
    "districts.csv": (";Hafen;",),
    "scales.toml": ('"sehr unsicher"', '"weiblich"'),
    "items.toml": ('"Geschlecht"', '"Welches Geschlecht haben Sie?"'),
    "indicators.toml": ('"Fälle von Gewaltkriminalität"', '"Bürgerumfrage Musterstadt"', '"Erfasste Fälle."'),
    "partner_kinds.toml": ('"Jugendamt"',),
}
LIVE = re.compile(r"(?<!\\)!?(?<!\\)\[[^\]]*(?<!\\)\]\(")
"""A link or a picture that Markdown would make: its brackets are not escaped."""

FREE_TEXTS = {"text", "responsible", "finding", "affected", "proposed_action"}
HARMLESS = {
    "div",
    "span",
    "p",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "img",
}
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
        patched.setattr(small_city, "STEERING", hostile_words(small_city.STEERING))
        patched.setattr(small_city, "_wave", lambda year, wave=small_city._wave: wave(year) | {"title": HOSTILE})
        patched.setattr(small_city, "staged", staged_from_a_hostile_file)
        patched.setattr(small_city, "publish", lambda lake, delivery, by: publish(lake, delivery, by=HOSTILE))
        folder = tmp_path_factory.mktemp("feindlich")
        patched.setattr(small_city, "MUSTERSTADT", hostile_names(folder / "stadt"))
        house = opened(small_city.environment(small_city.published_below(folder)))
    yield house
    opened_house.clear()


def hostile_words(tables):
    """Every text of targets, decisions and findings that is no word of a closed list."""
    return {
        table: [row | {name: f"{HOSTILE}{name}" for name in row if name in FREE_TEXTS} for row in rows]
        for table, rows in tables.items()
    }


def staged_from_a_hostile_file(folder, tables, slices, *, name):
    delivery = staged(folder, tables, slices, name=name)
    return replace(delivery, report=replace(delivery.report, file_name=f"{FILE_NAME} {name}.csv"))


def hostile_names(folder):
    """The city with names that nobody should give."""
    shutil.copytree(small_city.MUSTERSTADT, folder)
    for file, names in NAMES.items():
        text = (folder / file).read_text(encoding="utf-8")
        for name in names:
            assert name in text
            text = text.replace(name, name[0] + (HOSTILE + name[1:-1])[:150] + name[-1])
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def shown(visit):
    """Every text that is read as Markdown. Tables are HTML made by a library; their cells are escaped there."""
    kinds = (visit.markdown, visit.title, visit.header, visit.subheader, visit.caption)
    kinds += (visit.info, visit.warning, visit.success, visit.error)
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


@pytest.mark.parametrize("address", ["", "kennzahl-gewalt-faelle", "kennzahl-unsicher-nachts"])
def test_no_figure_makes_anything_live_of_a_name(hostile_city, address):
    """Plotly reads its texts as a little HTML, links among it."""
    texts = [text for element in open_page(address).get("plotly_chart") for text in texts_in(element.proto.spec)]
    assert not [text for text in texts if "<img" in text or "<a" in text]
    assert any("&lt;img" in text for text in texts)


def texts_in(figure):
    """Every text of a figure as Plotly gets it."""
    found = []
    json.loads(figure, object_hook=lambda part: found.extend(flat(part.values())))
    return found


def flat(values):
    for value in values:
        if isinstance(value, list):
            yield from flat(value)
        elif isinstance(value, str):
            yield value


@pytest.mark.parametrize("address", PAGES)
def test_html_of_a_page_is_tables_and_own_pictures_only(hostile_city, address):
    expect_harmless_html(open_page(address))


@pytest.mark.parametrize("address", register.FOR_UPLOADERS)
def test_neither_do_the_pages_of_those_who_upload(hostile_city, address):
    visit = open_page(address).selectbox(key="ansicht").set_value(Scope.of(Role.analyst)).run()
    if address == register.RELEASES_ADDRESS:
        visit.selectbox(key="codebuch").select_index(0)
        visit.selectbox(key="lieferung").select_index(0).run()
        visit.button(key="geaendert").click().run()
        assert FILE_NAME in unescape("".join(element.proto.body for element in visit.get("html")))
    assert not visit.exception
    assert not [text[:200] for text in shown(visit) if LIVE.search(text)]
    expect_harmless_html(visit)


def expect_harmless_html(visit):
    for element in visit.get("html"):
        if element.proto.body.startswith("<style>"):
            continue
        for tag, attributes in Elements.of(element.proto.body):
            assert tag in HARMLESS, tag
            assert not [name for name in attributes if name.startswith("on") or name == "href"]
            assert attributes.get("src", OWN_PICTURE).startswith(OWN_PICTURE)


def test_the_hostile_text_really_stands_in_tables_of_pages(hostile_city):
    for address, text in {
        "partner": HOSTILE, "handlungsfeld-strassen": HOSTILE, "datenstand": FILE_NAME,
        "kennzahl-gewalt-faelle": f"{HOSTILE}Hafen",
    }.items():  # fmt: skip
        drawn = "".join(element.proto.body for element in open_page(address).get("html"))
        assert text in unescape(drawn), address


def test_decisions_and_findings_reach_a_reader_too(hostile_city):
    """Else the tests above prove little about them."""
    said = ""
    for address in PAGES:
        visit = open_page(address, gebiet="04")
        said += "".join([*shown(visit), *(unescape(element.proto.body) for element in visit.get("html"))])
    plain = said.replace("\\", "")
    assert {name for name in FREE_TEXTS if f"{HOSTILE}{name}" in plain} == FREE_TEXTS

"""Two providers at once: each vouches for its own people only. And what people see when the house itself is broken."""

import sqlite3
from contextlib import closing, contextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.support.server import running_server
from tests.support.sign_in import PROVIDERS, SECRET
from tests.support.site import Site, free_port
from tests.support.small_city import published_below
from tests.support.window import Browser

tokens = pytest.importorskip("tests.support.provider", reason="oidc-provider-mock is missing: make test installs it")

BUTTONS = {"stadt": "Stadtkonto", "land": "Landeskonto"}
ROLES = """
[[role]]
role = "vorsitz"
provider = "stadt"
groups = ["lenkung"]

[[role]]
role = "lesen"
provider = "land"
groups = ["lenkung", "rathaus"]
"""


@pytest.fixture(scope="module")
def land():
    with tokens.running_provider() as running:
        yield running


@pytest.fixture(scope="module")
def both(provider, land, tmp_path_factory):
    folder = tmp_path_factory.mktemp("zwei")
    second = PROVIDERS.replace('"stadt"', '"land"').replace("Stadtkonto", BUTTONS["land"])
    (folder / "anbieter.toml").write_text(
        PROVIDERS.format(metadata=provider.metadata, prompt="login")
        + second.format(metadata=land.metadata, prompt="login"),
        encoding="utf-8",
    )
    (folder / "rollen.toml").write_text(ROLES, encoding="utf-8")
    port = free_port()
    environment = {
        "SIPA_AUTH": str(folder / "anbieter.toml"),
        "SIPA_AUTH_SECRET_STADT": "a",
        "SIPA_AUTH_SECRET_LAND": "b",
        "SIPA_COOKIE_SECRET": SECRET,
        "SIPA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SIPA_ROLES": str(folder / "rollen.toml"),
    }
    with running_server(published_below(folder), folder / "log", port=port, **environment) as address:
        yield Site(address, provider, folder)


@pytest.fixture(autouse=True)
def people(provider, land):
    land.tamper = None
    for one in (provider, land):
        one.set_person("erika", "lenkung")


@pytest.fixture
def person(both):
    with Browser(both.address) as opened:
        yield opened


def sign_in(site, browser, at):
    return site.come_back(browser, site.at_provider(browser, "erika", button=BUTTONS[at]))


def test_everybody_chooses_where_to_sign_in(both, person):
    with both.window(person) as window:
        assert [one.label for one in window.elements("button")] == ["Stadtkonto", "Landeskonto"]


@pytest.mark.parametrize(("at", "seen_as"), [("stadt", "Lenkungsgruppe"), ("land", "Öffentlichkeit")])
def test_the_same_name_in_the_same_group_elsewhere_is_somebody_else(both, person, provider, land, at, seen_as):
    sign_in(both, person, at)
    with both.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        assert f"Sie sehen: {seen_as}" in window.text()
        assert ("vertraulich" in window.text()) is (at == "land")
        assert window.click("Abmelden").leads_to() == "/auth/logout"
    left = person.client.get("/auth/logout").headers["location"]
    assert left.startswith(f"{ {'stadt': provider, 'land': land}[at].address }/oauth2/end_session?")


def test_a_code_of_one_provider_opens_nothing_where_the_other_was_asked(both, person):
    """Mix-up: somebody of the Land comes back as if the city had vouched."""
    asked = parse_qs(urlsplit(both.at_provider(person, "erika", button="Stadtkonto")).query)
    with Browser(both.address) as other:
        got = parse_qs(urlsplit(both.at_provider(other, "erika", button="Landeskonto")).query)
    query = httpx.QueryParams({"code": got["code"][0], "state": asked["state"][0]})
    both.come_back(person, f"{both.address}/oauth2callback?{query}")
    with both.window(person) as window:
        assert "Bitte melden Sie sich an." in window.text()


def test_one_provider_cannot_speak_for_the_other(both, person, provider, land):
    land.tamper = tokens.signed(iss=provider.address)
    sign_in(both, person, "land")
    with both.window(person) as window:
        assert "Bitte melden Sie sich an." in window.text()


@contextmanager
def no_log(site):
    """As if the log could not be written: its table is not there."""
    with closing(sqlite3.connect(site.folder / "lake" / "protokoll.sqlite", isolation_level=None)) as file:
        file.execute("alter table entries rename to entries_away")
        try:
            yield
        finally:
            file.execute("alter table entries_away rename to entries")


def test_what_cannot_be_logged_is_not_shown_and_the_page_says_nothing_of_the_server(both, person):
    sign_in(both, person, "stadt")
    with both.window(person) as before, no_log(both), both.window(person, "bezirk", "gebiet=Hafen") as window:
        assert "Das Protokoll ist nicht erreichbar" in window.text()
        assert window.elements("plotly_chart") == window.elements("metric") == []
        assert not any("<table" in element.body for element in window.elements("html"))
        assert str(both.folder) not in window.text()
        assert all(before.download(button) is None for button in before.elements("download_button"))
    with both.window(person, "bezirk", "gebiet=Hafen") as window:
        assert "Das Protokoll" not in window.text()


def test_a_role_file_that_became_wrong_shuts_the_door_and_tells_nobody_what_stands_in_it(both, person):
    file = both.folder / "rollen.toml"
    file.write_text(ROLES.replace('"vorsitz"', '"chefin-geheim"'), encoding="utf-8")
    try:
        with both.window(person) as window:
            assert "Katalog der Stadt" in window.text()
            assert "Kennung" in window.text()
            assert "chefin-geheim" not in window.text()
            assert "rollen.toml" not in window.text()
    finally:
        file.write_text(ROLES, encoding="utf-8")

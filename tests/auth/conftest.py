"""The real server with a real provider: both over HTTP on this machine."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sipa_data.settings import Settings
from tests.support.server import running_server
from tests.support.sign_in import sign_in_environment
from tests.support.small_city import published_below
from tests.support.window import Browser, Window

if TYPE_CHECKING:
    from tests.support.provider import Provider


@pytest.fixture(scope="session")
def provider() -> Iterator["Provider"]:
    from tests.support.provider import running_provider  # noqa: PLC0415 -- the tests are skipped where it is missing

    with running_provider() as running:
        yield running


@pytest.fixture(autouse=True)
def honest(provider: "Provider") -> None:
    provider.tamper = None


@pytest.fixture(scope="session")
def site(provider: "Provider", tmp_path_factory: pytest.TempPathFactory) -> Iterator["Site"]:
    folder = tmp_path_factory.mktemp("anmeldung")
    with running_site(folder, published_below(folder), provider) as running:
        yield running


@contextmanager
def running_site(folder: Path, settings: Settings, provider: "Provider") -> Iterator["Site"]:
    """A server of a city with this provider."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = sign_in_environment(folder, metadata=provider.metadata, public=f"http://127.0.0.1:{port}")
    with running_server(settings, folder / "log", port=port, **environment) as address:
        yield Site(address, provider, folder)


class Site:
    """What people do to come in."""

    def __init__(self, address: str, provider: "Provider", folder: object) -> None:
        self.address = address
        self.provider = provider
        self.folder = folder

    def sign_in(self, browser: Browser, subject: str, page: str = "", query: str = "") -> httpx.Response:
        """Press the button, say who one is, and come back; the answer is that of the callback."""
        return self.come_back(browser, self.at_provider(browser, subject, page, query))

    def at_provider(self, browser: Browser, subject: str, page: str = "", query: str = "") -> str:
        """Up to the address that the provider sends the browser back to."""
        with browser.window(page, query) as window:
            target = window.run().click("Stadtkonto").leads_to()
        referer = f"{self.address}/{page}" + (f"?{query}" if query else "")
        away = browser.client.get(target, headers={"Referer": referer})
        assert away.status_code == httpx.codes.FOUND
        assert parse_qs(urlsplit(away.headers["location"]).query)["nonce"]
        answer = httpx.post(away.headers["location"], data={"sub": subject})
        return answer.headers["location"]

    def come_back(self, browser: Browser, callback: str) -> httpx.Response:
        return browser.client.get(callback)

    def window(self, browser: Browser, page: str = "", query: str = "") -> Window:
        return browser.window(page, query).run()

"""A server of a city with a sign-in provider, and what people do to come in."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx

from sipa_data.settings import Settings
from tests.support.server import running_server
from tests.support.sign_in import sign_in_environment
from tests.support.window import Browser, Window

if TYPE_CHECKING:
    from tests.support.provider import Provider


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running_site(
    folder: Path, settings: Settings, provider: "Provider", *, port: int = 0, prompt: str = "select_account"
) -> Iterator["Site"]:
    """A server of a city with this provider. ``port`` : 0 is any free one."""
    port = port or free_port()
    public = f"http://127.0.0.1:{port}"
    environment = sign_in_environment(folder, metadata=provider.metadata, public=public, prompt=prompt)
    with running_server(settings, folder / "log", port=port, **environment) as address:
        yield Site(address, provider, folder)


WAY_IS_GOOD = 60.0


class Site:
    """What people do to come in."""

    def __init__(self, address: str, provider: "Provider", folder: object) -> None:
        self.address = address
        self.provider = provider
        self.folder = folder
        self._ways: dict[str, tuple[float, str]] = {}

    def sign_in(self, browser: Browser, subject: str, page: str = "", query: str = "") -> httpx.Response:
        """Press the button, say who one is, and come back; the answer is that of the callback."""
        return self.come_back(browser, self.at_provider(browser, subject, page, query))

    def at_provider(
        self, browser: Browser, subject: str, page: str = "", query: str = "", *, button: str = "Stadtkonto"
    ) -> str:
        """Up to the address that the provider sends the browser back to."""
        target = self.way_to_provider(browser, button)
        referer = f"{self.address}/{page}" + (f"?{query}" if query else "")
        away = browser.client.get(target, headers={"Referer": referer})
        assert away.status_code == httpx.codes.FOUND
        assert parse_qs(urlsplit(away.headers["location"]).query)["nonce"]
        answer = httpx.post(away.headers["location"], data={"sub": subject}, verify=False)
        return answer.headers["location"]

    def way_to_provider(self, browser: Browser, button: str = "Stadtkonto") -> str:
        """Where a button leads: the same for everybody and good for two minutes, so it is not pressed every time."""
        pressed, target = self._ways.get(button, (-WAY_IS_GOOD, ""))
        if time.monotonic() > pressed + WAY_IS_GOOD:
            with browser.window() as window:
                target = str(window.run().click(button).leads_to())
            self._ways[button] = time.monotonic(), target
        return target

    def come_back(self, browser: Browser, callback: str) -> httpx.Response:
        return browser.client.get(callback)

    def window(self, browser: Browser, page: str = "", query: str = "") -> Window:
        return browser.window(page, query).run()

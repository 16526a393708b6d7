"""A browser on the real server with the small city. Nothing but this machine can be reached from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.tab import Tab
from tests.support.server import running_server
from tests.support.small_city import published_below


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    with running_server(published_below(folder), folder / "log") as found:
        yield found


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    with Tab.opened(chromium, address) as found:
        yield found

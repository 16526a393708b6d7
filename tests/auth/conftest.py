"""The real server with a real provider: both over HTTP on this machine."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.site import Site, running_site
from tests.support.small_city import published_below

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
def site(provider: "Provider", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("anmeldung")
    with running_site(folder, published_below(folder), provider) as running:
        yield running

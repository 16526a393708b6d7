"""The pages on the small city: the real entry script, the real lake, no browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.parts.opened import opened_house
from sipa_data.house import House
from tests.support.small_city import environment, published_below, settings_below

ENTRY = Path(__file__).parents[2] / "pages" / "main.py"


def opened(settings_environment: dict[str, str]) -> House:
    """Fill the cache of the pages with a house of our own; the environment is only needed while it opens."""
    opened_house.clear()
    with pytest.MonkeyPatch.context() as patched:
        for name, value in settings_environment.items():
            patched.setenv(name, value)
        return opened_house()


@pytest.fixture(scope="module")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield opened(environment(published_below(tmp_path_factory.mktemp("small"))))
    opened_house.clear()


@pytest.fixture(scope="module")
def empty_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield opened(environment(settings_below(tmp_path_factory.mktemp("empty"))))
    opened_house.clear()


@pytest.fixture(scope="module")
def published_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lake of the small city, to be copied."""
    folder = tmp_path_factory.mktemp("stadt")
    published_below(folder)
    return folder / "lake"


@pytest.fixture
def city(published_lake: Path, tmp_path: Path) -> Iterator[House]:
    """The small city, to be changed."""
    shutil.copytree(published_lake, tmp_path / "lake")
    yield opened(environment(settings_below(tmp_path)))
    opened_house.clear()


def open_page(address: str = "", **parameters: str) -> AppTest:
    """The page under an address, as a first visit by link."""
    visit = AppTest.from_file(str(ENTRY), default_timeout=30)
    visit.context = {"url": f"http://127.0.0.1:8501/{address}", "locale": "de-DE"}
    visit.query_params.update(parameters)
    # AppTest.switch_page reaches files only; a page that is a function is known by the hash of its address.
    visit._page_hash = calc_hash(address) if address else ""
    return visit.run()


def tables(part) -> list[pd.DataFrame]:
    """The tables of words on a page or in a part of it, as they are drawn."""
    drawn = [fromstring(element.proto.body) for element in part.get("html") if "<table" in element.proto.body]
    return [
        pd.DataFrame(
            [[cell.text for cell in row] for row in table.iter("tr")][1:],
            columns=[cell.text for cell in table.find("table/thead/tr")],
        )
        for table in drawn
    ]

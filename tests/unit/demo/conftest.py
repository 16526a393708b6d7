"""The example city in three states: as arrays, as a published lake, and opened for questions."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.demo.deliveries import Town
from sipa_data.demo.frame import Frame
from sipa_data.house import House, open_house
from sipa_data.settings import PROJECT, Settings
from tests.support.example_city import built_once


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(PROJECT / "data" / "stuttgart")


@pytest.fixture(scope="session")
def frame(catalogue: Catalogue) -> Frame:
    return Frame.of(catalogue)


@pytest.fixture(scope="session")
def town(frame: Frame) -> Town:
    return Town.imagine(frame)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    own: Path = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return built_once(shared / "example-city")


@pytest.fixture(scope="session")
def house(built: Settings) -> Iterator[House]:
    with open_house(built) as opened:
        yield opened

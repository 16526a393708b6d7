"""Musterstadt with every kind of measure."""

import shutil
from pathlib import Path

import pytest

from sipa_data.catalogue import Catalogue, load_catalogue
from tests.support.facts import MUSTERSTADT

MORE_KINDS = Path(__file__).parents[1] / "support" / "more_kinds"


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The files of Musterstadt go on in those of ``tests/support/more_kinds``."""
    folder = tmp_path_factory.mktemp("city") / "musterstadt"
    shutil.copytree(MUSTERSTADT, folder)
    shutil.copytree(MORE_KINDS, folder, dirs_exist_ok=True)
    return load_catalogue(folder)

"""A city to import boundaries into, and files to import."""

import shutil

import pytest

from sipa_data.catalogue import load_catalogue
from tests.support.facts import MUSTERSTADT


@pytest.fixture
def city(tmp_path):
    """A copy of the catalogue that may be written to."""
    folder = tmp_path / "musterstadt"
    shutil.copytree(MUSTERSTADT, folder)
    return load_catalogue(folder)


@pytest.fixture
def saved(tmp_path):
    """Write features as GeoJSON; give its path."""

    def save(frame, name="bezirke.geojson"):
        path = tmp_path / name
        frame.to_file(path, driver="GeoJSON")
        return path

    return save

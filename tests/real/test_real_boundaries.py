"""The published boundaries of Stuttgart and Köln, as they come."""

import shutil

import pytest

from sipa_data.boundaries import import_boundaries
from sipa_data.catalogue import load_catalogue
from sipa_data.catalogue.boundaries import MOST_BYTES
from sipa_data.settings import PROJECT
from tests.real.lakes import CITIES, REAL, need
from tests.support.boundaries import polygon_of, written

pytestmark = pytest.mark.real

FILES = {
    "stuttgart": ("stuttgart-stadtbezirke/stuttgart_stadtbezirke.geojson", PROJECT / "data" / "stuttgart", 23),
    "koeln": ("koeln/stadtbezirke.geojson", CITIES / "koeln", 9),
}


@pytest.mark.parametrize("name", FILES)
def test_every_district_keeps_its_published_size(name, tmp_path):
    file, folder, count = FILES[name]
    need(file)
    shutil.copytree(folder, tmp_path / name, ignore=shutil.ignore_patterns("boundaries.json"))
    catalogue = load_catalogue(tmp_path / name)
    done = import_boundaries(REAL / file, catalogue)
    assert len(done.file.districts) == count
    assert done.size <= MOST_BYTES
    sizes = {number: polygon_of(outline).area / 1e6 for number, outline in written(catalogue).districts.items()}
    published = {one.id: one.area_km2 for one in catalogue.districts.values()}
    assert sizes == pytest.approx(published, rel=0.03)


def test_boundaries_of_another_city_are_refused(tmp_path):
    file = FILES["koeln"][0]
    need(file)
    shutil.copytree(FILES["stuttgart"][1], tmp_path / "stuttgart", ignore=shutil.ignore_patterns("boundaries.json"))
    with pytest.raises(Exception, match="passt nicht zum Katalog von Stuttgart"):
        import_boundaries(REAL / file, load_catalogue(tmp_path / "stuttgart"))

"""Boundaries that are not the city's are refused in one sentence; those that are fit into a page without gaps."""

import numpy as np
import pytest
import shapely

from sipa_data.boundaries import import_boundaries
from sipa_data.catalogue import load_catalogue
from sipa_data.catalogue.boundaries import FILE, MOST_BYTES
from sipa_data.errors import BoundariesRefused, CatalogueError
from tests.support.boundaries import EAST, NORTH, districts, polygon_of, rectangle, written


def refused(path, city, **options):
    with pytest.raises(BoundariesRefused) as found:
        import_boundaries(path, city, **options)
    return found.value.sentence


def test_missing_extra_and_doubled_districts_are_named_with_their_features(city, saved):
    frame = districts(Hafen=None, Umland=rectangle(5000, 0, 6000, 1000), Nord=rectangle(0, 4000, 1000, 5000))
    assert refused(saved(frame), city) == (
        "„bezirke.geojson“ passt nicht zum Katalog von Musterstadt: kein Stadtbezirk des Katalogs: „Umland“ (Objekt 4)"
        "; mehrfach „Nordstadt“ (Objekte 2 und 5); ohne Grenze: Hafen."
    )
    assert not (city.folder / FILE).exists()


def test_a_file_without_any_district_says_which_columns_it_has(city, saved):
    frame = districts().assign(bezirk=["Atlantis", "Utopia", "Schilda", "Lummerland"], flaeche="groß")
    assert refused(saved(frame), city) == (
        "„bezirke.geojson“ nennt in keiner Spalte Stadtbezirke aus Musterstadt. Spalten: „bezirk“ und „flaeche“. "
        "Bitte mit --name-column sagen, in welcher sie stehen."
    )


def test_a_named_column_is_taken_at_its_word(city, saved):
    frame = districts().assign(alt=["Hafen", "Altstadt", "Nordstadt", "Südstadt"])
    path = saved(frame)
    assert "in „bezirk“ und „alt“ verschieden" in refused(path, city)
    import_boundaries(path, city, name_column="bezirk")
    assert "hat keine Spalte „fehlt“. Spalten: „bezirk“ und „alt“." in refused(path, city, name_column="fehlt")


def test_two_columns_of_numbers_that_disagree_have_to_be_told_apart(city, saved):
    frame = districts().drop(columns="bezirk").assign(id_objekt=[4, 3, 2, 1], nummer=[1, 2, 3, 4])
    assert "Bitte mit --name-column sagen, welche Spalte gilt" in refused(saved(frame), city)


def test_areas_that_the_catalogue_contradicts_are_refused(city, saved):
    frame = districts().assign(bezirk=["Hafen", "Nordstadt", "Südstadt", "Altstadt"])
    assert refused(saved(frame), city) == (
        "„bezirke.geojson“ hat andere Flächen als der Katalog: „Altstadt“ (Objekt 4) misst 8,0 statt 2,5 km² und "
        "„Hafen“ (Objekt 1) misst 2,5 statt 8,0 km². Stimmen Koordinatensystem und Spalte?"
    )


def test_latitude_and_longitude_exchanged_are_noticed(city, saved):
    turned = districts().to_crs("EPSG:4326")
    turned = turned.set_geometry([shapely.transform(area, lambda xy: xy[:, ::-1]) for area in turned.geometry])
    assert "hat andere Flächen als der Katalog" in refused(saved(turned), city)


def test_a_refusal_leaves_what_was_there(city, saved):
    import_boundaries(saved(districts()), city)
    before = (city.folder / FILE).read_bytes()
    refused(saved(districts(Hafen=None), "ohne-hafen.geojson"), city)
    assert (city.folder / FILE).read_bytes() == before
    assert [path.name for path in city.folder.iterdir() if "boundaries" in path.name] == [FILE]


def jagged():
    """The border of the old town in the north with twenty thousand corners, some metres up and down, from the east."""
    chance = np.random.default_rng(1)
    across = np.linspace(2500, 0, 20_000)[1:-1]
    return [(EAST + x, NORTH + 1000 + y) for x, y in zip(across, chance.normal(0, 4, across.size), strict=True)]


def test_a_border_with_many_corners_fits_and_stays_one_border(city, saved):
    border = [(EAST + 2500, NORTH + 1000), *jagged(), (EAST, NORTH + 1000)]
    altstadt = shapely.Polygon([(EAST, NORTH), (EAST + 2500, NORTH), *border])
    nordstadt = shapely.Polygon([(EAST, NORTH + 2600), *reversed(border), (EAST + 2500, NORTH + 2600)])
    path = saved(districts(Altstadt=altstadt, Nordstadt=nordstadt))
    assert path.stat().st_size > 10 * MOST_BYTES
    done = import_boundaries(path, city)
    assert done.size <= MOST_BYTES
    assert done.path.stat().st_size == done.size
    old, new = (polygon_of(written(city).districts[number]) for number in ("01", "02"))
    assert old.intersection(new).area < 10  # square metres of 2.5 million: no overlap, and no gap
    assert shapely.union(old, new).area == pytest.approx(6.5e6, rel=0.003)
    assert len(shapely.get_parts(shapely.union(old, new).boundary)) == 1


def test_the_catalogue_brings_the_outlines_in_its_own_order(city, saved):
    assert city.boundaries is None
    import_boundaries(saved(districts().iloc[::-1]), city, source="Stadtmessungsamt")
    found = load_catalogue(city.folder).boundaries
    assert found.source == "Stadtmessungsamt"
    assert list(found.outlines) == ["01", "02", "03", "04"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace('"04":', '"05":'), "passen nicht zueinander: „04“ und „05“"),
        (lambda text: text.replace('"rings"', '"ringe"'), "nicht den erwarteten Aufbau"),
        (lambda text: text[:100], "nicht den erwarteten Aufbau"),
        (lambda text: text + " " * MOST_BYTES, "erlaubt sind 60"),
    ],
)
def test_a_damaged_file_of_outlines_stops_the_start_with_the_way_out(city, saved, change, said):
    import_boundaries(saved(districts()), city)
    path = city.folder / FILE
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(CatalogueError) as found:
        load_catalogue(city.folder)
    assert said in found.value.sentence
    assert "boundaries.json" in found.value.sentence
    assert "import-boundaries" in found.value.sentence

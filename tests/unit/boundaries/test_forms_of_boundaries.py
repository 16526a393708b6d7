"""Boundaries in any usual form and any coordinate system become the same outlines."""

import json
import zipfile

import geopandas
import pytest
import shapely

from sipa_data.boundaries import import_boundaries
from sipa_data.errors import BoundariesRefused, UnreadableFile
from tests.support.boundaries import EAST, NORTH, RECTANGLES, districts, polygon_of, rectangle, written

SQUARE_KILOMETRES = {"01": 2.5, "02": 4.0, "03": 4.0, "04": 8.0}


def sizes(catalogue):
    return {number: polygon_of(outline).area / 1e6 for number, outline in written(catalogue).districts.items()}


def zipped_shapefile(frame, folder):
    frame.to_file(folder / "bezirke.shp")
    with zipfile.ZipFile(folder / "bezirke.zip", "w") as packed:
        for part in sorted(folder.glob("bezirke.*")):
            if part.suffix != ".zip":
                packed.write(part, part.name)
    return folder / "bezirke.zip"


def geopackage(frame, folder):
    frame.to_file(folder / "bezirke.gpkg")
    return folder / "bezirke.gpkg"


def topojson(frame, folder):
    """Each area with an arc of its own, not quantised."""
    degrees = frame.to_crs("EPSG:4326")
    arcs = [[list(corner) for corner in area.exterior.coords] for area in degrees.geometry]
    features = [
        {"type": "Polygon", "arcs": [[place]], "properties": {"bezirk": name}}
        for place, name in enumerate(degrees["bezirk"])
    ]
    content = {
        "type": "Topology",
        "objects": {"bezirke": {"type": "GeometryCollection", "geometries": features}},
        "arcs": arcs,
    }
    path = folder / "bezirke.topojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", [zipped_shapefile, geopackage, topojson])
def test_every_form_gives_the_areas_of_the_catalogue(form, city, tmp_path):
    import_boundaries(form(districts(), tmp_path), city)
    assert sizes(city) == pytest.approx(SQUARE_KILOMETRES, rel=0.002)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:25832", "EPSG:31467", "EPSG:3857"])
def test_every_coordinate_system_gives_the_areas_of_the_catalogue(crs, city, tmp_path):
    path = geopackage(districts().to_crs(crs), tmp_path)
    import_boundaries(path, city)
    assert sizes(city) == pytest.approx(SQUARE_KILOMETRES, rel=0.002)


def test_outlines_are_metres_from_the_south_western_corner(city, saved):
    import_boundaries(saved(districts()), city)
    found = written(city)
    assert found.crs == "EPSG:32632"
    assert found.origin == (EAST, NORTH - 1600)
    altstadt = polygon_of(found.districts["01"])
    assert altstadt.bounds == pytest.approx((0, 1600, 2500, 2600), abs=2)
    assert altstadt.contains(shapely.Point(found.districts["01"].mark))


def test_a_number_that_is_no_name_of_a_district_does_not_beat_its_name(city, saved):
    frame = districts()
    frame["OBJECTID"] = [4, 3, 2, 1]  # would be a complete, wrong list of district numbers
    import_boundaries(saved(frame), city)
    assert sizes(city) == pytest.approx(SQUARE_KILOMETRES, rel=0.002)


def test_numbers_alone_are_enough_and_may_lack_their_zero(city, saved):
    frame = districts().drop(columns="bezirk").assign(nummer=[1, 2, 3, 4])
    import_boundaries(saved(frame), city)
    assert sizes(city) == pytest.approx(SQUARE_KILOMETRES, rel=0.002)


def test_a_ring_that_crosses_itself_is_mended(city, saved):
    (west, south, east, north) = RECTANGLES["Altstadt"]
    corners = [(west, south), (east, north), (east, south), (west, north)]  # a bow tie: half of the rectangle
    bow = shapely.Polygon([(EAST + x, NORTH + y) for x, y in corners])
    assert not bow.is_valid
    with pytest.raises(BoundariesRefused, match="misst 1,2 statt 2,5 km²"):
        import_boundaries(saved(districts(Altstadt=bow)), city)
    corner = [(EAST + 2500, NORTH), (EAST + 2700, NORTH - 100), (EAST + 2500, NORTH), (EAST + 2500, NORTH + 1000)]
    spike = shapely.Polygon([*corner, (EAST, NORTH + 1000), (EAST, NORTH)])
    assert not spike.is_valid
    import_boundaries(saved(districts(Altstadt=spike)), city)
    assert sizes(city) == pytest.approx(SQUARE_KILOMETRES, rel=0.01)


def test_an_enclave_is_a_hole_in_the_district_around_it(city, saved):
    inside = rectangle(3000, 0, 3500, 200)  # 0,1 km² in the harbour, belonging to the old town
    altstadt = shapely.MultiPolygon([rectangle(*RECTANGLES["Altstadt"]), inside])
    harbour = rectangle(*RECTANGLES["Hafen"]).difference(inside)
    import_boundaries(saved(districts(Altstadt=altstadt, Hafen=harbour)), city)
    assert sizes(city) == pytest.approx(SQUARE_KILOMETRES | {"01": 2.6, "04": 7.9}, rel=0.002)
    assert len(written(city).districts["04"].rings) == 2


def test_the_source_is_named_and_otherwise_the_file(city, saved):
    path = saved(districts())
    import_boundaries(path, city)
    assert written(city).source == "Datei bezirke.geojson"
    import_boundaries(path, city, source="Stadtmessungsamt, CC BY 4.0")
    assert written(city).source == "Stadtmessungsamt, CC BY 4.0"


def test_metres_without_a_coordinate_system_are_asked_for_it(city, saved, tmp_path):
    path = tmp_path / "ohne.gpkg"
    districts().set_crs(None, allow_override=True).to_file(path)
    with pytest.raises(BoundariesRefused, match="Bitte mit --crs angeben"):
        import_boundaries(path, city)
    import_boundaries(path, city, crs="EPSG:32632")
    assert sizes(city) == pytest.approx(SQUARE_KILOMETRES, rel=0.002)
    with pytest.raises(BoundariesRefused, match="„Mond“ ist unbekannt"):
        import_boundaries(path, city, crs="Mond")


def test_one_of_several_layers_has_to_be_named(city, tmp_path):
    path = tmp_path / "ebenen.gpkg"
    districts().to_file(path, layer="bezirke")
    districts().head(1).to_file(path, layer="wald")
    with pytest.raises(BoundariesRefused, match=r"„bezirke“ und „wald“\. Bitte eine davon mit --layer wählen"):
        import_boundaries(path, city)
    with pytest.raises(BoundariesRefused, match="Die Ebene „see“ gibt es nicht"):
        import_boundaries(path, city, layer="see")
    import_boundaries(path, city, layer="bezirke")
    assert len(written(city).districts) == 4


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("karte.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Fea'),
        ("karte.geojson", b""),
        ("karte.gpkg", b"SQLite format 3\x00 and nothing more"),
        ("karte.zip", b"PK\x03\x04 broken"),
        ("karte.pdf", b"%PDF-1.7"),
    ],
)
def test_what_is_no_file_of_boundaries_is_refused_in_german(name, content, city, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"„{name}“"):
        import_boundaries(path, city)


def test_a_file_that_is_not_there_is_named(city, tmp_path):
    with pytest.raises(UnreadableFile, match="gibt es nicht"):
        import_boundaries(tmp_path / "fehlt.geojson", city)


def test_a_file_of_points_has_no_areas(city, saved):
    points = geopandas.GeoDataFrame({"bezirk": list(RECTANGLES)}, geometry=districts().centroid, crs="EPSG:32632")
    with pytest.raises(BoundariesRefused, match="Objekte 1, 2, 3 und 4 ohne Fläche"):
        import_boundaries(saved(points), city)

"""The map in real outlines, in a real browser: drawn, clicked, and no request to another host."""

import shutil
from dataclasses import replace

import pytest

from sipa_data.boundaries import import_boundaries
from sipa_data.catalogue import load_catalogue
from tests.browser.tab import Tab
from tests.support.boundaries import districts
from tests.support.facts import MUSTERSTADT
from tests.support.server import running_server
from tests.support.small_city import published_below

PLACES_OF_MARKS = """() => {
    const plot = document.querySelector('.js-plotly-plot'), marks = plot._fullData.at(-1);
    const {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
    return Object.fromEntries(marks.customdata.map((district, at) => [district, [
        box.x + xaxis._offset + xaxis.l2p(marks.x[at]), box.y + yaxis._offset + yaxis.l2p(marks.y[at])]]));
}"""


@pytest.fixture(scope="module")
def tab_with_boundaries(chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    shutil.copytree(MUSTERSTADT, folder / "musterstadt")
    districts().to_file(folder / "bezirke.geojson", driver="GeoJSON")
    import_boundaries(folder / "bezirke.geojson", load_catalogue(folder / "musterstadt"), source="Stadtmessungsamt")
    settings = replace(published_below(folder), city=folder / "musterstadt")
    with running_server(settings, folder / "log") as address, Tab.opened(chromium, address) as tab:
        yield tab


def test_a_click_on_a_district_chooses_it(tab_with_boundaries):
    tab = tab_with_boundaries
    tab.visit("bezirk")
    places = tab.page.evaluate(PLACES_OF_MARKS)
    assert set(places) == {"01", "02", "03", "04"}
    tab.page.mouse.click(*places["04"])
    tab.page.wait_for_url("**/bezirk?gebiet=Hafen")
    tab.page.get_by_role("heading", name="Stadtbezirk Hafen").wait_for()


def test_the_outlines_keep_their_shape_on_a_phone(tab_with_boundaries):
    tab = tab_with_boundaries
    tab.resize(390)
    tab.visit("wirkung")
    places = tab.page.evaluate(PLACES_OF_MARKS)
    # in metres the harbour lies 2.25 km east of the old town and its middle 0.1 km south of it (0.4 − 0.5)
    east, south = (places["04"][axis] - places["01"][axis] for axis in (0, 1))
    north_of_south = places["03"][1] - places["02"][1]
    assert east / north_of_south == pytest.approx(2250 / 2600, rel=0.15)
    assert abs(south) < east
    assert tab.sideways() == 0
    tab.resize(1280)

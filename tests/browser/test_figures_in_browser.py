"""Every picture in a real browser, on a laptop and a phone: drawn, German, quiet, nothing cut off."""

import json
from dataclasses import replace

import pytest
from plotly.offline import get_plotlyjs

from sipa_data.answers.types import Question
from sipa_data.figures import PLOTLY_CONFIG, district_comparison, district_map, quadrant, trend
from sipa_data.figures.palette import DARK, LIGHT
from tests.support.answers import CITY, PLACES, RATE, answer, districts_of_unsafety, observe, trend_of_unsafety, verdict

pytestmark = pytest.mark.browser
SYNTHETIC = replace(trend_of_unsafety().snapshot, synthetic=True)


def pictures(*, dark):
    years = [
        observe(value, period=year, lower=value - 15, upper=value + 15)
        for year, value in enumerate((352, 371, 366, 358, 402), 2021)
    ]
    rates = answer(
        RATE,
        *years,
        question=Question(RATE.id, history=True),
        breaks=(("2023-01-01", "Zensus 2022 als neue Bezugsbasis"),),
    )
    places = [observe(300 + 40 * int(number), number, lower=280, upper=620) for number in PLACES]
    record = answer(
        RATE,
        observe(402, CITY),
        *places,
        *(verdict("above", "", number) for number in PLACES),
        question=Question(RATE.id, by_district=True, compare_with="rest"),
    )
    feeling = replace(districts_of_unsafety(), snapshot=SYNTHETIC)
    return {
        "trend": trend(rates, dark=dark),
        "waves": trend(trend_of_unsafety(), dark=dark),
        "comparison": district_comparison(feeling, dark=dark),
        "zones": district_comparison(record, order="zone", dark=dark),
        "map": district_map(feeling, dark=dark),
        "quadrant": quadrant(feeling, replace(record, snapshot=SYNTHETIC), dark=dark),
    }  # fmt: skip


def html(*, dark):
    """All pictures below each other, drawn by the plotly.js that the package carries."""
    theme = DARK if dark else LIGHT
    drawn = "".join(
        f'<div class="picture" id="{name}"></div><script>Plotly.newPlot("{name}", '
        f"{{...{picture.figure.to_json()}, config: {json.dumps(PLOTLY_CONFIG)}}})</script>"
        for name, picture in pictures(dark=dark).items()
    )
    style = f"body{{margin:16px;background:{theme.paper};font-family:sans-serif}}"
    head = f'<meta charset="utf-8"><style>{style}</style><script>{get_plotlyjs()}</script>'
    return f'<!doctype html><html lang="de">{head}{drawn}'


OUTSIDE = """() => [...document.querySelectorAll('.picture')].flatMap(picture => {
  const frame = picture.getBoundingClientRect();
  return [...picture.querySelectorAll('svg text')]
    .filter(text => text.textContent.trim())
    .filter(text => {
      const box = text.getBoundingClientRect();
      return box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    })
    .map(text => picture.id + ': ' + text.textContent)
})"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pictures_are_drawn_without_a_request_an_error_or_a_word_cut_off(chromium, tmp_path, width, dark):
    file = tmp_path / "bilder.html"
    file.write_text(html(dark=dark), encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 900}, locale="en-US")
    requests, faults = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelectorAll('.picture .main-svg').length >= 6")
    words = page.locator("body").inner_text()
    try:
        assert faults == []
        assert [address for address in requests if not address.startswith(("file:", "data:"))] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUTSIDE) == []
        assert page.locator(".modebar-btn").count() == 0
        for expected in (
            "Zensus 2022",
            "• vertraulich",
            "/ zu wenige Antworten",
            "belastet und verunsichert",
            "Beispieldaten",
        ):
            assert expected in words
    finally:
        page.close()


def test_a_click_on_a_tile_gives_the_official_number(chromium, tmp_path):
    file = tmp_path / "bilder.html"
    file.write_text(html(dark=False), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelectorAll('#map .main-svg').length >= 1")
    page.evaluate(
        "document.getElementById('map').on('plotly_click', event => { window.clicked = event.points[0].customdata })"
    )
    tile = page.locator("#map .annotation", has_text="Birkach")
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("window.clicked")
    assert page.evaluate("window.clicked") == "07"
    page.close()

"""The map in real outlines: the same title, table and words as with tiles, and nothing hidden in it."""

from dataclasses import replace

import pytest

from sipa_data.catalogue.boundaries import Boundaries, Outline
from sipa_data.figures import district_map
from sipa_data.figures.palette import DARK, LIGHT, contrast
from tests.support.answers import MITTE, NORD, PLACES, districts_of_unsafety
from tests.support.figures import all_text

WIDE = 4000  # metres: room for any name
NAMES = [place.name for place in PLACES.values()]


def boundaries(width=WIDE, last=None):
    """The districts as rectangles side by side, 3 km high; the first with a lake in it, the second in two parts.

    ``last`` : the width of the last one, where it is another
    """
    outlines = {}
    for number, place in enumerate(PLACES):
        west, east = number * width, (number + 1) * width
        if last is not None and number == len(PLACES) - 1:
            east = west + last
        rings = [(west, 0, east, 0, east, 3000, west, 3000)]
        if place == MITTE:
            rings.append((west + 10, 10, west + 10, 40, west + 40, 40, west + 40, 10))
        if place == NORD:
            rings.append((west, 5000, east, 5000, east, 6000, west, 6000))
        outlines[place] = Outline(mark=((west + east) // 2, 1500), rings=tuple(rings))
    return Boundaries("Stadtmessungsamt Musterstadt", outlines)


def drawn(**options):
    return district_map(replace(districts_of_unsafety(), boundaries=boundaries()), **options)


def test_words_and_table_are_those_of_the_tiles_and_the_source_names_whose_boundaries_they_are():
    tiles, outlines = district_map(districts_of_unsafety()), drawn()
    assert (outlines.title, outlines.subtitle, outlines.alt) == (tiles.title, tiles.subtitle, tiles.alt)
    assert outlines.table.equals(tiles.table)
    assert outlines.source == f"{tiles.source} · Grenzen: Stadtmessungsamt Musterstadt"
    assert outlines.chooses_district
    assert tiles.chooses_district


def test_every_district_is_a_filled_line_of_its_corners_and_its_mark_carries_its_number():
    *fills, marks = drawn().figure.data
    assert len(fills) == len(PLACES)
    assert list(marks.customdata) == list(PLACES)
    assert {one.type for one in (*fills, marks)} == {"scatter"}  # SVG: no WebGL, no map from another host
    assert list(fills[2].x) == [8000, 12000, 12000, 8000, 8000]
    assert list(fills[2].y) == [0, 0, 3000, 3000, 0]
    assert [list(one.x).count(None) for one in fills] == [1, 1, 0, 0, 0, 0]  # a gap before lake and second part
    assert (marks.x[2], marks.y[2]) == (10_000, 1500)


def test_what_is_not_shown_has_a_dotted_line_no_fill_and_its_symbol():
    picture = drawn().figure
    fills = dict(zip(PLACES, picture.data[:-1], strict=True))
    empty = [place for place, one in fills.items() if one.fillcolor == "rgba(0,0,0,0)"]
    named = {PLACES[place].name for place in empty}
    assert named == {"West", "Birkach"}
    assert all(fills[place].line.dash == "dot" for place in empty)
    assert [fills[place].text for place in empty] == ["West: • vertraulich", "Birkach: / zu wenige Antworten"]
    texts = [label.text for label in picture.layout.annotations]
    assert "West<br><b>•</b>" in texts
    assert "Birkach<br><b>/</b>" in texts


def test_a_name_stands_only_where_it_fits_and_the_pointer_finds_every_district():
    roomy = drawn().figure
    assert [label.text.partition("<br>")[0] for label in roomy.layout.annotations] == NAMES
    # 100 of 20.500 metres are two of 350 pixels: only the last district has room for letters
    cramped = district_map(replace(districts_of_unsafety(), boundaries=boundaries(100, last=20_000))).figure
    assert [label.text.partition("<br>")[0] for label in cramped.layout.annotations] == NAMES[-1:]
    assert [one.text.partition(":")[0] for one in cramped.data[:-1]] == NAMES


@pytest.mark.parametrize("dark", [False, True])
def test_letters_can_be_read_on_their_fill_and_lines_against_the_paper(dark):
    theme = DARK if dark else LIGHT
    figure = drawn(dark=dark).figure
    for fill, label in zip(figure.data[:-1], figure.layout.annotations, strict=True):
        paper = theme.paper if fill.fillcolor.startswith("rgba") else fill.fillcolor
        assert contrast(label.font.color, paper) >= 4.5
        assert contrast(fill.line.color, theme.paper) >= 3


def test_a_value_that_is_hidden_is_nowhere_in_the_figure():
    read = districts_of_unsafety()
    read.observations.loc[read.observations["status"] == "suppressed", "value"] = 771.123
    assert "771" not in all_text(district_map(replace(read, boundaries=boundaries())).figure)
    read.observations["status"] = "ok"
    assert "771" in all_text(district_map(replace(read, boundaries=boundaries())).figure)

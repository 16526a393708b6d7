"""Districts beside each other, on the map, and between feeling and record."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from sipa_data.answers.changes import Where
from sipa_data.answers.types import Question
from sipa_data.figures import district_comparison, district_map, quadrant
from sipa_data.figures.findings import where_told
from sipa_data.figures.palette import DARK, LIGHT, contrast
from sipa_data.figures.words import source_line
from tests.support.answers import (
    BIRKACH,
    COUNT,
    MITTE,
    NORD,
    NOT_LOCATABLE,
    OST,
    PLACES,
    RATE,
    SHARE,
    SUED,
    WEST,
    answer,
    districts_of_unsafety,
    hide,
    observe,
    verdict,
    with_changes,
)

THIN = "\u202f"
EVERYWHERE = Question("x", by_district=True, compare_with="rest")


def labels(figure):
    return [label.text for label in figure.layout.annotations]


def recorded(**codes):
    """Recorded violence in every district; ``mitte="above"`` and so on say what the verdicts are."""
    values = {MITTE: 880, NORD: 380, OST: 240, SUED: 260, WEST: 430, BIRKACH: 180}
    names = {place.name.lower(): number for number, place in PLACES.items()}
    found = {names[name]: code for name, code in codes.items()}
    return answer(
        RATE,
        observe(402, lower=387, upper=418),
        *(observe(value, place, lower=value * 0.9, upper=value * 1.1) for place, value in values.items()),
        *(verdict(found.get(place, "within_chance"), "", place) for place in values),
        question=EVERYWHERE,
    )


def felt(**codes):
    names = {place.name.lower(): number for number, place in PLACES.items()}
    found = {names[name]: code for name, code in codes.items()}
    return answer(
        SHARE,
        observe(14, lower=13.3, upper=14.7),
        *(observe(10 + int(place), place, lower=8, upper=20) for place in PLACES),
        *(verdict(found.get(place, "within_chance"), "", place) for place in PLACES),
        question=EVERYWHERE,
    )


# ---- comparison


def test_the_title_names_who_differs_from_the_rest_and_in_which_direction():
    picture = district_comparison(districts_of_unsafety())
    assert picture.title == "Unsicher im Stadtbezirk: Mitte liegt über, Ost unter dem Rest von Musterstadt"


def test_where_some_are_hidden_a_number_of_districts_says_of_how_many():
    # six districts, Nord and Birkach hidden: four of four shown ones lie below, which must not read as four of six
    hidden = {NORD, BIRKACH}
    shown = [place for place in PLACES if place not in hidden]
    assert len(shown) == 4
    found = answer(
        SHARE,
        *(hide(place) if place in hidden else observe(10, place, lower=8, upper=12) for place in PLACES),
        *(verdict("below", "", place) for place in shown),
        question=EVERYWHERE,
    )
    title = "Unsicher im Stadtbezirk: 4 Stadtbezirke liegen unter dem Rest von Musterstadt (gezeigt: 4 von 6)"
    assert district_comparison(found).title == title


@pytest.mark.parametrize(
    ("places", "looked_at", "told"),
    [
        (
            (MITTE, WEST),
            6,
            "gesichert in 2 von 6 Stadtbezirken (Mitte und West); andernorts wäre nur Größeres erkennbar",
        ),
        ((), 6, "in keinem von 6 Stadtbezirken gesichert; dort wäre nur Größeres erkennbar"),
        ((MITTE, WEST), 2, "gesichert in 2 von 2 Stadtbezirken (Mitte und West)"),
        (tuple(PLACES)[:5], 6, "gesichert in 5 von 6 Stadtbezirken, am deutlichsten in "),
    ],
)
def test_where_a_change_shows_is_told_by_name_as_long_as_they_are_few(places, looked_at, told):
    assert where_told(districts_of_unsafety(), Where(places, looked_at)).startswith(f"Für sich {told}")


def test_a_rate_by_district_says_that_only_inhabitants_are_in_its_base():
    rate = answer(RATE, observe(300), *(observe(200, place) for place in PLACES), question=EVERYWHERE)
    assert "bezogen auf Einwohner, ohne Gäste und Pendler" in district_map(rate).subtitle
    count = answer(COUNT, observe(300), *(observe(50, place) for place in PLACES), question=EVERYWHERE)
    assert "Einwohner" not in district_map(count).subtitle


def test_invented_numbers_do_not_stand_under_somebody_elses_source():
    real, invented = answer(COUNT, observe(300)), answer(COUNT, observe(300), synthetic=True)
    assert source_line(real).startswith("Quelle: ")
    assert source_line(invented).startswith("Quelle (nachgebildet): ")
    assert source_line(invented).endswith("Beispieldaten (synthetisch)")


def test_a_finished_figure_is_taken_apart_once_and_as_any_other():
    figure = district_map(districts_of_unsafety()).figure
    assert figure.to_dict() is figure.to_dict()
    assert figure.to_dict() == go.Figure(figure).to_dict()


@pytest.mark.parametrize(
    ("codes", "finding"),
    [
        ({"mitte": "above", "west": "above"}, "Mitte und West liegen über dem Rest von Musterstadt"),
        ({"birkach": "below"}, "Birkach liegt unter dem Rest von Musterstadt"),
        (
            {"mitte": "above", "nord": "above", "ost": "above", "west": "above", "birkach": "below"},
            "4 Stadtbezirke liegen über, Birkach unter dem Rest von Musterstadt",
        ),
        ({}, "keine Unterschiede zwischen den Stadtbezirken über den Zufall hinaus"),
        (
            {"mitte": "within_usual_swing"},
            "keine Unterschiede zwischen den Stadtbezirken über die übliche Schwankung hinaus",
        ),
    ],
)
def test_titles_of_comparisons_are_german_sentences(codes, finding):
    assert district_comparison(recorded(**codes)).title == f"Gewalt je 100.000: {finding}"


def test_a_change_in_districts_is_told_as_a_change():
    changed = recorded(mitte="rose", ost="rose", nord="fell")
    changed = replace(changed, question=replace(changed.question, compare_with="previous"))
    title = district_comparison(changed).title
    assert title == "Gewalt je 100.000: gestiegen in Mitte und Ost, gesunken in Nord"


def test_without_verdicts_the_title_claims_nothing():
    plain = replace(recorded(), verdicts=())
    assert district_comparison(plain).title == "Gewaltkriminalität je 100.000 nach Stadtbezirk (2025)"


def test_districts_stand_in_the_order_of_their_numbers_never_by_value():
    (dots,) = district_comparison(recorded(mitte="above")).figure.data
    assert list(dots.customdata) == [MITTE, NORD, OST, SUED, WEST, BIRKACH]
    assert list(dots.y) == [0, -1, -2, -3, -4, -5]


def test_districts_can_stand_under_their_zones():
    figure = district_comparison(recorded(), order="zone").figure
    headings = {
        label.text: label.y for label in figure.layout.annotations if label.text in ("<b>Innen</b>", "<b>Außen</b>")
    }
    assert headings == {"<b>Innen</b>": 0, "<b>Außen</b>": -4}
    assert list(figure.data[0].y) == [-1, -2, -3, -5, -6, -7]


def test_each_dot_has_the_interval_of_the_answer():
    figure = district_comparison(districts_of_unsafety()).figure
    strokes = [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.y0 == shape.y1]
    assert strokes == [(20.4, 30.2), (11.0, 18.9), (4.1, 8.7), (6.9, 23.1)]


def test_form_and_weight_tell_who_stands_out_and_not_colour_alone():
    figure = district_comparison(districts_of_unsafety()).figure
    (dots,) = figure.data
    fills = dict(zip(dots.customdata, dots.marker.color, strict=True))
    assert fills == {MITTE: LIGHT.unfavourable, NORD: LIGHT.paper, OST: LIGHT.favourable, SUED: LIGHT.paper}
    assert {"<b>Mitte</b>", "<b>Ost</b>", "Nord", "Süd"} <= set(labels(figure))


def test_few_answers_are_dotted_and_the_subtitle_says_so():
    picture = district_comparison(districts_of_unsafety())
    dashes = [shape.line.dash for shape in picture.figure.layout.shapes if shape.y0 == shape.y1]
    assert dashes == ["solid", "solid", "solid", "dot"]
    assert "gepunktet: wenige Antworten" in picture.subtitle


def test_districts_without_a_value_stand_in_their_row_in_words():
    found = labels(district_comparison(districts_of_unsafety()).figure)
    assert {"West", "• vertraulich", "Birkach", "/ zu wenige Antworten"} <= set(found)


def test_the_city_is_a_line_for_rates_and_shares():
    figure = district_comparison(districts_of_unsafety()).figure
    (line,) = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1]
    assert line.x0 == 14.0
    assert f"Musterstadt 14,0{THIN}%" in labels(figure)


def test_the_total_of_a_count_is_no_yardstick_for_a_district():
    counts = answer(
        COUNT, observe(90), observe(50, MITTE), observe(33, OST), observe(7, NOT_LOCATABLE), question=EVERYWHERE
    )
    figure = district_comparison(counts).figure
    assert [shape for shape in figure.layout.shapes if shape.x0 == shape.x1] == []
    assert figure.layout.xaxis.range[1] < 60
    assert list(figure.data[0].customdata) == [MITTE, OST]
    assert "ohne Stadtbezirk" in district_comparison(counts).table["Gebiet"].tolist()


def test_the_alt_sentence_gives_the_numbers_of_the_finding():
    alt = district_comparison(districts_of_unsafety()).alt
    assert alt == (
        "Unsicher im Stadtbezirk: Mitte liegt über, Ost unter dem Rest von Musterstadt. "
        f"Unsicher im eigenen Stadtbezirk, %, 2025: Musterstadt 14,0{THIN}% (13,3–14,7{THIN}%); "
        f"Mitte 25,0{THIN}% (20,4–30,2{THIN}%); Ost 6,0{THIN}% (4,1–8,7{THIN}%). "
        f"Der kleinste gezeigte Wert ist 6,0{THIN}%, der größte 25,0{THIN}%. "
        "Nicht gezeigt: West (vertraulich); Birkach (zu wenige Antworten: nur 12 gültige Antworten)."
    )


@pytest.mark.parametrize("builder", [district_comparison, district_map])
def test_no_district_with_a_value_is_a_sentence_and_no_empty_picture(builder):
    picture = builder(answer(SHARE, *(hide(place) for place in PLACES), question=EVERYWHERE))
    assert picture.figure is None
    assert picture.title == "Unsicher im Stadtbezirk: keine Werte für die Stadtbezirke (2025)"
    assert picture.alt.endswith("Nicht gezeigt: alle 6 Stadtbezirke (vertraulich).")


def test_all_zeros_are_drawn():
    zeros = answer(COUNT, *(observe(0, place) for place in PLACES), question=EVERYWHERE)
    for builder in (district_comparison, district_map):
        figure = builder(zeros).figure
        assert figure is not None
        assert any("0" in text for text in labels(figure))


# ---- map


def test_the_map_has_a_tile_and_a_mark_for_every_district():
    figure = district_map(districts_of_unsafety()).figure
    (marks,) = figure.data
    assert list(marks.customdata) == list(PLACES)
    assert len(figure.layout.shapes) == len(PLACES)
    places = {number: (place.tile_column, place.tile_row) for number, place in PLACES.items()}
    assert dict(zip(marks.customdata, zip(marks.x, marks.y, strict=True), strict=True)) == places


def test_a_hidden_tile_has_no_fill_and_a_symbol():
    figure = district_map(districts_of_unsafety()).figure
    fills = dict(zip(PLACES, (shape.fillcolor for shape in figure.layout.shapes), strict=True))
    assert fills[WEST] == fills[BIRKACH] == "rgba(0,0,0,0)"
    assert len({fills[place] for place in (MITTE, NORD, OST, SUED)}) == 4
    texts = dict(zip(PLACES, labels(figure), strict=True))
    assert texts[WEST].endswith("<b>•</b>")
    assert texts[BIRKACH].endswith("<b>/</b>")


def test_a_district_the_answer_does_not_speak_of_is_named_as_not_collected():
    figure = district_map(answer(SHARE, observe(25, MITTE), question=EVERYWHERE)).figure
    texts = dict(zip(PLACES, labels(figure), strict=True))
    assert "nicht erhoben" in texts[NORD]


@pytest.mark.parametrize("dark", [False, True])
def test_names_on_tiles_can_be_read(dark):
    theme = DARK if dark else LIGHT
    figure = district_map(districts_of_unsafety(), dark=dark).figure
    for shape, label in zip(figure.layout.shapes, figure.layout.annotations, strict=True):
        paper = theme.paper if shape.fillcolor.startswith("rgba") else shape.fillcolor
        assert contrast(label.font.color, paper) >= 4.5


def test_the_symbols_on_the_map_are_explained():
    assert district_map(districts_of_unsafety()).subtitle == (
        "Unsicher im eigenen Stadtbezirk, % · 2025 · nach Wohnort der Befragten · • vertraulich, / zu wenige Antworten"
    )


def test_long_names_are_broken_where_they_can_be():
    place = PLACES[MITTE].model_copy(update={"name": "Charlottenburg-Wilmersdorf"})
    figure = district_map(answer(SHARE, observe(25, MITTE), question=EVERYWHERE, places={MITTE: place})).figure
    assert "Charlottenburg-<br>Wilmersdorf" in labels(figure)[0]


# ---- quadrant


def test_a_district_gets_one_of_four_names_only_where_both_differ():
    picture = quadrant(
        felt(mitte="above", ost="above", west="below", birkach="below", nord="above"),
        recorded(mitte="above", ost="below", west="above", birkach="below"),
    )
    assert dict(zip(picture.table["Gebiet"], picture.table["Einordnung"], strict=True)) == {
        "Musterstadt": "entfällt",
        "Mitte": "belastet und verunsichert",
        "Nord": "nicht unterscheidbar vom Stadtwert",
        "Ost": "ruhig, aber verunsichert",
        "Süd": "nicht unterscheidbar vom Stadtwert",
        "West": "belastet, aber gelassen",
        "Birkach": "ruhig und gelassen",
    }
    assert picture.title == "Mitte: belastet und verunsichert; Ost: ruhig, aber verunsichert"


def test_only_districts_that_differ_are_named_in_the_figure():
    found = labels(quadrant(felt(nord="above"), recorded(mitte="above")).figure)
    named = {text for text in found if text.startswith("<b>")}
    assert named == {"<b>Mitte</b>", "<b>Nord</b>"}


def test_more_of_a_good_thing_turns_the_quadrant_around():
    safe = felt(mitte="below")
    safe = replace(
        safe, indicator=with_changes(SHARE, direction="higher_is_better", title="Sicher", short_title="Sicher")
    )
    picture = quadrant(safe, recorded(mitte="above"))
    assert picture.title == "Mitte: belastet und verunsichert"
    corner = next(label for label in picture.figure.layout.annotations if label.text == "belastet und verunsichert")
    assert (corner.x, corner.y) == (1, 0)


def test_without_common_findings_the_quadrant_says_so():
    picture = quadrant(felt(), recorded())
    assert picture.title == "Gefühl und Lage: nirgends weichen beide zugleich über den Zufall hinaus vom Stadtwert ab"


def test_the_quadrant_draws_both_values_with_both_intervals_and_the_city():
    figure = quadrant(felt(mitte="above"), recorded(mitte="above")).figure
    (dots,) = figure.data
    here = list(dots.customdata).index(MITTE)
    assert (dots.x[here], dots.y[here]) == (880, 11)
    lines = [(shape.x0, shape.x1, shape.y0, shape.y1) for shape in figure.layout.shapes]
    assert (880 * 0.9, 880 * 1.1, 11, 11) in lines
    assert (880, 880, 8, 20) in lines
    assert (402, 402, 0, 1) in lines
    assert (0, 1, 14, 14) in lines


def test_who_is_missing_from_the_quadrant_is_said_in_words():
    picture = quadrant(districts_of_unsafety(), recorded(mitte="above"))
    assert "nicht gezeigt: West (vertraulich) und Birkach (zu wenige Antworten)" in picture.subtitle
    assert "Nicht gezeigt: West (vertraulich) und Birkach (zu wenige Antworten)." in picture.alt
    assert set(picture.figure.data[0].customdata) == {MITTE, NORD, OST, SUED}


def test_the_quadrants_alt_gives_both_numbers_of_those_that_differ():
    alt = quadrant(districts_of_unsafety(), recorded(mitte="above")).alt
    assert f"Mitte 25,0{THIN}% (20,4–30,2{THIN}%) und 880 (792–968) je 100.000" in alt


def test_a_quadrant_without_common_values_has_no_picture():
    picture = quadrant(answer(SHARE, hide(MITTE), question=EVERYWHERE), recorded())
    assert picture.figure is None
    assert picture.title == "Gefühl und Lage: keine gemeinsamen Werte für Stadtbezirke"

"""What holds for every picture: its table, its label, its escaping, and that nothing hidden leaves through it."""

import re
from dataclasses import fields, replace

import numpy as np
import plotly.graph_objects as go
import pytest

from sipa_data.answers.types import CITY, Question
from sipa_data.exports import csv_bytes
from sipa_data.figures import district_comparison, district_map, quadrant, reading_aid, spark, table, tile, trend
from sipa_data.figures.rows import rows
from sipa_data.figures.words import interval_text, value_text
from tests.support.answers import (
    HIDDEN,
    MITTE,
    NORD,
    PLACES,
    RATE,
    SHARE,
    answer,
    districts_of_unsafety,
    hide,
    observe,
    trend_of_unsafety,
    verdict,
)
from tests.support.figures import all_text

# A value that nothing else in an answer looks like, in every form it could take on its way out.
VALUE, LOWER, UPPER, COUNTED, BASIS = 77.123, 66.456, 88.789, 5431, "Geheimbasis"
TRACES_OF_IT = re.compile(r"77[.,]1|66[.,]4|66[.,]5|88[.,]7|88[.,]8|5\.?431|Geheimbasis")


def leaking(status, district=MITTE, year=2025):
    """An answer that breaks its contract: the numbers are still in the frame although the status hides them."""
    numbers = {"lower": LOWER, "upper": UPPER, "n": COUNTED, "basis": BASIS}
    others = [observe(12.0 + int(place), place, lower=10, upper=20) for place in PLACES if place != district]
    return answer(
        SHARE,
        observe(14.0, lower=13.3, upper=14.7),
        observe(13.0, period=2024, lower=12.0, upper=14.0),
        observe(VALUE, district, year, status=status, **numbers),
        observe(11.0, district, 2024, lower=10, upper=12),
        *others,
        *(verdict("within_chance", "", place) for place in PLACES if place != district),
        question=Question(SHARE.id, districts=(MITTE,), by_district=True, history=True, compare_with="rest"),
    )


def record():
    return answer(
        RATE, observe(402), *(observe(300, place) for place in PLACES), question=Question(RATE.id, by_district=True)
    )


PICTURES = {
    "trend": trend,
    "district_comparison": district_comparison,
    "by zone": lambda read: district_comparison(read, order="zone"),
    "district_map": district_map,
    "quadrant, feeling": lambda read: quadrant(read, record()),
    "quadrant, record": lambda read: quadrant(record(), read),
}


def said(picture):
    figure = all_text(picture.figure) if picture.figure is not None else ""
    words = [picture.title, picture.subtitle, picture.alt, picture.source, picture.table.to_csv()]
    return "\n".join([*words, figure])


def said_on_tile(read):
    shown = tile(read)
    words = [str(getattr(shown, part.name)) for part in fields(shown)]  # the small trend with its drawing and its alt
    return "\n".join([*words, reading_aid(read)])


@pytest.mark.parametrize("status", HIDDEN)
@pytest.mark.parametrize("builder", PICTURES.values(), ids=PICTURES)
def test_a_hidden_value_is_nowhere_in_a_picture_even_if_the_frame_still_has_it(builder, status):
    assert not TRACES_OF_IT.search(said(builder(leaking(status))))


@pytest.mark.parametrize("status", HIDDEN)
def test_a_hidden_value_is_nowhere_on_a_tile_or_in_a_file(status):
    assert not TRACES_OF_IT.search(said_on_tile(leaking(status)))
    assert not TRACES_OF_IT.search(csv_bytes(leaking(status)).decode())


@pytest.mark.parametrize("status", HIDDEN)
def test_a_small_trend_is_drawn_as_if_the_hidden_value_were_not_there(status):
    shown = [observe(value, period=year) for year, value in ((2022, 13.0), (2023, 14.0), (2025, 12.0))]
    with_it = answer(SHARE, *shown[:2], observe(VALUE, period=2024, status=status), shown[2])
    without = answer(SHARE, *shown[:2], hide(CITY, status, period=2024), shown[2])
    assert spark(with_it) == spark(without)
    assert spark(with_it) != spark(answer(SHARE, *shown[:2], observe(VALUE, period=2024), shown[2]))


@pytest.mark.parametrize("builder", PICTURES.values(), ids=PICTURES)
def test_the_search_would_find_a_value_that_is_shown(builder):
    assert TRACES_OF_IT.search(all_text(builder(leaking("ok")).figure))
    assert TRACES_OF_IT.search(builder(leaking("ok")).table.to_csv())


def test_the_search_would_find_it_on_a_tile_in_a_file_and_in_a_base64_column():
    assert TRACES_OF_IT.search(said_on_tile(leaking("ok")))
    assert TRACES_OF_IT.search(csv_bytes(leaking("ok")).decode())
    packed = go.Figure(go.Scatter(y=np.array([1.0, VALUE])))
    assert not TRACES_OF_IT.search(packed.to_json())
    assert TRACES_OF_IT.search(all_text(packed))


def test_a_verdict_about_a_hidden_value_is_not_told():
    telling = verdict("rose", "Von 5 auf 77,1.", MITTE, short="gestiegen auf 77,1", favourable=False)
    read = replace(leaking("suppressed"), verdicts=(telling,))
    for builder in PICTURES.values():
        assert not TRACES_OF_IT.search(said(builder(read)))
    assert not TRACES_OF_IT.search(said_on_tile(read))
    assert (tile(read).tone, tile(read).arrow) == ("neutral", "")
    assert not TRACES_OF_IT.search(csv_bytes(read).decode())


@pytest.mark.parametrize(
    "builder", [trend, district_comparison, district_map], ids=["trend", "district_comparison", "district_map"]
)
@pytest.mark.parametrize("read", [trend_of_unsafety(), districts_of_unsafety()], ids=["over time", "everywhere"])
def test_the_table_has_every_observation_as_the_answer_has_it(builder, read):
    shown = builder(read).table
    found = rows(read)
    assert len(shown) == len(read.observations) == len(found)
    assert shown["Gebiet"].tolist() == [read.place_name(district) for district in read.observations["district"]]
    assert shown["Wert"].tolist() == [value_text(row, read.indicator) for row in found]
    assert shown["95-%-Bereich"].tolist() == [interval_text(row, read.indicator) or "entfällt" for row in found]
    assert not shown.isna().to_numpy().any()
    assert not (shown == "").to_numpy().any()


def test_the_table_says_it_all_in_german():
    shown = table(districts_of_unsafety())
    assert shown.columns.tolist() == [
        "Gebiet", "Zeitraum", "Wert", "95-%-Bereich", "Grundlage (n)", "Basis", "Status", "Einschätzung",
    ]  # fmt: skip
    assert shown.iloc[1].tolist() == [
        "Mitte", "2025", "25,0\u202f%", "20,4–30,2\u202f%", "310", "entfällt", "gezeigt", "über der übrigen Stadt",
    ]  # fmt: skip
    assert shown["Grundlage (n)"].iloc[0] == "9.900"
    assert shown["Status"].iloc[-1] == "zu wenige Antworten: nur 12 gültige Antworten"


def test_the_quadrants_table_has_city_and_every_district():
    shown = quadrant(districts_of_unsafety(), record()).table
    assert shown["Gebiet"].tolist() == ["Musterstadt", *(place.name for place in PLACES.values())]
    assert shown["Unsicher im Stadtbezirk"].tolist()[-2:] == ["• vertraulich", "/ zu wenige Antworten"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("builder", [trend, district_comparison, district_map], ids=["trend", "comparison", "map"])
def test_synthetic_data_say_so_inside_the_picture_and_in_its_source(builder, dark):
    read = replace(leaking("ok"), snapshot=replace(leaking("ok").snapshot, synthetic=True))
    picture = builder(read, dark=dark)
    assert "Beispieldaten (synthetisch)" in [label.text for label in picture.figure.layout.annotations]
    assert picture.source.endswith("Beispieldaten (synthetisch)")
    assert "Beispieldaten" not in all_text(builder(leaking("ok"), dark=dark).figure)


def test_a_synthetic_quadrant_and_spark_say_so_too():
    marked = replace(leaking("ok").snapshot, synthetic=True)
    read, other = replace(leaking("ok"), snapshot=marked), replace(record(), snapshot=marked)
    assert "Beispieldaten (synthetisch)" in all_text(quadrant(read, other).figure)
    assert spark(read).alt.endswith("Beispieldaten (synthetisch).")


@pytest.mark.parametrize("builder", PICTURES.values(), ids=PICTURES)
def test_pictures_are_quiet_german_and_lie_on_the_page(builder):
    layout = builder(leaking("ok")).figure.to_plotly_json()["layout"]
    house = layout["template"]["layout"]
    assert house["separators"] == ",."
    assert house["font"]["family"] == '"Source Sans", sans-serif'
    assert house["paper_bgcolor"] == house["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert house["showlegend"] is False
    assert "title" not in layout


def test_a_name_is_never_read_as_markup():
    tricky = PLACES[NORD].model_copy(update={"name": '<a href="x">Nord</a> & <b>Süd</b>'})
    read = answer(
        SHARE, observe(14), observe(25, NORD), verdict("above", "", NORD), places={NORD: tricky},
        question=Question(SHARE.id, by_district=True, compare_with="rest"),
    )  # fmt: skip
    for builder in (district_comparison, district_map, lambda found: quadrant(found, replace(found, indicator=RATE))):
        text = all_text(builder(read).figure)
        assert "<a href" not in text
        assert "&lt;a href" in text


def test_a_missing_place_is_hidden_alike_whether_it_is_primary_or_secondary():
    first = answer(SHARE, observe(14), hide(MITTE, reason="unter 3"), question=Question(SHARE.id, by_district=True))
    second = answer(SHARE, observe(14), hide(MITTE, reason="zum Schutz"), question=Question(SHARE.id, by_district=True))
    assert table(first).equals(table(second))
    assert csv_bytes(first) == csv_bytes(second)
    assert district_comparison(first).alt == district_comparison(second).alt


def test_the_city_is_told_when_no_single_district_was_asked_for():
    assert tile(leaking("ok")).value == "77,1\u202f%"
    assert tile(districts_of_unsafety()).value == "14,0\u202f%"
    assert CITY not in PLACES

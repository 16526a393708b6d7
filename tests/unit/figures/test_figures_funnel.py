"""The funnel: its finding, its names, its table, and that nothing hidden is in it."""

from dataclasses import replace

import pytest

from sipa_data.answers.funnels import Funnel, FunnelPlace, Limits, Position, Smoothed, SmoothedPlace
from sipa_data.answers.types import Question
from sipa_data.figures import funnel
from sipa_data.figures.palette import DARK, LIGHT
from tests.support.answers import BIRKACH, MITTE, NORD, OST, PLACES, RATE, SUED, WEST, answer, hide, observe
from tests.support.figures import all_text

SIZES = {MITTE: 23_500, NORD: 27_000, OST: 48_000, SUED: 44_000, WEST: 52_000, BIRKACH: 7_000}
VALUES = {MITTE: 880.0, NORD: 380.0, OST: 240.0, SUED: 260.0, WEST: 430.0}


def found(visited: tuple[str, ...] = (), **positions: str) -> Funnel:
    """Birkach is confidential; ``mitte="far_above"`` and so on say where the others lie."""
    names = {place.name.lower(): number for number, place in PLACES.items()}
    where = {names[name]: Position(position) for name, position in positions.items()}
    places = tuple(
        FunnelPlace(
            number, SIZES[number], value, (300, 520), (200, 700), where.get(number, Position.inside), number in visited
        )
        for number, value in VALUES.items()
    )
    given = answer(
        RATE,
        observe(402, lower=387, upper=418),
        *(observe(value, number) for number, value in VALUES.items()),
        hide(BIRKACH),
        question=Question(RATE.id, by_district=True, compare_with="none"),
    )
    grid = tuple(Limits(size, (300, 520), (200, 700)) for size in (20_000, 30_000, 55_000))
    return Funnel(given, "Einwohner", 402.0, 2.3, grid, places, ("Keine Rangliste.",))


def labels(picture) -> list[str]:
    return [label.text for label in picture.figure.layout.annotations]


def test_the_title_names_who_lies_outside_and_on_which_side():
    picture = funnel(found(mitte="far_above", west="far_above", ost="far_below", nord="above"))
    assert picture.title == (
        "Gewalt je 100.000: Mitte und West liegen über, Ost unter dem Bereich, der bei dieser Größe zu erwarten ist"
    )


@pytest.mark.parametrize(
    ("positions", "said"),
    [
        ({}, "alle Stadtbezirke liegen in dem Bereich"),
        ({"ost": "far_below"}, "Ost liegt unter dem Bereich"),
        ({"mitte": "far_above"}, "Mitte liegt über dem Bereich"),
        ({"mitte": "above"}, "Mitte liegt knapp außerhalb, was bei einem von 20 Zufall ist"),
        (dict.fromkeys(("mitte", "nord", "ost", "west"), "far_above"), "4 Stadtbezirke liegen über dem Bereich"),
    ],
)
def test_the_title_is_correct_for_one_many_and_none(positions, said):
    assert said in funnel(found(**positions)).title


def test_a_district_with_many_visitors_is_no_alarm():
    picture = funnel(found((MITTE,), mitte="far_above"))
    assert picture.title.endswith("weit außerhalb liegt nur Mitte, wo viel mehr Menschen sind, als dort wohnen")
    assert "Mitte" in labels(picture)  # not bold
    assert "mehr Besucher als Bewohner" in picture.table.set_index("Gebiet").loc["Mitte", "Lage"]


def test_only_districts_outside_are_named_in_the_figure():
    named = labels(funnel(found(west="above")))
    assert "<b>West</b>" in named
    assert not {"Nord", "<b>Nord</b>", "Ost", "<b>Ost</b>"} & set(named)


def test_the_table_lists_every_district_in_the_order_of_the_catalogue():
    table = funnel(found(west="above")).table
    assert list(table["Gebiet"]) == ["Mitte", "Nord", "Ost", "Süd", "West", "Birkach"]
    west = table.set_index("Gebiet").loc["West"]
    assert (west["Einwohner"], west["Lage"]) == ("52.000", "über den 95-%-Grenzen")
    assert west["95-%-Grenzen"] == "300–520\u00a0je 100.000"


def test_a_hidden_district_is_said_and_has_no_number_anywhere():
    picture = funnel(found())
    assert "Nicht gezeigt: Birkach (vertraulich)." in picture.alt
    row = picture.table.set_index("Gebiet").loc["Birkach"]
    assert row["Wert"] == "• vertraulich"
    assert set(row.drop("Wert")) == {"entfällt"}
    assert "Birkach" not in all_text(picture.figure)


def test_a_value_far_beyond_the_axis_stands_at_its_edge_and_says_its_number():
    far = found(mitte="far_above")
    places = tuple(replace(one, value=4_000.0) if one.district == MITTE else one for one in far.places)
    picture = funnel(replace(far, places=places))
    assert picture.figure.layout.yaxis.range[1] < 1_000
    assert "<b>Mitte 4.000</b>" in labels(picture)
    dots = picture.figure.data[-1]
    assert max(dots.y) <= picture.figure.layout.yaxis.range[1]
    assert dots.marker.symbol[0] == "triangle-up"


def test_smoothed_values_carry_their_label():
    smooth = Smoothed(found().answer, (SmoothedPlace(MITTE, 880, 700, 600, 800, 0.6),))
    table = funnel(found(), smooth).table.set_index("Gebiet")
    assert table.loc["Mitte", "Wert (geglättet)"] == "700\u00a0je 100.000"
    assert "Wert (geglättet)" not in funnel(found()).table.columns


def test_no_funnel_says_why_and_draws_nothing():
    picture = funnel(Funnel(found().answer, why_none="Weniger als 5 Gebiete haben einen Wert."))
    assert picture.figure is None
    assert picture.title == "Gewalt je 100.000: weniger als 5 Gebiete haben einen Wert"
    assert picture.table.empty


def test_the_label_reads_as_sentences_with_numbers_and_notes():
    alt = funnel(found(mitte="far_above")).alt
    assert "Musterstadt 402" in alt
    assert "Außerhalb: Mitte 880\u00a0je 100.000 (über den 99,8-%-Grenzen)." in alt
    assert alt.endswith(".")


def test_each_theme_has_its_own_colours():
    light, dark = (all_text(funnel(found(west="above"), dark=dark).figure) for dark in (False, True))
    assert LIGHT.band in light
    assert DARK.band in dark
    assert LIGHT.band not in dark

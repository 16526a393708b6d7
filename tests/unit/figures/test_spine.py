"""The profile of a district: where its mark lies, when it is filled, and that a hidden value is nowhere in it."""

import re

import pytest

from sipa_data.answers.types import Question, Status
from sipa_data.figures.palette import DARK, LIGHT
from sipa_data.figures.spine import spine_row, spine_table, spine_title
from sipa_data.figures.spine_drawing import MIDDLE, REACH, Strip
from tests.support.answers import (
    BIRKACH,
    CITY,
    COUNT,
    MITTE,
    NORD,
    OST,
    RATE,
    SHARE,
    answer,
    hide,
    observe,
    verdict,
    with_changes,
)

HERE = Question("", districts=(MITTE,), compare_with="rest")


def row_of(indicator, value=25.0, code="above", *, favourable=False, everywhere=None, dark=False, synthetic=True):
    """Mitte beside a rest of 15."""
    own = observe(value, MITTE, lower=20.4, upper=30.2, n=310)
    apart = {"short": "höher als die übrige Stadt (15,0)", "difference": value - 15.0, "favourable": favourable}
    judged = verdict(code, "", MITTE, **apart)
    others = everywhere or [observe(25.0, MITTE), observe(10.0, NORD), observe(5.0, OST)]
    return spine_row(
        answer(indicator, own, question=HERE, synthetic=synthetic),
        answer(indicator, own, judged, question=HERE, synthetic=synthetic),
        answer(indicator, observe(16.0, CITY), *others, question=Question("", by_district=True), synthetic=synthetic),
        dark=dark,
    )


def mark_of(row):
    """Place across and fill of the mark."""
    found = re.search(r'<circle cx="([\d.]+)"[^>]*fill="(#\w+)"', row.strip.svg)
    return None if found is None else (float(found[1]), found[2])


def strip(**more):
    given = {"centre": 15.0, "others": (25.0, 10.0, 5.0), "value": 25.0, "lower": None, "upper": None}
    return Strip(**{**given, "mirrored": False, "multiples": False, **more})


def test_the_rest_of_the_city_is_the_middle_and_the_furthest_district_sets_the_scale():
    drawn = strip()
    assert drawn.across(15.0) == MIDDLE
    assert drawn.across(25.0) == MIDDLE + REACH  # ten away, as the district at 5
    assert drawn.across(10.0) == MIDDLE - REACH / 2


def test_where_high_is_unfavourable_a_high_value_lies_on_the_left():
    assert strip(mirrored=True).across(25.0) == MIDDLE - REACH


def test_rates_are_drawn_in_equal_multiples():
    """Half and double are equally far from the middle."""
    drawn = strip(centre=100.0, others=(200.0, 50.0), value=200.0, multiples=True)
    assert drawn.across(200.0) - MIDDLE == pytest.approx(MIDDLE - drawn.across(50.0), abs=0.2)
    assert drawn.across(0.0) < drawn.across(50.0)


def test_an_interval_beyond_the_furthest_district_ends_at_the_edge():
    drawn = strip(upper=90.0)
    assert drawn.across(90.0) == pytest.approx(MIDDLE + 1.06 * REACH, abs=0.1)


def test_the_mark_is_filled_in_the_colour_of_the_judgement_only_beyond_chance():
    assert mark_of(row_of(SHARE))[1] == LIGHT.unfavourable
    assert mark_of(row_of(SHARE, dark=True))[1] == DARK.unfavourable
    assert mark_of(row_of(SHARE, code="within_chance", favourable=None))[1] == LIGHT.paper
    assert mark_of(row_of(with_changes(SHARE, direction="neutral"), favourable=None))[1] == LIGHT.blue


def test_the_direction_stands_in_words():
    assert row_of(SHARE).apart == "höher als die übrige Stadt (15,0): ungünstiger"
    assert row_of(SHARE, favourable=True).apart.endswith(": günstiger")
    assert row_of(SHARE, code="within_chance", favourable=None).apart == "höher als die übrige Stadt (15,0)"


def test_value_yardstick_and_range_stand_in_the_row_and_in_its_sentence():
    row = row_of(SHARE)
    assert (row.value, row.rest, row.spread) == ("25,0\u202f%", "15,0\u202f%", "5,0–25,0\u202f%")
    assert row.strip.alt.startswith("Unsicher im eigenen Stadtbezirk, 2025: Mitte 25,0\u202f% (20,4–30,2\u202f%)")
    assert "übrige Stadt 15,0\u202f%, alle Stadtbezirke 5,0–25,0\u202f%." in row.strip.alt
    assert row.strip.alt.endswith("Beispieldaten (synthetisch).")


@pytest.mark.parametrize("status", [Status.suppressed, Status.unreliable])
def test_a_hidden_value_leaves_its_row_with_the_word_and_nothing_of_the_number(status):
    others = [hide(MITTE, status), observe(10.0, NORD), observe(5.0, OST), hide(BIRKACH)]
    own = hide(MITTE, status)
    row = spine_row(
        answer(SHARE, own, question=HERE),
        answer(SHARE, own, verdict("above", "", MITTE, difference=10.0, favourable=False), question=HERE),
        answer(SHARE, observe(16.0, CITY), *others, question=Question("", by_district=True)),
    )
    word = {"suppressed": "vertraulich", "unreliable": "zu wenige Antworten"}[status]
    assert word in row.strip.svg
    assert mark_of(row) is None
    assert (row.apart, row.changed, row.course, row.beyond_chance) == ("", "", None, False)
    assert row.rest == "entfällt"
    assert "25" not in spine_table([row]).to_string()
    assert row.spread == "5,0–10,0\u202f%"  # the two that this reader may see


def test_a_total_has_no_strip_because_the_city_is_no_yardstick_for_it():
    assert row_of(COUNT).strip is None


def test_the_unit_stands_once():
    assert row_of(RATE).value == "25"
    assert row_of(RATE).interval == "20–30"


def test_the_title_counts_what_is_better_and_what_is_worse():
    worse, better = row_of(SHARE), row_of(SHARE, favourable=True)
    same = row_of(SHARE, code="within_chance", favourable=None)
    assert (
        spine_title([worse, better, same], "Mitte")
        == "Mitte steht in 1 von 3\u00a0Kennzahlen günstiger und in 1 ungünstiger da als die übrige Stadt"
    )
    assert (
        spine_title([better, better], "Mitte")
        == "Mitte steht in 2 von 2\u00a0Kennzahlen günstiger da als die übrige Stadt"
    )
    assert spine_title([same], "Mitte").startswith("Mitte unterscheidet sich in keiner von 1\u00a0Kennzahl ")
    assert spine_title([], "Mitte") == "Mitte: keine Kennzahl, die sich mit der übrigen Stadt vergleichen lässt"

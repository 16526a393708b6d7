"""A file of a known layout is recognised, by its headings and by what stands under them."""

from pathlib import Path

import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.intake import load_profiles, look_at, recognise
from tests.support.intake import COUNTS, EVENTS, PROFILES, PROJECT, layout, musterstadt, put

EXAMPLES = Path(__file__).parent / "examples"
OURS = {"zaehlung": layout(COUNTS), "vorgaenge": layout(EVENTS)}


def likely(path, profiles=None, catalogue=None):
    return recognise(look_at(path), catalogue or musterstadt(), profiles or OURS)


@pytest.mark.parametrize(
    "name", ["befragung", "projekte", "partner", "fallzahlen", "vorfaelle", "einwohner", "registerwerte"]
)
def test_every_layout_of_our_own_is_recognised_without_doubt(name):
    stuttgart = load_catalogue(PROJECT / "data" / "stuttgart")
    best, *others = likely(EXAMPLES / f"{name}.csv", load_profiles(PROFILES), stuttgart)
    assert (best.profile.id, best.certainty) == (f"eigene-{name}", "sicher")
    assert all(other.share < best.share for other in others)


def test_it_says_why(tmp_path):
    best, *_ = likely(put(tmp_path, "jahr;bezirk;schlüssel;fälle\n2024;Nord;210000;5\n"))
    assert best.why == "Alle 4 nötigen Überschriften sind da, und die Werte darunter passen."


def test_a_missing_heading_makes_it_unsure_and_is_named(tmp_path):
    (best,) = likely(put(tmp_path, "jahr;bezirk;fälle\n2024;Nord;5\n"))
    assert best.certainty == "unsicher"
    assert best.why.startswith("Von 4 nötigen Überschriften fehlt „schlüssel“")


def test_the_same_headings_over_another_citys_places_are_not_sure(tmp_path):
    rows = "".join(f"2024;{place};210000;5\n" for place in ("Mitte", "Pankow", "Spandau", "Nord"))
    (best,) = likely(put(tmp_path, "jahr;bezirk;schlüssel;fälle\n" + rows))
    assert best.certainty != "sicher"
    assert best.why.endswith("in der Spalte „bezirk“ passen 1 von 4\u00a0angesehenen Werten.")


def test_the_layout_that_explains_more_of_the_file_comes_first(tmp_path):
    found = likely(put(tmp_path, "wann;bezirk;schlüssel;jahr;fälle\n01.02.2024;Nord;210000;2024;5\n"))
    assert [one.profile.id for one in found] == ["zaehlung", "vorgaenge"]


def test_a_file_about_something_else_is_not_recognised(tmp_path):
    assert likely(put(tmp_path, "Artikel;Preis\nLampe;12,50\n")) == ()


def test_headings_are_found_below_a_preamble_and_in_another_sheet_order(tmp_path):
    text = "Ordnungsamt, Auszug\n\nfälle;schlüssel;bezirk;jahr;davon\n5;210000;Nord;2024;1\n"
    assert likely(put(tmp_path, text))[0].certainty == "sicher"


def test_numbers_that_nobody_can_read_are_counted_one_by_one(tmp_path):
    rows = "2024;Nord;210000;5\n" * 3 + "2024;Nord;210000;viele\n"
    best, *_ = likely(put(tmp_path, "jahr;bezirk;schlüssel;fälle\n" + rows))
    assert best.why.endswith("in der Spalte „fälle“ passen 3 von 4\u00a0angesehenen Werten.")

"""Search as German readers type: by parts of words, without umlauts, and only what the reader may see."""

import pytest

from sipa_data.search import Entry, Kind, find, folded

ENTRIES = (
    Entry(Kind.indicator, "raub", "Raub im öffentlichen Raum", ("Raub",), "Erfasste Fälle auf Straßen."),
    Entry(Kind.indicator, "diebstahl", "Ladendiebstahl je 100.000", (), "Ohne Raub."),
    Entry(Kind.district, "17", "Mühlhausen", ("17", "Stuttgart-Mühlhausen")),
    Entry(Kind.district, "02", "Bad Cannstatt", ("02",)),
    Entry(Kind.field, "strassen", "Sicherheit auf Straßen und Plätzen"),
    Entry(Kind.project, "strassen", "Haus des Jugendrechts", (), "Jugendliche Polizei"),
    Entry(Kind.word, None, "Häufigkeitszahl", (), "Erfasste Fälle je 100.000."),
)


def titles(query):
    return [entry.title for entry in find(query, ENTRIES)]


@pytest.mark.parametrize("query", ["Mühlhausen", "muehlhausen", "MUHLHAUSEN", "mühl", "Stuttgart-Mühlhausen", "17"])
def test_a_district_is_found_however_its_name_is_typed(query):
    assert titles(query)[0] == "Mühlhausen"


@pytest.mark.parametrize("query", ["Bad Cannstatt", "bad-cannstatt", "cannstatt bad", " Cannstatt "])
def test_hyphens_order_and_spaces_do_not_matter(query):
    assert titles(query) == ["Bad Cannstatt"]


@pytest.mark.parametrize("query", ["strassen", "Straßen", "STRASSEN"])
def test_sharp_s_and_double_s_are_the_same(query):
    assert "Sicherheit auf Straßen und Plätzen" in titles(query)


def test_a_part_inside_a_word_is_enough():
    assert titles("diebstahl") == ["Ladendiebstahl je 100.000"]
    assert titles("jugendrecht") == ["Haus des Jugendrechts"]


def test_titles_that_begin_so_come_before_what_is_only_described_so():
    assert titles("Raub") == ["Raub im öffentlichen Raum", "Ladendiebstahl je 100.000"]
    assert titles("je 100.000") == ["Ladendiebstahl je 100.000", "Häufigkeitszahl"]


def test_every_word_has_to_be_found():
    assert titles("Raub Ohne") == ["Ladendiebstahl je 100.000"]
    assert titles("Raub Mond") == []


@pytest.mark.parametrize("query", ["", "   ", "–", "„“", "§§"])
def test_nothing_that_can_be_searched_finds_nothing(query):
    assert find(query, ENTRIES) == ()


def test_the_list_ends_where_it_becomes_too_long():
    assert len(find("e", ENTRIES * 10, most=5)) == 5


@pytest.mark.parametrize("text", ["İstanbul", "Ⅻ", "a\u0301", "𝐑aub", "\x00"])
def test_strange_letters_do_no_harm(text):
    assert set(folded(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")

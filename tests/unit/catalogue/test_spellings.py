"""Where two districts could be meant, the catalogue's own word counts, and else none is chosen."""

import unicodedata

from sipa_data.catalogue.models import City, District
from sipa_data.catalogue.spellings import index, normalised

SONNSTADT = City(
    id="sonnstadt",
    name="Sonnstadt",
    official_key="01",
    district_word="Bezirk",
    districts_word="Bezirke",
    chairs=("Rat",),
    about="Zum Prüfen.",
    contact="niemand",
    lead_indicators=(),
)


def district(number: str, name: str, *spellings: str) -> District:
    return District(
        id=number, name=name, zone="-", type="alle", neighbours=(), tile_row=0, tile_column=0, spellings=spellings
    )


def test_a_declared_name_outranks_a_spelling_that_is_only_derived():
    """„S-Ost“ is how people shorten Sonnstadt-Ost, but here a district is called Sost."""
    found = index(SONNSTADT, [district("01", "Ost"), district("02", "Sost")])
    assert found[normalised("Sost")] == "02"
    assert found[normalised("Sonnstadt-Ost")] == "01"


def test_a_derived_spelling_that_two_districts_share_is_left_out():
    """„Bezirk S-Ost“ and „Bezirk Sost“ are written with the same letters."""
    found = index(SONNSTADT, [district("01", "Ost"), district("02", "Sost")])
    assert normalised("Bezirk S-Ost") == normalised("Bezirk Sost")
    assert normalised("Bezirk Sost") not in found
    assert found[normalised("Bezirk Ost")] == "01"


def test_the_two_ways_to_store_an_umlaut_are_one():
    assert normalised(unicodedata.normalize("NFD", "Süd")) == normalised(unicodedata.normalize("NFC", "Süd")) == "sued"


def test_a_sharp_s_is_two_s():
    assert normalised("Großheim") == normalised("GROSSHEIM") == normalised("Grossheim")


def test_a_number_that_is_no_digit_of_the_latin_script_is_still_a_number():
    assert normalised("①") == "1"

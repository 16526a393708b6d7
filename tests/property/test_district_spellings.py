"""Every usual way to write a district leads to its official number, and nothing else does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data.catalogue import load_catalogue

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "data" / "stuttgart")
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
PREFIXES = ("", "Stuttgart", "Stuttgart-", "S-", "Stgt", "Stgt.", "Stadtbezirk", "Bezirk", "Stadtbezirk Stuttgart-")
GAPS = (" ", "-", "", "  ", " - ", "\u00a0", "\u2013", "/")


@st.composite
def usual_spelling(draw: st.DrawFn) -> tuple[str, str]:
    """An official number and one way in which people write the district."""
    district = draw(st.sampled_from(list(CATALOGUE.districts.values())))
    name = draw(st.sampled_from([district.name, *district.spellings]))
    match draw(st.sampled_from(["as is", "written out", "dots lost"])):
        case "written out":
            name = "".join(UMLAUTS.get(sign, sign) for sign in name)
        case "dots lost":
            name = name.translate(str.maketrans("äöüÄÖÜ", "aouAOU"))
    name = name.replace(" ", draw(st.sampled_from(GAPS)))
    number = draw(st.sampled_from([district.id, district.id.lstrip("0")]))
    gap = draw(st.sampled_from(GAPS))
    prefix = draw(st.sampled_from(PREFIXES))
    text = draw(
        st.sampled_from(
            [
                name,
                prefix + gap + name,
                number,
                f"Stadtbezirk{gap}{number}",
                f"{number}{gap}{name}",
                f"{name} ({number})",
            ]
        )
    )
    change = draw(st.sampled_from([str, str.upper, str.lower, str.title]))
    space = draw(st.sampled_from(["", " ", "\t", "\u00a0"]))
    return district.id, space + change(text) + space


@given(usual_spelling())
def test_every_usual_spelling_finds_its_district(pair):
    number, text = pair
    assert CATALOGUE.find_district(text) == number


@given(st.sampled_from(list(CATALOGUE.districts.values())), st.sampled_from(list(CATALOGUE.districts.values())))
def test_a_number_and_a_name_that_contradict_each_other_find_nothing(one, other):
    found = CATALOGUE.find_district(f"{one.id} {other.name}")
    assert found == (one.id if one == other else None)


@given(st.integers(min_value=24, max_value=10_000))
def test_a_number_that_no_district_bears_finds_nothing(number):
    assert CATALOGUE.find_district(str(number)) is None


@given(st.text(max_size=20))
def test_any_text_at_all_is_answered_with_a_number_or_nothing(text):
    assert CATALOGUE.find_district(text) in {None, *CATALOGUE.districts}


@pytest.mark.parametrize(
    "text", ["Stuttgart", "Stuttgart gesamt", "nicht zugeordnet", "Stadtbezirk", "", "Mitte-Nord", "S"]
)
def test_what_is_no_district_finds_nothing(text):
    assert CATALOGUE.find_district(text) is None


@pytest.mark.parametrize(("text", "number"), [("1.0", "01"), ("10", "10"), ("10.0", "10"), ("1", "01"), ("01", "01")])
def test_a_number_that_a_spreadsheet_made_keeps_its_meaning(text, number):
    assert CATALOGUE.find_district(text) == number


@pytest.mark.parametrize("text", ["1.000", "0.1", "1,5", "1-0", "2 3", "1/2"])
def test_numbers_never_melt_into_another_district(text):
    assert CATALOGUE.find_district(text) is None

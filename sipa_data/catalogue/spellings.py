"""How people write a district: every usual spelling, brought to one form."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from sipa_data.catalogue.models import City, District

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
APART = "#"
"""Stands between two numbers that must not melt into one: „1.0“ is not „10“."""


def _letters_and_digits(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if sign.isalnum() or sign == APART)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text)).casefold().replace(APART, "")
    if number := re.fullmatch(r"\s*(\d+)[.,]0\s*", folded):  # a spreadsheet's number
        return number[1]
    return re.sub(r"(?<=\d)[^0-9a-z]+(?=\d)", APART, folded)


def normalised(text: str) -> str:
    """One form for upper and lower case, ä and ae, spaces, dashes and dots."""
    return _letters_and_digits(_folded(text).translate(UMLAUTS))


def _forms(text: str) -> set[str]:
    """The form, and the one where the dots over the vowels were lost (Möhringen, Mohringen)."""
    return {normalised(text), _letters_and_digits(_folded(text))}


def _numbers(district: District) -> set[str]:
    """An official number with and without leading zeros; as it is where it is no number."""
    return {district.id, district.id.lstrip("0") or "0"} if district.id.isdigit() else {district.id}


def declared(district: District) -> Iterator[str]:
    """What the catalogue itself says: number, name, listed spellings."""
    for text in (*_numbers(district), district.name, *district.spellings):
        yield from _forms(text)


def _derived(city: City, district: District) -> Iterator[str]:
    names = {form for text in (district.name, *district.spellings) for form in _forms(text)}
    words = {form for word in (city.district_word, "Bezirk", "Nr") for form in _forms(word)}
    prefixes = {form for name in (city.name, *city.spellings, city.name[0]) for form in _forms(name)}
    for name in names:
        yield from (prefix + name for prefix in prefixes)
        yield from (word + name for word in words)
        yield from (word + prefix + name for word in words for prefix in prefixes)
    for number in map(normalised, _numbers(district)):
        yield from (word + number for word in words)
        for name in names:
            yield from (number + name, name + number)
            yield from (word + number + name for word in words)


def index(city: City, districts: Iterable[District]) -> Mapping[str, str]:
    """Every form of every district → its official number.

    What the catalogue says outranks what is derived from it; a derived form that two districts share is left out.
    """
    districts = list(districts)
    sure = {form: district.id for district in districts for form in declared(district)}
    derived: dict[str, str | None] = {}
    for district in districts:
        for form in _derived(city, district):
            derived[form] = district.id if derived.get(form, district.id) == district.id else None
    return {form: number for form, number in (derived | sure).items() if number is not None}

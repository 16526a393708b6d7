"""Lists inside a cell: of districts, fields of action and indicators of the catalogue, or of any words."""

import re

from sipa_data.catalogue import Catalogue
from sipa_data.intake.readers.headings import plain

JOINT = ";"


def parts_of(words: str) -> list[str]:
    """The entries of a list in a cell, separated by semicolon, bar or line break, else by comma."""
    separator = r"[;|\n]" if re.search(r"[;|\n]", words) else ","
    return [part.strip() for part in re.split(separator, words) if part.strip()]


def word_list(words: str) -> str | None:
    """Any list, brought to one form."""
    return JOINT.join(dict.fromkeys(parts_of(words))) or None


def indicator_list(words: str, catalogue: Catalogue) -> str | None:
    """Ids or titles of indicators → ids; None if one of them is unknown."""
    known = {plain(indicator.title): indicator.id for indicator in catalogue.indicators.values()}
    known |= {indicator: indicator for indicator in catalogue.indicators}
    found = [known.get(plain(part)) for part in parts_of(words)]
    return None if None in found else JOINT.join(dict.fromkeys(indicator for indicator in found if indicator))


def district_list(words: str, catalogue: Catalogue) -> str | None:
    """Names or numbers of districts → official numbers; None if one of them is unknown."""
    found = [catalogue.find_district(part) for part in parts_of(words)]
    return None if None in found else JOINT.join(dict.fromkeys(number for number in found if number))


def partner_kind(words: str, catalogue: Catalogue) -> str | None:
    """Id, title or another spelling of a kind of partner → its id; None if it is unknown."""
    return catalogue.find_partner_kind(words)


def field_list(words: str, catalogue: Catalogue) -> str | None:
    """Ids, numbers or titles of fields of action → ids; None if one of them is unknown."""
    known = {plain(field.title): field.id for field in catalogue.fields.values()}
    known |= {str(field.number): field.id for field in catalogue.fields.values()}
    known |= {field.id: field.id for field in catalogue.fields.values()}
    whole = known.get(plain(words))  # a title may hold a comma itself
    found = [whole] if whole else [known.get(plain(part)) for part in parts_of(words)]
    return None if None in found else JOINT.join(dict.fromkeys(field for field in found if field))

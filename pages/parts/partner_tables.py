"""Tables of partners: who they are, and how many of them work on what and where. Cells are German text."""

from collections.abc import Iterable, Sequence

import pandas as pd

from sipa_data import german
from sipa_data.answers.partners import Cooperation, Partner, Partners
from sipa_data.catalogue import Catalogue
from sipa_data.figures.words import NOTHING

MOST_NAMES = 2
MOST_PROJECTS = 3


def partners_table(
    partners: Iterable[Partner], catalogue: Catalogue, field: str | None, district: str | None
) -> pd.DataFrame:
    """One row per partner, with the projects of the chosen field and district that name it."""
    city = catalogue.city
    return pd.DataFrame(
        [
            {
                "Partner": partner.title,
                "Art": catalogue.partner_kinds[partner.kind].title,
                "Beitrag": partner.tasks or NOTHING,
                "Handlungsfelder": _fields(partner, catalogue),
                city.districts_word: _some(
                    [catalogue.districts[one].name for one in partner.districts if one in catalogue.districts],
                    len(catalogue.districts),
                )
                or f"{city.name} gesamt",
                "Projekte": _first([one.project for one in chosen(partner, field, district)]) or NOTHING,
                "Dabei": _span(partner),
            }
            for partner in partners
        ],
        dtype="string",
    )


def field_line(found: Partners, catalogue: Catalogue, field: str, district: str | None) -> str:
    """„15 Partner aus 13 von 20 Arten, 7 gemeinsame Projekte“"""
    members = [partner for partner in found.registered if partner.works_in(field)]
    if not members:
        return "noch kein Partner"
    counts = _counts(members, catalogue, field, district)
    projects = "Projekt" if counts["gemeinsame Projekte"] == "1" else "Projekte"
    together = "gemeinsames" if projects == "Projekt" else "gemeinsame"
    return (
        f"{counts['Partner']} Partner aus {counts['Arten von Partnern']} Arten, "
        f"{counts['gemeinsame Projekte']} {together} {projects}"
    )


def districts_table(found: Partners, catalogue: Catalogue, field: str | None) -> pd.DataFrame:
    """One row per district: how many partners and projects reach it, and who works there and not everywhere."""
    rows = []
    for district in catalogue.districts.values():
        members = [partner for partner in found.registered if partner.reaches(district.id)]
        own = [partner.title for partner in members if district.id in partner.districts]
        counts = _counts(members, catalogue, field, district.id)
        rows.append(
            {catalogue.city.district_word: district.name} | counts | {"darunter vor Ort": _first(own) or "keiner"}
        )
    return pd.DataFrame(rows, dtype="string")


def chosen(partner: Partner, field: str | None, district: str | None) -> list[Cooperation]:
    """The projects of a partner, of one field and one district where asked."""
    return [
        one
        for one in partner.cooperations
        if (field is None or field in one.fields) and (district is None or one.reaches(district))
    ]


def _counts(
    members: Sequence[Partner], catalogue: Catalogue, field: str | None, district: str | None
) -> dict[str, str]:
    projects = {one.project for partner in members for one in chosen(partner, field, district)}
    kinds = {partner.kind for partner in members}
    return {
        "Partner": german.number(len(members)),
        "Arten von Partnern": f"{german.number(len(kinds))} von {german.number(len(catalogue.partner_kinds))}",
        "gemeinsame Projekte": german.number(len(projects)),
    }


def _fields(partner: Partner, catalogue: Catalogue) -> str:
    titles = [field.title for field in catalogue.fields.values() if partner.works_in(field.id)]
    return _some(titles, len(catalogue.fields)) or NOTHING


def _some(names: list[str], of: int) -> str:
    """The names where they are few, else how many there are."""
    if len(names) <= MOST_NAMES:
        return german.listing(names)
    return f"{german.number(len(names))} von {german.number(of)}"


def _first(names: list[str]) -> str:
    """The first names, and how many more there are; a single one is named instead."""
    more = len(names) - MOST_PROJECTS
    if more <= 1:
        return german.listing(names)
    return f"{', '.join(names[:MOST_PROJECTS])} und {german.number(more)} weitere"


def _span(partner: Partner) -> str:
    first = str(partner.since.year) if partner.since else None
    last = str(partner.until.year) if partner.until else None
    if first and last:
        return f"{first} bis {last}"
    word, year = ("seit", first) if first else ("bis", last)
    return f"{word}{german.NO_BREAK_SPACE}{year}" if year else NOTHING

"""A register goes out as it came in: its rows in the words of the layout, to be changed and delivered again whole."""

from collections.abc import Iterable, Mapping

from sipa_data.catalogue import Catalogue
from sipa_data.intake.layouts import HAND_WRITTEN
from sipa_data.intake.profile import ColumnRule, NoPlace, PlaceByColumn, Profile
from sipa_data.intake.vocabulary import JOINT
from sipa_data.tables import TABLES

REGISTERS = HAND_WRITTEN | {"targets"}
"""Tables of things that go on from one delivery to the next, with changes. Counts and answers are never edited."""
YES, NO = "ja", "nein"
Cells = dict[str, object]


def register_of(profile: Profile) -> tuple[str, str] | None:
    """Table and source of the register that the layout delivers; None where it is none.

    None also where it reads cells in a way that cannot be turned round.
    """
    if len(profile.tables) != 1 or profile.keep or profile.survey is not None:
        return None
    (table,) = profile.tables
    source = table.columns["source"].constant if "source" in table.columns else None
    if table.name not in REGISTERS or source is None or table.wide or table.gathered:
        return None
    if not isinstance(profile.district, NoPlace | PlaceByColumn) or not all(map(_says_it_back, table.columns.values())):
        return None
    return table.name, str(source)


def as_delivered(profile: Profile, catalogue: Catalogue, rows: Iterable[Mapping[str, object]]) -> list[Cells]:
    """Rows of the table of a register as rows of its file: heading → cell, empty cells left out."""
    (table,) = profile.tables
    types = {column.name: column.type for column in TABLES[table.name].columns}
    delivered = []
    for row in rows:
        cells = {
            rule.names[0]: _said(row[name], rule, types[name], catalogue)
            for name, rule in table.columns.items()
            if rule.names and row[name] is not None
        }
        if isinstance(profile.district, PlaceByColumn):
            cells[profile.district.columns[0]] = _place(row["district_id"], profile.district, catalogue)
        delivered.append({heading: cell for heading, cell in cells.items() if cell is not None})
    return delivered


def _says_it_back(rule: ColumnRule) -> bool:
    """Whether there is one cell for each value."""
    is_changed = rule.period or rule.times is not None or rule.formats or rule.hour or rule.day_of_year
    return not is_changed and rule.read_as in {None, "districts", "fields", "indicators", "list", "partner_kind"}


def _said(value: object, rule: ColumnRule, kind: str, catalogue: Catalogue) -> object:
    if rule.values:
        return next((said for said, meant in rule.values.items() if meant == value), value)
    if kind == "boolean":
        return YES if value else NO
    if rule.read_as == "partner_kind":
        known = catalogue.partner_kinds.get(str(value))
        return known.title if known else value
    if rule.read_as is None:
        return value
    parts = str(value).split(JOINT)
    if rule.read_as == "districts":
        parts = [catalogue.districts[part].name if part in catalogue.districts else part for part in parts]
    joined = f"{JOINT} ".join(parts)
    return joined if len(parts) > 1 or "," not in joined else f"{joined}{JOINT}"  # a comma would separate, too


def _place(district: object, rule: PlaceByColumn, catalogue: Catalogue) -> str | None:
    if district is None:
        return next(iter((*rule.totals, *rule.not_locatable)), None)
    known = catalogue.districts.get(str(district))
    return known.name if known else str(district)

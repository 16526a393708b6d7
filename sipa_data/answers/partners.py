"""Who works with the partnership, on what and where: registered partners, and the projects that name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.spellings import normalised

SEPARATOR = ";"


def parts_of(cell: object) -> tuple[str, ...]:
    """The entries of a list in a cell, as intake writes them."""
    return tuple(part.strip() for part in str(cell).split(SEPARATOR) if part.strip()) if cell else ()


@dataclass(frozen=True)
class Cooperation:
    """A project that names a partner. No district: it works in the whole city."""

    project: str
    fields: tuple[str, ...]
    districts: tuple[str, ...]

    def reaches(self, district: str) -> bool:
        return not self.districts or district in self.districts


@dataclass(frozen=True)
class Partner:
    """An institution.

    ``fields``, ``districts`` : where the register says it works; no district: in the whole city
    ``cooperations`` : projects that name it
    """

    id: str
    title: str
    kind: str
    fields: tuple[str, ...]
    districts: tuple[str, ...]
    tasks: str | None
    since: date | None
    until: date | None
    cooperations: tuple[Cooperation, ...]

    def works_in(self, field: str) -> bool:
        return field in self.fields or any(field in one.fields for one in self.cooperations)

    def reaches(self, district: str) -> bool:
        """In a district or in the whole city, by itself or with a project."""
        itself = not self.districts or district in self.districts
        return itself or any(one.reaches(district) for one in self.cooperations)


@dataclass(frozen=True)
class Partners:
    """Registered partners in the order of their kinds and titles, and who is named by projects but not registered."""

    registered: tuple[Partner, ...]
    unregistered: tuple[str, ...]

    def of(self, kind: str) -> tuple[Partner, ...]:
        return tuple(partner for partner in self.registered if partner.kind == kind)


def find_partners(
    catalogue: Catalogue, partners: Sequence[Mapping[str, Any]], projects: Sequence[Mapping[str, Any]]
) -> Partners:
    """Partners with their cooperations.

    Parameters
    ----------
    partners, projects : rows of both registers; a project names a partner by its title in any usual spelling
    """
    named: dict[str, list[Cooperation]] = {}
    written: dict[str, str] = {}
    for project in projects:
        cooperation = Cooperation(
            str(project["title"]), parts_of(project["fields"]), parts_of(project["districts"])
        )  # fmt: skip
        for name in parts_of(project["partners"]):
            named.setdefault(normalised(name), []).append(cooperation)
            written.setdefault(normalised(name), name)
    kinds = list(catalogue.partner_kinds)
    found = [_partner(row, tuple(named.get(normalised(str(row["title"])), ()))) for row in partners]
    known = {normalised(partner.title) for partner in found}
    return Partners(
        tuple(sorted(found, key=lambda one: (kinds.index(one.kind) if one.kind in kinds else len(kinds), one.title))),
        tuple(sorted(name for key, name in written.items() if key not in known)),
    )


def _partner(row: Mapping[str, Any], cooperations: tuple[Cooperation, ...]) -> Partner:
    return Partner(
        id=str(row["partner_id"]),
        title=str(row["title"]),
        kind=str(row["kind"]),
        fields=parts_of(row["fields"]),
        districts=parts_of(row["districts"]),
        tasks=row["tasks"],
        since=row["since"],
        until=row["until"],
        cooperations=cooperations,
    )

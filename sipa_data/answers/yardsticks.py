"""What a district is held against: the rest of the city, or the districts that the catalogue counts as similar."""

from collections.abc import Sequence
from dataclasses import dataclass

from sipa_data.catalogue import Catalogue
from sipa_data.german import listing, number

JOINT = "+"
"""Joins the numbers of several districts that are taken together; no official number holds it."""
MOST_NAMES = 4
ALONE = "die Vergleichsgruppe hat kein weiteres Mitglied"


@dataclass(frozen=True)
class Yardstick:
    """The words of a comparison between places.

    ``there`` : before the value of the others; ``who`` : after it, who they are
    ``apart_from`` : „vom Rest der Stadt nicht zu unterscheiden“
    ``short`` : „höher als die übrige Stadt“
    """

    there: str
    apart_from: str
    short: str
    who: str = ""


REST = Yardstick("in der übrigen Stadt ", "vom Rest der Stadt", "die übrige Stadt")


def similar_districts(catalogue: Catalogue, district: str) -> tuple[str, ...]:
    """The other districts of the same type, in the order of the catalogue."""
    kind = catalogue.districts[district].type
    return tuple(one.id for one in catalogue.districts.values() if one.type == kind and one.id != district)


def similar_yardstick(catalogue: Catalogue, district: str) -> Yardstick:
    """Names the others where they are few, else their type."""
    others = similar_districts(catalogue, district)
    named = listing([catalogue.districts[other].name for other in others])
    kind = catalogue.district_types[catalogue.districts[district].type].title
    alike = f"ähnliche {catalogue.city.districts_word}"
    return Yardstick(f"{alike}: ", "davon", alike, f" ({named if len(others) <= MOST_NAMES else kind})")


def why_none_similar(catalogue: Catalogue, district: str, without: Sequence[str] = ()) -> str | None:
    """Why a district cannot be held against similar ones, or None.

    Parameters
    ----------
    without : the similar districts whose value is missing, or not for this reader. A mean of the others would be
        another comparison for every reader, so there is none.
    """
    if not similar_districts(catalogue, district):
        return ALONE
    if not without:
        return None
    names = [catalogue.districts[other].name for other in without]
    told = f"von {listing(names)}" if len(names) <= MOST_NAMES else f"von {number(len(names))} Mitgliedern"
    return f"in der Vergleichsgruppe fehlt der Wert {told}"


def taken_together(districts: Sequence[str]) -> str:
    """Several districts as one area."""
    return JOINT.join(districts)


def members(area: str) -> list[str]:
    """The districts of an area that is one or several of them; the city is itself."""
    return area.split(JOINT)

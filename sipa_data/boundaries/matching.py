"""Which feature is which district: every one of the catalogue exactly once, nothing else."""

from collections.abc import Sequence
from typing import Any, Final

from sipa_data.boundaries.areas import Areas
from sipa_data.catalogue import Catalogue
from sipa_data.errors import BoundariesRefused
from sipa_data.german import listing, number

SMALLEST_PART, LARGEST_PART = 0.8, 1.25
"""Of the area that the catalogue says: generalised boundaries differ by a few per cent, wrong ones by far more."""
SQUARE_METRES: Final = 1_000_000
LONGEST_NAME: Final = 40


def match_districts(areas: Areas, catalogue: Catalogue, file: str, column: str | None = None) -> dict[str, Any]:
    """The area of each district, by official number in the order of the catalogue.

    Parameters
    ----------
    file : name of the file, for messages
    column : which one names the districts; None finds it

    Raises
    ------
    BoundariesRefused : one sentence that names the file and each feature that is missing, doubled or no district
    """
    cells = _cells(areas, _column(areas, catalogue, file, column))
    found = [catalogue.find_district(cell) for cell in cells]
    _refuse_other_districts(catalogue, file, cells, found)
    by_district = dict(zip(found, areas.geometry, strict=True))
    matched = {district: by_district[district] for district in catalogue.districts}
    _refuse_other_sizes(catalogue, file, matched, found)
    return matched


def _column(areas: Areas, catalogue: Catalogue, file: str, wanted: str | None) -> str:
    """The column that names most districts; names go before numbers, which may be those of the features."""
    columns = [str(name) for name in areas.columns if name != areas.geometry.name]
    known = listing([f"„{name}“" for name in columns]) or "keine"
    if wanted is not None:
        if wanted in columns:
            return wanted
        raise BoundariesRefused(f"„{file}“ hat keine Spalte „{wanted}“. Spalten: {known}.")
    named = {column: _districts_named(catalogue, _cells(areas, column)) for column in columns}
    most = max((len(districts) for districts, _ in named.values()), default=0)
    if most == 0:
        raise BoundariesRefused(
            f"„{file}“ nennt in keiner Spalte {catalogue.city.districts_word} aus {catalogue.city.name}. Spalten: "
            f"{known}. Bitte mit --name-column sagen, in welcher sie stehen."
        )
    best = [column for column, (districts, _) in named.items() if len(districts) == most]
    by_name = [column for column in best if named[column][1]]
    chosen = by_name or best
    if len({tuple(map(catalogue.find_district, _cells(areas, column))) for column in chosen}) > 1:
        raise BoundariesRefused(
            f"„{file}“ nennt die {catalogue.city.districts_word} in {listing([f'„{name}“' for name in chosen])} "
            "verschieden. Bitte mit --name-column sagen, welche Spalte gilt."
        )
    return chosen[0]


def _cells(areas: Areas, column: str) -> list[str]:
    return [str(cell).strip() for cell in areas[column]]


def _districts_named(catalogue: Catalogue, cells: Sequence[str]) -> tuple[set[str], bool]:
    """Which districts the cells name, and whether by more than a number."""
    found = {cell: catalogue.find_district(cell) for cell in cells}
    by_name = any(district and any(letter.isalpha() for letter in cell) for cell, district in found.items())
    return {district for district in found.values() if district}, by_name


def _refuse_other_districts(catalogue: Catalogue, file: str, cells: Sequence[str], found: Sequence[str | None]) -> None:
    faults = []
    where: dict[str, list[int]] = {}
    for place, district in enumerate(found, start=1):
        if district is not None:
            where.setdefault(district, []).append(place)
    extra = [f"„{cells[place][:LONGEST_NAME]}“ (Objekt {place + 1})" for place, one in enumerate(found) if one is None]
    if extra:
        faults.append(f"kein {catalogue.city.district_word} des Katalogs: {listing(extra)}")
    for district, places in where.items():
        if len(places) > 1:
            name = catalogue.districts[district].name
            faults.append(f"mehrfach „{name}“ (Objekte {listing([str(place) for place in places])})")
    if missing := [one.name for one in catalogue.districts.values() if one.id not in where]:
        faults.append(f"ohne Grenze: {listing(missing)}")
    if faults:
        raise BoundariesRefused(f"„{file}“ passt nicht zum Katalog von {catalogue.city.name}: {'; '.join(faults)}.")


def _refuse_other_sizes(catalogue: Catalogue, file: str, matched: dict[str, Any], found: Sequence[str | None]) -> None:
    """Numbers in another order, latitude and longitude exchanged, feet for metres: the areas tell."""
    faults = []
    for district, area in matched.items():
        said, measured = catalogue.districts[district].area_km2, area.area / SQUARE_METRES
        if said is not None and not SMALLEST_PART <= measured / said <= LARGEST_PART:
            faults.append(
                f"„{catalogue.districts[district].name}“ (Objekt {found.index(district) + 1}) misst "
                f"{number(measured, 1)} statt {number(said, 1)} km²"
            )
    if faults:
        raise BoundariesRefused(
            f"„{file}“ hat andere Flächen als der Katalog: {listing(faults)}. Stimmen Koordinatensystem und Spalte?"
        )

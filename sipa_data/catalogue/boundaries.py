"""The outlines of the districts, as ``import-boundaries`` has left them beside the city's other files.

Small whole numbers in metres of a map projection, so that a page draws them as they are and needs no library for maps.
A city without the file has none, and its districts are drawn as tiles.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from sipa_data.catalogue.entry import Entry, ShortText
from sipa_data.catalogue.files import Place, read_text
from sipa_data.german import listing, number

FILE: Final = "boundaries.json"
MOST_BYTES: Final = 60_000
"""What a page sends for a map beside everything else; a city's districts look the same with ten times as much."""
AGAIN: Final = "Bitte mit „python -m sipa_data import-boundaries“ neu erzeugen"

Ring = Annotated[tuple[int, ...], Field(min_length=6)]
"""x, y, x, y, … in metres east and north of the origin. Outer rings run the other way round than holes."""


class Outline(Entry):
    """One district. ``mark`` : a place well inside, for its name, its value and the pointer."""

    mark: tuple[int, int]
    rings: Annotated[tuple[Ring, ...], Field(min_length=1)]


class BoundariesFile(Entry):
    """``boundaries.json``. ``source`` : whose boundaries they are, as their licence wants it to be named."""

    source: ShortText
    crs: ShortText
    origin: tuple[int, int]
    districts: dict[str, Outline]

    def as_text(self) -> str:
        """The whole file, without a blank too many."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Boundaries:
    """The outline of every district, by official number, and whose they are."""

    source: str
    outlines: Mapping[str, Outline]


def read_boundaries(folder: Path, districts: Iterable[str]) -> Boundaries | None:
    """The outlines of a city; None where nobody has imported any.

    Raises
    ------
    CatalogueError : the file is no such file, too large, or does not hold exactly the city's districts
    """
    path = folder / FILE
    if not path.exists():
        return None
    text = read_text(path)
    if (size := len(text.encode())) > MOST_BYTES:
        limit = number(MOST_BYTES // 1000)
        raise Place(FILE).wrong(f"Die Datei hat {number(size // 1000)} kB, erlaubt sind {limit}", AGAIN)
    try:
        found = BoundariesFile.model_validate_json(text)
    except ValidationError as fault:
        key = ".".join(str(part) for part in fault.errors()[0]["loc"])
        raise Place(FILE).wrong("Die Datei hat nicht den erwarteten Aufbau", AGAIN, key) from fault
    known = list(districts)
    if different := sorted(set(found.districts) ^ set(known)):
        named = listing([f"„{one}“" for one in different])
        raise Place(FILE).wrong(f"Grenzen und Liste der Bezirke passen nicht zueinander: {named}", AGAIN)
    return Boundaries(found.source, {one: found.districts[one] for one in known})

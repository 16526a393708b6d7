"""How a file is written, where a person knows better than what was found: every part left out is found."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sipa_data.catalogue.models import Entry

Encoding = Literal["utf-8", "utf-16", "cp1252", "latin-1", "iso8859-15", "cp850", "mac_roman"]
Separator = Literal[";", ",", "\t", "|"]
Decimal = Literal[",", "."]
Days = Literal["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"]

ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "iso8859-15": "Latin-9",
    "cp850": "DOS (cp850)",
    "mac_roman": "Mac Roman",
}
SEPARATORS: Mapping[str, str] = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}
DECIMALS: Mapping[str, str] = {",": "Komma", ".": "Punkt"}
DAYS: Mapping[str, str] = {
    "%d.%m.%Y": "Tag.Monat.Jahr (31.12.2025)",
    "%d/%m/%Y": "Tag/Monat/Jahr (31/12/2025)",
    "%m/%d/%Y": "Monat/Tag/Jahr (12/31/2025)",
    "%Y-%m-%d": "Jahr-Monat-Tag (2025-12-31)",
}


class Writing(Entry):
    """What a person says of a file, or a layout of all its files.

    ``head`` : line of the file (row of the sheet) with the headings, the first of several
    """

    encoding: Encoding | None = None
    separator: Separator | None = None
    head: Annotated[int, Field(ge=1, le=30)] | None = None
    decimal: Decimal | None = None
    days: Days | None = None

    def beside(self, usual: "Writing") -> "Writing":
        """What is usual for the layout, and what is said here instead."""
        said = self.model_dump(exclude_none=True)
        return usual.model_copy(update=said)


AS_FOUND = Writing()

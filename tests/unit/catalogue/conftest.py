"""The Stuttgart catalogue, and what it says after one of its files was broken."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.errors import CatalogueError

STUTTGART = Path(__file__).parents[3] / "data" / "stuttgart"


@pytest.fixture(scope="session")
def stuttgart() -> Catalogue:
    return load_catalogue(STUTTGART)


@dataclass(frozen=True)
class Workshop:
    """A copy of the folder to break things in."""

    folder: Path

    def write(self, file: str, content: str) -> None:
        (self.folder / file).write_text(content, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}: the breakage would break nothing"
        self.write(file, text.replace(old, new, 1))

    def append(self, file: str, content: str) -> None:
        self.write(file, (self.folder / file).read_text(encoding="utf-8") + content)

    def line_of(self, file: str, text: str) -> int:
        """The line that begins with this text, else the first that holds it."""
        lines = (self.folder / file).read_text(encoding="utf-8").splitlines()
        return 1 + min(range(len(lines)), key=lambda at: (not lines[at].startswith(text), text not in lines[at], at))

    def sentence(self) -> str:
        """What loading the folder complains about."""
        with pytest.raises(CatalogueError) as fault:
            load_catalogue(self.folder)
        return fault.value.sentence


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    shutil.copytree(STUTTGART, tmp_path / "stuttgart")
    return Workshop(tmp_path / "stuttgart")


@pytest.fixture
def complains(workshop: Workshop) -> Callable[[str, str, str, str, str], None]:
    """Break one file, load, and compare the sentence with the file, the place and the fix it must name.

    An ``old`` text of "" appends; „@text“ as place stands for the line in which the text is found after the change.
    """

    def check(file: str, old: str, new: str, place: str, fix: str) -> None:
        if old:
            workshop.change(file, old, new)
        else:
            workshop.append(file, new)
        if place.startswith("@"):
            place = f"Zeile {workshop.line_of(file, place[1:])}"
        sentence = workshop.sentence()
        assert sentence.startswith(f"{file}, "), sentence
        assert re.search(rf"{re.escape(place)}(?!\d)", sentence), sentence
        assert fix in sentence, sentence
        assert sentence.endswith("."), sentence
        for english in (
            "Input",
            "should",
            "Field",
            "required",
            "permitted",
            "valid ",
            "Expected",
            " at line",
            "Cannot",
        ):
            assert english not in sentence, sentence

    return check

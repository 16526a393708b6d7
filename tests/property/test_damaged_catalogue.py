"""However a catalogue file is damaged, it either still loads or is refused in German with its name."""

import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.catalogue import load_catalogue
from sipa_data.errors import CatalogueError

STUTTGART = Path(__file__).parents[2] / "data" / "stuttgart"
FILES = sorted(path.name for path in STUTTGART.iterdir() if path.suffix in {".toml", ".csv"})
ENGLISH = re.compile(
    r"\b(input|should|field required|expected|invalid|permitted|cannot|not found|line \d)\b", re.IGNORECASE
)


@st.composite
def damage(draw: st.DrawFn) -> tuple[str, str]:
    """A file and its damaged text: a line lost, doubled, moved, cut, or one sign changed."""
    file = draw(st.sampled_from(FILES))
    lines = (STUTTGART / file).read_text(encoding="utf-8").splitlines()
    at = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["lost", "doubled", "moved", "cut", "sign", "truncated"])):
        case "lost":
            del lines[at]
        case "doubled":
            lines.insert(at, lines[at])
        case "moved":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        case "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        case "truncated":
            lines = lines[:at]
        case _:
            place = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:place] + draw(st.sampled_from('"[]{}=;|#*0x \t\x00ü„')) + lines[at][place + 1 :]
    return file, "\n".join(lines) + "\n"


def refusal(file: str, text: str) -> str | None:
    """What loading the folder with the damaged file complains about; None where the damage does no harm."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "stuttgart"
        shutil.copytree(STUTTGART, copy)
        (copy / file).write_text(text, encoding="utf-8")
        try:
            load_catalogue(copy)
        except CatalogueError as fault:
            return fault.sentence
        return None


@settings(max_examples=40, deadline=None)
@given(damage())
def test_damage_is_refused_in_german_or_does_no_harm(damaged):
    sentence = refusal(*damaged)
    if sentence is not None:
        assert re.split("[:,]", sentence)[0] in FILES
        assert sentence.endswith(".")
        assert ENGLISH.search(re.sub(r"„.*?“", "", sentence)) is None, sentence

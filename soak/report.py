"""What was measured, as lines of a German table, and its place in docs/methods.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "methods.md"


@dataclass(frozen=True)
class Line:
    """One measured thing, all of it German text. ``reaches`` : whether the aim is met; None where none is set."""

    what: str
    measured: str
    aim: str = ""
    reaches: bool | None = None


def table(lines: Sequence[Line]) -> str:
    """Markdown with one row per measurement."""
    marks = {True: "erreicht", False: "**verfehlt**", None: "–"}
    rows = [f"| {line.what} | {line.measured} | {line.aim or '–'} | {marks[line.reaches]} |" for line in lines]
    return "\n".join(["| Was | gemessen | Ziel | |", "|---|---|---|---|", *rows])


def put(subject: str, body: str, page: Path = PAGE) -> bool:
    """Put text between the two marks of a subject; False where the page has no place for it.

    The marks are ``<!-- subject -->`` and ``<!-- /subject -->``, each on a line of its own.
    """
    text = page.read_text(encoding="utf-8")
    begin, end = marks(subject)
    if begin not in text or end not in text:
        return False
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    new = f"{before}{begin}\n\n{body}\n\n{end}{after}"
    if new != text:
        page.write_text(new, encoding="utf-8")
    return True


def taken(subject: str, page: Path = PAGE) -> str:
    """What stands between the two marks."""
    begin, end = marks(subject)
    return page.read_text(encoding="utf-8").split(begin, 1)[1].split(end, 1)[0].strip()


def marks(subject: str) -> tuple[str, str]:
    return f"<!-- {subject} -->", f"<!-- /{subject} -->"

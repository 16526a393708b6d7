"""Where the headings stand and how the cells are separated: found by looking for the headings that are needed."""

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sipa_data.errors import UnreadableFile
from sipa_data.german import count_of, listing, number
from sipa_data.intake.delivery import Finding

ROWS_LOOKED_AT = 30
MOST_COLUMNS = 5000
DIFFERENT_ENOUGH = 0.5  # some headings do come twice
WIDE_ENOUGH = 0.8  # share of a row's cells that make it a head
FIGURES = r"[+-]?[\d.,:;|/\s-]+(?:e[+-]?\d+)?|point ?\(.*\)"  # numbers, days, times, points: data and no headings
JOINT = " / "  # between the parts of a heading that spans several rows


@dataclass(frozen=True)
class Wanted:
    """A column that a profile looks for: any of its names; ``required`` if the file is useless without it."""

    names: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class Head:
    """The head of a table. ``first`` and ``last`` are row numbers, counted from 0; the data begin after ``last``."""

    headings: tuple[str, ...]
    first: int
    last: int
    found: int  # how many of the wanted columns it has


def refuse_too_wide(name: str, width: int) -> None:
    """Refuse a table with more columns than any survey has.

    Raises
    ------
    UnreadableFile : the sentence says how many there may be
    """
    if width > MOST_COLUMNS:
        raise UnreadableFile(
            f"Die Datei „{name}“ hat {number(width)} Spalten; gelesen werden höchstens {number(MOST_COLUMNS)}. "
            "Bitte nur die Spalten liefern, die gebraucht werden."
        )


def plain(heading: str) -> str:
    """What two spellings of one heading have in common."""
    text = unicodedata.normalize("NFC", heading).strip("\ufeff \t\n\"'")
    return re.sub(r"\s+", " ", text).casefold()


def find_head(
    rows: Sequence[Sequence[str]], wanted: Sequence[Wanted], height: int, stands: int | None = None
) -> Head | None:
    """The rows that carry most of the wanted headings, the topmost if several do.

    Parameters
    ----------
    rows : the first rows of the file
    wanted : what the profile looks for; without a profile the head is guessed
    height : how many rows make one head (merged head rows)
    stands : number of its first row, counted from 0, where somebody said so
    """
    if stands is not None:
        return _head_at(rows, wanted, height, stands) if stands + height <= len(rows) else None
    if not wanted:
        return guessed_head(rows) if height == 1 else _guessed_high_head(rows, height)
    best: Head | None = None
    for first in range(max(0, min(len(rows), ROWS_LOOKED_AT) - height + 1)):
        head = _head_at(rows, wanted, height, first)
        if head.found and (best is None or head.found > best.found):
            best = head
    return best


def guessed_head(rows: Sequence[Sequence[str]]) -> Head | None:
    """The first row that fills the table's width with different words, none of them a number or a day.

    ``found`` is how many cells of the rows below stand under a heading: the way of splitting that makes the most of
    a file is the right one.
    """
    width = max((sum(bool(cell.strip()) for cell in row) for row in rows), default=0)
    for first, row in enumerate(rows):
        said = [plain(cell) for cell in row if cell.strip()]
        if len(said) < max(1, WIDE_ENOUGH * width) or len(set(said)) < DIFFERENT_ENOUGH * len(said):
            continue
        if sum(bool(re.fullmatch(FIGURES, cell)) for cell in said) > (1 - WIDE_ENOUGH) * len(said):
            continue
        return _head_at(rows, (), 1, first)
    return None


def _guessed_high_head(rows: Sequence[Sequence[str]], height: int) -> Head | None:
    """As ``guessed_head``, where several rows make one head."""
    for first in range(len(rows) - height + 1):
        as_one = [joined(rows[first : first + height]), *rows[first + height :]]
        if (head := guessed_head(as_one)) and head.first == 0:
            return _head_at(rows, (), height, first)
    return None


def _head_at(rows: Sequence[Sequence[str]], wanted: Sequence[Wanted], height: int, first: int) -> Head:
    """The head that begins in this row, and what speaks for it."""
    headings = joined(rows[first : first + height])
    if wanted:
        have = {plain(heading) for heading in headings}
        found = sum(any(plain(name) in have for name in column.names) for column in wanted)
    else:
        even = sum(len(other) == len(rows[first]) for other in rows[first + height :])
        found = sum(bool(heading) for heading in headings) * (1 + even)
    return Head(headings, first, first + height - 1, found)


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One heading per column. In all rows but the last an empty cell belongs to its left neighbour (merged cells)."""
    width = max((len(row) for row in rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for level, row in enumerate(rows):
        carried = ""
        for place in range(width):
            cell = row[place].strip() if place < len(row) else ""
            carried = cell or carried
            if part := (cell if level == len(rows) - 1 else carried):
                columns[place].append(part)
    return tuple(JOINT.join(parts) for parts in columns)


def split(text: str, separator: str) -> list[list[str]]:
    """The first rows of a text, split into cells. What no reader could split stays one cell."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == ROWS_LOOKED_AT:
                break
    except csv.Error:  # an open quotation mark: the table reader says where
        pass
    return rows


def head_findings(
    head: Head | None, rows: Sequence[Sequence[str]], wanted: Sequence[Wanted], line_of_row: Sequence[int]
) -> list[Finding]:
    """Missing and duplicate headings, each with the closest one found or the reason it hides.

    Parameters
    ----------
    line_of_row : line of the file for each of ``rows``
    """
    headings = head.headings if head else (tuple(rows[0]) if rows else ())
    line = line_of_row[head.last] if head and head.last < len(line_of_row) else 1
    have = {plain(heading): heading for heading in headings}
    missing = [column for column in wanted if column.required and not any(plain(name) in have for name in column.names)]
    findings = [_duplicate(name, headings, line) for name in _twice(headings, wanted)]
    if not missing:
        return findings
    if stacked := _spread_over_rows(rows, missing, wanted):
        first, last = line_of_row[stacked[0]], line_of_row[stacked[1]]
        return [
            *findings,
            Finding(
                "error",
                "merged_head_rows",
                f"Die Spaltenköpfe verteilen sich auf die Zeilen {first} bis {last} (verbundene Kopfzeilen). "
                f"Erwartet werden alle Spaltenköpfe in einer Zeile, nämlich {_names(missing)}. Bitte die verbundenen "
                "Zellen auflösen und die Köpfe in eine Zeile schreiben.",
                line=first,
                expected=_names(missing),
                count=len(missing),
            ),
        ]
    return [*findings, *(_missing(column, headings, line) for column in missing)]


def separator_finding(rows: Sequence[Sequence[str]], wanted: Sequence[Wanted]) -> Finding | None:
    """Nothing was split at all: another separator than the known ones, or none."""
    required = [column for column in wanted if column.required]
    if len(required) < 2 or any(len(row) > 1 for row in rows):
        return None
    found = rows[0][0][:80] if rows and rows[0] else ""
    return Finding(
        "error",
        "separator",
        "Die Spalten der Datei lassen sich nicht trennen. Erwartet werden Semikolon, Komma oder Tabulator zwischen den "
        f"Spalten; Zeile 1 lautet „{found}“. Bitte als CSV mit Semikolon exportieren.",
        line=1,
        found=found,
        expected="Semikolon, Komma oder Tabulator",
    )


def closest(word: str, words: Iterable[str]) -> str | None:
    """The word that looks most alike, if any does."""
    by_plain = {plain(candidate): candidate for candidate in words if candidate.strip()}
    found = difflib.get_close_matches(plain(word), list(by_plain), n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None


def _twice(headings: Sequence[str], wanted: Sequence[Wanted]) -> list[str]:
    names = {plain(name) for column in wanted for name in column.names}
    counts: dict[str, int] = {}
    for heading in headings:
        counts[plain(heading)] = counts.get(plain(heading), 0) + 1
    return [name for name, count in counts.items() if count > 1 and name in names]


def _duplicate(name: str, headings: Sequence[str], line: int) -> Finding:
    shown = next(heading for heading in headings if plain(heading) == name)
    places = [str(place) for place, heading in enumerate(headings, start=1) if plain(heading) == name]
    return Finding(
        "error",
        "duplicate_heading",
        f"Die Spaltenüberschrift „{shown}“ kommt in Zeile {line} {len(places)}-mal vor (Spalten {listing(places)}). "
        "Welche gilt, lässt sich nicht sagen; bitte die überzählige Spalte umbenennen oder löschen.",
        line=line,
        column=shown,
        found=listing(places),
        expected="jede Überschrift nur einmal",
        count=len(places),
    )


def _missing(column: Wanted, headings: Sequence[str], line: int) -> Finding:
    name = column.names[0]
    near = next((match for wanted in column.names if (match := closest(wanted, headings))), None)
    hint = (
        f"Am ähnlichsten ist die Spalte „{near}“; heißt sie nur anders, bitte umbenennen."
        if near
        else f"Gefunden wurde {_found(headings)}."
    )
    return Finding(
        "error",
        "missing_column",
        f"Die Spalte „{name}“ fehlt in der Kopfzeile (Zeile {line}). {hint}",
        line=line,
        column=name,
        found=near,
        expected=listing(column.names, "oder"),
    )


def _found(headings: Sequence[str]) -> str:
    shown = [f"„{heading}“" for heading in headings if heading.strip()]
    if not shown:
        return "keine Überschrift"
    if len(shown) > 6:
        return f"{count_of(len(shown), 'andere Spalte', 'andere Spalten')}, darunter {listing(shown[:6])}"
    return listing(shown)


def _spread_over_rows(
    rows: Sequence[Sequence[str]], missing: Sequence[Wanted], wanted: Sequence[Wanted]
) -> tuple[int, int] | None:
    """Two neighbouring rows that together carry every required heading, as cells or as joined parts."""
    required = [column for column in wanted if column.required]
    for first in range(min(len(rows), ROWS_LOOKED_AT) - 1):
        pair = rows[first : first + 2]
        have = {plain(cell) for row in pair for cell in row} | {plain(name) for name in joined(pair)}
        have |= {plain(name.replace(JOINT, " ")) for name in joined(pair)}
        if all(any(plain(name) in have for name in column.names) for column in required) and missing:
            return first, first + 1
    return None


def _names(columns: Sequence[Wanted]) -> str:
    return listing([f"„{column.names[0]}“" for column in columns])

"""Reading the city's files: TOML and CSV into raw entries that know where they stand."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sipa_data.catalogue.messages import meant, quoted
from sipa_data.errors import CatalogueError

SEPARATOR = ";"
LIST_SEPARATOR = "|"

NO_SUCH_DAY = ("Dieses Datum gibt es nicht", "Bitte als Jahr-Monat-Tag schreiben, zum Beispiel 2025-12-31")
SINGLE_BRACKETS = (
    "Die Überschrift ist unvollständig, oder derselbe Name steht weiter oben ohne doppelte Klammern",
    "Bitte überall in doppelte eckige Klammern setzen",
)
TOML_FAULTS = (
    ("Cannot overwrite a value", "Ein Schlüssel steht zweimal", "Bitte einen der beiden löschen"),
    ("Duplicate inline table key", "Ein Schlüssel steht zweimal", "Bitte einen der beiden löschen"),
    ("Cannot declare", "Ein Abschnitt steht zweimal", "Bitte einen der beiden löschen"),
    ("Cannot mutate", "Ein Abschnitt wird zweimal beschrieben", "Bitte die Angaben zusammenführen"),
    ("Expected '='", "Das Gleichheitszeichen fehlt", "Bitte als schlüssel = wert schreiben"),
    ("Expected ']", "Eine eckige Klammer fehlt", "Bitte ergänzen"),
    ("Unclosed array", "Eine eckige Klammer oder ein Komma fehlt", "Bitte ergänzen"),
    ("Unclosed inline table", "Eine geschweifte Klammer oder ein Komma fehlt", "Bitte ergänzen"),
    ("Unterminated string", "Ein Anführungszeichen fehlt", "Bitte ergänzen"),
    ("Illegal character '\\n'", "Ein Anführungszeichen fehlt am Ende der Zeile", "Bitte ergänzen"),
    ("Expected newline", "Hinter dem Wert steht noch etwas", "Bitte nur eine Angabe je Zeile schreiben"),
    ("Invalid value", "Der Wert ist ungültig", 'Text gehört in gerade Anführungszeichen, zum Beispiel name = "Mitte"'),
    ("Invalid initial character", "Der Schlüssel ist ungültig", "Schlüssel bestehen aus Buchstaben ohne Umlaute"),
    ("Invalid date", *NO_SUCH_DAY),
    ("Unescaped '\\'", "Ein Rückstrich steht allein", "Bitte doppelt schreiben"),
)
"""How a message of the TOML reader begins, what it means, and what to do."""


@dataclass(frozen=True)
class Place:
    """Where an entry stands. ``lines`` : line of each key, where known. ``line`` : where the entry begins."""

    file: str
    line: int | None = None
    entry: str = ""
    word: str = "Schlüssel"
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int | None:
        """Line of a key (``measure.unit``: of its last part, else of its first), else where the entry begins."""
        return self.lines.get(key.rpartition(".")[2]) or self.lines.get(key.partition(".")[0]) or self.line

    def wrong(self, found: str, fix: str, key: str = "") -> CatalogueError:
        """The error to raise: file, place, what was found, what to do."""
        line = self.line_of(key)
        parts = [self.file]
        if line is not None:
            parts.append(f"Zeile {line}")
        if self.entry:
            parts.append(f"Eintrag {self.entry}")
        if key:
            parts.append(f"{self.word} „{key}“")
        return CatalogueError(f"{', '.join(parts)}: {found}. {fix}.")


@dataclass(frozen=True)
class RawEntry:
    """One entry as written, before it is checked."""

    values: dict[str, Any]
    place: Place


def read_text(path: Path) -> str:
    """The whole file. UTF-8, with or without a byte order mark."""
    if not path.is_file():
        raise Place(path.name).wrong(
            f"Die Datei fehlt im Ordner „{path.parent}“", "Bitte anlegen oder den Namen berichtigen"
        )
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Place(path.name).wrong("Die Datei lässt sich nicht öffnen", "Bitte die Leserechte prüfen") from fault
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise Place(path.name, line).wrong(
            "Hier steht ein Zeichen, das nicht in UTF-8 gespeichert ist", "Bitte die Datei als UTF-8 speichern"
        ) from fault


def _toml_fault(file: str, text: str, fault: tomllib.TOMLDecodeError) -> CatalogueError:
    found = re.search(r"\(at line (\d+), column \d+\)", str(fault))
    line = int(found[1]) if found else len(text.splitlines())
    lines = text.splitlines()
    written = lines[line - 1].strip() if 1 <= line <= len(lines) else ""
    known = [(problem, fix) for begin, problem, fix in TOML_FAULTS if str(fault).startswith(begin)]
    if written.startswith("[["):
        known.insert(0, SINGLE_BRACKETS)
    elif re.search(r"=\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})", written):
        known.insert(0, NO_SUCH_DAY)
    problem, fix = (
        known[0] if known else ("Die Zeile ist kein gültiges TOML", "Bitte mit den Nachbareinträgen vergleichen")
    )
    if written:
        problem += f" (in {quoted(written, 60)})"
    return Place(file, line).wrong(problem, fix)


def _key_lines(lines: Sequence[str], first: int, last: int) -> dict[str, int]:
    """Where each key is first written between two lines (counted from 1, ``last`` excluded)."""
    found: dict[str, int] = {}
    for number in range(first, last):
        if key := re.match(r"\s*([A-Za-z0-9_-]+)\s*=", lines[number - 1]):
            found.setdefault(key[1], number)
    return found


def _heading(text: str, table: str) -> int | None:
    """Line of the first heading of a table."""
    heads = (number for number, line in enumerate(text.splitlines(), 1) if line.strip(" []") == table)
    return next(heads, None)


def _entry_places(file: str, text: str, table: str, tables: Sequence[str], entries: Sequence[Any]) -> Iterator[Place]:
    lines = text.splitlines()
    heads = [
        (number, head[1])
        for number, line in enumerate(lines, start=1)
        if (head := re.match(r"\s*\[\[\s*([A-Za-z0-9_-]+)\s*\]\]", line)) and head[1] in tables
    ]
    starts = [number for number, name in heads if name == table]
    ends = [number for number, _ in heads] + [len(lines) + 1]
    for index, entry in enumerate(entries):
        name = quoted(entry["id"]) if isinstance(entry, dict) and "id" in entry else f"Nr. {index + 1}"
        if len(starts) == len(entries):
            first = starts[index]
            last = min(number for number in ends if number > first)
            yield Place(file, first, name, lines=_key_lines(lines, first, last))
        else:  # a heading inside a multi-line text: better no line than a wrong one
            yield Place(file, entry=name)


def read_toml(path: Path, tables: Sequence[str]) -> dict[str, list[RawEntry]]:
    """Entries of each table of a file.

    Parameters
    ----------
    tables : names of the ``[[tables]]`` that may stand in the file; none means that the file itself is the entry
    """
    text = read_text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _toml_fault(path.name, text, fault) from fault
    everything = _key_lines(text.splitlines(), 1, len(text.splitlines()) + 1)
    if not tables:
        return {"": [RawEntry(content, Place(path.name, lines=everything))] if content else []}
    found: dict[str, list[RawEntry]] = {table: [] for table in tables}
    for name, entries in content.items():
        place = Place(path.name, _heading(text, name), lines=everything)
        if name not in found:
            raise place.wrong(
                f"„{name}“ gehört nicht in diese Datei", meant(name, [f"[[{table}]]" for table in tables]), name
            )
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise place.wrong(
                f"„{name}“ ist keine Folge von Einträgen", f"Bitte jeden Eintrag mit [[{name}]] beginnen", name
            )
        places = _entry_places(path.name, text, name, tables, entries)
        found[name] = [RawEntry(entry, place) for entry, place in zip(entries, places, strict=True)]
    return found


def _header(file: str, cells: list[str], line: int, known: Sequence[str], required: Sequence[str]) -> list[str]:
    place = Place(file, line, word="Spalte")
    names = [cell.strip() for cell in cells]
    if len(names) == 1 and (foreign := next((sign for sign in ",\t" if sign in names[0]), None)):
        found = "Komma" if foreign == "," else "Tabulator"
        raise place.wrong(f"Die Spalten sind durch {found} getrennt", "Bitte Semikolon verwenden")
    for index, name in enumerate(names):
        if name in names[:index]:
            raise place.wrong("Die Spalte steht zweimal in der Kopfzeile", "Bitte eine der beiden löschen", name)
        if name not in known:
            raise place.wrong(f"Die Spalte „{name}“ gibt es hier nicht", meant(name, known), name)
    for name in required:
        if name not in names:
            raise place.wrong("Die Spalte fehlt in der Kopfzeile", "Bitte ergänzen", name)
    return names


def read_csv(path: Path, known: Sequence[str], required: Sequence[str]) -> list[RawEntry]:
    """Rows as text by column name; empty cells are left out.

    Parameters
    ----------
    known, required : columns that may and that must stand in the first line
    """
    text = read_text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True)
    found: list[RawEntry] = []
    names: list[str] | None = None
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = _header(path.name, cells, line, known, required)
                continue
            place = Place(path.name, line, word="Spalte")
            if len(cells) != len(names):
                raise place.wrong(
                    f"Die Zeile hat {len(cells)} Spalten, die Kopfzeile {len(names)}",
                    "Bitte Semikolons prüfen; Text mit Semikolon gehört in Anführungszeichen",
                )
            values = {name: cell.strip() for name, cell in zip(names, cells, strict=True) if cell.strip()}
            found.append(RawEntry(values, place))
    except csv.Error as fault:
        raise Place(path.name, before + 1).wrong(
            "Ein Anführungszeichen steht allein oder die Zeile ist beschädigt",
            "Bitte Anführungszeichen paarweise setzen",
        ) from fault
    if names is None:
        raise Place(path.name, word="Spalte").wrong(
            "Die Datei ist leer", f"Die erste Zeile muss lauten: {SEPARATOR.join(known)}"
        )
    return found

"""Rows of a CSV that do not split into the cells the head promises: too short, too long, an open quotation mark."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sipa_data.german import number
from sipa_data.intake.delivery import Finding
from sipa_data.intake.readers.lines import Body
from sipa_data.intake.source import Unsplit
from sipa_data.intake.workbench import Workbench

MOST = 10_000  # faults that DuckDB keeps, one for each cell that a row lacks; it cuts their text at 10,000 letters
REJECTS: dict[str, Any] = {
    "store_rejects": True,
    "rejects_table": "rejects",
    "rejects_scan": "reject_scans",
    "rejects_limit": MOST,
}


@dataclass(frozen=True)
class UnsplitRow:
    """One such row: its line in the body, what is wrong, how many cells it has, and how it begins."""

    line: int
    kind: str
    cells: int | None
    text: str


def unsplit_rows(bench: Workbench, body: Body) -> tuple[list[UnsplitRow], bool]:
    """What DuckDB could not split, one entry per fault, in the order of the file, and whether there may be more."""
    (faults,) = bench.connection.sql("select count(*) from rejects").fetchone() or (0,)
    kept = bench.connection.sql(
        "select line_byte_position, error_type, left(csv_line, 200), max(error_message) as message"
        " from rejects group by all order by line_byte_position"
    ).fetchall()
    bench.connection.execute("drop table rejects")  # the next file of this delivery gets its own
    bench.connection.execute("drop table reject_scans")
    if not kept:
        return [], False
    positions = [int(position or 1) - 1 for position, *_ in kept]
    lines = _lines_at(body, positions)
    found = []
    for line, (_, kind, text, message) in zip(lines, kept, strict=True):
        row = str(text or "")
        blank = len(row) - len(row.lstrip("\n"))
        cells = re.search(r"Found: (\d+)", str(message))
        found.append(UnsplitRow(line + blank, str(kind), int(cells[1]) if cells else None, row.strip("\n")[:80]))
    return found, int(faults) >= MOST


def as_they_stand(rows: Sequence[UnsplitRow], body: Body, above: int, more: int | None) -> Unsplit:
    """The lines of such rows, read again when somebody wants them; ``more`` : how many rows are not among them."""
    lines = sorted({row.line for row in rows})
    return Unsplit(tuple(above + line for line in lines), lambda: _texts(body, lines), more)


def _texts(body: Body, lines: Sequence[int]) -> Iterator[str]:
    """The lines with these numbers, given in ascending order."""
    passed = 0
    with body.path.open(encoding="utf-8", newline="\n") as file:
        for line in lines:
            for _ in range(line - passed - 1):
                file.readline()
            yield file.readline().rstrip("\n")
            passed = line


def left_open(body: Body) -> UnsplitRow:
    """The end of a file within quotation marks."""
    with body.path.open("rb") as file:
        file.seek(max(0, body.path.stat().st_size - 200))
        tail = file.read().decode("utf-8", errors="ignore").rstrip("\n")
    return UnsplitRow(body.lines, "UNQUOTED VALUE", None, tail.rsplit("\n", 1)[-1][:80])


def _lines_at(body: Body, positions: list[int]) -> list[int]:
    """Line numbers at byte positions given in ascending order."""
    lines: list[int] = []
    line, offset = 1, 0
    with body.path.open("rb") as file:
        while len(lines) < len(positions) and (piece := file.read(1 << 20)):
            start = 0
            while len(lines) < len(positions) and positions[len(lines)] < offset + len(piece):
                end = positions[len(lines)] - offset
                line += piece.count(b"\n", start, end)
                start = end
                lines.append(line)
            line += piece.count(b"\n", start)
            offset += len(piece)
    return lines + [line] * (len(positions) - len(lines))


def unsplit_findings(rows: list[UnsplitRow], body: Body, above: int, width: int, *, cut: bool) -> list[Finding]:
    """One finding per kind, with the first line; the last line of a file without a line end is its cut.

    Parameters
    ----------
    cut : whether there are more such rows than were kept
    """
    if not rows:
        return []
    findings: list[Finding] = []
    last = rows[-1]
    if not body.ends and (last.line == body.lines or last.kind == "UNQUOTED VALUE") and last.kind != "TOO MANY COLUMNS":
        findings.append(
            Finding(
                "error",
                "truncated",
                f"Die Datei endet mitten in Zeile {above + last.line}: Dort steht nur noch „{last.text}“. "
                "Sie wurde abgeschnitten; bitte den Export wiederholen.",
                line=above + last.line,
                found=last.text,
                expected=f"{width} Spalten",
            )
        )
        rows = rows[:-1]
    short = [row for row in rows if row.kind in ("MISSING COLUMNS", "TOO MANY COLUMNS")]
    quoted = [row for row in rows if row.kind == "UNQUOTED VALUE"]
    other = [row for row in rows if row not in short and row not in quoted]
    if short:
        findings.append(_ragged(short, above, width, cut=cut))
    if quoted:
        findings.append(_open_quotation(quoted, above, cut=cut))
    if other:
        findings.append(_unreadable(other, above, cut=cut))
    return findings


def _ragged(rows: list[UnsplitRow], above: int, width: int, *, cut: bool) -> Finding:
    first, count = rows[0], len({row.line for row in rows})
    line = above + first.line
    cells = number(first.cells) if first.cells is not None else "eine andere Zahl"
    if first.kind == "TOO MANY COLUMNS":
        cells = f"{cells} oder mehr"
    where = (
        f"Zeile {line} hat {cells} Spalten, die Kopfzeile {width}."
        if count == 1
        else f"{_at_least(count, cut=cut)} Zeilen haben nicht so viele Spalten wie die Kopfzeile ({width}), "
        f"zuerst Zeile {line} mit {cells}."
    )
    return Finding(
        "error",
        "ragged_row",
        f"{where} Oft fehlt ein Trennzeichen, oder ein Text mit Trennzeichen steht nicht in Anführungszeichen.",
        line=line,
        found=f"{cells} Spalten",
        expected=f"{width} Spalten",
        count=count,
    )


def _open_quotation(rows: list[UnsplitRow], above: int, *, cut: bool) -> Finding:
    line, count = above + rows[0].line, len(rows)
    where = (
        f"In Zeile {line} ist ein Anführungszeichen nicht richtig geschlossen: „{rows[0].text}“."
        if count == 1
        else f"In {_at_least(count, cut=cut)} Zeilen ist ein Anführungszeichen nicht richtig geschlossen, "
        f"zuerst in Zeile {line}: „{rows[0].text}“."
    )
    return Finding(
        "error",
        "open_quotation",
        f"{where} Bitte das Zeichen verdoppeln oder löschen.",
        line=line,
        found=rows[0].text,
        count=count,
    )


def _unreadable(rows: list[UnsplitRow], above: int, *, cut: bool) -> Finding:
    line, count = above + rows[0].line, len(rows)
    where = (
        f"Zeile {line} lässt sich nicht lesen. Sie ist beschädigt oder viel zu lang"
        if count == 1
        else f"{_at_least(count, cut=cut)} Zeilen lassen sich nicht lesen, zuerst Zeile {line}. "
        "Sie sind beschädigt oder viel zu lang"
    )
    return Finding(
        "error",
        "unreadable_row",
        f"{where}; bitte den Export wiederholen.",
        line=line,
        found=rows[0].text,
        count=count,
    )


def _at_least(count: int, *, cut: bool) -> str:
    return f"Mindestens {number(count)}" if cut else number(count)

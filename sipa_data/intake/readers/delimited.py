"""CSV in the forms that authorities send: any usual encoding, separator and line end, head rows above the table."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sipa_data.intake.delivery import Finding
from sipa_data.intake.readers.encoding import Encoding, as_utf8, find_encoding
from sipa_data.intake.readers.headings import (
    Head,
    Wanted,
    find_head,
    head_findings,
    refuse_too_wide,
    separator_finding,
    split,
)
from sipa_data.intake.readers.lines import Body, Lines
from sipa_data.intake.readers.unsplit import REJECTS, as_they_stand, left_open, unsplit_findings, unsplit_rows
from sipa_data.intake.source import Form, Source
from sipa_data.intake.workbench import Workbench, count_rows, filled, last_row, no_rows
from sipa_data.intake.writing import SEPARATORS, Writing

HEAD_BYTES = 256 * 1024
LONGEST_LINE = 1_000_000  # bytes; a longer one is an open quotation mark
BUFFER = 8 * LONGEST_LINE


def read_delimited(
    path: Path,
    bench: Workbench,
    wanted: Sequence[Wanted],
    head_rows: int,
    most_rows: int | None,
    writing: Writing,
) -> Source:
    """Read a CSV as text, whatever its form.

    Parameters
    ----------
    writing : what somebody says of its form; the rest is found

    Raises
    ------
    UnreadableFile : empty, not text, or in an encoding that cannot be told
    """
    encoding = find_encoding(path, writing.encoding)
    top = b"".join(_first(as_utf8(path, encoding), HEAD_BYTES)).decode("utf-8", "ignore")  # may end inside a letter
    separator, head, rows = _find_table(top, wanted, head_rows, writing)
    lines = _lines_of_rows(top, separator, len(rows))
    findings = head_findings(head, rows, wanted, [line for line, _ in lines])
    if head is None and (finding := separator_finding(rows, wanted)):
        findings = [finding]
    headings = head.headings if head else tuple(rows[0]) if rows else ()
    refuse_too_wide(path.name, len(headings))
    above = lines[head.last][1] if head else 1
    stands = (lines[head.first][0], above) if head else (0, 0)
    form = Form("csv", encoding.codec, separator, head=stands, tops={"": rows})
    if findings or not headings:
        return Source(headings, no_rows(bench), 0, lambda row: above + row, tuple(findings), form=form)
    body = _write_body(path, encoding, bench.file("body.csv"), above, most_rows)
    staged = _stage(bench, body, separator, headings, above, findings)
    return replace(staged, form=replace(form, cut=body.cut))


def _first(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    taken = 0
    for piece in pieces:
        yield piece[: most - taken]
        taken += len(piece)
        if taken >= most:
            return


def _find_table(
    top: str, wanted: Sequence[Wanted], head_rows: int, writing: Writing
) -> tuple[str, Head | None, list[list[str]]]:
    """The separator under which most of the wanted headings appear; without any, the one that splits most evenly."""
    tried = []
    for separator in SEPARATORS if writing.separator is None else [writing.separator]:
        rows = split(top, separator)
        tried.append((separator, find_head(rows, wanted, head_rows, _row_at(top, separator, rows, writing.head)), rows))

    def fit(way: tuple[str, Head | None, list[list[str]]]) -> tuple[int, int]:
        _, head, rows = way
        return head.found if head else 0, min((len(row) for row in rows[1:] if row), default=0)

    return max(tried, key=fit)


def _row_at(top: str, separator: str, rows: Sequence[Sequence[str]], line: int | None) -> int | None:
    """The row that begins in this line, or goes through it."""
    if line is None:
        return None
    ends = [last for _, last in _lines_of_rows(top, separator, len(rows))]
    return next((place for place, last in enumerate(ends) if last >= line), len(rows))


def _lines_of_rows(top: str, separator: str, count: int) -> list[tuple[int, int]]:
    """First and last line of each of the first rows; a quoted line break makes a row longer than a line.

    Only a line feed ends a line, here as in ``_write_body``: ``str.splitlines`` would break at eight more signs.
    """
    reader = csv.reader(io.StringIO(top), delimiter=separator)
    found: list[tuple[int, int]] = []
    before = 0
    for _ in range(count):
        try:
            next(reader)
        except (csv.Error, StopIteration):
            break
        found.append((before + 1, reader.line_num))
        before = reader.line_num
    return found + [(before, before)] * (count - len(found))


def _write_body(path: Path, encoding: Encoding, target: Path, above: int, most_rows: int | None) -> Body:
    """Copy what stands below the head, piece by piece, as UTF-8 with plain line ends; for a look only whole lines."""
    to_skip, lines, ends, enough, quotes = above, 0, True, False, 0
    with target.open("wb") as body:
        for piece in as_utf8(path, encoding):
            text = piece
            while to_skip and text:
                end = text.find(b"\n")
                to_skip, text = (to_skip - 1, text[end + 1 :]) if end >= 0 else (to_skip, b"")
            more = text.count(b"\n")
            enough = most_rows is not None and lines + more >= most_rows
            if enough:
                text = text[: text.rfind(b"\n") + 1]
            if text:
                body.write(text)
                lines += more
                ends = text.endswith(b"\n")
                quotes += text.count(b'"')
            if enough:
                break
    return Body(target, lines + (not ends), ends, enough, quotes)


def _stage(
    bench: Workbench, body: Body, separator: str, headings: tuple[str, ...], above: int, findings: list[Finding]
) -> Source:
    names = [f"c{place}" for place in range(len(headings))]
    size = body.path.stat().st_size
    read = bench.connection.read_csv(
        str(body.path),
        header=False,
        sep=separator,
        quotechar='"',
        escapechar='"',
        columns=dict.fromkeys(names, "VARCHAR"),
        auto_detect=False,
        strict_mode=True,
        max_line_size=LONGEST_LINE,
        buffer_size=BUFFER,
        # A second thread may begin inside a quotation and take its lines for rows.
        parallel=body.quotes == 0 or size <= BUFFER,
        **REJECTS,
    )
    bench.expect(size / max(body.lines, 1))
    rows = rows_read = bench.stage_numbered(read, "rows")
    kept = filled(rows, len(names))
    if count_rows(kept) < count_rows(rows):
        rows = bench.stage(kept, "filled")
    unsplit, cut = unsplit_rows(bench, body)
    known = count_rows(rows_read) + len({row.line for row in unsplit})
    in_all = _rows_in(body, separator) if cut or body.quotes % 2 else known
    if body.quotes % 2 and (in_all is None or in_all > known):
        unsplit.append(left_open(body))
    more = in_all - known if in_all and in_all > known else None
    lines = Lines(body, separator, above, last_row(rows), frozenset(row.line for row in unsplit))
    findings = [*findings, *unsplit_findings(unsplit, body, above, len(headings), cut=cut)]
    left = as_they_stand(unsplit, body, above, more if cut else 0)
    return Source(headings, rows, count_rows(rows), lines.of, tuple(findings), unsplit=left)


def _rows_in(body: Body, separator: str) -> int | None:
    """How many rows there are, counted slowly: one thread of DuckDB is silent about a last row that is left open.

    None: a cell has no end, or is longer than any cell may be.
    """
    with body.path.open(encoding="utf-8", newline="") as file:
        try:
            return sum(1 for row in csv.reader(file, delimiter=separator) if row)
        except csv.Error:
            return None

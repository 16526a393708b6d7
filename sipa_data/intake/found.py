"""A first look at a file, without knowing what it is: how it is written, what its columns hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sipa_data.errors import RefusedDelivery
from sipa_data.german import listing, number
from sipa_data.intake.columns_seen import Column, see_columns
from sipa_data.intake.days import DAY_FIRST, MONTH_FIRST
from sipa_data.intake.delivery import Finding
from sipa_data.intake.naming import said_as, shown_name
from sipa_data.intake.readers import read_source
from sipa_data.intake.source import Form, Source
from sipa_data.intake.unpacking import unpacked
from sipa_data.intake.workbench import Workbench, plain_errors
from sipa_data.intake.writing import AS_FOUND, ENCODINGS, SEPARATORS, Writing

ENOUGH_ROWS = 20_000
FIRST_ROWS = 5
AGAIN = "Bitte den Export wiederholen: eine Zeile mit Überschriften, darunter die Daten."
KINDS = {
    "csv": "CSV",
    "workbook": "Tabellendatei (XLSX, XLS oder ODS)",
    "spss": "SPSS (SAV)",
    "stata": "Stata (DTA)",
    "parquet": "Parquet",
}
FOUND_ENCODINGS = {**ENCODINGS, "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32"}
MARKS = {",": "Komma", ".": "Punkt", " ": "Leerzeichen", "'": "Apostroph"}


@dataclass(frozen=True)
class Found:
    """What a file looks like. Everything was found, nothing asked for first.

    Parameters
    ----------
    name : what the file is called
    rows : how many were looked at; all there are if ``all_rows``
    packed : the archive that it came in
    writing : what somebody said of its form; the rest of it was found
    """

    name: str
    form: Form
    columns: tuple[Column, ...]
    first_rows: tuple[tuple[str, ...], ...]
    rows: int
    all_rows: bool
    sheets_beside: Mapping[str, tuple[tuple[str, str], ...]]
    packed: str | None = None
    writing: Writing = AS_FOUND

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def column(self, heading: str) -> Column:
        """The column under this heading."""
        return next(column for column in self.columns if column.heading == heading)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """What was found, as pairs of word and value, ready to show."""
        form = self.form
        told = [("Format", KINDS[form.kind] + (f", ausgepackt aus „{self.packed}“" if self.packed else ""))]
        if form.encoding:
            told.append(("Zeichensatz", FOUND_ENCODINGS.get(form.encoding.casefold(), form.encoding)))
        if form.separator:
            told.append(("Trennzeichen", SEPARATORS[form.separator]))
        if form.sheet:
            others = [f"„{name}“" for name in form.tops if name != form.sheet]
            told.append(("Blatt", f"„{form.sheet}“" + (f"; außerdem {listing(others)}" if others else "")))
        if form.head[0]:
            told.append(("Überschriften", _where(form.head)))
        told += _marks(self.columns)
        told.append(("Zeilen", number(self.rows) if self.all_rows else f"mindestens {number(self.rows)}"))
        told.append(("Spalten", number(len(self.columns))))
        return tuple(told)


def look_at(
    path: Path,
    *,
    name: str | None = None,
    sheet: str | None = None,
    head_rows: int | None = None,
    writing: Writing = AS_FOUND,
) -> Found:
    """Look at the first rows of a file.

    Parameters
    ----------
    path : where it lies, under whatever name; the content decides what it is
    name : what it was called where it came from; only ever shown
    sheet : of a workbook; without it the one that makes the most of a table
    head_rows : rows that make up one head
    writing : what somebody says of its form, where the first look found another one

    Raises
    ------
    UnreadableFile : it cannot be opened as what it claims to be
    RefusedDelivery : no table in it: no headings, or nothing under them
    """
    said = shown_name(path.name if name is None else name)
    with said_as({path.name: said}), plain_errors(path.name), Workbench(keeps=False) as bench:
        content = unpacked(path, said, bench)
        with said_as({content.path.name: content.name}):
            source = read_source(
                content.path, bench, (), head_rows=head_rows or 1, sheet=sheet, most_rows=ENOUGH_ROWS, writing=writing
            )
        if (
            not source.form.tops
            or not any(source.headings)
            or (source.form.kind in ("csv", "workbook") and not source.form.head[0])
        ):
            sentence = f"In der Datei „{content.name}“ sind keine Überschriften zu erkennen. {AGAIN}"
            raise RefusedDelivery(sentence, [Finding("error", "no_headings", sentence)])
        if not source.row_count:
            sentence = f"Die Datei „{content.name}“ hat eine Kopfzeile, aber keine Daten darunter. {AGAIN}"
            raise RefusedDelivery(sentence, [Finding("error", "no_rows", sentence)])
        return Found(
            content.name,
            source.form,
            see_columns(source),
            _first_rows(source),
            source.row_count,
            not source.form.cut and source.row_count < ENOUGH_ROWS,
            source.notes,
            said if content.path != path else None,
            writing,
        )


def _first_rows(source: Source) -> tuple[tuple[str, ...], ...]:
    cells = ", ".join(f"c{place}" for place in range(len(source.headings)))
    rows = source.rows.order("row").limit(FIRST_ROWS).project(cells).fetchall()
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)


def _where(head: tuple[int, int]) -> str:
    first, last = head
    place = f"Zeile {first}" if first == last else f"Zeilen {first} bis {last}"
    above = {1: "", 2: "; darüber eine Zeile, die nicht zur Tabelle gehört"}
    return place + above.get(first, f"; darüber {first - 1} Zeilen, die nicht zur Tabelle gehören")


def _as_written(form: str, example: str) -> str:
    """„wie 31.12.2025“; what is day and what is month in 03/04/2025, the example does not say."""
    order = {DAY_FIRST: "Tag/Monat/Jahr, ", MONTH_FIRST: "Monat/Tag/Jahr, "}
    said = next((words for begins, words in order.items() if form.startswith(begins)), "")
    return f"{said}wie {example}"


def _marks(columns: Sequence[Column]) -> list[tuple[str, str]]:
    told = []
    for word, kind in (("Dezimalzeichen", "decimal"), ("Tausenderzeichen", "thousands")):
        used = dict.fromkeys(MARKS[mark] for column in columns if (mark := getattr(column, kind)))
        if used:
            told.append((word, listing(list(used))))
    if days := {column.form: column.written for column in columns if column.form}:
        told.append(("Datumsform", listing([_as_written(*day) for day in [*days.items()][:3]])))
    if either := next((column.written for column in columns if column.written and not column.form), None):
        told.append(("Datumsform", f"wie {either}; was Tag und was Monat ist, lässt sich nicht erkennen"))
    return told

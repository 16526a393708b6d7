"""An Answer as an Excel workbook: one sheet to count with, one that says what the numbers are.

Numbers are numbers, rounded as on the screen, with formats that a German Excel shows with dots and comma. Keys and
words are text and stay text.
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sipa_data import german
from sipa_data.answers.types import Answer
from sipa_data.exports.content import (
    FIRST_DAY,
    KEY,
    LAST_DAY,
    LOWER,
    UNIT,
    UPPER,
    columns,
    head,
    judged_rows,
    official_key,
)
from sipa_data.figures.rows import Row
from sipa_data.figures.table import BASE, BASIS, EVERYONE, GROUP, PERIOD, PLACE, STATUS, VALUE, VERDICT
from sipa_data.figures.words import status_text, why_hidden
from sipa_data.spreadsheets import STARTS_A_FORMULA

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBERS, NUMBERS_SYNTHETIC, EXPLANATIONS = "Zahlen", "Zahlen (Beispieldaten)", "Erläuterungen"
AS_TEXT, AS_DATE = "@", "dd.mm.yyyy"
WIDEST, NARROWEST = 60, 9
"""Columns of a sheet, in letters."""

MEANINGS = {
    KEY: "Amtliche Nummer des Gebiets; leer bei Fällen, deren Gebiet niemand kennt.",
    PLACE: "Die Stadt oder ein Teil von ihr.",
    GROUP: "Wer gemeint ist; „alle“, wo nicht nach Gruppen getrennt ist.",
    PERIOD: "Der Zeitraum in Worten.",
    FIRST_DAY: "Erster Tag des Zeitraums.",
    LAST_DAY: "Letzter Tag des Zeitraums.",
    VALUE: "Gerundet wie auf der Seite. Wo kein Wert gezeigt wird, steht ein Wort; der Status nennt den Grund.",
    UNIT: "Worin der Wert gemessen ist. Prozentwerte stehen als 14,0 und nicht als 0,14.",
    LOWER: "Untere Grenze des Unsicherheitsbereichs.",
    UPPER: "Obere Grenze des Unsicherheitsbereichs.",
    BASE: "Gezählte Fälle oder gültige Antworten.",
    BASIS: "Worauf sich der Wert bezieht: Einwohnerzahl mit Stichtag, Befragung.",
    STATUS: "Ob der Wert gezeigt wird, und wenn nicht, warum.",
    VERDICT: "Was ein Vergleich über den Zufall hinaus sagt.",
}
"""What stands in each column of the first sheet."""

Content = str | float | int | date | None


def xlsx_bytes(answer: Answer) -> bytes:
    """The file. A value that is not shown is a word; its bounds, base and basis are empty."""
    from openpyxl import Workbook  # noqa: PLC0415 -- half a second that only those wait for who want the file

    book = Workbook()
    book.properties.title = _clean(answer.indicator.title)
    book.properties.creator = "SiPa"
    book.properties.language = "de-DE"
    numbers = book.worksheets[0]
    numbers.title = NUMBERS_SYNTHETIC if answer.snapshot.synthetic else NUMBERS
    shown = columns(answer)
    records = [_record(answer, row, verdict) for row, verdict in judged_rows(answer)]
    _fill(numbers, [shown, *([record[column] for column in shown] for record in records)])
    _format_numbers(numbers, shown, answer.indicator.decimals)
    explained = book.create_sheet(EXPLANATIONS)
    _fill(explained, [["Angabe", "Inhalt"], *head(answer), *((f"Spalte „{one}“", MEANINGS[one]) for one in shown)])
    _wrap_second_column(explained)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _record(answer: Answer, row: Row, verdict: str) -> dict[str, Content]:
    decimals = answer.indicator.decimals
    return {
        KEY: official_key(answer, row),
        PLACE: row.place,
        GROUP: row.group or EVERYONE,
        PERIOD: row.period.german,
        FIRST_DAY: row.period.start,
        LAST_DAY: row.period.end,
        VALUE: why_hidden(row) if row.value is None else german.rounded(row.value, decimals),
        UNIT: answer.indicator.unit,
        LOWER: None if row.lower is None else german.rounded(row.lower, decimals),
        UPPER: None if row.upper is None else german.rounded(row.upper, decimals),
        BASE: row.n,
        BASIS: row.basis or "",
        STATUS: status_text(row),
        VERDICT: verdict,
    }


def _fill(sheet: "Worksheet", lines: Sequence[Sequence[Content]]) -> None:
    """Write lines below each other; the first is the heading. Columns are as wide as what stands in them."""
    from openpyxl.styles import Font  # noqa: PLC0415 -- as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- as above

    for number, line in enumerate(lines, start=1):
        for place, content in enumerate(line, start=1):
            _write(sheet.cell(number, place), content)
    for place, heading in enumerate(sheet[1], start=1):
        heading.font = Font(bold=True)
        longest = max(len(str(line[place - 1] or "")) for line in lines)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, NARROWEST), WIDEST)
    sheet.freeze_panes = "A2"


def _write(cell: "Cell", content: Content) -> None:
    """A text is written as text, also one that looks like a formula or a number."""
    if not isinstance(content, str):
        cell.value = content
        return
    if content:
        cell.value = _clean(content)
        cell.data_type = "s"
        cell.number_format = AS_TEXT
        # Without it, Excel would make a formula of the text as soon as somebody edits the cell.
        cell.quotePrefix = content.startswith(STARTS_A_FORMULA)


def _clean(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 -- as above

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _format_numbers(sheet: "Worksheet", shown: Sequence[str], decimals: int) -> None:
    value = "#,##0" + ("." + "0" * decimals if decimals else "")
    formats = {VALUE: value, LOWER: value, UPPER: value, BASE: "#,##0", FIRST_DAY: AS_DATE, LAST_DAY: AS_DATE}
    for line in sheet.iter_rows(min_row=2):
        for name, cell in zip(shown, line, strict=True):
            if name in formats and not isinstance(cell.value, str):
                cell.number_format = formats[name]
    sheet.auto_filter.ref = sheet.dimensions


def _wrap_second_column(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415 -- as above

    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")

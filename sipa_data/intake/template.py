"""A workbook for a layout: its headings, lists to choose from, and a page that explains every column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sipa_data.catalogue import Catalogue
from sipa_data.intake.checks.values import EXPECTED
from sipa_data.intake.column_words import SURVEY_WORDS, WORDS, Words
from sipa_data.intake.meanings import CLOSED, PLACES, POINT
from sipa_data.intake.profile import (
    ColumnRule,
    PlaceByColumn,
    PlaceByPoint,
    PlaceRule,
    Profile,
    SurveyRule,
    TableRule,
)
from sipa_data.intake.readers.headings import plain
from sipa_data.intake.selection import WAVE_COMPANION, wanted_columns
from sipa_data.intake.waves import FIELDS
from sipa_data.tables import TABLES, Column

DATA, LISTS, EXPLANATIONS, WAVE = "Daten", "Listen", "Erläuterungen", "Welle"
ROWS = 1000  # that are prepared at least; more may be filled in
HEADS = ("Spalte", "Nötig", "Bedeutung", "Erwartet wird")
WIDTHS = (28, 8, 70, 60)
AS_TEXT, AS_DAY = "@", "DD.MM.YYYY"
CHOOSES = Words("", "Sagt, welche Zeilen gemeint sind.")
FEW_WORDS = 8  # that are told on the page of explanations; more only stand in the list


@dataclass(frozen=True)
class _Heading:
    """One column of the template. ``words`` : what may be chosen; none: anything that is expected."""

    name: str
    required: bool
    meaning: str
    expected: str
    words: tuple[str, ...] = ()
    as_text: bool = False


def template(profile: Profile, catalogue: Catalogue, rows: Sequence[Mapping[str, object]] = ()) -> bytes:
    """The workbook, ready to be sent to whoever supplies the data.

    ``rows`` : what is filled in already, heading → cell; else it is empty
    """
    headings = _headings(profile, catalogue)
    book = Workbook()
    data = book.worksheets[0]
    data.title = DATA
    _fill_data(data, book.create_sheet(LISTS), headings, max(ROWS, 2 * len(rows)))
    _fill_in(data, headings, rows)
    _explain(book.create_sheet(EXPLANATIONS), profile, headings, catalogue)
    if profile.survey is not None and WAVE_COMPANION in profile.companions:
        _describe_wave(book.create_sheet(WAVE))
    book[LISTS].sheet_state = "hidden"
    book.move_sheet(LISTS, len(book.sheetnames))
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _headings(profile: Profile, catalogue: Catalogue) -> list[_Heading]:
    """Every column that the layout names, in its order."""
    known = _by_heading(profile, catalogue)
    found = []
    for wanted in wanted_columns(profile, catalogue):
        said = known.get(plain(wanted.names[0])) or _Heading("", wanted.required, "", "")
        found.append(_Heading(wanted.names[0], wanted.required, said.meaning, said.expected, said.words, said.as_text))
    return found


def _by_heading(profile: Profile, catalogue: Catalogue) -> dict[str, _Heading]:
    """What is known of each heading: from the rows it chooses, the tables it fills, the place, the questions."""
    found = [_of(name, CHOOSES, "", words=keep.equals) for keep in profile.keep for name in keep.names]
    for table in profile.tables:
        columns = {column.name: column for column in TABLES[table.name].columns}
        for name, rule in table.columns.items():
            found += [_of_column(heading, table, columns[name], rule, catalogue) for heading in rule.names]
    found += [_of(name, WORDS["period_start"], EXPECTED["period"], as_text=True) for name in profile.period.names]
    found += _of_place(profile.district, catalogue)
    if profile.survey is not None:
        found += _of_survey(profile.survey, catalogue)
    return {plain(heading.name): heading for heading in found}


def _of_place(rule: PlaceRule, catalogue: Catalogue) -> list[_Heading]:
    if isinstance(rule, PlaceByColumn):
        names = tuple(district.name for district in catalogue.districts.values())
        beside = tuple(word for word in (*rule.not_locatable, *rule.totals) if word)
        expected = f"Name oder Nummer, zum Beispiel {names[0]}"
        return [
            _of(name, WORDS["district_id"], expected, words=(*names, *beside), as_text=True) for name in rule.columns
        ]
    if isinstance(rule, PlaceByPoint):
        return [_of(name, PLACES[POINT], "eine Koordinate") for name in rule.columns]
    return []


def _of(name: str, about: Words, expected: str, *, words: Sequence[str] = (), as_text: bool = False) -> _Heading:
    return _Heading(name, False, about.meaning, expected, tuple(words), as_text)  # noqa: FBT003 -- set by the caller


def _of_column(name: str, table: TableRule, column: Column, rule: ColumnRule, catalogue: Catalogue) -> _Heading:
    listed = _words_of(table.name, column, rule, catalogue)
    expected = EXPECTED.get(rule.read_as or column.type, "ein Text")
    is_key = column.type == "text"
    return _of(name, WORDS[column.name], expected, words=listed, as_text=is_key)


def _words_of(table: str, column: Column, rule: ColumnRule, catalogue: Catalogue) -> tuple[str, ...]:
    """What may be chosen in a column."""
    if rule.values and rule.otherwise == "refuse":
        return tuple(rule.values)
    if column.type == "boolean":
        return ("ja", "nein")
    if rule.read_as == "partner_kind":
        return tuple(kind.title for kind in catalogue.partner_kinds.values())
    listed: Mapping[str, Mapping[str, object]] = {
        "offence_key": catalogue.offences,
        "register": catalogue.registers,
        "indicator": catalogue.indicators,
        "item_id": catalogue.items,
    }
    return tuple(listed.get(column.name, CLOSED.get((table, column.name), {})))


def _of_survey(rule: SurveyRule, catalogue: Catalogue) -> list[_Heading]:
    found: list[_Heading] = []
    for way, words in SURVEY_WORDS.items():
        column = getattr(rule, way)
        expected = "eine Zahl über 0" if way == "weight" else "ein Kennwort"
        found += [_of(name, words, expected) for name in (column.names if column else ())]
    items = {name: one.item for one in (*rule.items, *rule.bands) for name in one.names}
    if rule.every_item:
        items |= {item: item for item in catalogue.items if item not in items}
    for name, item in items.items():
        if item in catalogue.items:
            asked = catalogue.items[item]
            answers = [answer.label for answer in catalogue.scales[asked.scale].answers]
            found.append(
                _of(name, Words(asked.title, asked.wording), "Code oder Beschriftung der Skala", words=answers)
            )
    return found


def _fill_in(data: Worksheet, headings: Sequence[_Heading], rows: Sequence[Mapping[str, object]]) -> None:
    for line, row in enumerate(rows, start=2):
        for place, heading in enumerate(headings, start=1):
            value = row.get(heading.name)
            cell = data.cell(line, place)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = TYPE_STRING  # whatever it begins with: what people wrote is never a formula
            elif value is not None:
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = AS_DAY


def _fill_data(data: Worksheet, lists: Worksheet, headings: Sequence[_Heading], prepared: int) -> None:
    for place, heading in enumerate(headings, start=1):
        head = data.cell(1, place, heading.name)
        head.font = Font(bold=True)
        letter = get_column_letter(place)
        data.column_dimensions[letter].width = max(12, len(heading.name) + 4)
        if heading.as_text:
            for row in range(2, prepared + 2):
                data.cell(row, place).number_format = AS_TEXT
        if heading.words:
            _offer(data, lists, letter, heading, prepared)
    data.freeze_panes = "A2"


def _offer(data: Worksheet, lists: Worksheet, letter: str, heading: _Heading, prepared: int) -> None:
    """A list to choose from. Other spellings that the intake knows may be typed as well, so it only warns."""
    place = lists.max_column + (lists.cell(1, 1).value is not None)
    lists.cell(1, place, heading.name)
    for row, word in enumerate(heading.words, start=2):
        lists.cell(row, place, word).number_format = AS_TEXT
    column = get_column_letter(place)
    choice = DataValidation("list", f"={LISTS}!${column}$2:${column}${len(heading.words) + 1}", allow_blank=True)
    choice.errorStyle = "warning"
    choice.error = "Diese Angabe steht nicht in der Liste. Andere übliche Schreibweisen werden auch gelesen."
    choice.errorTitle = heading.name[:32]
    choice.add(f"{letter}2:{letter}{prepared + 1}")
    data.add_data_validation(choice)


def _explain(sheet: Worksheet, profile: Profile, headings: Sequence[_Heading], catalogue: Catalogue) -> None:
    sheet.append([f"{profile.title} – {catalogue.city.name}"])
    sheet.append([profile.description])
    sheet.append(["Bitte das Blatt „Daten“ ausfüllen und die Überschriften unverändert lassen."])
    sheet.append([])
    sheet.append(HEADS)
    for heading in headings:
        few = len(heading.words) <= FEW_WORDS
        chosen = "; ".join(heading.words) if few else f"{heading.expected} (siehe Auswahlliste)"
        sheet.append([heading.name, "ja" if heading.required else "nein", heading.meaning, chosen or heading.expected])
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in sheet.iter_rows(min_row=5):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in (sheet.cell(1, 1), *(sheet.cell(5, place) for place in range(1, len(HEADS) + 1))):
        cell.font = Font(bold=True)


def _describe_wave(sheet: Worksheet) -> None:
    sheet.append(("Angabe", "Wert"))
    for word in FIELDS:
        sheet.append((word, None))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 60

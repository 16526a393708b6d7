"""From the text of a cell to a value of a table: the closed list of transformations, as DuckDB expressions.

Each takes the cell as text and gives NULL where it cannot be read; the checks then say where and why.
Values are constants of expressions, never pieces of SQL text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from duckdb import CaseExpression, ConstantExpression, Expression, FunctionExpression

from sipa_data.intake.numerals import Marks

BLANKS = " \t\n\r\u00a0\u202f\ufeff"
TRIMMED = f"[^{BLANKS}](?s:.*[^{BLANKS}])?"
DIGITS = {"%Y": "9{4}", "%y": "99", "%f": "9{1,9}"}
YES = ("ja", "j", "wahr", "true", "yes", "y", "x", "1")
NO = ("nein", "n", "falsch", "false", "no", "0")
MOST_PLAIN = 8  # shapes in one pattern
NOTHING = ConstantExpression(None)


def call(name: str, *arguments: Expression | str | float | list[str]) -> Expression:
    """A function of the database; what is no expression yet becomes a constant."""
    return FunctionExpression(
        name, *(part if isinstance(part, Expression) else ConstantExpression(part) for part in arguments)
    )


def when(condition: Expression, value: Expression) -> Expression:
    """The value where the condition holds, else nothing."""
    return CaseExpression(condition, value).otherwise(NOTHING)


def text(cell: Expression, empty: tuple[str, ...] = ()) -> Expression:
    """The cell without blanks around it; nothing where it is empty or says so."""
    trimmed = call("trim", cell, BLANKS)
    return when(~trimmed.isin(*(ConstantExpression(word) for word in ("", *empty))), trimmed)


def without(cell: Expression, words: tuple[str, ...]) -> Expression:
    """The cell; nothing where it is one of these words."""
    return when(~cell.isin(*map(ConstantExpression, words)), cell) if words else cell


def padded(cell: Expression, width: int) -> Expression:
    """Leading zeros that a spreadsheet took away."""
    short = call("length", cell) < ConstantExpression(width)
    return CaseExpression(short, call("lpad", cell, width, "0")).otherwise(cell)


def one_of(cell: Expression, values: Mapping[str, str], otherwise: str = "refuse") -> Expression:
    """What the file says → what the table says, letter by letter."""
    rest = cell if otherwise == "keep" else NOTHING
    found = None
    for said, meant in values.items():
        same, value = cell == ConstantExpression(said), ConstantExpression(meant)
        found = CaseExpression(same, value) if found is None else found.when(same, value)
    return rest if found is None else found.otherwise(rest)


def whole_number(cell: Expression, marks: Marks, times: float | None = None) -> Expression:
    plain = _digits(cell, marks)
    value = when(call("regexp_full_match", _signed(cell), marks.pattern(whole=True)), plain.cast("DOUBLE"))
    if times is not None:
        value = value * ConstantExpression(times)
    return call("round", value).cast("BIGINT")


def decimal_number(cell: Expression, marks: Marks, times: float | None = None) -> Expression:
    plain = _digits(cell, marks)
    value = when(call("regexp_full_match", _signed(cell), marks.pattern(whole=False)), plain.cast("DOUBLE"))
    return value if times is None else value * ConstantExpression(times)


def truth(cell: Expression) -> Expression:
    said = call("lower", cell)
    yes = said.isin(*(ConstantExpression(word) for word in YES))
    no = said.isin(*(ConstantExpression(word) for word in NO))
    return (
        CaseExpression(yes, ConstantExpression(value=True)).when(no, ConstantExpression(value=False)).otherwise(NOTHING)
    )


def moment(cell: Expression, formats: Sequence[str]) -> Expression:
    """A day or a time; whatever is a day is one at midnight."""
    return call("try_strptime", cell, list(formats)).cast("TIMESTAMP")


def fitting(formats: Sequence[str], shapes: Iterable[str]) -> list[str]:
    """The formats that a value of these shapes can have; trying each one on each value would take seconds."""
    listed = list(shapes)
    found = [form for form in formats if any(re.fullmatch(_digits_of(form), shape) for shape in listed)]
    return found or list(formats[:1])


def _digits_of(form: str) -> str:
    """``%d.%m.%Y`` → a pattern of nines."""
    parts = re.split(r"(%[A-Za-z])", form)
    return "".join(DIGITS.get(part, "9{1,2}") if part.startswith("%") else re.escape(part) for part in parts)


def shape(cell: Expression) -> Expression:
    """``31.12.2025`` → ``99.99.9999``: the few forms that many values share."""
    return call("translate", cell, "012345678", "999999999")


def of_shapes(shapes: Iterable[str]) -> str:
    """A pattern for values of the plain ones among these shapes: quicker than taking the shape of each value."""
    plain = [shape for shape in shapes if re.fullmatch(r"[9 .:/T-]+", shape)]
    return "|".join(re.escape(shape).replace("\\ ", " ").replace("9", "[0-9]") for shape in plain[:MOST_PLAIN])


def year(cell: Expression) -> Expression:
    """A year of four digits, as a number."""
    plausible = call("regexp_full_match", cell, r"(?:19|20|21)\d\d(?:[.,]0+)?")
    return when(plausible, call("left", cell, 4).cast("BIGINT"))


def day_of_year(cell: Expression, month_and_day: str) -> Expression:
    """A day of the year that the cell names, e.g. ``12-31`` for the last one."""
    month, number = (int(part) for part in month_and_day.split("-"))
    return call(
        "make_date", year(cell), ConstantExpression(month).cast("BIGINT"), ConstantExpression(number).cast("BIGINT")
    )


def slug(cell: Expression) -> Expression:
    """„Anti-social behaviour“ → ``anti-social-behaviour``."""
    said = call("lower", cell)
    for letter, letters in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.items():
        said = call("replace", said, letter, letters)
    return call("trim", call("regexp_replace", call("strip_accents", said), "[^a-z0-9]+", "-", "g"), "-")


def age_group(words: str) -> str | None:
    """„18 bis unter 30 Jahre“ → ``18-29``; „75 Jahre oder älter“ → ``75+``; None for anything else."""
    said = re.sub(r"\s+|jahren?|jährige?|j\.", "", words.casefold()).strip()
    if found := re.fullmatch(r"(\d{1,3})(?:bisunter|-<|–<|bis<)(\d{1,3})", said):
        return _ages(int(found[1]), int(found[2]) - 1)
    if found := re.fullmatch(r"(?:unter|<)(\d{1,3})", said):
        return _ages(0, int(found[1]) - 1)
    if found := re.fullmatch(r"(\d{1,3})(?:bis|-|–|\.\.\.)(\d{1,3})", said):
        return _ages(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(?:ab)?(\d{1,3})(?:oderälter|undälter|undmehr|undüber|\+)?", said):
        return None if said.isdigit() else f"{int(found[1])}+"
    return None


def _ages(first: int, last: int) -> str | None:
    return f"{first}-{last}" if first <= last else None


def _signed(cell: Expression) -> Expression:
    """A typographic minus sign is a minus sign; a space that does not break is a space."""
    return call("replace", call("replace", call("replace", cell, "−", "-"), "\u00a0", " "), "\u202f", " ")


def _digits(cell: Expression, marks: Marks) -> Expression:
    plain = _signed(cell)
    if marks.thousands:
        plain = call("replace", plain, marks.thousands, "")
    return call("replace", plain, marks.decimal, ".") if marks.decimal not in ("", ".") else plain

"""What stands in the columns of a file that nobody has described: numbers, days, words, codes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

import pyarrow as pa
from duckdb import ColumnExpression

from sipa_data.german import count_of, number
from sipa_data.intake.days import DATES, TIMES, forms_of, pattern_of, reading_of, slashed
from sipa_data.intake.expressions import text
from sipa_data.intake.numerals import Marks, find_marks
from sipa_data.intake.source import Source

Kind = Literal["empty", "whole", "number", "date", "timestamp", "month", "point", "text"]
MOST_VALUES = 400  # different values that are looked at; a column with more holds no codes
MOST_COLUMNS = 2000  # that are looked at one by one
NEARLY_ALL = 0.98  # of the values that must be of a kind; the checks name the others
MONTH_FORMS = ("%Y-%m", "%m/%Y", "%m.%Y")
POINT = re.compile(r"(?i)point ?\(\s*-?[\d.]+[ ,]+-?[\d.]+\s*\)")
NO_VALUE = frozenset({"null", "none", "na", "n/a", "nan", "#nv", "-", "–", "."})
EXAMPLES = 3
AT_ONCE = 100  # columns taken into memory together
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True)
class Column:
    """One column as it stands in the file.

    Parameters
    ----------
    label : what the file calls it beside its heading (SPSS, Stata)
    filled : rows with a value
    different : different values in the rows that were looked at
    values : the most frequent ones, at most ``MOST_VALUES``, and how often each came
    labels : code → word, where the file carries them
    declared : codes that the file declares as missing
    blanks : words such as NULL that mean: no value
    decimal, thousands : the marks of its numbers
    form : how its days are written, as strftime says
    written : an example of a day
    lowest, highest : of its numbers
    """

    heading: str
    label: str = ""
    kind: Kind = "text"
    filled: int = 0
    different: int = 0
    values: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    declared: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    decimal: str = ""
    thousands: str = ""
    form: str = ""
    written: str = ""
    lowest: float | None = None
    highest: float | None = None

    @property
    def examples(self) -> tuple[str, ...]:
        return tuple(list(self.values)[:EXAMPLES])

    @property
    def years(self) -> bool:
        """Whether its numbers can be calendar years."""
        return self.kind == "whole" and (self.lowest or 0) >= FIRST_YEAR and (self.highest or 0) <= LAST_YEAR

    @property
    def looks(self) -> str:
        """In a few German words."""
        words = {"date": "Tage", "timestamp": "Zeitpunkte", "month": "Monate", "point": "Punkte auf der Karte"}
        if self.kind == "empty":
            return "leer"
        if self.labels and self.kind in ("whole", "number"):
            return f"Codes mit Beschriftung ({count_of(self.different, 'Code', 'Codes')})"
        if self.different == 1:
            return f"immer „{next(iter(self.values))}“"
        if self.lowest is not None and self.highest is not None:
            return self._span(self.lowest, self.highest)
        if self.kind in words:
            return f"{words[self.kind]} wie {self.written or next(iter(self.values))}"
        return f"{number(self.different)} verschiedene Texte"

    def _span(self, lowest: float, highest: float) -> str:
        if self.years:
            return f"Jahre von {lowest:.0f} bis {highest:.0f}"
        decimals = 0 if self.kind == "whole" else 2
        what = "Ganze Zahlen" if self.kind == "whole" else "Zahlen"
        return f"{what} von {number(lowest, decimals)} bis {number(highest, decimals)}"


def see_columns(source: Source) -> tuple[Column, ...]:
    """Every column of a source, the far ones of a very wide file by their headings only."""
    looked_at = min(len(source.headings), MOST_COLUMNS)
    found = []
    for start in range(0, looked_at, AT_ONCE):
        places = range(start, min(start + AT_ONCE, looked_at))
        cells = source.rows.project(*(text(ColumnExpression(f"c{place}")).alias(f"c{place}") for place in places))
        for place, said in zip(places, cells.to_arrow_table().columns, strict=True):
            heading = source.headings[place]
            found.append(_seen(heading, said, source))
    found += [Column(heading, source.form.labels.get(heading, "")) for heading in source.headings[looked_at:]]
    return tuple(found)


def _values(said: pa.ChunkedArray) -> dict[str, int]:
    """Every different value, the most frequent first; among equals the one that comes first in the file."""
    counted = ((pair["values"].as_py(), pair["counts"].as_py()) for pair in said.drop_null().value_counts())
    return dict(sorted(counted, key=lambda pair: -pair[1]))


def _seen(heading: str, said: pa.ChunkedArray, source: Source) -> Column:
    form = source.form
    counted = _values(said)
    blanks = tuple(word for word in counted if word.casefold() in NO_VALUE)
    values = {word: times for word, times in counted.items() if word not in blanks}
    column = Column(
        heading,
        form.labels.get(heading, ""),
        "text" if values else "empty",
        sum(values.values()),
        len(values),
        dict(islice(values.items(), MOST_VALUES)),
        source.labels.get(heading, {}),
        form.declared.get(heading, ()),
        blanks,
    )
    return _as_numbers(column, form.decimal) or _as_points(column) or _as_days(column, form.days) or column


def _as_numbers(column: Column, decimal_mark: str | None) -> Column | None:
    """Numbers, told with their marks; years and codes are whole numbers."""
    shapes = list(dict.fromkeys(re.sub("[1-9]", "9", word) for word in column.values))
    for whole in (True, False):
        marks = find_marks(shapes, whole=whole, decimal_mark=decimal_mark)
        marks = marks or Marks(decimal=".")
        pattern = marks.pattern(whole=whole)
        fitting_words = [word for word in column.values if re.fullmatch(pattern, word)]
        if _nearly_all(fitting_words, column):
            numbers = [_number(word, marks) for word in fitting_words]
            decimal = marks.decimal if not whole and any(marks.decimal in word for word in fitting_words) else ""
            thousands = marks.thousands if any(marks.thousands in word for word in fitting_words) else ""
            return replace(
                column,
                kind="whole" if whole else "number",
                decimal=decimal,
                thousands=thousands,
                lowest=min(numbers),
                highest=max(numbers),
            )
    return None


def _number(word: str, marks: Marks) -> float:
    plain = word.replace(marks.thousands, "") if marks.thousands else word
    return float(plain.replace(marks.decimal, ".") if marks.decimal else plain)


def _as_points(column: Column) -> Column | None:
    fitting_words = [word for word in column.values if POINT.fullmatch(word)]
    return replace(column, kind="point") if _nearly_all(fitting_words, column) else None


def _as_days(column: Column, said: str | None) -> Column | None:
    """Days, moments or months, with the one form that nearly all of them have, or that somebody named."""
    slashes = said or _slashes(column)
    day, *moments = forms_of(slashes) if slashes else ("",)
    kinds: tuple[tuple[Kind, Sequence[str]], ...] = (
        ("month", MONTH_FORMS),
        ("date", (day, *DATES) if day else DATES),
        ("timestamp", (*moments, *TIMES)),
    )
    for kind, forms in kinds:
        for form in forms:
            pattern = pattern_of(form)
            words = [word for word in column.values if re.fullmatch(pattern, word)]
            if _nearly_all(words, column):
                return replace(column, kind=kind, form=form, written=words[0])
    either = [word for word in column.values if slashed(word)]
    return replace(column, kind="date", written=either[0]) if _nearly_all(either, column) else None


def _slashes(column: Column) -> str | None:
    """What stands first in ``03/04/2025``, where the days of the column tell it."""
    pairs = [pair for word in column.values if (pair := slashed(word))]
    return reading_of(max(first for first, _ in pairs), max(second for _, second in pairs)) if pairs else None


def _nearly_all(words: Iterable[str], column: Column) -> bool:
    """Of the values that are kept, as often as each comes."""
    times = sum(column.values[word] for word in words)
    return times > 0 and times >= NEARLY_ALL * sum(column.values.values())

"""Decimal comma or point, thousands dot, comma, space or apostrophe: told from all values of a column together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MARKS = ",.' "


@dataclass(frozen=True)
class Marks:
    """How a column writes numbers; an empty text where it has no such mark."""

    thousands: str = ""
    decimal: str = ""

    def pattern(self, *, whole: bool) -> str:
        """Regular expression of the whole cell. A whole number may end in a decimal mark and zeros (``12.0``)."""
        digits = r"\d{1,15}"
        if self.thousands:
            digits = rf"(?:\d{{1,3}}(?:{re.escape(self.thousands)}\d{{3}}){{1,4}}|{digits})"
        if not self.decimal:
            return rf"[+-]?{digits}"
        tail = rf"{re.escape(self.decimal)}0*" if whole else rf"{re.escape(self.decimal)}\d*(?:[eE][+-]?\d{{1,3}})?"
        return rf"[+-]?{digits}(?:{tail})?"


def find_marks(shapes: Iterable[str], *, whole: bool, decimal_mark: str | None = None) -> Marks | None:
    """Tell the marks of a column from the shapes of all its values; None if both readings are possible.

    Parameters
    ----------
    shapes : the values with 9 for every digit but 0, each once
    whole : the column holds whole numbers
    decimal_mark : comma or point, where somebody said so; the other one can only part thousands
    """
    numbers = [text.lstrip("+-") for text in shapes if re.fullmatch(r"[+-]?[09][09., ']*(?:[eE][+-]?\d+)?", text)]
    thousands: set[str] = set()
    decimal: set[str] = set()
    either: set[str] = set()
    if decimal_mark is not None:
        used = {sign for text in numbers for sign in text if sign in MARKS and sign != decimal_mark}
        return Marks(min(used, default=""), decimal_mark)
    for text in numbers:
        for mark, meanings in _meanings(text):
            {"thousands": thousands, "decimal": decimal, "either": either}[meanings].add(mark)
    either -= thousands | decimal
    for mark in sorted(either):
        if thousands or decimal:
            (thousands if decimal else decimal).add(mark)
        elif whole:
            thousands.add(mark)
        elif mark == ",":
            decimal.add(mark)
        else:
            return None
    return Marks(min(thousands - decimal, default=""), min(decimal, default=""))  # what does not fit is named later


def _meanings(number: str) -> list[tuple[str, str]]:
    """What the marks inside one number can only mean, or that they can mean either."""
    marks = [sign for sign in number if sign in MARKS]
    kinds = list(dict.fromkeys(marks))
    if len(kinds) == 2:
        return [(kinds[0], "thousands"), (kinds[1], "decimal")]
    if not kinds:
        return []
    if len(marks) > 1 or kinds[0] in " '":
        return [(kinds[0], "thousands")]
    return [(kinds[0], "either" if re.fullmatch(r"9[09]{0,2}[.,][09]{3}", number) else "decimal")]

"""Numbers and dates as a German reader expects them, whatever the browser's language."""

from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import NumberPattern, format_decimal, parse_pattern

GERMAN = Locale("de")
THIN_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
EN_DASH = "–"
MINUS = "−"
MOST_NUMBERS = 20_000
"""Kept as text: the next reader is shown the same numbers, and a rehearsal asks for them four times."""
UNITS_IN_FRONT = frozenset({"Note"})
"""Units that stand before their number: „Note 2,6“."""
SINGULAR_UNITS = {
    "Fälle": "Fall",
    "Tage": "Tag",
    "Stunden": "Stunde",
    "Minuten": "Minute",
    "Personen": "Person",
    "Punkte": "Punkt",
    "Prozentpunkte": "Prozentpunkt",
    "Orte": "Ort",
    "Meldungen": "Meldung",
    "Projekte": "Projekt",
    "Kinder": "Kind",
    "Beiräte": "Beirat",
    "Fälle im Jahr": "Fall im Jahr",
    "Unfälle": "Unfall",
    "Unfälle im Jahr": "Unfall im Jahr",
    "Pläne": "Plan",
}
"""A unit after the number one; every other unit reads the same after any number."""


def rounded(value: float, decimals: int = 0) -> float:
    """As ``number`` shows it, still to count with."""
    return round(value, decimals) + 0.0  # + 0.0 turns −0,0 into 0,0


@lru_cache(MOST_NUMBERS)
def number(value: float, decimals: int = 0) -> str:
    """``1234.5, 1`` → ``1.234,5``; a true minus sign for negative values."""
    return format_decimal(rounded(value, decimals), format=_pattern(decimals), locale=GERMAN).replace("-", MINUS)


@cache
def _pattern(decimals: int) -> NumberPattern:
    """Read once: a page shows thousands of numbers, and reading pattern and locale was two thirds of the time."""
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def with_unit(value: float, unit: str, decimals: int = 0) -> str:
    """``14,0 %``, ``1 Fall``, ``1.636 Fälle``: a thin space before ``%``, none of it breaking at line ends."""
    shown = number(value, decimals)
    if unit in UNITS_IN_FRONT:
        return f"{unit}{NO_BREAK_SPACE}{shown}"
    if shown == number(1, decimals):
        unit = SINGULAR_UNITS.get(unit, unit)
    return f"{shown}{THIN_SPACE if unit == '%' else NO_BREAK_SPACE}{unit}"


def interval(lower: float, upper: float, unit: str, decimals: int = 0) -> str:
    """``13,3–14,7 %``"""
    first, last = number(lower, decimals), number(upper, decimals)
    dash = " bis " if first.startswith(MINUS) or last.startswith(MINUS) else EN_DASH
    if unit in UNITS_IN_FRONT:
        return f"{unit}{NO_BREAK_SPACE}{first}{dash}{last}"
    return f"{first}{dash}{last}{THIN_SPACE if unit == '%' else NO_BREAK_SPACE}{unit}"


def day(value: date) -> str:
    """``31.12.2025``"""
    return format_date(value, "dd.MM.yyyy", locale="de")


def moment(value: datetime) -> str:
    """``31.12.2025, 14:05 Uhr``"""
    return format_datetime(value, "dd.MM.yyyy, HH:mm 'Uhr'", locale="de")


def count_of(count: int, singular: str, plural: str) -> str:
    """``1 Fall``, ``1.234 Fälle``"""
    return f"{number(count)}{NO_BREAK_SPACE}{singular if count == 1 else plural}"


def listing(words: list[str] | tuple[str, ...], last: str = "und") -> str:
    """``Mitte, Nord und Ost``"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"

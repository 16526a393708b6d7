"""How days and moments are written: the usual forms, and which of two readings ``03/04/2025`` has. Pure."""

import re
from datetime import date, datetime

GERMAN, DAY_FIRST, MONTH_FIRST, ISO = "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"

DATES = (GERMAN, ISO, "%Y-%m-%d %H:%M:%S", "%d.%m.%y", "%Y/%m/%d", "%d-%m-%Y")
CLOCKS = ("%H:%M:%S.%f", "%H:%M:%S", "%H:%M")
TIMES = (
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%y %H:%M",
    "%d.%m.%y",
    GERMAN,
    ISO,
)
FIRST_TWO = r"^(\d{1,2})/(\d{1,2})/\d{4}"
DIGITS = {"%Y": r"(?:19|20|21)\d\d", "%y": r"\d\d", "%f": r"\d{1,9}", "%M": r"\d\d", "%S": r"\d\d"}
MIDDLE = 12  # a number beyond it is no month


def forms_of(day: str) -> tuple[str, ...]:
    """A form of days, alone and with the time of day behind it."""
    return (day, *(f"{day} {clock}" for clock in CLOCKS))


def slashed(word: str) -> tuple[int, int] | None:
    """The first two numbers of ``03/04/2025``."""
    found = re.match(FIRST_TWO, word)
    return (int(found[1]), int(found[2])) if found else None


def reading_of(first: int, second: int) -> str | None:
    """Which reading of slashed days holds, by the largest of their first and second numbers; None: either may.

    Where both are beyond the twelfth, the checks name those that are no day.
    """
    if first > MIDDLE:
        return DAY_FIRST
    return MONTH_FIRST if second > MIDDLE else None


def pattern_of(form: str) -> str:
    """``%d.%m.%Y`` → a regular expression; day, month and hour may lack their leading zero."""
    parts = re.split(r"(%[A-Za-z])", form)
    return "".join(DIGITS.get(part, r"\d{1,2}") if part.startswith("%") else re.escape(part) for part in parts)


def day_in(words: str) -> date | None:
    """A day as people write it: 31.12.2025 or 2025-12-31."""
    return next((day for form in (GERMAN, ISO) if (day := day_of(words.strip(), form))), None)


def day_of(word: str, form: str) -> date | None:
    """The day that a word names in this form; None where there is no such day."""
    if not re.fullmatch(pattern_of(form), word):
        return None
    try:
        return datetime.strptime(word, form).date()  # noqa: DTZ007 -- a day of the calendar has no zone
    except ValueError:
        return None

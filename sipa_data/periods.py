"""Periods of time: the calendar steps that are published, and how they are written.

A period is a closed range of days. Its text form is what a link carries:
``2025``, ``2025-Q3``, ``2025-07``, ``2025-06~12`` (the twelve months that end with June 2025),
or ``2023-11-15--2023-12-31`` for anything else.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from babel.dates import format_date, get_month_names

from sipa_data.errors import InvalidQuestion


class Grain(StrEnum):
    """The length of a period."""

    month = "monat"
    quarter = "quartal"
    year = "jahr"
    rolling_year = "12monate"
    years = "jahre"  # several whole calendar years
    day = "tag"
    other = "sonstig"


@dataclass(frozen=True, order=True)
class Period:
    """A closed range of days, ``start`` and ``end`` included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise InvalidQuestion(
                f"Der Zeitraum endet am {self.end:%d.%m.%Y}, bevor er am {self.start:%d.%m.%Y} beginnt."
            )

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        first = 3 * quarter - 2
        return cls(date(year, first, 1), date(year, first + 2, monthrange(year, first + 2)[1]))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def twelve_months_to(cls, year: int, month: int) -> Self:
        start = date(year, 1, 1) if month == 12 else date(year - 1, month + 1, 1)
        return cls(start, date(year, month, monthrange(year, month)[1]))

    @property
    def grain(self) -> Grain:
        """Which calendar step this is. A calendar year is a year, not a rolling one."""
        year, month = self.end.year, self.end.month
        if self == Period.year(year):
            return Grain.year
        if month % 3 == 0 and self == Period.quarter(year, month // 3):
            return Grain.quarter
        if self == Period.month(year, month):
            return Grain.month
        if self == Period.twelve_months_to(year, month):
            return Grain.rolling_year
        if self.start == date(self.start.year, 1, 1) and self.end == date(year, 12, 31):
            return Grain.years
        return Grain.day if self.start == self.end else Grain.other

    def __str__(self) -> str:
        year, month = self.end.year, self.end.month
        match self.grain:
            case Grain.year:
                return f"{year}"
            case Grain.quarter:
                return f"{year}-Q{month // 3}"
            case Grain.month:
                return f"{year}-{month:02d}"
            case Grain.rolling_year:
                return f"{year}-{month:02d}~12"
            case _:
                return f"{self.start.isoformat()}--{self.end.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form.

        Raises
        ------
        InvalidQuestion : the text is none of the forms, or names a day that does not exist
        """
        try:
            if found := re.fullmatch(r"(\d{4})", text):
                return cls.year(int(found[1]))
            if found := re.fullmatch(r"(\d{4})-Q([1-4])", text):
                return cls.quarter(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
                return cls.month(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4})-(\d{2})~12", text):
                return cls.twelve_months_to(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})--(\d{4}-\d{2}-\d{2})", text):
                return cls(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        except ValueError:
            pass
        raise InvalidQuestion(
            f"„{text[:40]}“ ist kein Zeitraum. Möglich sind zum Beispiel 2025, 2025-Q3, 2025-07 oder 2025-06~12."
        )

    @property
    def german(self) -> str:  # noqa: PLR0911 - one plain return per kind of period
        """As a reader would say it: „2025“, „3. Quartal 2025“, „Juli 2025“, „12 Monate bis Juni 2025“."""
        year, month = self.end.year, self.end.month
        month_name = get_month_names("wide", locale="de")[month]
        match self.grain:
            case Grain.year:
                return f"{year}"
            case Grain.quarter:
                return f"{month // 3}. Quartal {year}"
            case Grain.month:
                return f"{month_name} {year}"
            case Grain.rolling_year:
                return f"12 Monate bis {month_name} {year}"
            case Grain.years:
                return f"{self.start.year} bis {year}"
            case Grain.day:
                return format_date(self.end, "dd.MM.yyyy", locale="de")
            case _ if self.is_part_of_year:
                return f"Januar bis {month_name} {year}"
            case _:
                first, last = (format_date(day, "dd.MM.yyyy", locale="de") for day in (self.start, self.end))
                return f"{first} bis {last}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @classmethod
    def years(cls, first: int, last: int) -> Self:
        """Whole calendar years, both included."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    def years_earlier(self, years: int) -> "Period":
        """The same days of an earlier year: January to June 2025 → January to June 2024. Month ends stay month ends."""
        return Period(_day_in(self.start, self.start.year - years), _day_in(self.end, self.end.year - years))

    def same_days(self, other: "Period") -> bool:
        """Whether both are the same days of two years, or the very same."""
        years = self.end.year - other.end.year
        return self.years_earlier(years) == other if years >= 0 else other.same_days(self)

    @property
    def is_part_of_year(self) -> bool:
        """Whether this is what there is of a year so far: from the first of January to the end of some month."""
        starts = self.start == date(self.end.year, 1, 1)
        return starts and self.end.month < 12 and self.end == Period.month(self.end.year, self.end.month).end

    def calendar_years(self) -> tuple["Period", ...]:
        """The calendar years that this period touches."""
        return tuple(Period.year(year) for year in range(self.start.year, self.end.year + 1))

    def covers(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Period") -> bool:
        return self.start <= other.end and other.start <= self.end

    def months(self) -> tuple["Period", ...]:
        """The calendar months that this period touches."""
        found = []
        day = self.start.replace(day=1)
        while day <= self.end:
            step = Period.month(day.year, day.month)
            found.append(step)
            day = step.end + timedelta(days=1)
        return tuple(found)


def _day_in(day: date, year: int) -> date:
    """The same day of another year; the last of February stays the last."""
    last = monthrange(year, day.month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, day.month, last if is_last else min(day.day, last))

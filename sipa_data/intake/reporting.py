"""Which period a file reports on: from a column, from its name, or as the person who delivers it says."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from babel.dates import get_month_names

from sipa_data.errors import InvalidQuestion, ProfileError
from sipa_data.intake.delivery import Finding
from sipa_data.intake.profile import Profile
from sipa_data.periods import Period

MONTHS = {
    name.casefold().rstrip("."): number
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale="de").items()
}


def period_in(words: str) -> Period | None:
    """A period as people write it: „2025“, „07/2025“, „Juli 2025“, „3. Quartal 2025“, „Q3 2025“, „31.12.2025“."""
    said = words.strip().casefold()
    try:
        for pattern, period in FORMS:
            if found := re.fullmatch(pattern, said):
                return period(found)
        return Period.parse(words.strip())
    except (ValueError, KeyError, InvalidQuestion):
        return None


def _day(year: str, month: str, number: str) -> Period:
    day = date(int(year), int(month), int(number))
    return Period(day, day)


FORMS: tuple[tuple[str, Callable[[re.Match[str]], Period]], ...] = (
    (r"(\d{4})(?:[.,]0+)?", lambda said: Period.year(int(said[1]))),
    (r"(\d{1,2})[./-](\d{4})", lambda said: Period.month(int(said[2]), int(said[1]))),
    (r"(\d{4})[/.](\d{1,2})", lambda said: Period.month(int(said[1]), int(said[2]))),
    (r"([a-zä]+)\.? (\d{4})", lambda said: Period.month(int(said[2]), MONTHS[said[1]])),
    (r"([1-4])\. ?quartal (\d{4})", lambda said: Period.quarter(int(said[2]), int(said[1]))),
    (r"q([1-4])[ /](\d{4})", lambda said: Period.quarter(int(said[2]), int(said[1]))),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", lambda said: _day(said[3], said[2], said[1])),
    (r"(\d{4})-(\d\d)-(\d\d)", lambda said: _day(said[1], said[2], said[3])),
)


def period_of_file(profile: Profile, file_name: str, asked: Period | None) -> tuple[Period | None, Sequence[Finding]]:
    """The period of the whole file; None where each row names its own.

    Raises
    ------
    ProfileError : the layout needs a period, and neither the file's name nor the person gives one
    """
    named = None
    if profile.period.file_name and (found := re.search(profile.period.file_name, file_name)):
        named = period_in(found[1])
    if asked and named and asked != named:
        sentence = (
            f"Der Dateiname „{file_name}“ nennt den Zeitraum {named.german}, angegeben ist {asked.german}. "
            "Bitte prüfen, ob es die richtige Datei ist."
        )
        return asked, [Finding("error", "period_differs", sentence, found=named.german, expected=asked.german)]
    period = asked or named
    if period is None and _needs_period(profile):
        raise ProfileError(
            f"Das Profil „{profile.id}“ entnimmt der Datei keinen Zeitraum. Bitte den Zeitraum angeben, zum Beispiel "
            "2025, 2025-Q3 oder 2025-07 (auf der Kommandozeile: --period)."
        )
    return period, []


def _needs_period(profile: Profile) -> bool:
    uses = any(rule.period for table in profile.tables for rule in table.columns.values())
    return uses and profile.period.column is None

"""Checks of single values: can they be read, are they possible."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sipa_data.german import day, listing
from sipa_data.intake.checks.sentences import Check
from sipa_data.intake.profile import ColumnRule
from sipa_data.periods import Period
from sipa_data.tables import Column

IN_ONE = "In Zeile {line}, Spalte „{column}“, steht „{found}“; "
IN_MANY = "In {count} Zeilen der Spalte „{column}“ steht Unerwartetes, zuerst in Zeile {line} „{found}“; "
EMPTY_ONE = "In Zeile {line} ist die Spalte „{column}“ leer; erwartet wird {expected}."
EMPTY_MANY = "In {count} Zeilen ist die Spalte „{column}“ leer, zuerst in Zeile {line}; erwartet wird {expected}."

MOJIBAKE = "Ã[¤¶¼Ÿ„–œ]|â€|\ufffd"  # UTF-8 read as cp1252 and saved again, or letters already lost
EXPECTED = {
    "text": "ein Text",
    "integer": "eine ganze Zahl",
    "number": "eine Zahl",
    "boolean": "„ja“ oder „nein“",
    "date": "ein Datum wie 31.12.2025",
    "timestamp": "ein Zeitpunkt wie 31.12.2025 14:05",
    "year": "ein Jahr wie 2025",
    "age_group": "eine Altersgruppe wie 18 bis 29 Jahre",
    "districts": "Namen oder Nummern aus dem Katalog, getrennt durch Semikolon",
    "fields": "Handlungsfelder des Katalogs, getrennt durch Semikolon",
    "indicators": "Kennzahlen des Katalogs, getrennt durch Semikolon",
    "partner_kind": "eine Art von Partnern des Katalogs",
    "list": "Angaben, getrennt durch Semikolon",
    "period": "ein Zeitraum wie 2025, Juli 2025 oder 3. Quartal 2025",
}
NEVER_NEGATIVE = frozenset({
    "cases", "attempts", "cleared", "inhabitants", "persons", "rate", "n", "invited", "responded", "share", "lower",
    "upper", "budget_eur", "spread", "participants", "places",
})  # fmt: skip

FRACTION = Check(
    "not_whole",
    "error",
    "{value} is null and regexp_full_match({found}, '[+-]?[0-9]+[.,][0-9]*[1-9][0-9]*')",
    IN_ONE + "gezählt wird nur in ganzen Zahlen, erwartet wird also {expected}.",
    IN_MANY + "gezählt wird nur in ganzen Zahlen, erwartet wird also {expected}.",
    "eine ganze Zahl",
)
NEGATIVE = Check(
    "negative",
    "error",
    "{value} < 0",
    IN_ONE + "eine negative Zahl kann es hier nicht geben, erwartet wird {expected}.",
    IN_MANY + "negative Zahlen kann es hier nicht geben, erwartet wird {expected}.",
    "0 oder mehr",
)
IMPLAUSIBLE_DATE = Check(
    "implausible_date",
    "error",
    "year({value}) not between 1900 and 2199",
    IN_ONE + "ein solches Jahr kann nicht stimmen, erwartet wird {expected}.",
    IN_MANY + "solche Jahre können nicht stimmen, erwartet wird {expected}.",
    "ein Jahr zwischen 1900 und 2199",
)
BROKEN_UMLAUTS = Check(
    "broken_umlauts",
    "error",
    f"regexp_full_match({{found}}, '(?s).*(?:{MOJIBAKE}).*')",
    IN_ONE + "die Umlaute sind zerstört. Bitte die Datei aus dem Ursprungssystem neu als {expected} exportieren.",
    IN_MANY + "die Umlaute sind zerstört. Bitte die Datei aus dem Ursprungssystem neu als {expected} exportieren.",
    "UTF-8",
)


def checks_of(column: Column, rule: ColumnRule | None, period: Period | None, *, is_period: bool) -> Sequence[Check]:
    """What is checked in one column.

    Parameters
    ----------
    period : the period the file is said to be about, if it is
    is_period : whether this column says when
    """
    reading = _reading(column, rule)
    checks: list[Check] = []
    if reading == "integer":
        checks.append(FRACTION)
    checks.append(_unreadable(reading, _words(rule)))
    if not column.optional:
        checks.append(_empty(reading))
    if column.type in ("integer", "number") and column.name in NEVER_NEGATIVE:
        checks.append(NEGATIVE)
    if column.type in ("date", "timestamp"):
        checks.append(IMPLAUSIBLE_DATE)
    if is_period:
        checks.append(_outside(period) if period is not None else _in_the_future())
    if column.type == "text":
        checks.append(BROKEN_UMLAUTS)
    return checks


def _reading(column: Column, rule: ColumnRule | None) -> str:
    if rule is not None and rule.period is not None:
        return "period"
    if rule is not None and rule.read_as is not None:
        return rule.read_as
    return column.type


def _words(rule: ColumnRule | None) -> str | None:
    """The words that a profile translates, where it knows no others."""
    if rule is None or not rule.values or rule.otherwise != "refuse":
        return None
    return listing([f"„{word}“" for word in rule.values], "oder")


def _unreadable(reading: str, words: str | None) -> Check:
    not_a_fraction = "" if reading != "integer" else f" and not ({FRACTION.holds_for})"
    expected = words or EXPECTED.get(reading, "eine der vorgesehenen Angaben")
    return Check(
        "unreadable_value",
        "error",
        "{found} is not null and {value} is null" + not_a_fraction,
        IN_ONE + "erwartet wird {expected}.",
        IN_MANY + "erwartet wird {expected}.",
        expected,
    )


def _empty(reading: str) -> Check:
    return Check(
        "empty_value",
        "error",
        "{found} is null and {value} is null",
        EMPTY_ONE,
        EMPTY_MANY,
        EXPECTED.get(reading, "ein Wert"),
    )


def _outside(period: Period) -> Check:
    first, last = _quoted(period.start), _quoted(period.end)
    span = f"ein Tag vom {day(period.start)} bis {day(period.end)}"
    return Check(
        "outside_period",
        "error",
        f"{{value}}::date < {first} or {{value}}::date > {last}",
        IN_ONE + "das liegt außerhalb des angegebenen Zeitraums, erwartet wird {expected}.",
        IN_MANY + "das liegt außerhalb des angegebenen Zeitraums, erwartet wird {expected}.",
        span,
    )


def _in_the_future() -> Check:
    """What is counted has happened. A day's grace for files from further east."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return Check(
        "in_the_future",
        "error",
        f"{{value}}::date > {_quoted(tomorrow)} and year({{value}}) < 2200",
        IN_ONE + "das liegt in der Zukunft, erwartet wird {expected}.",
        IN_MANY + "das liegt in der Zukunft, erwartet wird {expected}.",
        "ein Tag bis heute",
    )


def _quoted(value: date) -> str:
    """A date as SQL writes it: digits and dashes, nothing a file could have put there."""
    return f"date '{value.isoformat()}'"

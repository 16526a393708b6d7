"""What is wrong with one value, in plain German: pydantic's findings, one translation per type of error."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

Words = Callable[[Any, Mapping[str, Any]], tuple[str, str]]

PATTERNS = {
    r"^[a-z0-9][a-z0-9_-]*$": "Erlaubt sind Kleinbuchstaben ohne Umlaute, Ziffern, Bindestrich und Unterstrich",
    r"^[0-9A-Za-z]{1,12}$": "Erlaubt sind 1 bis 12 Ziffern und Buchstaben ohne Umlaute",
    r"^[0-9A-Za-z]{2,12}$": "Erlaubt sind 2 bis 12 Ziffern und Buchstaben ohne Umlaute",
    r"^\d{1,3}(-\d{1,3}|\+)$": "Eine Altersgruppe wird geschrieben wie 14-17 oder 60+",
}
"""Each pattern of the models, said in words."""


MANY = 12
"""More words than this are not listed."""


def quoted(value: Any, length: int = 40) -> str:
    """A value as a person would point at it, shortened."""
    match value:
        case bool():
            return f"„{str(value).lower()}“"
        case list() | tuple():
            return "eine Liste"
        case dict():
            return "ein Abschnitt"
        case None:
            return "nichts"
        case _:
            text = " ".join(str(value).split())
            return f"„{text if len(text) <= length else text[:length] + '…'}“"


def alternatives(words: Sequence[str], last: str = "oder") -> str:
    """``„a“, „b“ oder „c“``"""
    marked = [f"„{word}“" for word in words]
    return " ".join([", ".join(marked[:-1]), last, marked[-1]]) if len(marked) > 1 else "".join(marked)


def meant(word: str, known: Sequence[str]) -> str:
    """The fix for a word that is not known: the closest known one, or all of them where they are few."""
    closest = get_close_matches(word, known, n=1, cutoff=0.6)
    if closest:
        return f"Gemeint ist wohl „{closest[0]}“"
    if not known:
        return "Bitte entfernen oder erst dort anlegen"
    if len(known) > MANY:
        return f"Bekannt ist zum Beispiel „{known[0]}“"
    return f"Bekannt {'ist' if len(known) == 1 else 'sind'} {alternatives(known, 'und')}"


def _choices(text: str) -> list[str]:
    return [word for index, word in enumerate(text.split("'")) if index % 2]


def _choice(value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    known = _choices(str(context.get("expected", context.get("expected_tags", ""))))
    closest = get_close_matches(str(value), known, n=1, cutoff=0.6)
    hint = f"; gemeint ist wohl „{closest[0]}“" if closest else ""
    return f"{quoted(value)} ist hier nicht vorgesehen", f"Möglich ist {alternatives(known)}{hint}"


def _kind(value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    if "tag" in context:
        return _choice(context["tag"], context)
    return (
        f"Es fehlt „kind“ in {quoted(value)}",
        'Bitte ergänzen, zum Beispiel kind = "count", "rate", "clearance", "share", "difference" oder "register"',
    )


def _same(problem: str, fix: str) -> Words:
    return lambda value, _: (problem.format(value=quoted(value)), fix)


def _limit(problem: str, fix: str, name: str) -> Words:
    return lambda value, context: (
        problem.format(value=quoted(value)),
        fix.format(limit=f"{context[name]:g}".replace(".", ",")),
    )


WHOLE = _same("{value} ist keine ganze Zahl", "Bitte eine ganze Zahl ohne Anführungszeichen eintragen, zum Beispiel 3")
NUMBER = _same("{value} ist keine Zahl", "Bitte eine Zahl mit Punkt als Dezimalzeichen eintragen, zum Beispiel 3.79")
DAY = _same("{value} ist kein Datum", "Bitte als Jahr-Monat-Tag schreiben, zum Beispiel 2025-12-31")
LIST = _same("{value} ist keine Liste", 'Bitte in eckige Klammern setzen, zum Beispiel ["eins", "zwei"]')
SECTION = _same("{value} ist kein Abschnitt", 'Bitte in geschweifte Klammern setzen, zum Beispiel { kind = "count" }')

TRANSLATIONS: dict[str, Words] = {
    "missing": _same("Die Angabe fehlt", "Bitte ergänzen"),
    "string_type": _same("{value} ist kein Text", "Bitte in Anführungszeichen setzen"),
    "string_too_short": _same("Der Text ist leer", "Bitte ausfüllen"),
    "string_too_long": lambda value, context: (
        f"Der Text {quoted(value, 20)} hat {len(str(value))} Zeichen",
        f"Erlaubt sind höchstens {context['max_length']}; bitte kürzen",
    ),
    "string_pattern_mismatch": lambda value, context: (
        f"{quoted(value)} hat nicht die erwartete Form",
        PATTERNS[context["pattern"]],
    ),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "bool_type": _same("{value} ist weder ja noch nein", "Bitte „ja“ oder „nein“ eintragen"),
    "bool_parsing": _same("{value} ist weder ja noch nein", "Bitte „ja“ oder „nein“ eintragen"),
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "literal_error": _choice,
    "greater_than": _limit("{value} ist zu klein", "Die Zahl muss größer als {limit} sein", "gt"),
    "greater_than_equal": _limit("{value} ist zu klein", "Die Zahl muss mindestens {limit} sein", "ge"),
    "less_than_equal": _limit("{value} ist zu groß", "Die Zahl darf höchstens {limit} sein", "le"),
    "tuple_type": LIST,
    "too_short": _limit("Die Liste hat zu wenige Angaben", "Es müssen mindestens {limit} sein", "min_length"),
    "dict_type": SECTION,
    "model_type": SECTION,
    "model_attributes_type": SECTION,
    "union_tag_not_found": _kind,
    "union_tag_invalid": _kind,
}


def explain(error: ErrorDetails, known_keys: Sequence[str]) -> tuple[str, str]:
    """What was found, and what to do, for one finding of pydantic.

    Parameters
    ----------
    error : the finding
    known_keys : keys that exist where the finding is, for „gemeint ist wohl“
    """
    if error["type"] == "extra_forbidden":
        key = str(error["loc"][-1])
        return f"Den Schlüssel „{key}“ gibt es hier nicht", meant(key, known_keys)
    words = TRANSLATIONS.get(error["type"])
    if words is None:
        return f"{quoted(error['input'])} ist hier nicht gültig", "Bitte mit den Nachbareinträgen vergleichen"
    return words(error["input"], error.get("ctx", {}))

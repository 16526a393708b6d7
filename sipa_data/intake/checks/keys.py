"""Words that the catalogue must know: offence keys, indicators, registers, questions."""

import re
from collections.abc import Callable, Mapping

from duckdb import ColumnExpression, ConstantExpression

from sipa_data.catalogue import Catalogue
from sipa_data.german import count_of
from sipa_data.intake.blame import blaming
from sipa_data.intake.cells import Distinct, distinct
from sipa_data.intake.checks.sentences import insgesamt, shortened
from sipa_data.intake.delivery import Finding, Severity
from sipa_data.intake.mapping import Part
from sipa_data.intake.readers.headings import closest

SHOWN = 20
SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")


def check_keys(
    parts: list[Part], catalogue: Catalogue, line_of: Callable[[int], int], unknown_offences: Severity
) -> list[Finding]:
    """Every key of a delivery that the catalogue does not know, with what probably happened to it."""
    known: Mapping[str, tuple[str, list[str]]] = {
        "offence_key": ("Schlüssel", list(catalogue.offences)),
        "register": ("Register", list(catalogue.registers)),
        "item_id": ("Frage", list(catalogue.items)),
        "indicator": ("Kennzahl", list(catalogue.indicators)),
    }
    findings: list[Finding] = []
    for part in parts:
        for name, (word, keys) in known.items():
            if name in part.rows.columns:
                severity = unknown_offences if name == "offence_key" else "error"
                values = [value for value in distinct(part.rows, [ColumnExpression(name)]) if value.values[0]]
                unknown = [value for value in values if value.values[0] not in keys]
                told = _unknown(unknown, part.headings.get(name), word, keys, line_of, severity)
                wrong = [ConstantExpression(value.values[0]) for value in unknown]
                rows = part.rows.filter(ColumnExpression(name).isin(*wrong)).project("row") if unknown else None
                findings += [blaming(one, rows if one.severity == "error" else None) for one in told]
    return findings


def _unknown(
    values: list[Distinct],
    column: str | None,
    word: str,
    keys: list[str],
    line_of: Callable[[int], int],
    severity: Severity,
) -> list[Finding]:
    """One finding per damaged key; unknown ones that are only worth a warning are told together."""
    broken = [value for value in values if SCIENTIFIC.fullmatch(str(value.values[0]))]
    rest = [value for value in values if value not in broken]
    findings = [_scientific(value, column, line_of) for value in broken[:SHOWN]]
    if severity == "error":
        findings += [_one_unknown(value, column, word, keys, line_of) for value in rest[:SHOWN]]
        rest = rest[SHOWN:]
    if rest:
        rows = sum(value.count for value in rest)
        first = str(rest[0].values[0])
        line = line_of(rest[0].row)
        many = f"{count_of(len(rest), 'Schlüssel', 'verschiedene Schlüssel')} ({count_of(rows, 'Zeile', 'Zeilen')})"
        what = "kennt der Katalog nicht" if severity == "error" else "kennt der Katalog nicht; gezählt wird trotzdem"
        sentence = f"{many}, zuerst „{shortened(first)}“ in Zeile {line}, {what}."
        findings.append(
            Finding(severity, "unknown_key", sentence, line, column, first, "ein Schlüssel des Katalogs", rows)
        )
    return findings


def _scientific(value: Distinct, column: str | None, line_of: Callable[[int], int]) -> Finding:
    found, line = str(value.values[0]), line_of(value.row)
    return Finding(
        "error",
        "key_became_number",
        f"In Zeile {line}{_in(column)} steht „{found}“{insgesamt(value.count)}. Eine Tabellenkalkulation hat den "
        "Schlüssel für eine Zahl gehalten und umgeschrieben; der Schlüssel ist damit verloren. Bitte aus der "
        "ursprünglichen Datei neu exportieren und die Spalte beim Öffnen als Text einlesen.",
        line,
        column,
        found,
        "ein Schlüssel als Text",
        value.count,
    )


def _one_unknown(
    value: Distinct, column: str | None, word: str, keys: list[str], line_of: Callable[[int], int]
) -> Finding:
    found, line = str(value.values[0]), line_of(value.row)
    expected = closest(found, keys)
    hint = f" Meinten Sie „{expected}“?" if expected else ""
    whole = [key for key in keys if key.lstrip("0") == found.removesuffix(".0") and key != found]
    if whole:
        expected = whole[0]
        hint = (
            f" Gemeint ist wohl „{expected}“: Eine Tabellenkalkulation hat die führende Null gelöscht. "
            "Bitte die Spalte als Text einlesen."
        )
    sentence = (
        f"In Zeile {line}{_in(column)} steht „{shortened(found)}“{insgesamt(value.count)}; {_not_known(word)}.{hint}"
    )
    return Finding(
        "error",
        "unknown_key",
        sentence,
        line,
        column,
        found,
        expected or f"ein Eintrag des Katalogs ({word})",
        value.count,
    )


def _not_known(word: str) -> str:
    return {
        "Schlüssel": "diesen Schlüssel kennt der Katalog nicht",
        "Register": "dieses Register kennt der Katalog nicht",
    }.get(word, f"diese {word} kennt der Katalog nicht")


def _in(column: str | None) -> str:
    return f", Spalte „{column}“," if column else ""

"""What was found in a file, grouped by its cause: how often in all, and the first examples of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from sipa_data.errors import SaysWhere
from sipa_data.intake.delivery import Severity

SHOWN = 5
ORDER: tuple[Severity, ...] = ("error", "warning", "note")
TITLES = {
    "separator": "Spalten nicht zu trennen",
    "no_headings": "Keine Überschriften",
    "missing_column": "Spalte fehlt",
    "duplicate_heading": "Überschrift mehrfach",
    "merged_head_rows": "Verbundene Kopfzeilen",
    "no_rows": "Keine Daten",
    "truncated": "Datei abgeschnitten",
    "ragged_row": "Zeilen mit zu vielen oder zu wenigen Spalten",
    "open_quotation": "Anführungszeichen nicht geschlossen",
    "unreadable_row": "Beschädigte Zeilen",
    "nothing_taken": "Nichts über diese Stadt",
    "period_differs": "Zeitraum widersprüchlich",
    "empty_value": "Leere Pflichtfelder",
    "unreadable_value": "Nicht lesbare Werte",
    "not_whole": "Nachkommastellen in einer Anzahl",
    "negative": "Negative Anzahlen",
    "ambiguous_number": "Mehrdeutige Zahlen",
    "ambiguous_date": "Mehrdeutige Tage",
    "implausible_date": "Unmögliche Jahre",
    "in_the_future": "Zeitpunkte in der Zukunft",
    "outside_period": "Außerhalb des Zeitraums",
    "period_reversed": "Zeitraum verkehrt herum",
    "broken_umlauts": "Zerstörte Umlaute",
    "unknown_district": "Unbekannte Orte",
    "district_empty": "Ort fehlt",
    "district_contradiction": "Name und Nummer des Ortes widersprechen sich",
    "no_district_column": "Keine Bezirke in der Spalte",
    "elsewhere": "Orte außerhalb der Stadt",
    "address_unlisted": "Adressen ohne Punkt",
    "address_outside": "Adressen außerhalb der Stadt",
    "address_ambiguous": "Adressen mit mehreren Punkten",
    "point_outside": "Punkte außerhalb der Stadt",
    "key_became_number": "Schlüssel wurde zur Zahl",
    "unknown_key": "Unbekannte Schlüssel",
    "cleared_above_cases": "Mehr aufgeklärt als erfasst",
    "attempts_above_cases": "Mehr Versuche als Fälle",
    "total_differs": "Summe stimmt nicht",
    "counted_twice": "Doppelt gezählt",
    "whole_and_parts": "Summe und Teile zugleich",
    "identical_rows": "Gleiche Zeilen",
    "share_outside": "Unmögliche Anteile",
    "unknown_word": "Unbekannte Wörter",
    "partner_reversed": "Zusammenarbeit endet vor ihrem Beginn",
    "project_reversed": "Projekt endet vor seinem Beginn",
    "compared_with_itself": "Bezirk mit sich selbst verglichen",
    "unknown_level": "Unbekannte Stufe der Grünen Liste",
    "wave": "Beschreibung der Welle",
    "wave_differs": "Andere Welle",
    "no_weights": "Keine Gewichte",
    "weight_missing": "Gewicht fehlt",
    "weight_unreadable": "Gewicht nicht lesbar",
    "weight_not_positive": "Gewicht nicht über 0",
    "weight_mean": "Mittel der Gewichte nicht 1",
    "two_weights": "Person mit zwei Gewichten",
    "respondent_twice": "Person mehrfach",
    "outside_scale": "Antworten außerhalb der Skala",
    "unknown_item": "Unbekannte Frage",
    "unmapped_column": "Spalten, die nicht übernommen werden",
    "no_items": "Keine Frage erkannt",
    "personal_column": "Überschrift nennt Angaben über Personen",
    "personal_content": "Angaben über Personen",
    "free_text": "Freie Texte",
    "nearly_unique": "Personen, die fast eindeutig sind",
    "coarsened": "Angaben vergröbert",
    "reviewed": "Durchgesehene Spalten",
    "weaker_marking": "Kennzeichnung schwächer als im Profil",
    "value_missing": "Wert fehlt",
}


@dataclass(frozen=True)
class Cause:
    """Everything of one cause.

    Parameters
    ----------
    count : rows, values or columns concerned
    findings : the first ones, each with its line and column
    more : how many findings are not among them
    """

    severity: Severity
    code: str
    title: str
    count: int
    findings: tuple[SaysWhere, ...]
    more: int


def causes(findings: Iterable[SaysWhere], shown: int = SHOWN) -> tuple[Cause, ...]:
    """Group what was found; errors first, within them what came first."""
    groups: dict[tuple[Severity, str], list[SaysWhere]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    found = [
        Cause(
            severity,
            code,
            TITLES[code],
            sum(one.count for one in group),
            tuple(group[:shown]),
            max(0, len(group) - shown),
        )
        for (severity, code), group in groups.items()
    ]
    return tuple(sorted(found, key=lambda cause: ORDER.index(cause.severity)))

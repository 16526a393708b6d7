"""Places that the catalogue does not know, that are missing, contradict each other, or lie elsewhere."""

import re
from collections.abc import Mapping, Sequence

from sipa_data.catalogue import Catalogue
from sipa_data.german import count_of, listing
from sipa_data.intake.cells import Distinct
from sipa_data.intake.checks.sentences import insgesamt, shortened
from sipa_data.intake.checks.values import MOJIBAKE
from sipa_data.intake.delivery import Finding
from sipa_data.intake.judging import Fault, Place
from sipa_data.intake.readers.headings import closest
from sipa_data.intake.source import Source

EXPECTED = "Name oder Nummer aus dem Katalog"
SHOWN = 20  # of each kind told one by one; the rest is counted
EXAMPLES = 5

CODES: Mapping[Fault, str] = {
    "unknown": "unknown_district",
    "empty": "district_empty",
    "contradiction": "district_contradiction",
}
"""What leaves a district open, and the finding that says so."""
MORE: Mapping[Fault, tuple[str, str]] = {
    "unknown": ("weitere unbekannte Angabe", "weitere unbekannte Angaben"),
    "empty": ("weitere leere Angabe", "weitere leere Angaben"),
    "contradiction": ("weitere widersprüchliche Angabe", "weitere widersprüchliche Angaben"),
}

Judged = Sequence[tuple[Distinct, Place]]


def faults(places: Judged, source: Source, headings: Sequence[str], catalogue: Catalogue) -> list[Finding]:
    """Every value that leaves the district open.

    Parameters
    ----------
    headings : columns that the values stand in
    """
    findings: list[Finding] = []
    for kind, code in CODES.items():
        faulty = [(value, place) for value, place in places if place.fault == kind]
        findings += [_fault(value, place, source, headings, catalogue) for value, place in faulty[:SHOWN]]
        if rest := [value for value, _ in faulty[SHOWN:]]:
            what = count_of(len(rest), *MORE[kind])
            line, count = source.line_of(rest[0].row), sum(value.count for value in rest)
            sentence = f"Dazu kommen {what}, zuerst in Zeile {line}."
            findings.append(Finding("error", code, sentence, line, listing(tuple(headings)), count=count))
    return findings


def _fault(value: Distinct, place: Place, source: Source, headings: Sequence[str], catalogue: Catalogue) -> Finding:
    line, word = source.line_of(value.row), catalogue.city.district_word
    said = " / ".join(part for part in value.values if part)
    column = next((name for name, part in zip(headings, value.values, strict=True) if part), headings[0])
    times = insgesamt(value.count)
    if place.fault == "empty":
        sentence = (
            f"In Zeile {line} ist die Spalte „{headings[0]}“ leer{times}. Erwartet wird eine Angabe der Ebene {word}; "
            "was sich nicht zuordnen lässt, muss so bezeichnet sein."
        )
        return Finding("error", "district_empty", sentence, line, headings[0], None, EXPECTED, value.count)
    if place.fault == "contradiction":
        sentence = f"In Zeile {line} widersprechen sich die Angaben{times}: „{said}“ ist nicht ein und derselbe Ort."
        return Finding("error", "district_contradiction", sentence, line, column, said, "derselbe Ort", value.count)
    near = closest(said, _spellings(catalogue))
    hint = f" Meinten Sie „{near}“?" if near else f" Bitte prüfen, ob die Datei von {catalogue.city.name} handelt."
    if re.search(MOJIBAKE, said):
        hint = " Die Umlaute sind zerstört; bitte die Datei aus dem Ursprungssystem neu als UTF-8 exportieren."
    sentence = (
        f"In Zeile {line}, Spalte „{column}“, steht „{shortened(said)}“{times}. "
        f"Das kennt der Katalog auf der Ebene {word} nicht.{hint}"
    )
    return Finding("error", "unknown_district", sentence, line, column, shortened(said), near or EXPECTED, value.count)


def _spellings(catalogue: Catalogue) -> list[str]:
    return [name for district in catalogue.districts.values() for name in (district.name, *district.spellings)]


def elsewhere(places: Judged, column: str, catalogue: Catalogue) -> list[Finding]:
    """Places outside the city: named, because they are either counted without a district or left out."""
    outside = [(value, place) for value, place in places if place.elsewhere]
    if not outside:
        return []
    count = sum(value.count for value, _ in outside)
    names = list(dict.fromkeys(place.name for _, place in outside))
    shown = ", ".join(f"„{shortened(name)}“" for name in names[:EXAMPLES])
    more = f" und {count_of(len(names) - EXAMPLES, 'weiterer Ort', 'weitere Orte')}" if len(names) > EXAMPLES else ""
    verb, be, stay = ("nennt", "ist", "bleibt") if count == 1 else ("nennen", "sind", "bleiben")
    fate = f"{stay} unberücksichtigt" if outside[0][1].role == "skip" else f"{be} als nicht zuordenbar gezählt"
    rows, city = count_of(count, "Zeile", "Zeilen"), catalogue.city.name
    sentence = f"{rows} {verb} Orte außerhalb von {city} und {fate}: {shown}{more}."
    return [Finding("note", "elsewhere", sentence, column=column, found=names[0], count=count)]


def no_district_column(column: str, most: int) -> Finding:
    """So many different values that the column cannot hold districts."""
    sentence = (
        f"In der Spalte „{column}“ stehen mehr als {count_of(most, 'verschiedener Wert', 'verschiedene Werte')}; "
        "Bezirke können das nicht sein. Bitte prüfen, ob das richtige Profil gewählt ist."
    )
    return Finding("error", "no_district_column", sentence, column=column)

"""What tables and columns are called in front of people who send or receive files, and how else files call them."""

from typing import NamedTuple

KINDS: dict[str, str] = {
    "survey": "Befragung: eine Zeile je Person",
    "incident_events": "Einzelne Vorgänge: eine Zeile je Vorgang",
    "incident_counts": "Fallzahlen: eine Zeile je Zeitraum, Bezirk und Schlüssel",
    "population": "Einwohner",
    "person_counts": "Opfer und Tatverdächtige",
    "register_values": "Registerwerte",
    "denominators": "Bezugsgrößen",
    "observations_on_site": "Befunde von Begehungen",
    "projects": "Projektregister",
    "project_results": "Projektergebnisse",
    "partners": "Partnerregister",
    "decisions": "Beschlüsse",
    "targets": "Ziele",
    "published_rates": "Veröffentlichte Häufigkeitszahlen",
    "survey_results": "Veröffentlichte Befragungsergebnisse",
}


class Words(NamedTuple):
    """``names`` : other headings that mean the same, in small letters."""

    title: str
    meaning: str
    names: tuple[str, ...] = ()


WORDS: dict[str, Words] = {
    "source": Words("Quelle", "Wer gezählt hat, als kurzes Kennwort, zum Beispiel pks.", ("quelle", "source")),
    "period_start": Words(
        "Zeitraum",
        "Jahr, Quartal oder Monat: 2025, 2025-Q3, Juli 2025.",
        ("zeitraum", "jahr", "monat", "quartal", "period", "year", "month"),
    ),
    "period_end": Words(
        "Ende des Zeitraums", "Letzter Tag, wenn Beginn und Ende getrennt stehen.", ("bis", "ende", "enddatum")
    ),
    "district_id": Words(
        "Bezirk",
        "Name oder Nummer des Bezirks in jeder üblichen Schreibweise.",
        ("bezirk", "stadtbezirk", "stadtteil", "gebiet", "region", "district", "raum", "ort"),
    ),
    "offence_key": Words(
        "Schlüssel oder Art",
        "Schlüssel des Straftatenkatalogs oder Art des Vorgangs, als Text.",
        (
            "schlüssel",
            "schluessel",
            "delikt",
            "straftat",
            "straftatenschlüssel",
            "tatbestand",
            "art",
            "crime type",
            "offence",
            "offense",
            "crime",
            "category",
        ),
    ),
    "key_catalogue_year": Words("Katalogjahr", "Jahr des Straftatenkatalogs.", ("katalogjahr",)),
    "place_kind": Words(
        "Art des Ortes",
        "Zum Beispiel Haltestelle oder Parkplatz; keine Anschrift.",
        ("örtlichkeit", "tatörtlichkeit", "ortsart", "place kind"),
    ),
    "cases": Words(
        "Fälle",
        "Anzahl der erfassten Fälle.",
        ("fälle", "faelle", "erfasste fälle", "erfasste faelle", "anzahl", "cases", "count", "zahl"),
    ),
    "attempts": Words("davon Versuche", "Wie viele der Fälle Versuche waren.", ("versuche", "attempts")),
    "cleared": Words(
        "davon aufgeklärt",
        "Wie viele Fälle aufgeklärt wurden.",
        ("aufgeklärt", "aufgeklaert", "aufgeklärte fälle", "aufgeklaerte faelle", "cleared"),
    ),
    "event_id": Words("Laufende Nummer", "Wird vergeben; Aktenzeichen werden nicht übernommen."),
    "occurred_at": Words(
        "Zeitpunkt",
        "Tag, bei Bedarf mit Uhrzeit, oder Monat.",
        (
            "zeitpunkt",
            "datum",
            "tatzeit",
            "tattag",
            "tatzeit anfang",
            "date",
            "month",
            "occurred",
            "when",
            "monat",
            "wann",
            "time",
        ),
    ),
    "attempted": Words("Versuch", "ja oder nein.", ("versuch", "attempted")),
    "reference_date": Words(
        "Stichtag", "Tag, für den die Einwohnerzahl gilt.", ("stichtag", "datum", "jahr", "date", "year")
    ),
    "age_group": Words(
        "Altersgruppe",
        "Zum Beispiel 18 bis 29 Jahre; kein genaues Alter.",
        ("altersgruppe", "alter", "age group", "age"),
    ),
    "sex": Words("Geschlecht", "w, m oder d.", ("geschlecht", "sex", "gender")),
    "inhabitants": Words(
        "Einwohner",
        "Anzahl der Personen.",
        ("einwohner", "einwohnerzahl", "bevölkerung", "population", "inhabitants", "personen"),
    ),
    "basis": Words("Grundlage", "register, census_2011 oder census_2022.", ("basis", "grundlage")),
    "kind": Words("Art", "Wovon die Zeile handelt.", ("art", "kind")),
    "persons": Words("Personen", "Anzahl der Personen.", ("personen", "anzahl", "opfer", "tatverdächtige", "persons")),
    "rate": Words("Häufigkeitszahl", "Fälle je 100.000 Einwohner.", ("häufigkeitszahl", "hz", "rate")),
    "register": Words("Register", "Kennung eines Registers aus dem Katalog.", ("register",)),
    "value": Words(
        "Wert",
        "Die Zahl in der angegebenen Einheit.",
        ("wert", "value", "mean", "avg", "average", "mittelwert", "messwert"),
    ),
    "unit": Words("Einheit", "Zum Beispiel Tage oder Meldungen.", ("einheit", "unit")),
    "indicator": Words("Kennzahl", "Kennung einer Kennzahl aus dem Katalog.", ("kennzahl", "indicator")),
    "due": Words("Fällig", "Tag, bis zu dem es erreicht sein soll.", ("fällig", "due")),
    "direction": Words("Richtung", "Welche Richtung gut ist.", ("richtung", "direction")),
    "decided_on": Words("Beschlossen", "Tag des Beschlusses.", ("beschlossen", "datum")),
    "finding_id": Words("Laufende Nummer", "Wird vergeben."),
    "observed_on": Words("Datum", "Tag der Begehung.", ("datum", "tag", "date")),
    "finding": Words(
        "Befund", "Was festgestellt wurde, in einem Satz.", ("befund", "feststellung", "finding", "reason")
    ),
    "affected": Words("Betroffene", "Welche Gruppe betroffen ist; keine Namen.", ("betroffene",)),
    "proposed_action": Words("Vorschlag", "Was vorgeschlagen wird.", ("vorschlag",)),
    "status": Words("Stand", "offen, in Arbeit oder erledigt.", ("stand", "status")),
    "project_id": Words("Kennung", "Kennung des Projekts.", ("kennung", "nummer", "projekt")),
    "title": Words("Titel", "Name, wie er gezeigt wird.", ("titel", "name", "title")),
    "fields": Words(
        "Handlungsfelder", "Nummer oder Titel, mehrere durch Semikolon getrennt.", ("handlungsfelder", "handlungsfeld")
    ),
    "districts": Words(
        "Bezirke",
        "Namen oder Nummern, mehrere durch Semikolon getrennt; leer: ganze Stadt.",
        ("bezirke", "stadtbezirke"),
    ),
    "target_group": Words("Zielgruppe", "Für wen das Projekt da ist.", ("zielgruppe",)),
    "start_date": Words("Beginn", "Erster Tag.", ("beginn", "start")),
    "end_date": Words("Ende", "Letzter Tag; leer: läuft noch.", ("ende",)),
    "budget_eur": Words("Budget", "Euro insgesamt.", ("budget",)),
    "partners": Words("Partner", "Mehrere durch Semikolon getrennt.", ("partner",)),
    "participants": Words("Teilnehmende", "Personen, die bisher teilgenommen haben.", ("teilnehmende",)),
    "places": Words("Plätze", "Plätze, die bisher angeboten wurden.", ("plätze",)),
    "languages": Words("Sprachen", "Kürzel, mehrere durch Semikolon getrennt.", ("sprachen",)),
    "beccaria_1": Words("Beccaria 1", "Problem beschrieben: ja oder nein."),
    "beccaria_2": Words("Beccaria 2", "Ursachen untersucht: ja oder nein."),
    "beccaria_3": Words("Beccaria 3", "Ziele festgelegt: ja oder nein."),
    "beccaria_4": Words("Beccaria 4", "Maßnahmen ausgewählt: ja oder nein."),
    "beccaria_5": Words("Beccaria 5", "Konzept erstellt und umgesetzt: ja oder nein."),
    "beccaria_6": Words("Beccaria 6", "Umsetzung und Ergebnis geprüft: ja oder nein."),
    "beccaria_7": Words("Beccaria 7", "Schlüsse gezogen und festgehalten: ja oder nein."),
    "evidence_level": Words("Grüne Liste", "Stufe 1, 2 oder 3; leer: keine.", ("grüne liste",)),
    "indicators": Words("Kennzahlen", "Welche Kennzahlen das Projekt bewegen soll.", ("kennzahlen",)),
    "outcome": Words("Zielkennzahl", "Die eine Kennzahl, an der die Wirkung gemessen wird.", ("zielkennzahl",)),
    "comparison_districts": Words("Vergleichsbezirke", "Bezirke ohne das Projekt.", ("vergleichsbezirke",)),
    "displacement_districts": Words(
        "Verlagerungsbezirke", "Wohin sich Fälle verlagern könnten.", ("verlagerungsbezirke",)
    ),
    "partner_id": Words("Kennung", "Kennung des Partners.", ("kennung",)),
    "tasks": Words("Aufgabe", "Was der Partner beiträgt, in einem Satz.", ("aufgabe",)),
    "since": Words("Seit", "Erster Tag der Zusammenarbeit.", ("seit",)),
    "until": Words("Bis", "Letzter Tag; leer: geht weiter.", ("bis",)),
    "measure": Words("Maß", "Was gemessen wurde.", ("maß",)),
    "group_name": Words("Gruppe", "mit Projekt oder Vergleich.", ("gruppe",)),
    "measured_at": Words("Zeitpunkt", "vorher, nachher oder später.", ("zeitpunkt",)),
    "spread": Words("Streuung", "Standardabweichung in derselben Einheit.", ("streuung",)),
    "n": Words("Anzahl", "Personen oder Fälle.", ("anzahl", "n")),
    "design": Words("Anlage", "Vorher-Nachher, mit Vergleich oder Zufallszuteilung.", ("anlage",)),
    "decision_id": Words("Nummer", "Nummer des Beschlusses.", ("nummer",)),
    "text": Words("Beschluss", "Was beschlossen wurde.", ("beschluss",)),
    "expected_direction": Words("Erwartet", "steigt oder fällt.", ("erwartet",)),
    "responsible": Words("Zuständig", "Eine Stelle, keine Person.", ("zuständig",)),
    "wave_id": Words("Welle", "Kennung der Befragungswelle.", ("welle", "wave")),
    "item_id": Words("Frage", "Kennung der Frage im Katalog.", ("frage", "item")),
    "answer": Words("Antwort", "Code der Skala.", ("antwort", "answer")),
    "share": Words("Anteil", "0 bis 1.", ("anteil", "share")),
    "lower": Words("Untere Grenze", "0 bis 1.", ("untere grenze", "lower")),
    "upper": Words("Obere Grenze", "0 bis 1.", ("obere grenze", "upper")),
}
SURVEY_WORDS: dict[str, Words] = {
    "weight": Words(
        "Gewicht",
        "Wie viele Personen jede vertritt, im Mittel 1.",
        ("gewicht", "weight", "wt", "withinwt", "pweight", "gew"),
    ),
    "stratum": Words(
        "Schicht", "Schicht der Stichprobe, wenn geschichtet gezogen wurde.", ("schicht", "stratum", "strata", "stype")
    ),
    "cluster": Words(
        "Klumpen", "Klumpen der Stichprobe, wenn in Klumpen gezogen wurde.", ("klumpen", "cluster", "psu")
    ),
    "respondent": Words(
        "Laufende Nummer der Person",
        "Nur um doppelte Personen zu finden; wird nicht gespeichert.",
        (
            "befragte",
            "lfdnr",
            "laufende nummer",
            "respno",
            "respondent",
            "respondent number",
            "id",
            "nummer",
            "fragebogen",
        ),
    ),
}
SEX, AGE = ("geschlecht", "geschl", "gender", "sex"), ("alter", "age", "altersgruppe", "age group")
MISSING_WORDS: dict[str, tuple[str, ...]] = {
    "dont_know": ("weiß nicht", "weiss nicht", "don't know", "dont know", "do not know", "weiß ich nicht"),
    "refused": ("verweigert", "refused", "refuse", "möchte ich nicht sagen", "prefer not to say"),
    "not_asked": ("trifft nicht zu", "not applicable", "nicht gefragt", "not asked", "filter"),
    "no_answer": ("keine angabe", "k.a.", "missing", "fehlt", "no answer", "ohne angabe", "nicht beantwortet"),
}
MISSING_TITLES = {
    "dont_know": "weiß nicht",
    "refused": "verweigert",
    "no_answer": "keine Angabe",
    "not_asked": "nicht gefragt",
}
NOWHERE = (
    "nicht zugeordnet",
    "nicht zuordenbar",
    "unbekannt",
    "ohne angabe",
    "keine angabe",
    "no location",
    "unknown",
    "sonstige",
)
WHOLE_CITY = ("gesamt", "insgesamt", "gesamtstadt", "stadt gesamt", "summe", "alle", "total")

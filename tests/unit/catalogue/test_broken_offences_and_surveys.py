"""Offences, breaks, scales, items, registers, cuts and targets: whatever is wrong is named with file, place and fix."""

import pytest

OFFENCE_GROUPS = [
    ('id = "raub"', 'id = "leben"', "Eintrag „leben“", "Bitte eindeutig benennen"),
    ('id = "raub"', 'id = "Raub"', "@Raub", "Erlaubt sind Kleinbuchstaben ohne Umlaute"),
    ('title = "Raub"\n', "", "Eintrag „raub“, Schlüssel „title“", "Bitte ergänzen"),
    ('title = "Raub"', 'title = ""', "Eintrag „raub“, Schlüssel „title“", "Der Text ist leer"),
    ('title = "Raub"', "title = 217000", "@217000", "„217000“ ist kein Text. Bitte in Anführungszeichen setzen"),
    ('title = "Raub"', 'titel = "Raub"', "@titel", "Gemeint ist wohl „title“"),
    ('title = "Raub"', 'title = "Raub"\nfarbe = "rot"', "@farbe", "Den Schlüssel „farbe“ gibt es hier nicht"),
    ('title = "Raub"', "title = „Raub“", "@„Raub“", "Text gehört in gerade Anführungszeichen"),
    ("[[offence_group]]", "[[gruppe]]", "@[[gruppe]]", "„gruppe“ gehört nicht in diese Datei"),
    ("[[offence_group]]", "[offence_group]", "@[[offence_group]]", "Bitte überall in doppelte eckige Klammern setzen"),
    ("", '\n[[offence_group]]\ntitle = "Ohne"\n', "Eintrag Nr. 21", "Schlüssel „id“: Die Angabe fehlt"),
]

OFFENCES = [
    (
        "***300;Diebstahl von",
        "3.00E+300;Diebstahl von",
        "@3.00E+300",
        "Bitte den Schlüssel als Text eintragen, zum Beispiel ***300",
    ),
    ("020000;Totschlag", "20000;Totschlag", "@20000;Totschlag", "Gemeint ist wohl „020000“"),
    ("216000;", "217000;", "@217000;Raub auf Straßen", "zuerst in offences.csv, Zeile"),
    ("Handtaschenraub;raub;", "Handtaschenraub;raup;", "@216000", "Gemeint ist wohl „raub“"),
    ("Handtaschenraub;raub;part", "Handtaschenraub;raub;teil", "@216000", "Möglich ist „part“ oder „sum“"),
    ("Handtaschenraub;raub;part;", "Handtaschenraub;raub;part;217000", "@216000", "Bitte „sum“ eintragen"),
    ("Handtaschenraub;raub;part;", "Handtaschenraub;raub;sum;217001", "@216000", "Gemeint ist wohl „217000“"),
    ("Handtaschenraub;raub;part;", "Handtaschenraub;raub;sum;210000", "@210000", "„210000“ enthält sich selbst"),
    (
        "Ladendiebstahl;diebstahl;part;;ja",
        "Ladendiebstahl;diebstahl;part;;zum Teil",
        "@326*00",
        "Bitte „ja“ oder „nein“",
    ),
    (
        "621110;Widerstand gegen Einsatzkräfte;widerstand;part;;;2018;",
        "621110;Widerstand;widerstand;part;;;2018;2017",
        "@621110",
        "2017 liegt vor 2018",
    ),
    ("widerstand;part;;;2018;", "widerstand;part;;;18;", "@621110", "Die Zahl muss mindestens 1900 sein"),
    ("key;title;group", "key;titel;group", "Zeile 1, Spalte „titel“", "Gemeint ist wohl „title“"),
    ("216000;Handtaschenraub;", "216000;;", "@216000", "Spalte „title“: Die Angabe fehlt"),
    (
        "216000;Handtaschenraub;",
        "216000;Handtaschenraub; auf Straßen;",
        "@216000",
        "Die Zeile hat 9 Spalten, die Kopfzeile 8",
    ),
]

BREAKS = [
    (
        'offence_keys = ["232300"]',
        "",
        "Eintrag „bedrohung-2021“",
        "„denominators“ oder „registers“ ergänzen",
    ),
    ('offence_keys = ["232300"]', 'offence_keys = ["232301"]', "@232301", "Gemeint ist wohl „232300“"),
    ('offence_keys = ["232300"]', "offence_keys = [232300]", "@[232300]", "„232300“ ist kein Text"),
    ('offence_keys = ["232300"]', 'items = ["sicher_nachts"]', "@sicher_nachts", "gibt es in items.toml nicht"),
    ("date = 2021-04-03", "date = 2021-13-03", "@2021-13-03", "Bitte als Jahr-Monat-Tag schreiben"),
    ("date = 2021-04-03", 'date = "April 2021"', "@April 2021", "„April 2021“ ist kein Datum"),
    ("date = 2021-04-03\n", "", "Eintrag „bedrohung-2021“, Schlüssel „date“", "Bitte ergänzen"),
    ("date = 2021-04-03", "datum = 2021-04-03", "@datum", "Den Schlüssel „datum“ gibt es hier nicht"),
    ('id = "bedrohung-2021"', 'id = "zensus-2022"', "Eintrag „zensus-2022“", "kommt zum zweiten Mal vor"),
    ("end = 2022-12-31", "end = 2019-12-31", "@end = 2019", "Das Ende liegt vor dem Anfang"),
    ("[[unusual_time]]", "[[unusual_times]]", "@[[unusual_times]]", "Gemeint ist wohl „[[unusual_time]]“"),
    ('["census_2022"]', '"census_2022"', "@bases", "Bitte in eckige Klammern setzen"),
]

SCALES = [
    (
        '{ code = "2", label = "ziemlich sicher" }',
        '{ code = "1", label = "ziemlich sicher" }',
        "„sicherheit_ziemlich“",
        "Der Code „1“ steht zweimal",
    ),
    (
        '{ code = "2", label = "ziemlich sicher" }',
        '{ code = "98", label = "ziemlich sicher" }',
        "„sicherheit_ziemlich“",
        "Der Code „98“ steht zweimal",
    ),
    (
        '{ code = "2", label = "ziemlich sicher" }',
        '{ code = 2, label = "ziemlich sicher" }',
        "„answers.2.code“",
        "„2“ ist kein Text",
    ),
    ('{ code = "2", label = "ziemlich sicher" }', '{ code = "2" }', "„answers.2.label“", "Die Angabe fehlt"),
    (
        '{ code = "2", label = "ziemlich sicher" }',
        '{ code = "2", text = "ziemlich sicher" }',
        "„answers.2.text“",
        "Bekannt sind „code“ und „label“",
    ),
    (
        '{ code = "2", label = "ziemlich sicher" }',
        '"ziemlich sicher"',
        "„answers.2“",
        "ist kein Abschnitt. Bitte in geschweifte Klammern",
    ),
    ('kind = "dont_know"', 'kind = "weiss_nicht"', "„missing.2.kind“", "Möglich ist „dont_know“"),
    ('title = "Sorge"', 'title = "Sorge"\ntitle = "Angst"', '@title = "Angst"', "Ein Schlüssel steht zweimal"),
    ('id = "sorge_4"', 'id = "ja_nein"', "Eintrag „ja_nein“", "Bitte eindeutig benennen"),
    ("answers = [", "antworten = [", "@antworten", "Den Schlüssel „antworten“ gibt es hier nicht"),
    (
        "",
        '\n[[scale]]\nid = "kurz"\ntitle = "Kurz"\nanswers = [{ code = "1", label = "ja" }]\n',
        "Eintrag „kurz“",
        "Es müssen mindestens 2 sein",
    ),
]

ITEMS = [
    ('scale = "sorge_4"', 'scale = "sorge"', '@scale = "sorge"', "Gemeint ist wohl „sorge_4“"),
    ('scale = "sorge_4"', 'scale = ["sorge_4"]', '@scale = ["sorge_4"]', "eine Liste ist kein Text"),
    ('scale = "sorge_4"\n', "", "Eintrag „sorge_schulweg“, Schlüssel „scale“", "Bitte ergänzen"),
    ('role = "breakdown"', 'role = "merkmal"', "@merkmal", "Möglich ist „answer“ oder „breakdown“"),
    ('id = "sorge_schulweg"', 'id = "angezeigt"', "Eintrag „angezeigt“", "kommt zum zweiten Mal vor"),
    ('id = "sorge_schulweg"', 'id = "sorge schulweg"', "@sorge schulweg", "Erlaubt sind Kleinbuchstaben"),
    ('title = "Sorge um den Schulweg"', 'title = " "', "Eintrag „sorge_schulweg“", "Der Text ist leer"),
    ('title = "Sorge um den Schulweg"', 'titel = "Sorge um den Schulweg"', "@titel", "Gemeint ist wohl „title“"),
    ('wording = "Wie sehr sorgen', 'frage = "Wie sehr sorgen', "@frage", "gibt es hier nicht"),
    (
        'title = "Sorge um den Schulweg"',
        'title = "Sorge um den Schulweg',
        "@Sorge um den Schulweg",
        "Ein Anführungszeichen fehlt",
    ),
    ("[[item]]", "[[items]]", "@[[items]]", "Gemeint ist wohl „[[item]]“"),
    (
        'scale = "sorge_4"',
        'scale = "sorge_4"\ngroup_labels = { 9 = "ohne Sorge" }',
        "Eintrag „sorge_schulweg“, Schlüssel „group_labels“",
        "keine Antwort mit dem Code „9“",
    ),
]

REGISTERS = [
    ('id = "schulwegunfaelle"', 'id = "notruf_oepnv"', "Eintrag „notruf_oepnv“", "Bitte eindeutig benennen"),
    (
        'id = "schulwegunfaelle"',
        'id = "schulwegunfälle"',
        "@schulwegunfälle",
        "Erlaubt sind Kleinbuchstaben ohne Umlaute",
    ),
    ('unit = "Kinder"', 'einheit = "Kinder"', "@einheit", "Den Schlüssel „einheit“ gibt es hier nicht"),
    ('unit = "Kinder"\n', "", "Eintrag „schulwegunfaelle“, Schlüssel „unit“", "Bitte ergänzen"),
    ('unit = "Kinder"', 'unit = ""', "Eintrag „schulwegunfaelle“, Schlüssel „unit“", "Der Text ist leer"),
    ('unit = "Kinder"', "unit = 10", "@unit = 10", "„10“ ist kein Text"),
    ('unit = "Kinder"', "unit = Kinder", "@unit = Kinder", "Text gehört in gerade Anführungszeichen"),
    ('unit = "Kinder"', 'unit = "Kinder"\nunit = "Personen"', '@unit = "Personen"', "Ein Schlüssel steht zweimal"),
    ("[[register]]", "[[registers]]", "@[[registers]]", "Gemeint ist wohl „[[register]]“"),
    ("[[register]]", "register = 3\n[[register]]", "@[[register]]", "Bitte überall in doppelte eckige Klammern"),
    ("[[register]]", 'stand = "heute"\n[[register]]', "@stand", "gehört nicht in diese Datei"),
]

CUTS = [
    ('id = "bezirk-jahr"', 'id = "bezirk-quartal"', "Eintrag „bezirk-quartal“", "Bitte eindeutig benennen"),
    ('id = "bezirk-jahr"', 'id = "bezirk/jahr"', "@bezirk/jahr", "Erlaubt sind Kleinbuchstaben"),
    ('area = "district"', 'area = "bezirk"', '@bezirk"', "Möglich ist „city“ oder „district“"),
    ('area = "district"', 'areas = "district"', "@areas", "Gemeint ist wohl „area“"),
    ('area = "district"\n', "", "Eintrag „bezirk-quartal“, Schlüssel „area“", "Bitte ergänzen"),
    ('period = "rolling_year"', 'period = "rolling_years"', "@rolling_years", "gemeint ist wohl „rolling_year“"),
    (
        'period = "rolling_year"',
        'period = "week"',
        "@week",
        "Möglich ist „month“, „quarter“, „year“ oder „rolling_year“",
    ),
    ('period = "rolling_year"', 'period = "year"', "Eintrag „stadt-12monate“", "sind dieselben wie bei „stadt-jahr“"),
    ('period = "rolling_year"', "period = 12", "@period = 12", "„12“ ist hier nicht vorgesehen"),
    ('period = "rolling_year"', 'period "rolling_year"', '@period "', "Bitte als schlüssel = wert schreiben"),
    ("[[cut]]", "[[tabelle]]", "@[[tabelle]]", "gehört nicht in diese Datei"),
]

TARGET = """
[[target]]
indicator = "bekanntheit-massnahmen"
district = "01"
due = 2027-12-31
value = 40
direction = "at_least"
decided_on = 2026-03-01
"""

TARGETS = [
    ('"bekanntheit-massnahmen"', '"bekanntheit"', '@"bekanntheit"', "gibt es in indicators.toml nicht"),
    ('district = "01"', 'district = "1"', '@district = "1"', "gibt es in districts.csv nicht"),
    ('district = "01"', "district = 1", "@district = 1", "„1“ ist kein Text"),
    ("due = 2027-12-31", "due = 2025-12-31", "@due = 2025", "fällig, bevor es beschlossen wurde"),
    ("due = 2027-12-31", 'due = "Ende 2027"', "@Ende 2027", "„Ende 2027“ ist kein Datum"),
    ("due = 2027-12-31", "due = 31.12.2027", "@due = 31.12.2027", "Bitte als Jahr-Monat-Tag schreiben"),
    ("value = 40", 'value = "viel"', "@viel", "„viel“ ist keine Zahl"),
    ("value = 40", "value = 40 %", "@40 %", "Hinter dem Wert steht noch etwas"),
    ('direction = "at_least"', 'direction = "mindestens"', "@mindestens", "Möglich ist „at_most“ oder „at_least“"),
    ("decided_on = 2026-03-01\n", "", "Eintrag Nr. 1, Schlüssel „decided_on“", "Bitte ergänzen"),
    ("value = 40", 'value = 40\nnotiz = "offen"', "@notiz", "Den Schlüssel „notiz“ gibt es hier nicht"),
    ("[[target]]", "[[ziel]]", "@[[ziel]]", "gehört nicht in diese Datei"),
]

BROKEN = {
    "offence_groups.toml": OFFENCE_GROUPS,
    "offences.csv": OFFENCES,
    "breaks.toml": BREAKS,
    "scales.toml": SCALES,
    "items.toml": ITEMS,
    "registers.toml": REGISTERS,
    "cuts.toml": CUTS,
}


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "fix"), [(file, *one) for file, breakages in BROKEN.items() for one in breakages]
)
def test_a_mistake_is_named(complains, file, old, new, place, fix):
    complains(file, old, new, place, fix)


@pytest.mark.parametrize(("old", "new", "place", "fix"), TARGETS)
def test_a_mistake_in_the_targets_is_named(workshop, complains, old, new, place, fix):
    workshop.write("targets.toml", TARGET)
    complains("targets.toml", old, new, place, fix)


def test_a_target_stands_in_the_file_only_once(workshop, complains):
    workshop.write("targets.toml", TARGET)
    complains(
        "targets.toml", "", TARGET, "Eintrag Nr. 2", "Dieses Ziel steht zweimal in der Datei. Bitte eines löschen"
    )


def test_columns_separated_by_tabs_are_named(workshop):
    workshop.write("offences.csv", "key\ttitle\n------\tStraftaten insgesamt\n")
    assert (
        workshop.sentence()
        == "offences.csv, Zeile 1: Die Spalten sind durch Tabulator getrennt. Bitte Semikolon verwenden."
    )


def test_a_circle_of_sum_keys_is_named_even_when_it_is_wide(workshop):
    workshop.change(
        "offences.csv",
        "233300;Erpresserischer Menschenraub bei Geld- und Werttransporten;freiheit;part;",
        "233300;Erpresserischer Menschenraub bei Geld- und Werttransporten;freiheit;sum;234000",
    )
    workshop.change(
        "offences.csv",
        "234300;Geiselnahme bei Geld- und Werttransporten;freiheit;part;",
        "234300;Geiselnahme bei Geld- und Werttransporten;freiheit;sum;233000",
    )
    assert "„233000“ enthält sich selbst. Bitte den Kreis auflösen." in workshop.sentence()

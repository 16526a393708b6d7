"""City, districts, fields of action and principles: whatever is wrong is named with file, place and fix."""

import pytest

CITY = [
    ('contact = "', 'kontakt = "', "@kontakt", "Gemeint ist wohl „contact“"),
    ('name = "Stuttgart"\n', "", "Schlüssel „name“", "Die Angabe fehlt. Bitte ergänzen"),
    ('name = "Stuttgart"', 'name = ""', '@name = ""', "Der Text ist leer. Bitte ausfüllen"),
    ('name = "Stuttgart"', 'name = "Stuttgart', '@name = "Stuttgart', "Ein Anführungszeichen fehlt"),
    ('"08111"', '"08 111"', "@official_key", "Erlaubt sind 2 bis 12 Ziffern und Buchstaben"),
    ('"08111"', "8111", "@official_key", "„8111“ ist kein Text. Bitte in Anführungszeichen setzen"),
    ('["Oberbürgermeister", "Polizeipräsident"]', '"Oberbürgermeister"', "@chairs", "Bitte in eckige Klammern setzen"),
    ('["Oberbürgermeister", "Polizeipräsident"]', "[]", "@chairs", "Es müssen mindestens 1 sein"),
    ('    "anzeigequote",', '    "anzeigenquote",', "@lead_indicators", "Gemeint ist wohl „anzeigequote“"),
    ('    "anzeigequote",', '    "aufklaerungsquote",', "@lead_indicators", "„aufklaerungsquote“ steht zweimal"),
    ("perception_indicator = ", "# perception_indicator = ", "„perception_indicator“", "Bitte beide nennen oder keine"),
    (
        '"gewalt-oeffentlicher-raum-rate"',
        '"unsicher-stadtbezirk"',
        "@record_indicator",
        "Bitte zwei verschiedene nennen",
    ),
    ('id = "stuttgart"', 'id = "Stuttgart"', "@id =", "Erlaubt sind Kleinbuchstaben ohne Umlaute"),
    ('id = "stuttgart"', 'id = "stuttgart"\nid = "stuttgart"', "Zeile 3", "Bitte einen der beiden löschen"),
]

DISTRICT_TYPES = [
    (
        'id = "innenstadt"',
        'id = "aussen-gross"',
        "Zeile 12",
        "zuerst in district_types.toml, Zeile 6. Bitte eindeutig benennen",
    ),
    ('id = "aussen-klein"', 'id = "außen-klein"', "@außen-klein", "Erlaubt sind Kleinbuchstaben ohne Umlaute"),
    ('title = "Kleine', 'titel = "Kleine', "@titel", "Gemeint ist wohl „title“"),
    ("[[district_type]]", "[[district_types]]", "@[[district_types]]", "Gemeint ist wohl „[[district_type]]“"),
    ("[[district_type]]", "[district_type]", "@[[district_type]]", "Bitte überall in doppelte eckige Klammern"),
    (
        'note = "Äußere Stadtbezirke mit mehr',
        'title = "Äußere Stadtbezirke mit mehr',
        "Zeile 14",
        "Ein Schlüssel steht zweimal",
    ),
    ('title = "Innere Stadtbezirke"', "title = Innere", "@title = Innere", "Text gehört in gerade Anführungszeichen"),
    ('title = "Innere Stadtbezirke"', 'title "Innere"', '@title "Innere"', "Bitte als schlüssel = wert schreiben"),
    ('title = "Innere Stadtbezirke"', 'title = ["Innere"]', "@title = [", "eine Liste ist kein Text"),
    (
        "",
        '\n[[district_type]]\nid = "insel"\ntitle = "Insel"\nnote = "Keine."\n',
        "Eintrag „insel“: Zu diesem Typ gehören 0 Gebiete",
        "Ein Typ braucht mindestens 3",
    ),
]

DISTRICTS = [
    ("07;Birkach", "7;Birkach", "@7;Birkach", "Gemeint ist wohl „07“"),
    ("07;Birkach", "06;Birkach", "@06;Birkach", "zuerst in districts.csv, Zeile 7"),
    ("07;Birkach", "0 7;Birkach", "@0 7;Birkach", "Erlaubt sind 1 bis 12 Ziffern"),
    ("zone;type;", "zone;typ;", "Zeile 1, Spalte „typ“", "Gemeint ist wohl „type“"),
    ("zone;type;", "zone;zone;", "Zeile 1, Spalte „zone“", "Bitte eine der beiden löschen"),
    ("id;name;zone", "id;name;area_km2", "Zeile 1, Spalte „area_km2“", "steht zweimal in der Kopfzeile"),
    ("id;name;zone;type;neighbours;", "id,name,zone,type,neighbours,", "Zeile 1", "Die Spalte „id,name"),
    ("08;Botnang;außen;", "08;Botnang;", "@08;Botnang", "Die Zeile hat 8 Spalten, die Kopfzeile 9"),
    ("08;Botnang;außen;", "08;;außen;", "@08;;", "Spalte „name“: Die Angabe fehlt"),
    ("08;Botnang;außen;", '08;"Botnang;außen;', "Zeile 9", "Bitte Anführungszeichen paarweise setzen"),
    ("05|10;2;0", "05|24;2;0", "@08;Botnang", "„24“ gibt es in districts.csv nicht"),
    ("05|10;2;0", "05|08|10;2;0", "@08;Botnang", "„08“ ist sich selbst Nachbar"),
    ("05|10;2;0", "05|10|01;2;0", "@08;Botnang", "Bitte „08“ in Zeile 2 ergänzen oder hier löschen"),
    ("05|10;2;0", "05|10|05;2;0", "@08;Botnang", "„05“ steht zweimal in der Liste"),
    ("05|10;2;0", "05|10;2;1", "@08;Botnang", "liegt schon West. Bitte eine freie Kachel wählen"),
    ("05|10;2;0", "05|10;zwei;0", "@08;Botnang", "„zwei“ ist keine ganze Zahl"),
    ("05|10;2;0", "05|10;-2;0", "@08;Botnang", "Die Zahl muss mindestens 0 sein"),
    (";2.14", ";groß", "@08;Botnang", "„groß“ ist keine Zahl"),
    ("Cannstatt;15.66", "Cannstatt|Feuer-Bach;15.66", "@10;Feuerbach", "Die Schreibweise „feuerbach“ steht auch für"),
    (
        "08;Botnang;außen;aussen-klein",
        "08;Botnang;außen;aussen-kleine",
        "@08;Botnang",
        "Gemeint ist wohl „aussen-klein“",
    ),
]

FIELDS = [
    (
        'lead = "sport-reichweite"',
        'lead = "sportreichweite"',
        "@sportreichweite",
        "Gemeint ist wohl „sport-reichweite“",
    ),
    (
        'lead = "sport-reichweite"',
        'lead = "graffiti-rate"',
        "Eintrag „sport“",
        "Bitte „sport“ dort unter „fields“ ergänzen",
    ),
    ('"anfaenge", "verknuepfung"', '"anfang", "verknuepfung"', "Eintrag „kinder“", "Gemeint ist wohl „anfaenge“"),
    ("number = 10", "number = 9", "Eintrag „staedtebau“", "„9“ steht schon bei einem anderen Eintrag (Zeile 165)"),
    ("number = 10", "number = 0", "@number = 0", "Die Zahl muss mindestens 1 sein"),
    ("number = 10", 'number = "zehn"', '@number = "zehn"', "Bitte eine ganze Zahl ohne Anführungszeichen"),
    ("valid_from = 1997-01-01", "valid_from = 1997-02-30", "@1997-02-30", "Bitte als Jahr-Monat-Tag schreiben"),
    ("valid_from = 1997-01-01", 'valid_from = "damals"', "@damals", "„damals“ ist kein Datum"),
    (
        "valid_from = 1997-01-01",
        "valid_from = 1997-01-01\nvalid_to = 1996-12-31",
        "@valid_to = 1996",
        "Das Ende liegt vor dem Anfang",
    ),
    ('id = "sport"', 'id = "sport und spiel"', "@sport und spiel", "Erlaubt sind Kleinbuchstaben"),
    ('title = "Prävention durch Sport"', 'title = "Sicherheitspartnerschaften"', "Eintrag „sport“", "Bitte ändern"),
    ('question = "Wie viele junge', 'frage = "Wie viele junge', "@frage", "gibt es hier nicht"),
]

PRINCIPLES = [
    ("number = 7", "number = 6", "Eintrag „vor-ort“", "„6“ steht schon bei einem anderen Eintrag (Zeile"),
    ('id = "vor-ort"', 'id = "ursachen"', "Eintrag „ursachen“", "Bitte eindeutig benennen"),
    ('id = "vor-ort"', 'id = ""', '@id = ""', "Erlaubt sind Kleinbuchstaben"),
    ('title = "Mehr Sauberkeit"', 'title = ""', "Eintrag „sauberkeit“", "Der Text ist leer"),
    (
        'title = "Mehr Sauberkeit"',
        f'title = "{"x" * 161}"',
        "Eintrag „sauberkeit“",
        "hat 161 Zeichen. Erlaubt sind höchstens 160",
    ),
    ('title = "Mehr Sauberkeit"\n', "", "Eintrag „sauberkeit“, Schlüssel „title“", "Bitte ergänzen"),
    ('title = "Mehr Sauberkeit"', 'title = "Mehr Sauberkeit" dazu', "@dazu", "Hinter dem Wert steht noch etwas"),
    ('served_by = "Meldungen', 'served = "Meldungen', "@served =", "Gemeint ist wohl „served_by“"),
    ("number = 3", "number = 2.5", "@number = 2.5", "„2.5“ ist keine ganze Zahl"),
    ("[[principle]]", "[[prinzip]]", "Schlüssel „prinzip“", "gehört nicht in diese Datei"),
    ("[[principle]]", "[[principle]", "@[[principle]", "Die Überschrift ist unvollständig"),
]


@pytest.mark.parametrize(("old", "new", "place", "fix"), CITY)
def test_a_mistake_in_the_city_is_named(complains, old, new, place, fix):
    complains("city.toml", old, new, place, fix)


@pytest.mark.parametrize(("old", "new", "place", "fix"), DISTRICT_TYPES)
def test_a_mistake_in_the_district_types_is_named(complains, old, new, place, fix):
    complains("district_types.toml", old, new, place, fix)


@pytest.mark.parametrize(("old", "new", "place", "fix"), DISTRICTS)
def test_a_mistake_in_the_districts_is_named(complains, old, new, place, fix):
    complains("districts.csv", old, new, place, fix)


@pytest.mark.parametrize(("old", "new", "place", "fix"), FIELDS)
def test_a_mistake_in_the_fields_of_action_is_named(complains, old, new, place, fix):
    complains("fields.toml", old, new, place, fix)


@pytest.mark.parametrize(("old", "new", "place", "fix"), PRINCIPLES)
def test_a_mistake_in_the_principles_is_named(complains, old, new, place, fix):
    complains("principles.toml", old, new, place, fix)


def test_every_type_needs_three_districts_once_there_are_enough_of_them(workshop):
    text = (workshop.folder / "districts.csv").read_text(encoding="utf-8")
    for name in ("Nord", "Ost", "West"):
        text = text.replace(f";{name};innen;innenstadt;", f";{name};innen;aussen-gross;")
    workshop.write("districts.csv", text)
    assert "Eintrag „innenstadt“: Zu diesem Typ gehören 2 Gebiete (Mitte, Süd)" in workshop.sentence()


def test_every_separator_but_the_semicolon_is_named(workshop):
    workshop.write("districts.csv", "id,name\n01,Mitte\n")
    assert workshop.sentence() == (
        "districts.csv, Zeile 1: Die Spalten sind durch Komma getrennt. Bitte Semikolon verwenden."
    )

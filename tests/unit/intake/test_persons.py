"""No file may bring personal data in: neither under a telling heading nor hidden in cells."""

import pytest

from tests.support.intake import EVENTS, layout, put, refusal, refusals, rows_of, shipped

WAVE = "Angabe;Wert\nKennung;w1\nTitel;Welle\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n"
OWN = shipped("eigene-befragung")
KINDS = {
    "einer E-Mail-Adresse": ["E-Mail", "email", "Mail", "Mail (E-Mail-Adresse)", "kontakt_email"],
    "einer Telefonnummer": ["Telefon", "Tel.", "Handynummer", "Mobilnr.", "Mobil", "phone", "Rufnummer privat"],
    "einem Geburtsdatum": ["Geburtsdatum", "geb.-datum", "GebDat", "Geburtstag", "date of birth", "birthdate", "geb."],
    "einer Bankverbindung": ["IBAN", "Kontonummer", "iban_nr", "Bankverbindung"],
    "einer Anschrift": ["Anschrift", "Straße", "Adresse", "Hausnummer", "Wohnort", "street"],
    "dem Namen einer Person": ["Name", "Nachname", "Vorname", "Familienname", "last_name", "Ansprechpartner"],
}


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    return tmp_path


@pytest.mark.parametrize(("kind", "heading"), [(kind, heading) for kind, names in KINDS.items() for heading in names])
def test_a_heading_that_names_a_person_stops_a_survey(folder, kind, heading):
    error = refusal(put(folder, f"bezirk;gewicht;nachts;{heading}\nNord;1;1;x\n"), OWN)
    assert (error.code, error.column) == ("personal_column", heading)
    assert error.sentence == (
        f"Die Spalte „{heading}“ sieht nach {kind} aus. Angaben über einzelne Personen dürfen nicht geliefert werden; "
        "bitte die Spalte löschen und die Datei neu speichern."
    )


@pytest.mark.parametrize(
    "heading", ["Stadtbezirksname", "Straßenbahn", "Telemedizin", "Namensrecht", "Mobilität", "Ibanez", "Fabrikat"]
)
def test_a_heading_that_only_sounds_like_one_does_not(folder, heading):
    assert rows_of(put(folder, f"bezirk;gewicht;nachts;{heading}\nNord;1;1;x\n"), OWN)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("einer E-Mail-Adresse", "bitte an erika.muster@example.org"),
        ("einer Telefonnummer", "0711 216-0000"),
        ("einer Telefonnummer", "+49 711 216 0000"),
        ("einer Telefonnummer", "01761234567"),
        ("einer Telefonnummer", "0711/2160000"),
        ("einer Telefonnummer", "+49 (0) 711 216-44 44"),
        ("einer Telefonnummer", "+49(0)711/2164444"),
        ("einer Telefonnummer", "(0711) 2164444"),
        ("einer Bankverbindung", "DE89 3704 0044 0532 0130 00"),
        ("einer Bankverbindung", "Konto de89370400440532013000"),
    ],
)
def test_one_telling_cell_stops_a_survey_and_is_not_repeated(folder, kind, cell):
    rows = "Nord;1;1;alles gut\n" * 9 + f"Süd;1;1;{cell}\n"
    error = refusal(put(folder, "bezirk;gewicht;nachts;bemerkung\n" + rows), OWN)
    assert (error.code, error.line, error.column, error.found) == ("personal_content", 11, "bemerkung", None)
    assert f"Die Spalte „bemerkung“ sieht in Zeile 11 nach {kind} aus." in error.sentence
    assert cell not in error.sentence


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("einem Geburtsdatum", ["12.03.1956", "01.11.1987", "24.12.2001", "05.05.1945", "30.09.1970"]),
        ("einem Geburtsdatum", ["1956-03-12", "1987-11-01", "2001-12-24", "1945-05-05", "1970-09-30"]),
        ("einem Geburtsdatum", ["12/03/1956", "1/11/1987", "24/12/2001", "5/5/1945", "30/09/1970"]),
        ("einer Anschrift", ["Hauptstraße 5", "Marktplatz 1", "Lindenweg 12 a", "Königstr. 7", "Kaiserallee 3"]),
        ("dem Namen einer Person", ["Muster, Erika", "Mann, Max", "Kurz, Anna", "Lang, Ida", "Groß, Karl"]),
    ],
)
def test_a_column_full_of_telling_cells_stops_a_survey(folder, kind, cells):
    rows = "".join(f"Nord;1;1;{cell}\n" for cell in cells)
    error = refusal(put(folder, "bezirk;gewicht;nachts;x7\n" + rows), OWN)
    assert (error.code, error.line, error.column, error.count) == ("personal_content", 2, "x7", 5)
    assert f"sieht in 5\u00a0Zeilen, zuerst in Zeile 2, nach {kind} aus" in error.sentence


@pytest.mark.parametrize(
    "cells",
    [
        ["15.11.2023", "16.11.2023", "20.12.2023", "31.12.2023", "02.12.2023"],  # days of the interview
        ["01100205", "03601141", "07601546", "11400929", "08200729"],  # area keys
        ["010000", "***300", "222000", "892000", "------"],
        ["DE00 0000 0000 0000 0000 00"] * 5,  # no account has these check digits
        ["5", "17", "2024", "98", "0"],
        ["eher sicher, meist", "Nein, nie", "Ja, oft", "weiß nicht", "gut"],
    ],
)
def test_harmless_columns_pass(folder, cells):
    rows = "".join(f"Nord;1;1;{cell}\n" for cell in cells)
    assert rows_of(put(folder, "bezirk;gewicht;nachts;x7\n" + rows), OWN)


def test_a_project_register_is_stopped_by_any_personal_column(tmp_path):
    path = put(tmp_path, "Kennung;Titel;Handlungsfelder;Ansprechpartner\nP1;Schulweg;strassen;Erika Muster\n")
    assert refusal(path, shipped("eigene-projekte")).code == "personal_column"


def test_a_telephone_number_in_a_project_text_is_found(tmp_path):
    path = put(tmp_path, "Kennung;Titel;Handlungsfelder;Partner\nP1;Schulweg;strassen;Verein (0711 216-0000)\n")
    error = refusal(path, shipped("eigene-projekte"))
    assert (error.code, error.column) == ("personal_content", "Partner")


def test_addresses_that_only_locate_are_dropped_without_a_word(tmp_path):
    """Layouts of known open data name what they keep; what they do not keep is never looked at."""
    path = put(tmp_path, "wann;bezirk;schlüssel;Straße;E-Mail\n01.07.2023;Nord;***300;Hauptstraße 5;x@example.org\n")
    (row,) = rows_of(path, layout(EVENTS), marking="published")
    assert "Hauptstraße 5" not in row.values()


def test_what_would_be_kept_is_looked_at_in_every_layout(tmp_path):
    profile = layout(EVENTS + 'columns.place_kind = { column = "ort" }\n')
    rows = "".join(f"0{day}.07.2023;Nord;***300;Hauptstraße {day}\n" for day in range(1, 8))
    (error,) = refusals(put(tmp_path, "wann;bezirk;schlüssel;ort\n" + rows), profile)
    assert (error.code, error.column, error.count) == ("personal_content", "ort", 7)


def test_a_column_without_a_heading_or_with_one_that_comes_twice_is_looked_at_too(folder):
    path = put(folder, "bezirk;gewicht;nachts;x;x;\nNord;1;1;a;b;c\nNord;1;1;a;erika@example.org;max@example.org\n")
    assert [(error.code, error.column, error.line) for error in refusals(path, OWN)] == [
        ("personal_content", "x", 3),
        ("personal_content", "Nr. 6", 3),
    ]


def column(cells):
    return "bezirk;gewicht;nachts;wer\n" + "".join(f"Nord;1;1;{cell}\n" for cell in cells)


def test_full_names_under_a_heading_that_does_not_tell_stop_a_survey(folder):
    names = ["Erika Mustermann", "Dr. Max Müller", "Anna-Lena Groß", "Paul von Berg", "Ida Öz-Kaya", "Jürgen Weiß"]
    error = refusal(put(folder, column(names)), OWN)
    assert (error.code, error.column, error.line, error.count) == ("personal_content", "wer", 2, 6)
    assert not [name for name in names if name in error.sentence]


def test_one_long_remark_is_a_free_text_and_a_long_label_that_repeats_is_none(folder):
    remark = "Mein Nachbar hört jede Nacht laut Musik und wenn ich klingle schreit er mich sofort an"  # 16 words
    error = refusal(put(folder, column(["gut", remark, "schlecht"])), OWN)
    assert (error.code, error.column, error.line, error.count) == ("free_text", "wer", 3, 1)
    assert error.sentence == (
        "Die Spalte „wer“ enthält freie Texte (1\u00a0Zeile, zuerst Zeile 3). In freien Texten stehen oft Angaben über "
        "einzelne Personen; bitte die Spalte löschen und die Datei neu speichern."
    )
    assert rows_of(put(folder, column(["gut", *[remark] * 3])), OWN)
    short = [
        "Die Musik der Nachbarn ist jede Nacht zu laut",
        "Der Weg zum Bahnhof ist im Winter sehr dunkel",
    ]  # 9 words
    assert rows_of(put(folder, column(["gut", *short])), OWN)


PERSONS = {
    "any alphabet": ["Ayşe Yılmaz", "Łukasz Nowak", "Zoran Jović", "Ελένη Παππά", "Юлия Коваль"],
    "capitals": ["ERIKA MUSTERMANN", "MAX GROẞ", "İBRAHİM ÇELİK", "ANNA-LENA KURZ", "PAUL WEIß"],
    "more words": ["Erika Maria Mustermann", "Jan van der Berg", "Pat O'Brien", "Erika M. Muster", "Rosa de la Cruz"],
    "titles": ["Herr Muster", "Frau Dr. Kurz", "Dr. med. Ida Lang", "Prof. Dr. Ali Öz", "Familie Jović"],
    "surname first": ["Yılmaz, Ayşe", "MUSTERMANN, Erika", "O'Brien, Pat", "von Berg, Paul Maria", "Jović,Zoran"],
    "accents apart": [
        "Rene\u0301 Muster",
        "Ayse\u0327 Kurz",
        "Zoran Jovic\u0301",
        "Jose\u0301 Lang",
        "Noe\u0308l Berg",
    ],
    "three in four": ["Ayşe Yılmaz", "Cem", "Zoran Jović", "Max Kurz", "Ida Lang", "Jan Groß", "نور", "Eva Öz"],
}


@pytest.mark.parametrize("names", PERSONS.values(), ids=PERSONS)
def test_names_of_every_origin_stop_a_survey(folder, names):
    error = refusal(put(folder, column(names)), OWN)
    assert (error.code, error.column) == ("personal_content", "wer")
    assert "nach dem Namen einer Person" in error.sentence


@pytest.mark.parametrize(
    "cells",
    [
        ["Königstraße Süd", "Alter Friedhof", "Bad Cannstatt", "Großer Markt", "Sankt Leonhard", "Unterer Grund"],
        ["Jugendamt Nord", "Polizei Stuttgart", "Sicherheitsbeirat Mitte", "Evangelische Kirche", "Mobile Jugendhilfe"],
        [
            "Sicherer Schulweg",
            "Offener Treff",
            "Kick mit",
            "Stiege und Hof",
            "Der Zweite Schlüssel",
            "Gute Nachbarschaft",
        ],
        [
            "Mord, Totschlag",
            "Raub, Erpressung",
            "Diebstahl, Einbruchdiebstahl",
            "Gefährliche Körperverletzung",
            "Betrug",
        ],
        ["Park Street", "Leeds Road", "Bus Station", "Wakefield Council", "Old Mill"],
        ["PKS", "DIN EN", "S-BAHN", "U6", "LKA BW"],
    ],
)
def test_places_bodies_projects_and_offences_are_no_persons(folder, cells):
    assert rows_of(put(folder, column(cells)), OWN)


@pytest.mark.parametrize(
    "cells",
    [
        ["Bad Cannstatt", "Alter Friedhof", "Bad Cannstatt", "Bad Cannstatt", "Alter Friedhof"],  # places repeat
        ["Sehr gut", "Bus und Bahn", "Viel Lärm", "Zu dunkel", "Alles gut", "Erika Mustermann"],  # most are no names
        ["Erika Mustermann", "Max Müller"],  # two cells prove nothing
    ],
)
def test_two_words_alone_are_no_name(folder, cells):
    assert rows_of(put(folder, column(cells)), OWN)


@pytest.mark.parametrize("extra", ["Name", "E-Mail", "Bemerkung"])
def test_counts_that_nobody_has_published_bring_no_person_in_beside_them(tmp_path, extra):
    texts = [f"Herr Muster hat um {hour} Uhr die Tür der Nachbarin eingetreten" for hour in range(5)]
    rows = "".join(f"14.07.2024;Nord;***300;{text}\n" for text in texts)
    path = put(tmp_path, f"wann;bezirk;schlüssel;{extra}\n{rows}")
    assert refusal(path, layout(EVENTS)).code == ("free_text" if extra == "Bemerkung" else "personal_column")
    assert len(rows_of(path, layout(EVENTS), marking="published")) == 5


def test_a_place_that_becomes_a_district_may_be_an_address(tmp_path):
    rows = "".join(f"14.07.2024;Hauptstraße {house};***300\n" for house in range(1, 7))
    profile = layout(EVENTS, district={"method": "column", "columns": ["wo"], "elsewhere": "not_locatable"})
    assert len(rows_of(put(tmp_path, f"wann;wo;schlüssel\n{rows}"), profile)) == 6

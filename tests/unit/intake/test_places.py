"""Which district a row belongs to, and what is said where it cannot be told."""

import json

import pytest

from sipa_data.errors import ProfileError, UnreadableFile
from sipa_data.intake import read_delivery
from tests.support.intake import EVENTS, findings_of, layout, musterstadt, put, refusal, refusals, rows_of, short

HEAD = "wann;bezirk;schlüssel\n"
PLAIN = layout(EVENTS)


def events(*places):
    return HEAD + "".join(f"01.07.2023;{place};***300\n" for place in places)


def districts(path, profile, **options):
    return sorted(short(rows_of(path, profile, **options), "event_id", "district_id"))


@pytest.mark.parametrize("spelling", ["Süd", "03", "3", "Südstadt", "SÜDSTADT", "Suedstadt", "Musterstadt-Südstadt"])
def test_every_usual_spelling_finds_its_district(tmp_path, spelling):
    assert districts(put(tmp_path, events(spelling)), PLAIN) == [("1", "03")]


def test_an_unknown_district_is_told_with_the_closest_one(tmp_path):
    error = refusal(put(tmp_path, events("Nord", "Nortstadt", "Nortstadt")), PLAIN)
    assert (error.code, error.line, error.column) == ("unknown_district", 3, "bezirk")
    assert (error.found, error.expected, error.count) == ("Nortstadt", "Nordstadt", 2)
    assert error.sentence == (
        "In Zeile 3, Spalte „bezirk“, steht „Nortstadt“ (insgesamt 2\u00a0Zeilen). Das kennt der Katalog auf der Ebene "
        "Stadtbezirk nicht. Meinten Sie „Nordstadt“?"
    )


def test_a_district_with_destroyed_umlauts_says_what_happened(tmp_path):
    error = refusal(put(tmp_path, events("SÃ¼dstadt")), PLAIN)
    assert error.sentence.endswith(
        "Die Umlaute sind zerstört; bitte die Datei aus dem Ursprungssystem neu als UTF-8 exportieren."
    )


def test_many_unknown_districts_are_told_one_by_one_and_then_counted(tmp_path):
    errors = refusals(put(tmp_path, events(*(f"Xyz{number}" for number in range(30)))), PLAIN)
    assert len(errors) == 21
    assert errors[-1].sentence == "Dazu kommen 10\u00a0weitere unbekannte Angaben, zuerst in Zeile 22."


def test_an_empty_district_is_not_locatable_only_where_the_layout_says_so(tmp_path):
    path = put(tmp_path, events("Nord", ""))
    assert districts(path, PLAIN) == [("1", "02"), ("2", None)]
    strict = layout(EVENTS.replace('not_locatable = [""]', ""))
    error = refusal(path, strict)
    assert (error.code, error.line) == ("district_empty", 3)
    assert error.sentence.startswith(
        "In Zeile 3 ist die Spalte „bezirk“ leer. Erwartet wird eine Angabe der Ebene Stadtbezirk;"
    )


def test_name_and_number_that_contradict_each_other_are_told(tmp_path):
    profile = layout(EVENTS.replace('columns = ["bezirk"]', 'columns = ["nr", "bezirk"]'))
    path = put(tmp_path, "wann;nr;bezirk;schlüssel\n01.07.2023;02;Nord;***300\n01.07.2023;03;Nord;***300\n")
    error = refusal(path, profile)
    assert (error.code, error.line, error.found) == ("district_contradiction", 3, "03 / Nord")
    assert error.sentence == "In Zeile 3 widersprechen sich die Angaben: „03 / Nord“ ist nicht ein und derselbe Ort."


def test_the_first_column_that_is_not_empty_counts(tmp_path):
    profile = layout(EVENTS.replace('columns = ["bezirk"]', 'columns = ["nr", "bezirk"]'))
    path = put(tmp_path, "wann;nr;bezirk;schlüssel\n01.07.2023;;Nord;***300\n01.07.2023;03;;***300\n")
    assert districts(path, profile) == [("1", "02"), ("2", "03")]


PREFIX = EVENTS.replace('columns = ["bezirk"]', "columns = [\"bezirk\"]\npattern = '(.+) \\d{3}[A-Z]'")


def test_a_finer_area_names_its_district_at_the_beginning(tmp_path):
    assert districts(put(tmp_path, events("Nord 063A", "Hafen 001C", "")), layout(PREFIX)) == [
        ("1", "02"), ("2", "04"), ("3", None),
    ]  # fmt: skip


def test_places_outside_the_city_are_counted_without_a_district(tmp_path):
    profile = layout(PREFIX.replace("[district]", '[district]\nelsewhere = "not_locatable"'))
    path = put(tmp_path, events("Nord 063A", "Oldham 001A", "Oldham 002B", "Selby 001A"))
    assert [district for _, district in districts(path, profile)] == ["02", None, None, None]
    (note,) = findings_of(path, profile)
    assert (note.severity, note.count) == ("note", 3)
    assert note.sentence == (
        "3\u00a0Zeilen nennen Orte außerhalb von Musterstadt und sind als nicht zuordenbar gezählt: „Oldham“, „Selby“."
    )


def test_places_outside_the_city_can_be_left_out(tmp_path):
    profile = layout(PREFIX.replace("[district]", '[district]\nelsewhere = "skip"'))
    path = put(tmp_path, events("Nord 063A", "Oldham 001A"))
    with read_delivery(path, musterstadt(), profile) as delivery:
        report = delivery.report
    assert (report.rows_in, report.rows_taken, report.rows_skipped, report.not_locatable) == (2, 1, 1, 0)
    assert report.findings[0].sentence == (
        "1\u00a0Zeile nennt Orte außerhalb von Musterstadt und bleibt unberücksichtigt: „Oldham“."
    )


AREA = """
[companions.gebiete]
title = "Schlüsseltabelle der Gebiete"
usual_name = "gebiete.csv"

[district]
method = "area_key"
column = "gebiet"
width = 4
companion = "gebiete"
key_column = "ID"
district_column = "BEZ"
"""


def by_area(**changes):
    start, rest = EVENTS.split("[district]")
    return layout(start + AREA + rest[rest.index("[[tables]]") :], **changes)


def test_an_area_key_finds_its_district_with_or_without_the_leading_zero(tmp_path):
    put(tmp_path, "ID,NAME,BEZ\n0301,Am Bach,03\n0402,Kai,04\n", "gebiete.csv")
    path = put(tmp_path, "wann;gebiet;schlüssel\n01.07.2023;0301;***300\n01.07.2023;402;***300\n")
    assert districts(path, by_area()) == [("1", "03"), ("2", "04")]


def test_an_unknown_area_is_told(tmp_path):
    put(tmp_path, "ID,NAME,BEZ\n0301,Am Bach,03\n", "gebiete.csv")
    error = refusal(put(tmp_path, "wann;gebiet;schlüssel\n01.07.2023;0999;***300\n"), by_area())
    assert (error.code, error.line, error.column, error.found) == ("unknown_district", 2, "gebiet", "0999")


def test_a_missing_companion_is_asked_for_by_name(tmp_path):
    path = put(tmp_path, "wann;gebiet;schlüssel\n01.07.2023;0301;***300\n")
    with pytest.raises(ProfileError) as found:
        read_delivery(path, musterstadt(), by_area())
    assert found.value.sentence == (
        "Das Profil „vorgaenge“ braucht die Begleitdatei „gebiete“ (Schlüsseltabelle der Gebiete). "
        "Bitte angeben oder als „gebiete.csv“ neben die Datei legen."
    )


def test_a_companion_that_the_layout_does_not_know_is_refused(tmp_path):
    path = put(tmp_path, events("Nord"))
    with pytest.raises(ProfileError, match="kennt keine Begleitdatei „karte“; vorgesehen: keine"):
        read_delivery(path, musterstadt(), PLAIN, companions={"karte": path})


def test_a_companion_without_its_column_is_named(tmp_path):
    put(tmp_path, "ID,NAME,BEZIRK\n0301,Am Bach,03\n", "gebiete.csv")
    error = refusal(put(tmp_path, "wann;gebiet;schlüssel\n01.07.2023;0301;***300\n"), by_area())
    assert (error.code, error.column) == ("missing_column", "BEZ")


ADDRESS = """
[companions.adressen]
title = "Adressen"
usual_name = "adressen.csv"

[companions.grenzen]
title = "Grenzen"
usual_name = "grenzen.geojson"

[district]
method = "address"
columns = ["straße", "hausnummer"]
addresses = "adressen"
address_columns = ["strasse", "nr"]
longitude = "lon"
latitude = "lat"
boundaries = "grenzen"
district_property = "name"
"""


def square(west, south, name):
    corners = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [corners]}}


@pytest.fixture
def town(tmp_path):
    """Four squares of one degree, and three addresses of which one is listed twice with two points."""
    squares = [square(8, 48, "Altstadt"), square(9, 48, "Nord"), square(8, 49, "Süd"), square(9, 49, "Hafen")]
    put(tmp_path, json.dumps({"type": "FeatureCollection", "features": squares}), "grenzen.geojson")
    put(
        tmp_path,
        "strasse;nr;lat;lon\nKAI;1;49.5;9.5\nKAI;1;48.5;8.5\nMARKT;;48.5;8.5\nWEITWEG;7;0.0;0.0\n",
        "adressen.csv",
    )
    return tmp_path


def by_address():
    start, rest = EVENTS.split("[district]")
    return layout(start + ADDRESS + rest[rest.index("[[tables]]") :])


def at(*addresses):
    return "wann;straße;hausnummer;schlüssel\n" + "".join(f"01.07.2023;{place};***300\n" for place in addresses)


def test_an_address_that_is_listed_twice_does_not_make_rows(town):
    path = put(town, at("KAI;1", "KAI;1", "MARKT;"))
    assert districts(path, by_address()) == [("1", "04"), ("2", "04"), ("3", "01")]
    notes = findings_of(path, by_address())
    assert [note.code for note in notes if note.severity == "note"] == ["address_ambiguous"]
    assert "nennt 1\u00a0Adresse mit verschiedenen Punkten; gezählt ist jeweils der erste" in notes[-1].sentence


def test_addresses_without_a_point_or_outside_are_not_locatable_and_counted(town):
    path = put(town, at("KAI;1", "NIRGENDS;5", "WEITWEG;7"))
    with read_delivery(path, musterstadt(), by_address()) as delivery:
        report = delivery.report
    assert (report.rows_in, report.rows_taken, report.not_locatable) == (3, 3, 2)
    said = {note.code: note for note in report.findings}
    assert said["address_unlisted"].sentence == (
        "1\u00a0Zeile nennt eine Adresse, die die Adresstabelle nicht enthält, und ist als nicht zuordenbar gezählt."
    )
    assert said["address_outside"].sentence == (
        "1\u00a0Zeile liegt nach der Adresstabelle außerhalb von Musterstadt und ist als nicht zuordenbar gezählt."
    )


def test_a_point_on_a_common_border_belongs_to_one_district_only(town):
    put(town, "strasse;nr;lat;lon\nGRENZE;1;48.5;9.0\n", "adressen.csv")
    assert districts(put(town, at("GRENZE;1")), by_address()) == [("1", "01")]


def test_no_address_and_no_point_is_kept(town):
    (row,) = rows_of(put(town, at("KAI;1")), by_address())
    assert not [value for value in row.values() if "KAI" in str(value) or "49.5" in str(value)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "ist kein GeoJSON mit der Eigenschaft „name“ je Bezirk"),
        ("kein json", "ist kein GeoJSON"),
        (json.dumps({"features": [square(3_500_000, 5_400_000, "Nord")]}), "enthält keine Flächen in Grad (WGS 84)"),
        (json.dumps({"features": [square(8, 48, "Weststadt")]}), "nennt „Weststadt“. Das kennt der Katalog"),
        (json.dumps({"features": []}), "enthält keine Flächen"),
    ],
)
def test_boundaries_that_do_not_fit_are_refused(town, content, said):
    put(town, content, "grenzen.geojson")
    with pytest.raises(UnreadableFile) as found:
        read_delivery(put(town, at("KAI;1")), musterstadt(), by_address())
    assert said in found.value.sentence

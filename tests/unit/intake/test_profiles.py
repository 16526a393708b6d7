"""Layouts are data: closed, checked at loading, every mistake named with file and key."""

import pytest

from sipa_data.errors import ProfileError
from sipa_data.intake import choose_profile, load_profiles, profiles_of, save_profile
from sipa_data.intake.profiles import load_profile
from sipa_data.settings import Settings
from tests.support.intake import COUNTS, EVENTS, PROFILES, layout, put

KNOWN = [
    "afrobarometer-r5",
    "berlin-fahrraddiebstahl",
    "bka-pks-kreise",
    "eigene-befragung",
    "eigene-einwohner",
    "eigene-fallzahlen",
    "eigene-projekte",
    "eigene-registerwerte",
    "eigene-vorfaelle",
    "koeln-einwohner",
    "koeln-ordnungswidrigkeiten",
    "stuttgart-einwohner",
    "stuttgart-gewalt-oeffentlicher-raum",
    "uk-police-street",
]


def test_every_layout_that_is_shipped_loads_in_the_order_of_its_name():
    found = list(load_profiles(PROFILES))
    assert found == sorted(found)
    assert set(found) >= set(KNOWN)


def test_every_layout_names_its_source_and_says_what_it_is():
    for profile in load_profiles(PROFILES).values():
        assert profile.attribution
        assert len(profile.description) > 40, profile.id
        assert profile.marking is not None


def test_an_unknown_layout_is_told_with_the_known_ones():
    with pytest.raises(ProfileError) as found:
        choose_profile(load_profiles(PROFILES), "pks")
    assert found.value.sentence.startswith(
        "Das Dateiprofil „pks“ gibt es nicht. Möglich sind: afrobarometer-r5, berlin-"
    )


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(ProfileError, match="Den Ordner der Dateiprofile"):
        load_profiles(tmp_path / "fehlt")


COUNT, RULE = '{ column = "fälle" }', "Schlüssel „tables.1.columns.cases"
BROKEN = [
    ("title = ", "titel = ", "„titel“: Den Schlüssel „titel“ gibt es hier nicht. Gemeint ist wohl „title“."),
    ('attribution = "Musterstadt"\n', "", "Schlüssel „attribution“: Die Angabe fehlt. Bitte ergänzen."),
    (
        '"incident_counts"',
        '"incident_count"',
        "„tables.1“: Das passt nicht zusammen: die Tabelle „incident_count“ gibt es",
    ),
    ("columns.cases", "columns.case", "die Tabelle „incident_counts“ hat keine Spalte „case“"),
    (f"columns.cases = {COUNT}\n", "", "für die Tabelle „incident_counts“ fehlt die Spalte „cases“"),
    (COUNT, '{ colum = "fälle" }', f"{RULE}.colum“: Den Schlüssel „colum“ gibt es hier nicht"),
    (COUNT, '{ column = "fälle", constant = 3 }', "genau eine Herkunft angeben"),
    (COUNT, '{ column = "fälle", read_as = "zahl" }', f"{RULE}.read_as“"),
    ('method = "column"', 'method = "spalte"', "Schlüssel „district“"),
    ('columns = ["bezirk"]', "columns = [\"bezirk\"]\npattern = '(x'", "„(x“ ist kein regulärer Ausdruck"),
    ('column = "jahr"', "file_name = '[0-9]{4}'", "fehlt die runde Klammer um den gesuchten Teil"),
    ('columns = ["bezirk"]', "columns = []", "Schlüssel „district.column.columns“"),
    ('marking = "published"', 'marking = "geheim"', "Schlüssel „marking“: „geheim“ ist hier nicht vorgesehen"),
    ('id = "zaehlung"', 'id = "zaehlungen"', "Schlüssel „id“: „zaehlungen“ ist nicht der Name der Datei."),
    ('title = "Fallzahlen', "title = Fallzahlen", "Der Aufbau der Datei stimmt nicht (Zeile 3, Spalte"),
    ("[[tables]]", "[[tabellen]]", "Den Schlüssel „tabellen“ gibt es hier nicht. Gemeint ist wohl „tables“."),
]


@pytest.mark.parametrize(("right", "wrong", "said"), BROKEN)
def test_a_mistake_is_told_with_file_and_key(tmp_path, right, wrong, said):
    assert right in COUNTS
    with pytest.raises(ProfileError) as found:
        load_profile(put(tmp_path, COUNTS.replace(right, wrong, 1), "zaehlung.toml"))
    assert found.value.sentence.startswith("zaehlung.toml")
    assert said in found.value.sentence


def test_a_second_file_that_is_not_described_is_told(tmp_path):
    rule = 'method = "area_key"\ncolumn = "gebiet"\ncompanion = "karte"\nkey_column = "k"\ndistrict_column = "b"\n'
    text = EVENTS.replace('method = "column"\ncolumns = ["bezirk"]\nnot_locatable = [""]\n', rule)
    with pytest.raises(ProfileError, match="die Begleitdatei „karte“ ist unter companions nicht beschrieben"):
        load_profile(put(tmp_path, text, "vorgaenge.toml"))


def test_a_layout_in_another_encoding_is_told(tmp_path):
    with pytest.raises(ProfileError, match="nicht in UTF-8 gespeichert"):
        load_profile(put(tmp_path, COUNTS, "zaehlung.toml", encoding="latin-1"))


def test_the_layout_that_is_broken_above_is_right_as_it_stands(tmp_path):
    assert load_profile(put(tmp_path, COUNTS, "zaehlung.toml")).id == "zaehlung"


def test_a_layout_that_fills_nothing_is_told(tmp_path):
    text = COUNTS[: COUNTS.index("[[tables]]")]
    with pytest.raises(ProfileError, match="entweder tables oder survey angeben"):
        load_profile(put(tmp_path, text, "zaehlung.toml"))


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path, PROFILES, "", tmp_path / "files")


def test_layouts_that_were_mapped_here_stand_beside_those_of_the_house(settings):
    assert set(profiles_of(settings)) == set(load_profiles(PROFILES))
    save_profile(layout(COUNTS), settings.profiles_made_here, ())
    assert set(profiles_of(settings)) - set(load_profiles(PROFILES)) == {"zaehlung"}


def test_a_layout_is_not_saved_under_the_name_of_one_of_the_house(settings):
    with pytest.raises(ProfileError, match="„eigene-ziele“ gibt es schon"):
        save_profile(layout(COUNTS, id="eigene-ziele"), settings.profiles_made_here, profiles_of(settings))
    assert set(profiles_of(settings)) == set(load_profiles(PROFILES))


@pytest.mark.parametrize("step", ["os.fsync", "os.link"])
def test_a_layout_that_could_not_be_written_to_its_end_leaves_nothing_behind(settings, monkeypatch, step):
    folder = settings.profiles_made_here

    def full(*_):
        assert set(profiles_of(settings)) == set(load_profiles(PROFILES))  # others read the folder at this moment
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"sipa_data.intake.drafted.{step}", full)
    with pytest.raises(ProfileError, match="nicht speichern: No space left"):
        save_profile(layout(COUNTS), folder, ())
    assert list(folder.iterdir()) == []


def test_what_a_killed_writer_left_stops_nobody(settings):
    settings.profiles_made_here.mkdir(parents=True)
    (settings.profiles_made_here / ".neu-00").write_text("id = ", encoding="utf-8")
    assert set(profiles_of(settings)) == set(load_profiles(PROFILES))
    save_profile(layout(COUNTS), settings.profiles_made_here, ())
    assert "zaehlung" in profiles_of(settings)


def test_a_layout_of_the_house_is_not_replaced_by_one_of_its_name(settings):
    save_profile(layout(COUNTS, id="eigene-ziele"), settings.profiles_made_here, ())
    with pytest.raises(ProfileError, match="Das Profil „eigene-ziele“ gibt es zweimal"):
        profiles_of(settings)

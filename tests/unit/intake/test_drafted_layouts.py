"""A mapping is proposed, corrected step by step without side effects, and becomes a layout that reads the next file."""

import tomllib
from dataclasses import replace

import pytest

from sipa_data.errors import ProfileError
from sipa_data.intake import KINDS, Writing, as_toml, load_profile, look_at, propose, read_delivery, save_profile
from sipa_data.intake.meanings import CLOSED, columns_of, words_of
from sipa_data.tables import TABLES
from tests.support.intake import musterstadt, put, rows_of, short

COUNTS = "Gebiet;Jahr;Straftatenschlüssel;Erfasste Fälle;Bemerkung\n"
ROWS = "Nordstadt;2024;210000;1.204;\nS-Stadt;2024;210000;7;\nunbekannt;2024;210000;3;\n"


def drafted(path, kind=None):
    return propose(look_at(path), musterstadt(), kind)


@pytest.fixture
def counts(tmp_path):
    return put(tmp_path, COUNTS + ROWS)


def complete(draft):
    for name, value in (("attribution", "Polizei Musterstadt"), ("source", "pks"), ("marking", "published")):
        draft = draft.with_setting(name, value)
    return draft


def test_every_column_gets_its_likeliest_meaning(counts):
    draft = drafted(counts)
    assert draft.kind == "incident_counts"
    assert {one.heading: one.meaning for one in draft.columns} == {
        "Gebiet": "district",
        "Jahr": "period",
        "Straftatenschlüssel": "offence_key",
        "Erfasste Fälle": "cases",
        "Bemerkung": "",
    }


def test_what_the_file_leaves_open_is_asked_for(counts):
    problems = drafted(counts).problems()
    assert any(problem.startswith("Bitte angeben: Herkunft.") for problem in problems)
    assert any("„S-Stadt“" in problem and "noch ohne Bedeutung" in problem for problem in problems)
    with pytest.raises(ProfileError, match="Bitte angeben"):
        drafted(counts).profile()


def test_a_correction_leaves_the_draft_before_it_as_it_was(counts):
    before = drafted(counts)
    after = before.with_meaning("Erfasste Fälle", "").with_value("Gebiet", "S-Stadt", "03")
    assert before.proposed("Erfasste Fälle").meaning == "cases"
    assert before.unresolved("Gebiet") == ("S-Stadt",)
    assert after.proposed("Erfasste Fälle").meaning == ""
    assert after.unresolved("Gebiet") == ()


def test_what_was_decided_survives_another_reading_of_the_same_columns(counts):
    draft = drafted(counts).with_meaning("Bemerkung", "place_kind").with_value("Gebiet", "S-Stadt", "03")
    again = draft.seen_again(look_at(counts, writing=Writing(decimal=".")))
    assert again.proposed("Bemerkung").meaning == "place_kind"
    assert again.unresolved("Gebiet") == ()
    assert again.proposed("Erfasste Fälle").column.highest == 7  # 1.204 is no thousand any more, but a decimal number
    other = draft.seen_again(look_at(counts, writing=Writing(separator=",")))
    assert [one.meaning for one in other.columns] == [""]


def test_a_meaning_belongs_to_one_column_only(counts):
    draft = drafted(counts).with_meaning("Bemerkung", "cases")
    assert [one.heading for one in draft.columns if one.meaning == "cases"] == ["Bemerkung"]


def test_the_mapped_file_is_read_as_it_was_mapped(counts):
    draft = complete(drafted(counts)).with_value("Gebiet", "S-Stadt", "03")
    assert draft.problems() == ()
    found = rows_of(counts, draft.profile(), **draft.reading())
    assert short(found, "source", "district_id", "offence_key", "cases") == [
        ("pks", "02", "210000", 1204), ("pks", "03", "210000", 7), ("pks", None, "210000", 3),
    ]  # fmt: skip


def test_a_saved_mapping_reads_the_next_file_without_a_question(counts, tmp_path):
    profile = complete(drafted(counts)).with_value("Gebiet", "S-Stadt", "03").with_setting("id", "neu").profile()
    path = save_profile(profile, tmp_path / "eigene", ())
    assert load_profile(path) == profile
    following = put(tmp_path, COUNTS + "Hafen;2025;210000;9;\nS-Stadt;2025;210000;8;\n", "danach.csv")
    assert short(rows_of(following, load_profile(path)), "district_id", "cases") == [("03", 8), ("04", 9)]


def test_a_saved_mapping_is_not_overwritten(counts, tmp_path):
    profile = complete(drafted(counts)).with_value("Gebiet", "S-Stadt", "03").profile()
    save_profile(profile, tmp_path, ())
    with pytest.raises(ProfileError, match="gibt es schon"):
        save_profile(profile, tmp_path, ())


def test_no_mapping_takes_the_name_of_a_layout_that_exists(tmp_path):
    """What one person may release alone is told by the name of the layout."""
    police = look_at(put(tmp_path, COUNTS + ROWS, "eigene-projekte.csv"))
    draft = complete(propose(police, musterstadt(), taken={"eigene-projekte", "eigene-projekte-2"}))
    draft = draft.with_value("Gebiet", "S-Stadt", "03")
    assert draft.setting("id") == "eigene-projekte-3"
    assert draft.problems() == ()
    named = draft.with_setting("id", "eigene-projekte")
    assert named.problems() == ("Bitte angeben: Kennung. „eigene-projekte“ gehört schon zu einem anderen Profil.",)
    assert named.seen_again(police).problems() == named.problems()
    with pytest.raises(ProfileError, match="gehört schon zu einem anderen Profil"):
        named.profile()


def test_no_mapping_takes_a_name_that_the_city_lets_one_person_release(counts):
    catalogue = musterstadt()
    city = catalogue.city.model_copy(update={"released_alone": ("daten",)})
    draft = propose(look_at(counts), replace(catalogue, city=city))
    assert draft.setting("id") == "daten-2"
    assert any("„daten“ gehört schon" in one for one in draft.with_setting("id", "daten").problems())


def test_a_layout_as_text_says_only_what_is_not_understood_anyway(counts):
    profile = complete(drafted(counts)).with_value("Gebiet", "S-Stadt", "03").profile()
    said = tomllib.loads(as_toml(profile))
    assert said["district"]["values"] == {"S-Stadt": "03"}
    assert said["tables"][0]["columns"]["cases"] == {"column": "Erfasste Fälle", "thousands": "."}
    assert "head_rows" not in said


def test_months_are_months_and_words_of_keys_are_mapped(tmp_path):
    path = put(tmp_path, "month,district,crime type\n2024-05,Nord,Raub\n2024-06,Hafen,Raub\n")
    draft = complete(drafted(path))
    assert draft.kind == "incident_events"
    assert draft.unresolved("crime type") == ()  # „Raub“ is the title of a key
    found = rows_of(path, draft.profile(), **draft.reading())
    assert [(str(row["occurred_at"])[:10], row["offence_key"]) for row in found] == [
        ("2024-05-01", "210000"), ("2024-06-01", "210000"),
    ]  # fmt: skip


def test_a_survey_is_mapped_with_scale_weight_stratum_cluster_and_missing_codes(tmp_path):
    text = (
        "lfdnr;Stadtteil;gew;Schicht;PSU;Nachts;sex\n"
        "1;Nord;0,9;innen;k7;sehr sicher;männlich\n2;Süd;1,1;außen;k8;verweigert;weiblich\n"
        "3;Nord;1,0;innen;k7;eher sicher;weiblich\n"
    )
    path = put(tmp_path, text)
    draft = drafted(path)
    assert {one.heading: one.meaning for one in draft.columns} == {
        "lfdnr": "respondent", "Stadtteil": "district", "gew": "weight", "Schicht": "stratum", "PSU": "cluster",
        "Nachts": "item:nachts", "sex": "item:geschlecht",
    }  # fmt: skip
    assert draft.meant_words("Nachts") == {
        "sehr sicher": "1", "verweigert": "@missing:refused", "eher sicher": "2",
    }  # fmt: skip
    for name, value in (
        ("attribution", "Institut"), ("marking", "published"), ("wave_id", "w1"), ("wave_title", "Welle 1"),
        ("field_start", "01.03.2024"), ("field_end", "2024-03-31"),
    ):  # fmt: skip
        draft = draft.with_setting(name, value)
    answers = rows_of(path, draft.profile(), "survey_answers", **draft.reading())
    assert short(answers, "respondent", "item_id", "answer", "missing") == [
        (1, "geschlecht", "m", None), (1, "nachts", "1", None),
        (2, "geschlecht", "w", None), (2, "nachts", None, "refused"),
        (3, "geschlecht", "w", None), (3, "nachts", "2", None),
    ]  # fmt: skip
    people = rows_of(path, draft.profile(), "survey_respondents", **draft.reading())
    assert short(people, "respondent", "district_id", "weight", "stratum", "cluster") == [
        (1, "02", 0.9, "innen", "k7"), (2, "03", 1.1, "außen", "k8"), (3, "02", 1.0, "innen", "k7"),
    ]  # fmt: skip


def test_the_period_is_said_for_the_delivery_and_not_kept_in_the_layout(tmp_path):
    path = put(tmp_path, "Bezirk;Schlüssel;Fälle\nNord;210000;4\n")
    draft = complete(drafted(path, "incident_counts"))
    assert any("Zeitraum" in problem for problem in draft.problems())
    draft = draft.with_setting("period", "3. Quartal 2024")
    assert "2024" not in as_toml(draft.profile())
    (row,) = rows_of(path, draft.profile(), **draft.reading())
    assert (str(row["period_start"]), str(row["period_end"])) == ("2024-07-01", "2024-09-30")


def test_places_beyond_the_catalogue_can_count_without_a_district(tmp_path):
    path = put(tmp_path, COUNTS + "Nordstadt;2024;210000;5;\nAnderswo;2024;210000;7;\n")
    draft = complete(drafted(path)).with_setting("elsewhere", "not_locatable")
    assert draft.problems() == ()
    assert short(rows_of(path, draft.profile()), "district_id", "cases") == [("02", 5), (None, 7)]


def test_another_kind_proposes_the_columns_anew(counts):
    draft = drafted(counts).with_kind("population")
    assert draft.proposed("Erfasste Fälle").meaning == ""
    assert "inhabitants" in draft.meanings()


def test_a_column_that_cannot_be_pointed_at_is_not_proposed_and_not_taken(tmp_path):
    path = put(tmp_path, f";jahr;{'x' * 200};fälle;fälle\nNord;2024;210000;3;4\n")
    draft = drafted(path, "incident_counts")
    assert {one.meaning for one in draft.columns if one.heading != "jahr"} == {""}
    problems = draft.with_meaning("", "district").with_meaning("fälle", "cases").problems()
    assert [problem for problem in problems if "ist leer, zu lang oder kommt mehrfach vor" in problem][:1] == [
        "Die Überschrift „“ ist leer, zu lang oder kommt mehrfach vor. Bitte in der Datei umbenennen."
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_meaning_of_every_kind_has_german_words(kind):
    for meaning, words in words_of(kind, musterstadt()).items():
        assert words.title, meaning
    if kind != "survey":
        assert {column.name for column in columns_of(kind)} <= set(words_of(kind, musterstadt()))


def test_every_closed_list_is_of_a_column_that_exists():
    for table, column in CLOSED:
        assert column in {one.name for one in TABLES[table].columns}, (table, column)


def test_points_become_districts_and_their_values_a_weighted_mean(tmp_path):
    """Two places in Nord: (3 · 1 + 5 · 3) / 4 = 4.5; one in Süd: 2."""
    square = "[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]"
    feature = (
        '{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Polygon","coordinates":{box}}}}}'
    )
    boxes = [("Nord", square.format(w=9, s=49, e=10, n=50)), ("Süd", square.format(w=9, s=48, e=10, n=49))]
    features = ",".join(feature.format(name=name, box=box) for name, box in boxes)
    grenzen = put(tmp_path, f'{{"type":"FeatureCollection","features":[{features}]}}', "grenzen.geojson")
    text = "lon,lat,mean,rating_count\n9.5,49.5,3.0,1\n9.6,49.6,5.0,3\n9.5,48.5,2.0,9\n20.5,48.5,2.5,4\n"
    path = put(tmp_path, text)
    draft = drafted(path, "register_values")
    assert {one.heading: one.meaning for one in draft.columns} == {
        "lon": "x", "lat": "y", "mean": "value", "rating_count": "mean_weight",
    }  # fmt: skip
    for name, value in (("register", "muell"), ("attribution", "Studie"), ("marking", "published"), ("period", "2024")):
        draft = draft.with_setting(name, value)
    assert draft.needs_boundaries
    with read_delivery(
        path, musterstadt(), draft.profile(), **draft.reading(), companions={"grenzen": grenzen}
    ) as delivery:
        assert [(one.code, one.count) for one in delivery.report.findings] == [("point_outside", 1)]
    found = rows_of(path, draft.profile(), companions={"grenzen": grenzen}, **draft.reading())
    assert sorted(short(found, "district_id", "value"), key=str) == [("02", 4.5), ("03", 2.0), (None, 2.5)]

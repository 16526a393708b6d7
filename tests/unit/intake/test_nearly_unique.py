"""Nobody in a confidential survey is told by district, sex and age: three share them, or something is left out."""

from collections import Counter

import pytest

from sipa_data.intake import read_delivery
from tests.support.intake import findings_of, musterstadt, put, refusal, refusals, rows_of, shipped, short

WAVE = "Angabe;Wert\nKennung;w\nTitel;W\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n"
OWN = shipped("eigene-befragung")
# Nord: three women, two men; Süd: one woman. The men are told by district and sex, the woman in Süd by the district.
PEOPLE = ["Nord;1;w"] * 3 + ["Nord;1;m"] * 2 + ["Süd;1;w"]


def reviewed(profile, **changes):
    return profile.model_copy(update={"survey": profile.survey.model_copy(update={"reviewed": True}), **changes})


@pytest.fixture
def survey(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    return put(tmp_path, "bezirk;gewicht;geschlecht\n" + "\n".join(PEOPLE) + "\n")


def test_nearly_unique_persons_stop_a_confidential_survey(survey):
    error = refusal(survey, OWN)
    assert (error.code, error.count) == ("nearly_unique", 3)
    assert error.sentence == (
        "3\u00a0Personen sind durch Stadtbezirk und Geschlecht fast eindeutig: Weniger als 3 Befragte haben dieselben "
        "Angaben. Vorgeschlagen wird, bei ihnen „Geschlecht“ wegzulassen und, wo das nicht reicht, auch die Angaben "
        "davor. Bitte der Vergröberung zustimmen (auf der Kommandozeile: --coarsen) oder die Datei mit gröberen "
        "Gruppen liefern."
    )


def test_with_consent_only_what_tells_them_is_left_out(survey):
    people = short(rows_of(survey, OWN, "survey_respondents", coarsen=True), "respondent", "district_id", "weight")
    assert people == [(1, "02", 1.0), (2, "02", 1.0), (3, "02", 1.0), (4, "02", 1.0), (5, "02", 1.0), (6, None, 1.0)]
    answers = short(rows_of(survey, OWN, "survey_answers", coarsen=True), "respondent", "answer", "missing")
    assert answers == [
        (1, "w", None), (2, "w", None), (3, "w", None), (4, None, "no_answer"), (5, None, "no_answer"),
        (6, None, "no_answer"),
    ]  # fmt: skip


def test_what_was_left_out_is_a_warning_that_somebody_has_to_read(survey):
    with read_delivery(survey, musterstadt(), OWN, coarsen=True) as delivery:
        assert [(one.code, one.count) for one in delivery.report.warnings] == [("coarsened", 3)]


def test_after_coarsening_three_share_whatever_is_still_said(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    rows = [f"{place};1;{sex}" for place, n in (("Nord", 7), ("Süd", 4), ("Hafen", 2)) for sex in ("wmwmwww"[:n])]
    path = put(tmp_path, "bezirk;gewicht;geschlecht\n" + "\n".join(rows) + "\n")
    district = dict(short(rows_of(path, OWN, "survey_respondents", coarsen=True), "respondent", "district_id"))
    answers = short(rows_of(path, OWN, "survey_answers", coarsen=True), "respondent", "answer")
    told = Counter((district[person], sex) for person, sex in answers if sex)
    assert min(told.values()) >= 3
    everyone = Counter(district.values())
    assert all(everyone[place] >= 3 for place in everyone if place)


def test_three_of_a_kind_are_enough(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    path = put(tmp_path, "bezirk;gewicht;geschlecht\n" + "Nord;1;w\n" * 3)
    assert findings_of(path, OWN) == ()


@pytest.mark.parametrize(("marking", "word"), [("published", "öffentlich"), ("synthetic", "Beispieldaten")])
def test_what_is_public_or_invented_comes_in_but_somebody_reads_what_that_switches_off(survey, marking, word):
    nearly, weaker = sorted(findings_of(survey, OWN, marking=marking), key=lambda one: one.code)
    assert [(one.severity, one.code) for one in (nearly, weaker)] == [
        ("warning", "nearly_unique"), ("warning", "weaker_marking"),
    ]  # fmt: skip
    assert nearly.count == 3
    assert word in weaker.sentence


def test_a_layout_for_public_files_is_taken_for_no_less_than_it_is(survey):
    public = OWN.model_copy(update={"marking": "published"})
    assert [one.code for one in findings_of(survey, public)] == ["nearly_unique"]
    assert "weaker_marking" not in [one.code for one in refusals(survey, public, marking="confidential")]


def test_that_somebody_looked_through_the_columns_makes_nobody_less_unique(survey):
    assert refusal(survey, reviewed(OWN)).code == "nearly_unique"


def test_the_district_alone_tells_nobody(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    assert findings_of(put(tmp_path, "bezirk;gewicht;nachts\nNord;1;2\n"), OWN) == ()


def test_free_text_stops_a_survey_and_labels_do_not(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    long = "Abends am Bahnhof stehen immer dieselben Leute und schreien mich an"
    head = "bezirk;gewicht;nachts;was stört\n"
    error = refusal(put(tmp_path, head + "".join(f"Nord;1;2;{long} {word}\n" for word in "abc")), OWN)
    assert (error.code, error.column, error.line, error.count) == ("free_text", "was stört", 2, 3)
    assert long not in error.sentence
    codes = [one.code for one in findings_of(put(tmp_path, head + "Nord;1;2;Lärm in der Nacht\n" * 5), OWN)]
    assert codes == ["unmapped_column"]


MAIL = "bezirk;gewicht;nachts;schicht;rückfragen\n" + "".join(f"Nord;1;2;A;{who}@stadt.example\n" for who in "abc")


def test_columns_that_were_looked_through_and_are_not_taken_are_a_warning_in_published_files_only(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    path = put(tmp_path, MAIL)
    published = findings_of(path, reviewed(OWN, marking="published"))
    (excused,) = [one for one in published if one.code == "reviewed"]
    assert (excused.severity, excused.count, excused.column) == ("warning", 1, "rückfragen")
    assert "stadt.example" not in excused.sentence
    assert refusal(path, reviewed(OWN)).code == "personal_content"  # confidential
    assert refusal(path, OWN, marking="published").code == "personal_content"  # nobody looked


def test_what_is_stored_is_no_person_whoever_looked_through_the_file(tmp_path):
    put(tmp_path, WAVE, "welle.csv")
    path = put(tmp_path, MAIL.replace("schicht;rückfragen", "x;schicht"))
    error = refusal(path, reviewed(OWN, marking="published"))
    assert (error.code, error.column) == ("personal_content", "schicht")

"""What the words of a column mean can be corrected, also where they seemed to explain themselves."""

import pytest

from sipa_data.catalogue import load_catalogue
from sipa_data.intake import as_toml, look_at, propose
from tests.support.intake import COUNTS, PROJECT, layout, musterstadt, put, rows_of, short

NIGHT = "Wie sicher fühlen Sie sich nachts in Ihrer Wohngegend?"
SAID = (
    ("attribution", "Institut"), ("marking", "published"), ("wave_id", "w1"), ("wave_title", "Welle 1"),
    ("field_start", "01.03.2024"), ("field_end", "31.03.2024"),
)  # fmt: skip


def survey(folder, rows, heading=NIGHT):
    draft = propose(look_at(put(folder, f"Gebiet;{heading};Gewicht\n{rows}")), musterstadt())
    for name, value in SAID:
        draft = draft.with_setting(name, value)
    return draft


def answers(folder, draft):
    found = rows_of(folder / "daten.csv", draft.profile(), "survey_answers", **draft.reading())
    return short(found, "respondent", "answer", "missing")


def test_a_question_is_known_by_its_wording_and_only_strange_answers_are_open(tmp_path):
    draft = survey(tmp_path, "Nord;eher sicher;1\nSüd;mal so, mal so;1\nSüd;geht so;1\nNord;k.A.;1\n")
    assert (draft.kind, draft.proposed(NIGHT).meaning) == ("survey", "item:nachts")
    assert draft.unresolved(NIGHT) == ("mal so, mal so", "geht so")
    draft = draft.with_value(NIGHT, "mal so, mal so", "3").with_value(NIGHT, "geht so", "@missing:no_answer")
    assert answers(tmp_path, draft) == [
        (1, "2", None), (2, "3", None), (3, None, "no_answer"), (4, None, "no_answer"),
    ]  # fmt: skip


def test_another_question_is_not_taken_for_it(tmp_path):
    heading = "Wie sicher fühlen Sie sich tagsüber in öffentlichen Verkehrsmitteln?"
    assert survey(tmp_path, "Nord;1;1\n", heading).proposed(heading).meaning == ""


def test_a_scale_that_runs_the_other_way_round_is_turned_by_its_words(tmp_path):
    draft = survey(tmp_path, "Nord;1;1\nSüd;4;1\n")
    assert draft.meant_words(NIGHT) == {"1": "1", "4": "4"}
    draft = draft.with_value(NIGHT, "1", "4").with_value(NIGHT, "4", "1")
    assert answers(tmp_path, draft) == [(1, "4", None), (2, "1", None)]


def test_a_code_of_the_scale_can_be_no_answer_in_one_question_only(tmp_path):
    text = f"Gebiet;{NIGHT};Geschl.;Gewicht\nNord;4;m;1\nSüd;1;4;1\n"
    draft = propose(look_at(put(tmp_path, text)), musterstadt())
    for name, value in SAID:
        draft = draft.with_setting(name, value)
    before = draft.missing_codes.copy()
    draft = draft.with_value("Geschl.", "4", "@missing:refused").with_value(NIGHT, "4", "@missing:dont_know")
    found = rows_of(tmp_path / "daten.csv", draft.profile(), "survey_answers", **draft.reading())
    assert short(found, "respondent", "item_id", "answer", "missing") == [
        (1, "geschlecht", "m", None), (1, "nachts", None, "dont_know"),
        (2, "geschlecht", None, "refused"), (2, "nachts", "1", None),
    ]  # fmt: skip
    assert draft.missing_codes == before


@pytest.mark.parametrize(("word", "meant", "district"), [("Nordstadt", "04", "04"), ("Nordstadt", "@nowhere", None)])
def test_a_district_that_explains_itself_can_mean_another_place(tmp_path, word, meant, district):
    path = put(tmp_path, f"Gebiet;Jahr;Straftatenschlüssel;Erfasste Fälle\nSüd;2024;210000;4\n{word};2024;210000;7\n")
    draft = propose(look_at(path), musterstadt())
    for name, value in (("attribution", "Amt"), ("source", "pks"), ("marking", "published")):
        draft = draft.with_setting(name, value)
    draft = draft.with_value("Gebiet", word, meant)
    assert short(rows_of(path, draft.profile()), "district_id", "cases") == [("03", 4), (district, 7)]
    assert draft.with_value("Gebiet", word, "").meant_words("Gebiet")[word] == "02"


def test_a_place_with_more_beside_its_name_follows_what_was_said_of_it(tmp_path):
    district = {"method": "column", "columns": ["bezirk"], "pattern": r"(.+) \d+", "values": {"Nord 2": "04"}}
    path = put(tmp_path, "jahr;bezirk;schlüssel;fälle\n2024;Nord 1;210000;4\n2024;Nord 2;210000;7\n")
    assert short(rows_of(path, layout(COUNTS, district=district)), "district_id", "cases") == [("02", 4), ("04", 7)]


def test_what_was_said_of_the_words_stands_in_the_layout(tmp_path):
    draft = survey(tmp_path, "Nord;eher sicher;1\nSüd;geht so;1\n").with_value(NIGHT, "geht so", "@missing:refused")
    assert '"geht so" = "refused"' in as_toml(draft.profile())


def test_an_exact_age_becomes_its_group_and_what_is_no_age_is_asked(tmp_path):
    stuttgart = load_catalogue(PROJECT / "data" / "stuttgart")
    path = put(tmp_path, "Bezirk;Alter;Gewicht\nMitte;35;1\nMitte;36;1\nMitte;14;1\nMitte;80;1\nMitte;999;1\n")
    draft = propose(look_at(path), stuttgart, "survey")
    groups = [answer.code for answer in stuttgart.scales[stuttgart.items["altersgruppe"].scale].answers]
    assert draft.proposed("Alter").meaning == "item:altersgruppe"
    assert draft.unresolved("Alter") == ("999",)
    assert set(draft.meant_words("Alter").values()) <= set(groups)
    for name, value in SAID:
        draft = draft.with_setting(name, value)
    draft = draft.with_value("Alter", "999", "@missing:no_answer")
    found = rows_of(path, draft.profile(), "survey_answers", catalogue=stuttgart, **draft.reading())
    assert [row["missing"] for row in found] == [None, None, None, None, "no_answer"]

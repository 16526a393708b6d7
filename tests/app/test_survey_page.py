"""The screen of the survey: how it was asked, who feels less safe, and what a next wave could detect."""

import pytest

from sipa_data.access.scope import Scope
from tests.app.conftest import open_page, tables
from tests.app.test_pages import texts

ADDRESS = "sicherheitsgefuehl"


def titles_of(visit):
    """The titles as they are read, without the signs that keep Markdown from reading more into them."""
    return [one.value.replace("\\", "") for one in visit.subheader]


@pytest.fixture(scope="module")
def survey(small_city):
    return open_page(ADDRESS)


def test_the_question_stands_in_its_own_words_with_base_and_those_who_did_not_answer(survey):
    said = texts(survey)
    assert "„Wie sicher fühlen Sie sich nachts ohne Begleitung in Ihrer Wohngegend?“" in said
    assert "Gezählt werden „eher unsicher“ und „sehr unsicher“." in said
    assert "612 gültige Antworten" in said  # 200 + 200 + 200 + 12


def test_women_and_men_stand_beside_each_other_as_an_association(survey):
    titles = titles_of(survey)
    assert any(title.startswith("Nachts unsicher: weiblich") and "männlich" in title for title in titles)
    assert "Ein Zusammenhang, keine Wirkung" in texts(survey)
    assert "Beleg: Abstand Frauen–Männer" in [link.label for link in survey.get("page_link")]


def test_the_course_and_the_groups_of_the_chosen_question_are_pictures_with_a_sentence(survey):
    alts = [one.proto.alt for one in survey.get("plotly_chart")]
    assert len(alts) == 2
    assert all(alt.endswith(".") for alt in alts)
    assert "zuvor" in alts[1]


def test_the_waves_say_how_they_were_done(survey):
    waves = next(table for table in tables(survey) if "Feldzeit" in table.columns)
    assert list(waves["Befragung"]) == ["Befragung 2025", "Befragung 2023"]
    assert list(waves["Antworten"]) == ["612", "612"]


def test_a_link_may_name_question_and_groups(small_city):
    visit = open_page(ADDRESS, frage="Abstand Frauen–Männer", gruppen="Geschlecht")
    assert visit.selectbox(key="frage").value == "Abstand Frauen–Männer"
    assert "wird nicht weiter aufgegliedert" in texts(visit)


def test_a_question_that_is_none_is_said_and_the_first_one_shown(small_city):
    visit = open_page(ADDRESS, frage="Wer gewinnt?")
    assert "„Wer gewinnt?“ gibt es unter Frage nicht" in visit.warning[0].value
    assert visit.selectbox(key="frage").value == "Nachts unsicher"


def test_the_public_sees_groups_of_the_city_where_a_district_was_asked_for(small_city):
    """In a district three people could be worked out of everybody and the other groups."""
    told = "Gezeigt wird die ganze Stadt"
    visit = open_page(ADDRESS, gebiet="Altstadt")
    assert told not in texts(visit)
    visit.selectbox(key="ansicht").set_value(Scope.public()).run()
    assert not visit.exception
    assert told in texts(visit)
    titles = titles_of(visit)
    assert any(title.startswith("Nachts unsicher: weiblich") for title in titles)


def test_more_planned_answers_detect_less(small_city):
    visit = open_page(ADDRESS)
    before = next(one.value for one in visit.markdown if "erkennbar, in einem Stadtbezirk" in one.value)
    visit.number_input(key="planung-antworten").set_value(50_000).run()
    after = next(one.value for one in visit.markdown if "erkennbar, in einem Stadtbezirk" in one.value)
    assert before.startswith("**Mit 612")
    assert after.startswith("**Mit 50.000")
    assert before != after


def test_without_a_survey_the_screen_says_so(empty_city):
    visit = open_page(ADDRESS)
    assert not visit.exception
    assert "Es sind noch keine Daten veröffentlicht" in texts(visit)

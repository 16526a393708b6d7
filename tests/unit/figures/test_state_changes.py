"""What a rehearsal says in German: old beside new, what becomes empty, what the public gains and loses."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers.state_changes import depending_on, state_changes
from sipa_data.answers.wave_review import review_wave
from sipa_data.figures.state_changes import cells_table, changes_table, flips_table, in_short, left_out
from sipa_data.figures.wave_review import groups_table, review_table
from tests.support.facts import Facts, musterstadt

BEFORE = """
    year | district_id | offence_key | cases
    2024 | 01 | 892000 | 300
    2024 | 04 | 892000 | 14
    2025 | 01 | 892000 | 520
    2025 | 04 | 892000 | 12
"""
PEOPLE = "w26 | 1 | 01 | 2.0\nw26 | 2 | 02 | 1.0\nw26 | 3 | 02 | 1.0\nw26 | 4 | 04 | 1.0"


@pytest.fixture(scope="module")
def before():
    return Facts().yearly(BEFORE).mart()


def changes(before, after_spec):
    after = Facts(2).yearly(after_spec).mart()
    return state_changes(before, after, Scope.chair(), depending_on(before.catalogue, {"incident_counts"}))


def test_old_and_new_stand_beside_each_other_with_the_city_and_the_district(before):
    (cases, *_) = [one for one in changes(before, BEFORE.replace("520", "500")) if one.indicator.id == "gewalt-faelle"]
    line = changes_table([cases]).iloc[0]
    # 520 + 12 before, 500 + 12 after
    assert (line["Zeitraum"], line["Stadt bisher"][:3], line["Stadt neu"][:3]) == ("2025", "532", "512")
    assert (line["Gebiete"], line["Zeiträume"], line["Neuester Stand"]) == ("1", "1", "mit Zahl")
    cells = cells_table(cases).set_index("Gebiet")
    assert (cells.loc["Altstadt", "Bisher"][:3], cells.loc["Altstadt", "Neu"][:3]) == ("520", "500")
    assert left_out(cases) == ""


def test_where_nothing_was_before_the_summary_says_so_in_two_words_and_the_detail_why(before):
    found = changes(before, f"{BEFORE.rstrip()}\n    2026 | 01 | 892000 | 500\n    2026 | 04 | 892000 | 9\n")
    cases = next(one for one in found if one.indicator.id == "gewalt-faelle")
    line = changes_table([cases]).iloc[0]
    assert (line["Zeitraum"], line["Stadt bisher"], line["Stadt neu"][:3]) == ("2026", "nicht erhoben", "509")
    assert "entfällt" not in line["Einschätzung"]
    assert cells_table(cases).iloc[0]["Bisher"].startswith("nicht erhoben")


def test_one_sentence_says_how_many_change_and_how_many_reach_the_city(before):
    found = changes(before, BEFORE.replace("520", "500"))
    told = in_short(found, 5)
    assert told == "1 von 5\xa0Kennzahlen ändert sich, davon 1 in der Gesamtzahl der Stadt."
    assert in_short((), 5) == "Von 5\xa0Kennzahlen, die von diesen Angaben abhängen können, ändert sich keine."
    assert in_short((), 0) == "Keine Kennzahl wird aus diesen Angaben berechnet."


def test_a_newest_period_without_the_number_is_announced_in_words(before):
    found = changes(before, f"{BEFORE.rstrip()}\n    2026 | 01 | 210000 | 3\n")
    emptied = next(one for one in found if one.indicator.id == "gewalt-faelle")
    assert changes_table([emptied]).iloc[0]["Neuester Stand"] == "leer"
    assert changes_table([emptied]).iloc[0]["Stadt bisher"].startswith("532")
    assert "stünde unter „neuester Stand“ keine Zahl mehr" in in_short(found, 5)


def test_what_the_public_loses_is_named_with_place_and_period(before):
    after = Facts(2).yearly(BEFORE.replace("| 892000 | 14", "| 892000 | 2")).mart()
    found = state_changes(before, after, Scope.public(), ["gewalt-faelle"])
    line = flips_table(found).iloc[0]
    assert line["Wird gezeigt"] == "nichts"
    assert "Hafen (2024)" in line["Wird nicht mehr gezeigt"]


def test_a_wave_is_told_with_weights_design_effect_and_the_population():
    facts = Facts()
    facts.add(
        "survey_waves",
        "wave_id | title | field_start | field_end | invited | responded\n"
        "w26 | Welle 2026 | 2026-01-01 | 2026-02-28 | 10 | 4",
    )
    facts.add("survey_respondents", f"wave_id | respondent | district_id | weight\n{PEOPLE}")
    facts.add(
        "survey_answers",
        "wave_id | respondent | item_id | scale_id | answer\n"
        + "\n".join(f"w26 | {who} | geschlecht | geschlecht | {sex}" for who, sex in enumerate("wmmw", start=1)),
    )
    facts.add(
        "population",
        "source | reference_date | district_id | inhabitants | basis\n"
        "amt | 2026-01-01 | 01 | 400 | register\namt | 2026-01-01 | 02 | 600 | register",
    )
    review = review_wave(facts.mart(musterstadt()), "w26")
    told = review_table(review).set_index("Angabe")["Wert"]
    # weights 2, 1, 1, 1: sum 5, squares 7, so 4 · 7 / 25 = 1.12 and 25 / 7 = 3.6
    assert told["Rücklauf"].replace("\u202f", " ") == "40,0 %"
    assert (told["Summe der Gewichte"], told["Designeffekt der Gewichte"]) == ("5,0", "1,12")
    groups = groups_table(review).set_index("Gruppe")
    assert groups.loc["weiblich", "Anteil der Bevölkerung"] == "nicht bekannt"
    altstadt = groups.loc["Altstadt"].str.replace("\u202f", " ")
    # 1 of 4 people, 2 of 5 weights, 400 of 1,000 inhabitants
    assert (altstadt["Anteil ungewichtet"], altstadt["Anteil gewichtet"]) == ("25,0 %", "40,0 %")
    assert altstadt["Anteil der Bevölkerung"] == "40,0 %"

"""What a rehearsal says in German: old beside new, what becomes empty, what the public gains and loses."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers.state_changes import state_changes
from sipa_data.answers.state_difference import difference
from sipa_data.answers.wave_review import review_wave
from sipa_data.figures.state_changes import (
    cells_table,
    changes_table,
    flips_table,
    left_out,
    place_table,
    statuses_table,
)
from sipa_data.figures.state_difference import at_a_glance, in_short
from sipa_data.figures.wave_review import groups_table, review_table
from sipa_data.figures.wave_review import in_short as wave_in_short
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


def told_of(before, after_spec, scope=None):
    after = Facts(2).yearly(after_spec).mart()
    return difference(before, after, scope or Scope.chair(), {"incident_counts"})


def glance(found):
    return at_a_glance(found, musterstadt()).set_index("Was")["Änderung"].str.replace("\xa0", " ")


def test_old_and_new_stand_beside_each_other_with_the_city_and_the_district(before):
    found = told_of(before, BEFORE.replace("520", "500"))
    (cases, *_) = [one for one in found.changes if one.indicator.id == "gewalt-faelle"]
    line = changes_table([cases]).iloc[0]
    # 520 + 12 before, 500 + 12 after
    assert (line["Zeitraum"], line["Stadt bisher"][:3], line["Stadt neu"][:3]) == ("2025", "532", "512")
    assert line["Stadtbezirke"] == "Altstadt"
    cells = cells_table(cases).set_index("Gebiet")
    assert (cells.loc["Altstadt", "Bisher"][:3], cells.loc["Altstadt", "Neu"][:3]) == ("520", "500")
    assert left_out(cases) == ""
    place = place_table(found.changes, "01").set_index("Kennzahl")
    assert place.loc[cases.indicator.title, "Neu"][:3] == "500"


def test_one_sentence_says_how_many_change_and_how_many_reach_the_city(before):
    found = told_of(before, BEFORE.replace("520", "500"))
    assert in_short(found).replace("\xa0", " ") == (
        f"1 von {found.looked_at} Kennzahlen ändert sich, davon 1 in der Gesamtzahl der Stadt."
    )
    same = told_of(before, BEFORE)
    assert in_short(same).endswith("die von diesen Angaben abhängen können, ändert sich keine.")
    assert at_a_glance(same, musterstadt()).empty
    none = difference(before, before, Scope.chair(), {"partners"})
    assert in_short(none) == "Keine Kennzahl wird aus diesen Angaben berechnet."


def test_at_a_glance_a_correction_names_district_year_and_what_stays(before):
    lines = glance(told_of(before, BEFORE.replace("520", "500")))
    assert lines["Stadtbezirke"] == "Altstadt"
    assert lines["Zeiträume"] == "2025"
    assert lines["Status"] == "keiner wechselt"
    assert lines["Öffentlichkeit"] == "keine Zahl kommt hinzu, keine fällt weg"


def test_at_a_glance_a_number_that_becomes_confidential_is_a_flip_for_the_public_only(before):
    """14 → 2 in the Hafen: too few for the public; the office goes on seeing every number."""
    found = told_of(before, BEFORE.replace("| 892000 | 14", "| 892000 | 2"))
    lines = glance(found)
    assert lines["Status"] == "keiner wechselt"
    assert lines["Öffentlichkeit"].endswith("nicht mehr")
    public = told_of(before, BEFORE.replace("| 892000 | 14", "| 892000 | 2"), Scope.public())
    assert "von „gezeigt“ zu „vertraulich“" in glance(public)["Status"]


def test_a_new_year_stands_beside_the_year_before_it(before):
    """„neuester Stand“ says 532 (2025) today and would say 600 (2026)."""
    found = told_of(before, f"{BEFORE.rstrip()}\n    2026 | 01 | 892000 | 600\n")
    cases = next(one for one in found.changes if one.indicator.id == "gewalt-faelle")
    line = changes_table([cases]).iloc[0]
    assert (line["Zeitraum"], line["Stadt bisher"][:3], line["Stadt neu"][:3]) == ("2025 → 2026", "532", "600")
    assert "neu zur Wahl: 2026" in glance(found)["Zeiträume"]


def test_the_first_months_of_a_year_are_a_change_although_the_newest_whole_year_reads_the_same(before):
    """„neuester Stand“ stays 2025; who chooses January to February 2026 sees numbers that were not there."""
    after = Facts(2).yearly(BEFORE)
    after.add(
        "incident_counts",
        "period_start | period_end | district_id | offence_key | cases\n"
        "2026-01-01 | 2026-01-31 | 01 | 892000 | 40\n2026-02-01 | 2026-02-28 | 01 | 892000 | 50",
        source="pks",
    )
    found = difference(before, after.mart(), Scope.chair(), {"incident_counts"})
    cases = next(one for one in found.changes if one.indicator.id == "gewalt-faelle")
    line = changes_table([cases]).iloc[0]
    assert (line["Zeitraum"], line["Stadt bisher"], line["Stadt neu"][:2]) == (
        "Jan. bis Feb. 2026",
        "nicht erhoben",
        "90",  # 40 + 50
    )
    assert "neu zur Wahl: Januar bis Februar 2026" in glance(found)["Zeiträume"]


def test_a_newest_period_without_the_number_is_announced_in_words(before):
    found = told_of(before, f"{BEFORE.rstrip()}\n    2026 | 01 | 210000 | 3\n")
    emptied = next(one for one in found.changes if one.indicator.id == "gewalt-faelle")
    line = changes_table([emptied]).iloc[0]
    assert line["Stadt bisher"].startswith("532")
    assert "stünde unter „neuester Stand“ keine Zahl mehr" in in_short(found)


def test_what_the_public_loses_is_named_with_place_and_period(before):
    after = Facts(2).yearly(BEFORE.replace("| 892000 | 14", "| 892000 | 2")).mart()
    found = state_changes(before, after, Scope.public(), ["gewalt-faelle"])
    line = flips_table(found).iloc[0]
    assert line["Wird gezeigt"] == "nichts"
    assert "Hafen (2024)" in line["Wird nicht mehr gezeigt"]


def test_every_number_that_changes_its_status_is_named_with_indicator_place_and_both_words(before):
    """14 → 2 in the Hafen: too few for the public."""
    after = Facts(2).yearly(BEFORE.replace("| 892000 | 14", "| 892000 | 2")).mart()
    found = difference(before, after, Scope.public(), {"incident_counts"})
    table = statuses_table(found.changes)
    title = musterstadt().indicator("gewalt-faelle").title
    line = table[(table["Kennzahl"] == title) & (table["Status neu"] == "vertraulich")].iloc[0]
    assert line["Status bisher"] == "gezeigt"
    assert "Hafen (2024)" in line["Wo"]
    assert statuses_table(difference(before, before, Scope.public(), {"incident_counts"}).changes).empty


def test_where_many_numbers_change_their_status_the_places_are_named(before):
    more = "".join(f"    {year} | 0{number} | 892000 | 600\n" for year in (2026, 2027) for number in (1, 2, 3, 4))
    table = statuses_table(told_of(before, f"{BEFORE.rstrip()}\n{more}").changes)
    places = "Musterstadt, ohne Stadtbezirk und alle 4 Stadtbezirke"
    assert f"12 Zahlen: {places}" in list(table["Wo"].str.replace("\xa0", " ")), list(table["Wo"])


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
    short = wave_in_short(review).replace("\u202f", " ")
    assert "89,3 %" in short  # 25 / 7 of 4
    assert "Nordstadt (40,0 % statt 60,0 %)." in short  # 2 of 5 weights, 600 of 1,000 inhabitants
    assert "Altstadt" not in short  # 40 % of both
    assert groups.loc["weiblich", "Anteil der Bevölkerung"] == "nicht bekannt"
    altstadt = groups.loc["Altstadt"].str.replace("\u202f", " ")
    # 1 of 4 people, 2 of 5 weights, 400 of 1,000 inhabitants
    assert (altstadt["Anteil ungewichtet"], altstadt["Anteil gewichtet"]) == ("25,0 %", "40,0 %")
    assert altstadt["Anteil der Bevölkerung"] == "40,0 %"

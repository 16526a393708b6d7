"""The screen of early signals: loud with its history, quiet with what was looked at, and who is told what."""

import re

from sipa_data.access.scope import Role, Scope
from tests.app.conftest import open_page, tables
from tests.app.test_areas_and_signals import city_with_months  # noqa: F401 -- the fixture
from tests.app.test_pages import texts

SIGNAL = "Gewaltfälle, Stadtbezirk Nordstadt\\: im Dezember 2025 waren es 60"


def heading(visit):
    return visit.header[0].value.replace("\\", "").replace("\xa0", " ")


def opened_by(visit, *keys):
    for key in keys:
        visit.session_state[f"tabelle-{key}"] = True
    return visit.run()


def alternative_texts(visit):
    bodies = [element.proto.body for element in visit.get("html")]
    return [alt for body in bodies for alt in re.findall(r'<img [^>]*alt="([^"]*)"', body)]


def test_a_tripled_month_stands_with_its_history_and_its_proof(city_with_months):  # noqa: F811
    visit = open_page("fruehsignale")
    assert not visit.exception
    assert heading(visit) == "Musterstadt: 1 Signal"
    assert SIGNAL in texts(visit)
    assert "Jüngster gelieferter Monat\\: Dezember 2025; was seither geschah, ist nicht bekannt." in texts(visit)
    assert [link.label for link in visit.get("page_link")] == ["Beleg: Gewaltfälle"]
    (alternative,) = alternative_texts(visit)
    assert alternative.startswith("Gewaltfälle, Stadtbezirk Nordstadt: im Dezember 2025 waren es 60")
    # of 24 months January 2024 is left out: without December 2018 only one earlier year is known of its season
    assert "In 1\xa0Monat von 23 lag die Zahl darüber" in alternative


def test_what_was_looked_at_stands_below_by_group_and_by_area(city_with_months):  # noqa: F811
    groups, areas = tables(opened_by(open_page("fruehsignale"), "gruppen", "gebiete"))
    violence = groups.set_index("Deliktgruppe").loc["Gewaltfälle"]
    assert tuple(violence) == ("21", "1")  # three months of the city and six districts
    by_area = areas.set_index("Gebiet")["Signale"]
    assert by_area["Nordstadt"] == "1"
    assert by_area["Altstadt"] == by_area["Musterstadt"] == "0"
    assert len(by_area) == 7


def test_a_quiet_district_is_a_calm_line_with_the_number_of_looks(city_with_months):  # noqa: F811
    visit = open_page("fruehsignale", gebiet="Altstadt")
    assert heading(visit) == "Altstadt: kein Signal"
    assert "Kein Monat war höher, als nach früheren Jahren zu erwarten war." in texts(visit)
    assert "höchstens jedes zehnte Signal ein Fehlalarm" in texts(visit)
    assert alternative_texts(visit) == []


def test_the_overview_of_the_public_claims_nothing_about_districts_it_may_not_see(city_with_months):  # noqa: F811
    visit = open_page()
    visit.selectbox(key="ansicht").set_value(Scope.public()).run()
    assert "Frühe Signale\\: keines in der ganzen Stadt zusammen." in texts(visit)
    assert "ob es dort Signale gibt, zeigt diese Ansicht nicht" in texts(visit)


def test_the_public_is_told_of_the_city_only_and_that_districts_are_not_public(city_with_months):  # noqa: F811
    visit = open_page("fruehsignale")
    visit.selectbox(key="ansicht").set_value(Scope.public()).run()
    assert "waren es 60" not in texts(visit)
    assert "Monatszahlen einzelner Gebiete sind nicht öffentlich" in texts(visit)
    (areas,) = tables(opened_by(visit, "gebiete"))
    assert list(areas["Gebiet"]) == ["Musterstadt"]


def test_a_council_is_told_which_districts_were_left_out(city_with_months):  # noqa: F811
    visit = open_page("fruehsignale")
    visit.selectbox(key="ansicht").set_value(Scope.of(Role.district, frozenset({"02"}))).run()
    assert "waren es 60" in texts(visit)
    assert "weder auffällig noch unauffällig: 5" in texts(visit)


def test_without_months_the_page_says_what_is_missing(small_city):
    visit = open_page("fruehsignale")
    assert heading(visit) == "Musterstadt: nichts zu prüfen"
    assert "Dafür fehlen Monatszahlen" in texts(visit)

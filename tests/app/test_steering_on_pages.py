"""What the steering group wants and decided, and what walks found, stands where readers look for it."""

from datetime import date

import pytest

from pages.parts.due import due_table, overdue_told
from sipa_data.access.scope import Scope
from tests.app.conftest import open_page, tables


def table_with(visit, column):
    return next((table for table in tables(visit) if column in table.columns), None)


def headers(visit):
    return [header.value for header in visit.header]


def test_the_overview_holds_every_target_beside_how_things_stand(small_city):
    visit = open_page()
    visit.session_state["tabelle-ziele"] = True  # a click on "2 Ziele mit Stand"
    goals = table_with(visit.run(), "Ziel")
    told = goals.set_index("Gebiet").to_dict("index")
    assert told["Altstadt"]["Ziel"] == "höchstens 400\u00a0Fälle bis 31.12.2026"
    assert told["Altstadt"]["Stand"].startswith("520 (")
    assert told["Altstadt"]["Einschätzung"] == "noch nicht erreicht"  # 520 > 400, and there is a year left


def test_the_overview_lists_what_is_due_by_its_day_and_what_has_none_last(small_city):
    due = table_with(open_page(), "Fällig")
    assert list(due["Fällig"]) == ["31.12.2026", "31.12.2026", "ohne Termin"]
    assert due.loc[0, "Ziel oder Beschluss"].startswith("Ziel: Fälle von Gewaltkriminalität, Altstadt")
    assert due.iloc[2].to_dict() == {
        "Fällig": "ohne Termin",
        "Ziel oder Beschluss": "Die Altstadt wird heller.",
        "Stand": "offen",
        "Zuständig": "Geschäftsstelle",
    }


def test_a_day_before_the_datenstand_is_overdue_in_words():
    left = [(date(2025, 12, 31), "Mehr Licht", "Amt", "offen"), (date(2026, 1, 1), "Mehr Streifen", "Amt", "offen")]
    told = due_table(left, date(2026, 1, 1))
    assert list(told["Fällig"]) == ["31.12.2025, überfällig", "01.01.2026"]


def test_what_is_overdue_is_told_at_the_top_the_oldest_by_name_and_the_others_by_number():
    left = [
        (date(2025, 12, 31), "Mehr Licht.", "Amt", "offen"),
        (date(2024, 6, 30), "Mehr Streifen.", "Amt", "offen"),
        (date(2026, 2, 1), "Mehr Bäume.", "Amt", "offen"),
        (date.max, "Ohne Tag.", "Amt", "offen"),
    ]
    assert overdue_told(left, date(2026, 1, 1)).replace("\u00a0", " ") == (
        "**Überfällig seit 30.06.2024:** Mehr Streifen. Dazu 1 weiteres unter „Was fällig ist“."
    )
    assert overdue_told(left[2:], date(2026, 1, 1)) == ""


def test_the_overview_holds_all_decisions_behind_a_toggle(small_city):
    visit = open_page()
    assert "2\u00a0Beschlüsse mit Stand" in [expander.label for expander in visit.expander]
    visit.session_state["tabelle-beschluesse"] = True
    decisions = table_with(visit.run(), "Beschluss").set_index("Beschluss")
    assert decisions.loc["Die Altstadt wird heller.", "Woran man es merkt"] == "Gewaltfälle: weniger"
    assert decisions.loc["Befragt wird alle zwei Jahre.", "Stand"] == "erledigt"


def test_an_indicator_and_its_field_show_what_is_wanted_and_decided_about_it(small_city):
    for address in ("kennzahl-gewalt-faelle", "handlungsfeld-strassen"):
        assert {"Ziele", "Beschlüsse der Lenkungsgruppe"} <= set(headers(open_page(address)))
    assert "Ziele" not in headers(open_page("kennzahl-raub-faelle"))


def test_a_district_shows_what_walks_found_and_what_is_left_to_do(small_city):
    visit = open_page("bezirk", gebiet="Hafen")
    assert "2\u00a0Befunde: 1 offen und 1 erledigt." in [element.value for element in visit.markdown]
    assert list(table_with(visit, "Befund")["Befund"]) == ["Der Steg ist morsch."]
    assert "Begehungen" not in headers(open_page("bezirk", gebiet="Altstadt"))


@pytest.mark.parametrize(("scope", "stand", "judged"), [
    (Scope.chair(), "2 (0–7) Fälle, 2025", "noch nicht erreicht"),
    (Scope.public(), "vertraulich", "entfällt"),
])  # fmt: skip
def test_the_public_learns_nothing_from_a_target_about_a_confidential_number(small_city, scope, stand, judged):
    visit = open_page("bezirk", gebiet="Hafen")
    visit.selectbox(key="ansicht").set_value(scope).run()
    (goal,) = table_with(visit, "Ziel").to_dict("records")
    assert (goal["Stand"], goal["Einschätzung"]) == (stand, judged)


def test_before_the_decision_nobody_wanted_it(small_city):
    assert "Ziele" not in headers(open_page("bezirk", gebiet="Hafen", zeitraum="2024"))

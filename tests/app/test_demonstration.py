"""Without a sign-in: every role can be tried, it is said, and confidential data close the pages."""

import pytest

from pages.parts.opened import opened_entrance
from sipa_data.access.scope import Role, Scope
from sipa_data.audit import Chain
from tests.app.conftest import open_page
from tests.support.small_city import publish_confidential

HAFEN = Scope.of(Role.district, frozenset({"04"}))
ALTSTADT = Scope.of(Role.district, frozenset({"01"}))


def said(visit):
    return "\n".join(str(element.value) for element in visit.markdown)


def acting_as(scope, address="", **parameters):
    visit = open_page(address, **parameters)
    return visit.selectbox(key="ansicht").set_value(scope).run()


def test_the_demonstration_is_announced_on_every_page(small_city):
    for address in ("", "datenstand", "bezirk", "geheim"):
        assert "Vorführmodus" in said(open_page(address))


def test_every_role_and_every_district_can_be_chosen(small_city):
    assert open_page().selectbox(key="ansicht").options == [
        "Lenkungsgruppe", "Geschäftsstelle", "Analyse", "Öffentlichkeit", "Stadtbezirk Altstadt",
        "Stadtbezirk Nordstadt", "Stadtbezirk Südstadt", "Stadtbezirk Hafen",
    ]  # fmt: skip


@pytest.mark.parametrize("scope", [Scope.chair(), Scope.of(Role.office), Scope.of(Role.analyst), HAFEN])
def test_the_two_cases_of_the_hafen_are_seen_by_those_who_may(small_city, scope):
    visit = acting_as(scope, "kennzahl-gewalt-faelle", gebiet="Hafen")
    assert not visit.exception
    assert visit.metric[0].value == "2"


@pytest.mark.parametrize("scope", [Scope.public(), ALTSTADT])
def test_and_by_nobody_else(small_city, scope):
    visit = acting_as(scope, "kennzahl-gewalt-faelle", gebiet="Hafen")
    assert not visit.exception
    assert not visit.metric
    assert "vertraulich" in said(visit)


def test_the_screen_says_as_whom_one_looks(small_city):
    assert "Sie sehen: Stadtbezirk Hafen" in said(acting_as(HAFEN))


def test_a_scope_that_was_not_offered_is_refused(small_city, monkeypatch):
    forged = Scope(Role.reader, full_detail=True)
    monkeypatch.setattr("pages.parts.filter_bar.st.selectbox", lambda *_, **__: forged)
    assert open_page().exception


def test_views_and_changes_of_role_are_logged_and_clicks_within_a_view_are_not(small_city):
    visit = acting_as(HAFEN, "kennzahl-gewalt-faelle", gebiet="Hafen", zeitraum="2024")
    visit.run()
    last = [
        (entry.event, entry.account, entry.role, entry.subject, entry.detail)
        for entry, _ in opened_entrance().log.entries(Chain.use)
    ][-3:]
    assert last == [
        ("angesehen", "vorführung", "vorsitz", "/kennzahl-gewalt-faelle", "04 2024"),
        ("rolle gewechselt", "vorführung", "bezirk 04", "", ""),
        ("angesehen", "vorführung", "bezirk 04", "/kennzahl-gewalt-faelle", "04 2024"),
    ]


def test_confidential_data_that_arrive_later_close_every_page(empty_city, tmp_path):
    assert not open_page().exception
    publish_confidential(empty_city.settings, tmp_path)
    empty_city.renew()
    for address in ("", "datenstand", "kennzahl-gewalt-faelle"):
        visit = open_page(address)
        assert visit.exception
        assert not visit.title

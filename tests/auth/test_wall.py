"""The wall: whatever page, place and role, nothing that the role may not see is in anything that the server sends.

The counts of this city are rare numbers, so that one of them in a message is no coincidence. Two cases in the Hafen are
too few to be shown; what is hidden beside them, so that no sum gives them away, are the canaries. A page that is
registered later is covered without a new line here.
"""

import pandas as pd
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.parts import register
from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question
from sipa_data.house import open_house
from tests.auth.conftest import running_site
from tests.support.decoded import numbers_in
from tests.support.facts import musterstadt
from tests.support.small_city import published_below
from tests.support.window import Browser

pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is missing: make test installs it")

RARE = {
    "01": (30011, 31019, 30517, 52027),
    "02": (29009, 29207, 28807, 29101),
    "03": (31013, 30509, 31219, 30817),
    "04": (31217, 30911, 31411, 2),
    None: (29607, 29411, 29717, 29501),
}
PAGES = sorted(register.addresses(musterstadt()))
GROUPS = {"lesen": ("rathaus",), "hafen": ("beirat-hafen",), "altstadt": ("beirat-altstadt", "rathaus")}
SCOPES = {
    "lesen": Scope.public(),
    "hafen": Scope.of(Role.district, frozenset({"04"})),
    "altstadt": Scope.of(Role.district, frozenset({"01"})),
}
PLACES = ("", "Altstadt", "Nordstadt", "Südstadt", "Hafen")


@pytest.fixture(scope="module")
def walled(provider, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mauer")
    settings = published_below(folder, RARE)
    with open_house(settings) as house:
        forbidden = {name: canaries(house, scope) for name, scope in SCOPES.items()}
    with running_site(folder, settings, provider) as site:
        site.forbidden = forbidden
        with Browser(site.address) as stranger:  # the very first request of a fresh server is a deep link
            site.first = site.window(stranger, "kennzahl-gewalt-faelle", "gebiet=Hafen").received
        yield site


@pytest.fixture(scope="module")
def people(walled, provider):
    """A signed-in browser of each kind of reader, and of the chair."""
    found = {}
    for name, groups in {**GROUPS, "chair": ("lenkung",)}.items():
        provider.set_person(f"mauer-{name}", *groups)
        found[name] = Browser(walled.address)
        walled.sign_in(found[name], f"mauer-{name}")
    yield found
    for browser in found.values():
        browser.close()


def canaries(house, scope):
    """Counts that the chair sees and this reader does not, nor any other number of theirs happens to equal."""
    question = Question("gewalt-faelle", by_district=True, history=True)
    seen, hidden = set(), set()
    whole = house.reader(Scope.chair()).ask(question).observations
    mine = house.reader(scope).ask(question).observations
    key = ["district", "period_start"]
    both = whole.merge(mine, on=key, suffixes=("", "_mine"))
    for row in both.to_dict("records"):
        (hidden if pd.isna(row["value_mine"]) else seen).add(float(row["value"]))
    return {number for number in hidden - seen if number > 1000}


def run(walled, browser, page, place):
    with browser.window(page, f"gebiet={place}" if place else "") as window:
        window.run()
        return [*window.received, *window.downloads()]


def test_there_are_canaries_for_every_kind_of_reader(walled):
    assert {name: len(found) > 0 for name, found in walled.forbidden.items()} == {
        "lesen": True, "hafen": True, "altstadt": True,
    }  # fmt: skip
    assert all(
        number in {count for counts in RARE.values() for count in counts} for number in walled.forbidden["lesen"]
    )


def test_the_search_finds_what_is_there(walled, people):
    """The positive control: to the chair every canary is sent, in pictures, tables and files."""
    found = run(walled, people["chair"], "kennzahl-gewalt-faelle", "")
    messages, files = (
        [one for one in found if not isinstance(one, bytes)],
        [one for one in found if isinstance(one, bytes)],
    )
    for forbidden in walled.forbidden.values():
        assert forbidden <= numbers_in(messages)
        assert forbidden <= numbers_in(files)
    pictures = [one.delta.new_element.plotly_chart for one in messages if one.HasField("delta")]
    assert walled.forbidden["lesen"] & numbers_in(pictures)


@pytest.mark.parametrize("place", range(len(PAGES)), ids=lambda place: PAGES[place] or "ueberblick")
def test_no_page_sends_a_hidden_number_to_anybody_who_may_not_see_it(walled, people, place):
    """Pairwise: every page with every role, and over all pages every role with every district."""
    for turn, (name, forbidden) in enumerate(walled.forbidden.items()):
        where = PLACES[(place + turn) % len(PLACES)]
        sent = numbers_in(run(walled, people[name], PAGES[place], where))
        assert not sent & forbidden, (name, where)


@pytest.mark.parametrize("name", SCOPES)
@pytest.mark.parametrize("where", PLACES)
def test_the_page_of_the_hidden_number_itself_does_not_send_it(walled, people, name, where):
    assert not numbers_in(run(walled, people[name], "kennzahl-gewalt-faelle", where)) & walled.forbidden[name]


def test_a_deep_link_as_the_first_request_of_a_fresh_server_sends_no_number(walled):
    everything = {float(count) for counts in RARE.values() for count in counts if count > 1000}
    assert not numbers_in(walled.first) & everything


def test_two_people_who_take_turns_on_one_remembered_question_get_each_their_own(walled, people):
    for _ in range(3):
        assert walled.forbidden["lesen"] <= numbers_in(run(walled, people["chair"], "kennzahl-gewalt-faelle", ""))
        assert not numbers_in(run(walled, people["lesen"], "kennzahl-gewalt-faelle", "")) & walled.forbidden["lesen"]


@pytest.mark.parametrize(
    "query",
    ["ansicht=Lenkungsgruppe", "role=vorsitz", "scope=chair", "gebiet=Hafen&gebiet=Altstadt", "zeitraum=2025-12",
     "zeitraum=2025-Q4", "gebiet=04' or '1'='1", "gebiet=../../etc/passwd", "datenstand=1", "snapshot=1"],
)  # fmt: skip
def test_no_parameter_opens_the_wall(walled, people, query):
    with people["lesen"].window("kennzahl-gewalt-faelle", query) as window:
        window.run()
        assert not numbers_in([*window.received, *window.downloads()]) & walled.forbidden["lesen"]


def test_forged_widget_values_do_not_open_the_wall(walled, people):
    with people["altstadt"].window("kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        window.run()
        boxes = {box.label: box for box in window.elements("selectbox")}
        assert boxes["Ansicht"].options == ["Stadtbezirk Altstadt", "Öffentlichkeit"]
        for said in ("Lenkungsgruppe", "Scope.chair()", "vorsitz", "0", "", "Stadtbezirk Hafen"):
            window.run(WidgetState(id=boxes["Ansicht"].id, string_value=said))
            assert not numbers_in(window.received) & walled.forbidden["altstadt"], said
        for kind in ({"int_value": 0}, {"json_value": '{"role": "vorsitz"}'}, {"string_array_value": {"data": ["x"]}}):
            window.run(WidgetState(id=boxes["Gebiet"].id, **kind))
            assert not numbers_in(window.received) & walled.forbidden["altstadt"], kind


def test_a_widget_of_the_chair_does_nothing_in_the_window_of_a_reader(walled, people, provider):
    provider.set_person("mauer-beides", "lenkung", "rathaus")
    with Browser(walled.address) as both:
        walled.sign_in(both, "mauer-beides")
        with walled.window(both) as window:
            role = next(box for box in window.elements("selectbox") if box.label == "Ansicht")
    with people["lesen"].window("kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        window.run(WidgetState(id=role.id, string_value="Lenkungsgruppe"))
        assert not numbers_in(window.received) & walled.forbidden["lesen"]
        assert "Sie sehen: Öffentlichkeit" in window.text()


def test_somebody_with_several_roles_sees_which_one_acts(walled, people):
    with people["altstadt"].window("kennzahl-gewalt-faelle", "gebiet=Altstadt") as window:
        assert "Sie sehen: Stadtbezirk Altstadt" in window.run().text()
        window.choose("Ansicht", "Öffentlichkeit")
        assert "Sie sehen: Öffentlichkeit" in window.text()
        assert not numbers_in(window.received) & walled.forbidden["lesen"]


def test_an_unknown_page_sends_nothing(walled, people):
    assert "Diese Seite gibt es nicht" in people["lesen"].window("geheim").run().text()

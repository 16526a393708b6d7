"""The wall: whatever page, place and role, nothing that the role may not see is in anything that the server sends.

The counts of this city are rare numbers, so that one of them in a message is no coincidence. Two cases in the Hafen
are too few to be shown; what is hidden beside them, so that no sum gives them away, are the canaries; so are the months
of a district, the people who were asked, and a delivery that was withdrawn. A page that is registered later is covered
without a new line here.
"""

from codecs import BOM_UTF8
from datetime import date
from pathlib import Path

import httpx
import pandas as pd
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.parts import register
from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question
from sipa_data.house import open_house
from sipa_data.intake.delivery import Slice
from sipa_data.lake import open_lake
from sipa_data.release import publish, withdraw
from sipa_data.settings import Settings
from tests.support import small_city
from tests.support.decoded import numbers_in
from tests.support.deliveries import staged
from tests.support.facts import musterstadt
from tests.support.site import running_site
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
MONTHS = {
    district: tuple(70001 + 1000 * place + 37 * month for month in range(12)) for place, district in enumerate("1234")
}
"""Thefts by district and month, which is finer than any closed cut."""
PEOPLE = 7310001
"""Number of the first person asked."""
WITHDRAWN = 990013
PAGES = sorted(register.addresses(musterstadt()))
GROUPS = {"lesen": ("rathaus",), "hafen": ("beirat-hafen",), "altstadt": ("beirat-altstadt", "rathaus")}
SCOPES = {
    "lesen": Scope.public(),
    "hafen": Scope.of(Role.district, frozenset({"04"})),
    "altstadt": Scope.of(Role.district, frozenset({"01"})),
}
PLACES = ("", "Altstadt", "Nordstadt", "Südstadt", "Hafen")
PERIODS = ("", "2024", "2025", "2022", "2023")
OWN_CHOICES = ("selectbox", "radio", "button_group", "checkbox", "multiselect", "text_input")
"""Widgets with which a page may offer more than it shows at first."""
FILTER_BAR = ("Gebiet", "Zeitraum", "Ansicht")


def leaked(browser, forbidden, page, place, period):
    """Hidden numbers that a page sends, each time it is asked for.

    Digits of a session or of a file address are drawn anew with every run and may be one of them by chance.
    """
    found = forbidden & numbers_in(run(browser, page, place, period))
    return found & numbers_in(run(browser, page, place, period)) if found else found


@pytest.fixture(scope="module")
def walled(provider, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mauer")
    settings = walled_city(folder)
    forbidden = forbidden_in(settings)
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


def walled_city(folder: Path) -> Settings:
    """Published data full of rare numbers, and a delivery that was withdrawn."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(small_city, "MONTHLY_THEFTS", {f"0{district}": counts for district, counts in MONTHS.items()})
        patched.setattr(small_city, "FIRST_RESPONDENT", PEOPLE)
        settings = published_below(folder, RARE)
    first, last = date(2021, 1, 1), date(2021, 12, 31)
    row = {"source": "pks", "period_start": first, "period_end": last, "district_id": "01", "offence_key": "892000",
           "cases": WITHDRAWN}  # fmt: skip
    place = Slice("incident_counts", (("source", "pks"),), start=first, end=last)
    with open_lake(settings) as lake:
        upload = publish(
            lake, staged(folder, {"incident_counts": [row]}, [place], name="irrtum"), by="geschaeftsstelle"
        )
        withdraw(lake, upload.upload_id, by="geschaeftsstelle")
    return settings


def forbidden_in(settings: Settings) -> dict[str, set[float]]:
    """What each kind of reader must never receive."""
    nobody = {float(PEOPLE + number) for number in range(2000)} | {float(WITHDRAWN)}
    months = {name: {float(count) for one, counts in MONTHS.items() if not scope.sees_all_of(f"0{one}")
                     for count in counts} for name, scope in SCOPES.items()}  # fmt: skip
    with open_house(settings) as house:
        return {name: canaries(house, scope) | months[name] | nobody for name, scope in SCOPES.items()}


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


def run(browser, page, place, period=""):
    query = httpx.QueryParams({key: said for key, said in (("gebiet", place), ("zeitraum", period)) if said})
    with browser.window(page, str(query)) as window:
        return window.run().everything()


def turned(browser, page):
    """Everything that a page sends when each of its own choices is made once."""
    with browser.window(page) as window:
        window.run()
        own = [one for kind in OWN_CHOICES for one in window.elements(kind) if one.label not in FILTER_BAR]
        for widget in own:
            for state in choices(widget):
                yield from window.run(state).everything()


def choices(widget) -> list[WidgetState]:
    """Each option of a widget as a browser would say it, in every form that this release of Streamlit knows."""
    options = list(getattr(widget, "options", ()))
    names = [one if isinstance(one, str) else one.content for one in options]
    states = [WidgetState(id=widget.id, int_value=place) for place in range(len(names))]
    states += [WidgetState(id=widget.id, string_value=name) for name in [*names, "Hafen"]]
    states += [WidgetState(id=widget.id, string_array_value={"data": names})]
    return [*states, WidgetState(id=widget.id, bool_value=True)]


def by_kind(files: list[bytes]) -> dict[bytes, list[bytes]]:
    """Files by how they begin: workbooks and texts."""
    found = {}
    for file in files:
        found.setdefault(file[:2], []).append(file)
    return found


def test_there_are_canaries_for_every_kind_of_reader(walled):
    assert {name: len(found) > 0 for name, found in walled.forbidden.items()} == {
        "lesen": True, "hafen": True, "altstadt": True,
    }  # fmt: skip
    counts = {float(count) for counts in RARE.values() for count in counts}
    assert all(found & counts for found in walled.forbidden.values())


def test_the_search_finds_what_is_there(walled, people):
    """The positive control: to the chair every canary is sent, in pictures, tables and files."""
    found = run(people["chair"], "kennzahl-gewalt-faelle", "")
    messages, files = (
        [one for one in found if not isinstance(one, bytes)],
        [one for one in found if isinstance(one, bytes)],
    )
    counts = {float(count) for counts in RARE.values() for count in counts}
    for forbidden in walled.forbidden.values():
        assert forbidden & counts <= numbers_in(messages)
        assert all(forbidden & counts <= numbers_in(of_a_kind) for of_a_kind in by_kind(files).values())
    assert set(by_kind(files)) == {b"PK", BOM_UTF8[:2]}
    pictures = [one.delta.new_element.plotly_chart for one in messages if one.HasField("delta")]
    assert walled.forbidden["lesen"] & numbers_in(pictures)


@pytest.mark.parametrize("place", range(len(PAGES)), ids=lambda place: PAGES[place] or "ueberblick")
def test_no_page_sends_a_hidden_number_to_anybody_who_may_not_see_it(walled, people, place):
    """Pairwise: every page with every role, and over all pages every role with every district and every year."""
    for turn, (name, forbidden) in enumerate(walled.forbidden.items()):
        where = PLACES[(place + turn) % len(PLACES)]
        when = PERIODS[(place // len(PLACES) + turn) % len(PERIODS)]
        found = leaked(people[name], forbidden, PAGES[place], where, when)
        assert not found, (name, where, when, sorted(found))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "ueberblick")
def test_no_choice_that_a_page_offers_opens_the_wall(walled, people, page):
    assert not numbers_in(turned(people["lesen"], page)) & walled.forbidden["lesen"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "ueberblick")
def test_nobody_at_all_is_sent_who_was_asked_or_what_was_withdrawn(walled, people, page):
    never = set.intersection(*walled.forbidden.values()) - {float(c) for counts in RARE.values() for c in counts}
    assert {float(PEOPLE), float(WITHDRAWN)} <= never
    never -= {float(count) for counts in MONTHS.values() for count in counts}
    assert not numbers_in(run(people["chair"], page, "Hafen")) & never


def test_the_address_of_a_file_cannot_be_worked_out_from_what_is_in_it(walled, people):
    """Whoever guesses the two cells that are hidden could else ask whether the chair has taken that file away."""
    addresses = []
    for _ in range(2):
        with people["chair"].window("kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
            window.run()
            files = [window.download(button) for button in window.elements("download_button")]
            sent = [one.backend_operation_response.deferred_file.url for one in window.received]
            addresses.append([url for url in sent if url])
            assert len(addresses[-1]) == len(files) > 0
            for url in addresses[-1]:
                answer = people["chair"].client.get(url)
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Content-Disposition"].startswith("attachment")
    assert not set(addresses[0]) & set(addresses[1])


@pytest.mark.parametrize("name", SCOPES)
@pytest.mark.parametrize("where", PLACES)
def test_the_page_of_the_hidden_number_itself_does_not_send_it(walled, people, name, where):
    assert not numbers_in(run(people[name], "kennzahl-gewalt-faelle", where)) & walled.forbidden[name]


def test_a_deep_link_as_the_first_request_of_a_fresh_server_sends_no_number(walled):
    everything = set.union(*walled.forbidden.values())
    assert not numbers_in(walled.first) & everything


def test_two_people_who_take_turns_on_one_remembered_question_get_each_their_own(walled, people):
    counts = {float(count) for counts in RARE.values() for count in counts}
    for _ in range(3):
        assert walled.forbidden["lesen"] & counts <= numbers_in(run(people["chair"], "kennzahl-gewalt-faelle", ""))
        assert not numbers_in(run(people["lesen"], "kennzahl-gewalt-faelle", "")) & walled.forbidden["lesen"]


@pytest.mark.parametrize(
    "query",
    ["ansicht=Lenkungsgruppe", "role=vorsitz", "scope=chair", "gebiet=Hafen&gebiet=Altstadt", "zeitraum=2025-12",
     "zeitraum=2025-Q4", "gebiet=04' or '1'='1", "gebiet=../../etc/passwd", "datenstand=1", "snapshot=1",
     "stand=1&gebiet=Hafen", "stand=2", "stand=3&zeitraum=2025", "stand=99", "stand=1 or 1=1"],
)  # fmt: skip
def test_no_parameter_opens_the_wall(walled, people, query):
    with people["lesen"].window("kennzahl-gewalt-faelle", query) as window:
        assert not numbers_in(window.run().everything()) & walled.forbidden["lesen"]


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


def test_who_delivered_is_named_only_to_those_who_see_everything(walled, people):
    """The account that published; the chair is the positive control."""
    told = {name: b"geschaeftsstelle" in as_bytes(run(people[name], "datenstand", "")) for name in people}
    assert told == {"lesen": False, "hafen": False, "altstadt": False, "chair": True}


def as_bytes(sent) -> bytes:
    return b"".join(one if isinstance(one, bytes) else one.SerializeToString() for one in sent)

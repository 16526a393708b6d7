"""Signing in at a real provider over HTTP: who comes in, who does not, and when it is over."""

import sqlite3
from contextlib import ExitStack, closing

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from pages.parts import register
from sipa_data.audit import Chain, open_audit, verify
from tests.support.facts import musterstadt
from tests.support.window import Browser

tokens = pytest.importorskip("tests.support.provider", reason="oidc-provider-mock is missing: make test installs it")


@pytest.fixture
def person(site):
    with Browser(site.address) as opened:
        yield opened


def test_nobody_sees_anything_before_signing_in(site, person):
    for page in ("", "kennzahl-gewalt-faelle", "datenstand", "geheim"):
        with site.window(person, page, "gebiet=Hafen&ansicht=Lenkungsgruppe") as window:
            assert "Bitte melden Sie sich an." in window.text()
            assert window.elements("metric") == []
            assert window.elements("plotly_chart") == []
            assert [one.label for one in window.elements("button")] == ["Stadtkonto"]
            assert not any(one.HasField("navigation") for one in window.received)


def test_a_signed_in_person_sees_what_the_group_carries(site, provider, person):
    provider.set_person("erika", "lenkung")
    assert site.sign_in(person, "erika").status_code == httpx.codes.FOUND
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        assert [one.body for one in window.elements("metric")] == ["2"]
        assert "Sie sehen: Lenkungsgruppe" in window.text()


def test_the_page_whose_link_was_followed_is_where_one_lands(site, provider, person):
    provider.set_person("erika", "lenkung")
    answer = site.sign_in(person, "erika", "bezirk", "gebiet=Hafen")
    assert answer.headers["location"] == "/bezirk?gebiet=Hafen"


def test_a_reader_does_not_see_the_two_cases_of_the_hafen(site, provider, person):
    provider.set_person("rita", "rathaus")
    site.sign_in(person, "rita")
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        assert window.elements("metric") == []
        assert "vertraulich" in window.text()
        assert [one.label for one in window.elements("selectbox")] == ["Gebiet", "Zeitraum"]  # no other role to choose


def test_without_a_mapped_group_there_is_a_page_that_says_whom_to_ask(site, provider, person):
    provider.set_person("gast", "kantine")
    site.sign_in(person, "gast")
    with site.window(person) as window:
        assert "Kein Zugang" in window.text()
        assert "Rathaus Musterstadt" in window.text() or "wenden Sie sich an" in window.text()
        assert "stadt:gast" in window.text().replace("\\", "")
        assert window.elements("metric") == []


def test_without_any_group_it_is_the_same(site, provider, person):
    provider.set_person("niemand")
    site.sign_in(person, "niemand")
    with site.window(person) as window:
        assert "Kein Zugang" in window.text()


def test_signing_out_ends_every_window_and_goes_by_the_provider(site, provider, person):
    provider.set_person("erika", "lenkung")
    site.sign_in(person, "erika")
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as first, site.window(person) as second:
        button = first.elements("download_button")[0]
        kept = dict(person.client.cookies)
        assert second.click("Abmelden").leads_to() == "/auth/logout"
        answer = person.client.get("/auth/logout")
        assert answer.headers["location"].startswith(f"{provider.address}/oauth2/end_session?")
        assert "post_logout_redirect_uri" in answer.headers["location"]
        assert "_streamlit_user" not in person.cookie_header()
        assert first.download(button) is None  # the file is made on the click, and the session is over
        assert "Sie haben sich abgemeldet." in first.run().text()
        assert first.elements("metric") == []
    with Browser(site.address) as thief:
        thief.client.cookies.clear()
        thief.client.cookies.update(kept)  # as somebody copied them before
        with site.window(thief, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
            assert "Sie haben sich abgemeldet." in window.text()


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(tokens.long_ago, id="expired"),
        pytest.param(tokens.signed(aud="andere"), id="wrong audience"),
        pytest.param(tokens.signed(aud=["andere"], azp="sipa"), id="wrong audience, authorised party ours"),
        pytest.param(tokens.signed(iss="https://anderer.example"), id="wrong issuer"),
        pytest.param(tokens.signed(nonce="alt"), id="wrong nonce"),
        pytest.param(tokens.signed(nonce=None), id="no nonce"),
        pytest.param(tokens.signed(exp=None), id="no expiry"),
        pytest.param(tokens.by_a_stranger, id="foreign signature"),
        pytest.param(tokens.changed_after_signing, id="altered after signing"),
        pytest.param(tokens.unsigned, id="alg none"),
        pytest.param(tokens.with_the_public_key_as_password, id="public key as password"),
    ],
)
def test_a_token_that_is_not_right_opens_nothing(site, provider, person, tamper):
    provider.set_person("erika", "lenkung")
    provider.tamper = tamper
    site.sign_in(person, "erika")
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        assert "melden Sie sich an" in window.text()
        assert window.elements("metric") == []


def test_the_same_token_left_alone_opens(site, provider, person):
    """The positive control of the test above: it is the change that is refused."""
    provider.set_person("erika", "lenkung")
    provider.tamper = tokens.signed()
    site.sign_in(person, "erika")
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        assert [one.body for one in window.elements("metric")] == ["2"]


def test_a_code_is_good_once_and_only_in_the_browser_that_asked_for_it(site, provider, person):
    provider.set_person("erika", "lenkung")
    callback = site.at_provider(person, "erika")
    with Browser(site.address) as thief:  # somebody who saw the address on its way
        site.come_back(thief, callback)
        with site.window(thief) as window:
            assert "Bitte melden Sie sich an." in window.text()
    site.come_back(person, callback)
    with site.window(person) as window:
        assert "Sie sehen: Lenkungsgruppe" in window.text()
    person.client.cookies.delete("_streamlit_user")
    site.come_back(person, callback)  # once more, as by the back button
    with site.window(person) as window:
        assert "Bitte melden Sie sich an." in window.text()


def test_a_forged_cookie_opens_nothing(site, person):
    person.client.cookies.set("_streamlit_user", "eyJzdWIiOiAiZXJpa2EifQ.forged", domain="127.0.0.1")
    with site.window(person) as window:
        assert "Bitte melden Sie sich an." in window.text()


def test_a_page_of_another_site_cannot_use_the_cookie(site, provider, person):
    provider.set_person("erika", "lenkung")
    site.sign_in(person, "erika")
    with pytest.raises(InvalidStatus, match="HTTP 403"):
        person.window(origin="https://evil.example").run()


def test_a_window_cannot_take_over_that_of_another_person(site, provider, person):
    """Session fixation: the id of a session alone opens nothing."""
    provider.set_person("erika", "lenkung")
    site.sign_in(person, "erika")
    with (
        site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window,
        Browser(site.address) as stranger,
        stranger.window(resume=window.session_id) as taken,
    ):
        assert "Bitte melden Sie sich an." in taken.run().text()
        assert taken.session_id != window.session_id


def test_the_cookies_of_a_sign_in_are_short_lived_and_out_of_reach_of_scripts(site, provider, person):
    provider.set_person("erika", "lenkung")
    answer = site.sign_in(person, "erika")
    identity = [one for one in answer.headers.get_list("set-cookie") if one.startswith("_streamlit_user")]
    assert identity
    for cookie in identity:
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie.replace("Lax", "lax")
        assert "Max-Age=28800" in cookie or "Max-Age=0" in cookie


def test_nobody_without_the_role_can_leave_a_file_on_the_server(site, provider, person):
    provider.set_person("rita", "rathaus")
    provider.set_person("ana", "analyse")
    site.sign_in(person, "rita")
    with site.window(person) as window:
        assert put_file(person, window) == httpx.codes.FORBIDDEN
    with Browser(site.address) as analyst:
        site.sign_in(analyst, "ana")
        with site.window(analyst) as window:
            assert put_file(analyst, window) == httpx.codes.NO_CONTENT  # the positive control


def test_no_part_of_a_page_goes_on_by_itself_after_signing_out(site, provider, person):
    """Parts that are built anew by themselves run without the entry script, so each has to ask who is there."""
    provider.set_person("teile", "lenkung")
    site.sign_in(person, "teile")
    with ExitStack() as opened:
        windows = [
            opened.enter_context(person.window(page).run()) for page in sorted(register.addresses(musterstadt()))
        ]
        parts = [(window, part) for window in windows for part in window.parts()]
        assert len(parts) > len(windows)
        for window, part in parts[:3]:
            assert not asks_to_sign_in(window.run(part=part))  # the positive control
        windows[0].run().click("Abmelden")
        for window, part in parts:
            sent = window.run(part=part)
            assert asks_to_sign_in(sent) or not sent.received_elements(), (window.page, part)


def asks_to_sign_in(window):
    return [one.label for one in window.elements("button")] == ["Stadtkonto"]


def test_a_window_that_was_left_alone_takes_no_file_after_signing_out_in_another(site, provider, person):
    provider.set_person("ana", "analyse")
    site.sign_in(person, "ana")
    with site.window(person) as left_alone, site.window(person) as other:
        assert put_file(person, left_alone) == httpx.codes.NO_CONTENT
        other.click("Abmelden")
        assert put_file(person, left_alone) == httpx.codes.FORBIDDEN


def put_file(person, window):
    xsrf = person.client.cookies["_streamlit_xsrf"]
    return person.client.put(
        f"/_stcore/upload_file/{window.session_id}/1",
        files={"file": ("a.csv", b"a;b\n1;2\n")},
        headers={"X-Xsrftoken": xsrf, "Cookie": person.cookie_header()},
    ).status_code


def test_every_sign_in_and_every_view_is_in_the_log_by_account_only(site, provider, person):
    provider.set_person("logbuch", "rathaus")
    site.sign_in(person, "logbuch")
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Altstadt") as window:
        window.downloads()
    with open_audit(site.folder / "lake") as log:
        said = [
            (entry.event, entry.role, entry.subject)
            for entry, _ in log.entries(Chain.use)
            if entry.account == "stadt:logbuch"
        ]
        assert verify(log) == []
    assert said[:3] == [
        ("angemeldet", "lesen", ""),
        ("angesehen", "lesen", "/kennzahl-gewalt-faelle"),
        ("heruntergeladen", "lesen", "gewalt-faelle"),
    ]


def later(site, account, column, seconds):
    """As if so much time had gone by since then for one person."""
    with closing(sqlite3.connect(site.folder / "lake" / "sitzungen.sqlite")) as register, register:
        changed = register.execute(
            f"update sessions set {column} = {column} - ? where account = ? and over is null", (seconds, account)
        )
        assert changed.rowcount == 1


def test_a_group_that_is_removed_at_the_provider_ends_the_session(site, provider, person):
    provider.set_person("wechsel", "lenkung")
    site.sign_in(person, "wechsel")
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        later(site, "stadt:wechsel", "checked_at", 301)
        assert window.run().elements("metric")  # the provider was asked and still says so
        provider.set_person("wechsel", "rathaus")
        assert window.run().elements("metric")  # for at most five minutes
        later(site, "stadt:wechsel", "checked_at", 301)
        assert "Ihre Rolle hat sich geändert." in window.run().text()
        assert window.elements("metric") == []
    site.sign_in(person, "wechsel")
    with site.window(person, "kennzahl-gewalt-faelle", "gebiet=Hafen") as window:
        assert "Sie sehen: Öffentlichkeit" in window.text()


def test_a_token_that_is_revoked_at_the_provider_ends_the_session(site, provider, person):
    provider.set_person("gesperrt", "lenkung")
    site.sign_in(person, "gesperrt")
    with site.window(person) as window:
        provider.revoke("gesperrt")
        later(site, "stadt:gesperrt", "checked_at", 301)
        assert "die Anmeldung erneuern" in window.run().text()


def test_half_an_hour_without_input_ends_the_session_in_the_open_window(site, provider, person):
    provider.set_person("pause", "lenkung")
    site.sign_in(person, "pause")
    with site.window(person) as window:
        later(site, "stadt:pause", "active_at", 1801)
        assert "Nach dreißig Minuten ohne Eingabe" in window.run().text()


@pytest.mark.parametrize(
    ("lost_session", "said"),
    [
        pytest.param("3f6c2b0e-verloren", "Nach dreißig Minuten ohne Eingabe", id="a window that comes back by itself"),
        pytest.param("", "Sie sehen: Lenkungsgruppe", id="a window that a person opens"),
    ],
)
def test_a_window_that_comes_back_after_a_pause_is_no_input(site, provider, person, lost_session, said):
    """A laptop that wakes up joins its window again; after two minutes the server has forgotten that window."""
    subject = f"klappe-{len(lost_session)}"
    provider.set_person(subject, "lenkung")
    site.sign_in(person, subject)
    site.window(person, "datenstand").close()
    later(site, f"stadt:{subject}", "active_at", 1700)
    with person.window("datenstand", resume=lost_session) as window:
        assert "Sie sehen: Lenkungsgruppe" in window.run().text()
        later(site, f"stadt:{subject}", "active_at", 200)
        assert said in window.run().text()


def test_eight_hours_end_every_session(site, provider, person):
    provider.set_person("lang", "lenkung")
    site.sign_in(person, "lang")
    with site.window(person) as window:
        later(site, "stadt:lang", "began", 8 * 3600)
        assert "Nach acht Stunden" in window.run().text()


def test_an_open_window_asks_by_itself_whether_its_session_is_over(site, provider, person):
    provider.set_person("wache", "lenkung")
    site.sign_in(person, "wache")
    with site.window(person) as window:
        assert 60.0 in [one.auto_rerun.interval for one in window.received if one.HasField("auto_rerun")]

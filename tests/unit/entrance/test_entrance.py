"""Who comes in, as what, for how long, and who does not."""

from datetime import UTC, datetime, timedelta

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.access.session import Over
from sipa_data.audit import Chain, Event
from sipa_data.entrance import Mode, Refusal, Refused, Visitor, open_entrance
from sipa_data.errors import CatalogueError, SettingsError
from sipa_data.sessions import ProviderSilent
from sipa_data.settings import Settings
from tests.support.facts import MUSTERSTADT, musterstadt
from tests.support.sign_in import SECRET, claims, sign_in_environment

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Provider:
    """Stands in for the userinfo endpoint: what it says can be changed."""

    def __init__(self):
        self.said = {"sub": "erika", "groups": ["lenkung"]}
        self.asked = 0

    def claims(self, provider, token):
        self.asked += 1
        if isinstance(self.said, Exception):
            raise self.said
        return self.said

    def close(self):
        pass


@pytest.fixture
def place(tmp_path):
    (tmp_path / "roles.toml").write_text((MUSTERSTADT / "roles.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return Settings(MUSTERSTADT, tmp_path, str(tmp_path / "k.sqlite"), tmp_path / "files", tmp_path / "records")


@pytest.fixture
def opened(place, tmp_path):
    found = []

    def open_with(**changed):
        environment = sign_in_environment(tmp_path) | {"SIPA_ROLES": str(tmp_path / "roles.toml")} | changed
        found.append(open_entrance(place, musterstadt(), {name: value for name, value in environment.items() if value}))
        return found[-1]

    yield open_with
    for one in found:
        one.close()


@pytest.fixture
def provider():
    return Provider()


@pytest.fixture
def entrance(opened, provider):
    made = opened()
    made.userinfo.close()
    made.userinfo = provider
    return made


def logged(entrance):
    return [(entry.event, entry.account, entry.subject) for entry, _ in entrance.log.entries(Chain.use)]


def enter(entrance, user, now, *, active=True, token="zugriff"):
    return entrance.enter(user, now, active=active, token=token)


def test_somebody_with_a_mapped_group_comes_in_and_is_logged_once(entrance):
    user = claims(NINE, "lenkung")
    first = enter(entrance, user, NINE + MINUTE)
    assert first == enter(entrance, user, NINE + 2 * MINUTE)
    assert first.scopes == (Scope.chair(),)
    assert logged(entrance) == [("angemeldet", "stadt:erika", "")]


def test_nobody_comes_in_without_signing_in(entrance):
    assert enter(entrance, {}, NINE) == Refused(Refusal.sign_in)
    assert enter(entrance, {"is_logged_in": False}, NINE) == Refused(Refusal.sign_in)


def test_without_a_mapped_group_there_is_no_access(entrance):
    refused = enter(entrance, claims(NINE, "fremde"), NINE)
    assert (refused.reason, refused.account) == (Refusal.no_role, "stadt:erika")
    assert logged(entrance) == [("abgewiesen", "stadt:erika", "keine Rolle")]


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "andere"},
        {"aud": ["andere"], "azp": "sipa"},  # what Authlib lets pass
        {"aud": None},
        {"provider": "fremd"},
        {"is_logged_in": "true"},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 300},
        {"sub": "a\nb"},
        {"iat": None},
        {"iat": "gestern"},
        {"iat": True},
        {"exp": None},
        {"exp": float("nan")},
        {"iat": 1e300},
        {"exp": 0},
    ],
    ids=str,
)
def test_claims_that_do_not_hold_together_are_nobody(entrance, changed):
    assert enter(entrance, claims(NINE, "lenkung", **changed), NINE) == Refused(Refusal.sign_in)


def test_a_token_that_has_run_out_opens_no_session(entrance):
    late = NINE + timedelta(minutes=8)  # valid for five minutes, and two for clocks that differ
    assert enter(entrance, claims(NINE, "lenkung"), late).over is Over.expired
    assert isinstance(enter(entrance, claims(NINE, "lenkung", subject="max"), NINE + 6 * MINUTE), Visitor)


def test_a_token_from_the_future_opens_no_session(entrance):
    assert enter(entrance, claims(NINE + timedelta(hours=1), "lenkung"), NINE).over is Over.expired


def test_a_session_ends_after_eight_hours_however_busy(entrance):
    user = claims(NINE, "lenkung")
    for minutes in range(0, 480, 20):
        assert isinstance(enter(entrance, user, NINE + minutes * MINUTE), Visitor)
    assert enter(entrance, user, NINE + timedelta(hours=8)).over is Over.too_long


def test_a_session_ends_after_thirty_idle_minutes_and_reruns_do_not_keep_it(entrance):
    user = claims(NINE, "lenkung")
    assert isinstance(enter(entrance, user, NINE), Visitor)
    for minute in range(1, 30):
        assert isinstance(enter(entrance, user, NINE + minute * MINUTE, active=False), Visitor)
    assert enter(entrance, user, NINE + 30 * MINUTE, active=False).over is Over.idle
    assert enter(entrance, user, NINE + 31 * MINUTE, active=True).over is Over.idle  # the next click comes too late


def test_who_keeps_clicking_stays(entrance):
    user = claims(NINE, "lenkung")
    for minute in range(0, 120, 29):
        assert isinstance(enter(entrance, user, NINE + minute * MINUTE), Visitor)


def test_after_signing_out_the_same_cookie_opens_nothing_in_any_window(entrance):
    user = claims(NINE, "lenkung")
    visitor = enter(entrance, user, NINE)
    assert entrance.goes_on(visitor, Scope.chair(), NINE)
    entrance.sign_out(user, NINE + MINUTE)
    assert enter(entrance, user, NINE + MINUTE).over is Over.signed_out
    assert not entrance.goes_on(visitor, Scope.chair(), NINE + MINUTE)
    assert logged(entrance)[-1] == ("abgemeldet", "stadt:erika", "abgemeldet")


def test_a_restart_revives_no_session(entrance, opened):
    user = claims(NINE, "lenkung")
    enter(entrance, user, NINE)
    entrance.sign_out(user, NINE + MINUTE)
    assert opened().enter(user, NINE + 2 * MINUTE, active=True).over is Over.signed_out


def test_a_second_sign_in_of_the_same_person_is_a_session_of_its_own(entrance):
    first, second = claims(NINE, "lenkung"), claims(NINE + MINUTE, "lenkung")
    enter(entrance, first, NINE)
    entrance.sign_out(first, NINE + MINUTE)
    assert isinstance(enter(entrance, second, NINE + MINUTE), Visitor)


def test_a_role_that_is_taken_out_of_the_file_ends_the_session_at_once(entrance, place):
    user = claims(NINE, "lenkung", "rathaus")
    assert len(enter(entrance, user, NINE).scopes) == 2
    file = entrance.role_file
    file.write_text(file.read_text(encoding="utf-8").replace('"lenkung"', '"neue-lenkung"'), encoding="utf-8")
    assert enter(entrance, user, NINE + MINUTE).over is Over.withdrawn
    assert [entry.event for entry, _ in entrance.log.entries(Chain.deeds)] == [Event.roles_changed]


def test_a_page_that_was_drawn_before_the_role_was_taken_away_makes_no_file(entrance, provider):
    """Its window need not have looked again since: that is up to whoever writes to the websocket."""
    visitor = enter(entrance, claims(NINE, "lenkung", "rathaus"), NINE)
    assert entrance.goes_on(visitor, Scope.chair(), NINE + MINUTE)
    assert not entrance.goes_on(visitor, Scope.of(Role.office), NINE + MINUTE)
    provider.said = {"sub": "erika", "groups": ["rathaus"]}
    assert not entrance.goes_on(visitor, Scope.chair(), NINE + 6 * MINUTE)

    visitor = enter(entrance, claims(NINE + 7 * MINUTE, "lenkung"), NINE + 7 * MINUTE)
    file = entrance.role_file
    file.write_text(file.read_text(encoding="utf-8").replace('"lenkung"', '"neue-lenkung"'), encoding="utf-8")
    assert not entrance.goes_on(visitor, Scope.chair(), NINE + 8 * MINUTE)


def test_what_somebody_came_in_with_does_not_show(entrance):
    visitor = enter(entrance, claims(NINE, "lenkung"), NINE, token="zugriff-geheim")
    assert "lenkung" not in repr(visitor)
    assert "zugriff-geheim" not in repr(visitor)
    assert hash(visitor) == hash(enter(entrance, claims(NINE, "lenkung"), NINE))


def test_a_role_file_that_became_wrong_lets_nobody_in(entrance):
    user = claims(NINE, "lenkung")
    enter(entrance, user, NINE)
    entrance.role_file.write_text("[[role", encoding="utf-8")
    with pytest.raises(CatalogueError):
        enter(entrance, user, NINE + MINUTE)
    entrance.role_file.unlink()
    with pytest.raises(CatalogueError):
        enter(entrance, user, NINE + MINUTE)


def test_the_provider_is_asked_every_five_minutes_and_no_more(entrance, provider):
    user = claims(NINE, "lenkung")
    for minute in range(13):
        assert isinstance(enter(entrance, user, NINE + minute * MINUTE), Visitor)
    assert provider.asked == 2


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ({"sub": "erika", "groups": []}, Over.withdrawn),
        ({"sub": "erika"}, Over.withdrawn),
        ({"sub": "max", "groups": ["lenkung"]}, Over.withdrawn),
        (None, Over.renew),
    ],
)
def test_a_group_that_was_removed_at_the_provider_ends_the_session(entrance, provider, said, over):
    user = claims(NINE, "lenkung")
    enter(entrance, user, NINE)
    provider.said = said
    assert isinstance(enter(entrance, user, NINE + 4 * MINUTE), Visitor)
    assert enter(entrance, user, NINE + 5 * MINUTE).over is over
    provider.said = {"sub": "erika", "groups": ["lenkung"]}
    assert enter(entrance, user, NINE + 6 * MINUTE).over is over  # what is over stays over


def test_without_a_token_the_provider_cannot_be_asked_and_the_sign_in_is_renewed(entrance):
    user = claims(NINE, "lenkung")
    enter(entrance, user, NINE)
    assert enter(entrance, user, NINE + 5 * MINUTE, token=None).over is Over.renew


def test_a_provider_that_is_silent_is_waited_for_half_an_hour(entrance, provider):
    user = claims(NINE, "lenkung")
    enter(entrance, user, NINE)
    provider.said = ProviderSilent("stadt")
    for minute in range(5, 35, 5):
        assert isinstance(enter(entrance, user, NINE + minute * MINUTE), Visitor)
    assert enter(entrance, user, NINE + 35 * MINUTE).over is Over.unreachable


def test_a_provider_that_cannot_be_asked_about_groups_vouches_anew_every_hour(opened, tmp_path):
    environment = sign_in_environment(tmp_path)
    with open(environment["SIPA_AUTH"], "a", encoding="utf-8") as file:  # noqa: PTH123 -- appended to one entry
        file.write('recheck = "sign_in"\n')
    entrance = open_entrance(
        Settings(MUSTERSTADT, tmp_path, "", tmp_path / "files", tmp_path / "records2"), musterstadt(), environment
    )
    user = claims(NINE, "lenkung")
    for minute in range(0, 60, 20):
        assert isinstance(entrance.enter(user, NINE + minute * MINUTE, active=True), Visitor)
    assert entrance.enter(user, NINE + 60 * MINUTE, active=True).over is Over.renew
    entrance.close()


def test_reading_without_signing_in_is_public_protection_and_only_where_the_file_says_so(opened, tmp_path):
    with (tmp_path / "roles.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[role]]\nrole = "lesen"\nanonymous = true\n')
    entrance = opened()
    assert entrance.enter({}, NINE, active=True) == Visitor((Scope.public(),), "ohne Anmeldung")
    assert isinstance(entrance.enter(claims(NINE, "fremde"), NINE, active=True), Refused)


def test_a_demonstration_offers_every_role_and_every_district(opened):
    entrance = opened(SIPA_AUTH="", SIPA_PUBLIC_URL="")
    scopes = entrance.enter({}, NINE, active=True).scopes
    assert entrance.mode is Mode.demonstration
    assert {scope.role for scope in scopes} == set(Role)
    assert [sorted(scope.own_districts) for scope in scopes if scope.role is Role.district] == [
        ["01"], ["02"], ["03"], ["04"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marking", "status", "unfit"),
    [
        ("synthetic", "published", False),
        ("published", "published", False),
        ("confidential", "published", True),
        ("irgendwas", "published", True),
        ("confidential", "withdrawn", False),
    ],
)
def test_confidential_data_need_a_sign_in(opened, marking, status, unfit):
    uploads = [{"marking": "synthetic", "status": "published"}, {"marking": marking, "status": status}]
    assert opened(SIPA_AUTH="", SIPA_PUBLIC_URL="").unfit_data(uploads) is unfit
    assert opened().unfit_data(uploads) is False


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SIPA_AUTH": ""}, "aber keine Anmeldung"),
        ({"SIPA_AUTH_SECRET_STADT": ""}, "SIPA_AUTH_SECRET_STADT"),
        ({"SIPA_COOKIE_SECRET": ""}, "SIPA_COOKIE_SECRET"),
        ({"SIPA_COOKIE_SECRET": "kurz"}, "zu kurz"),
        ({"SIPA_PUBLIC_URL": ""}, "SIPA_PUBLIC_URL"),
    ],
)
def test_what_is_set_up_halfway_is_refused_with_the_variable_to_set(opened, changed, said):
    with pytest.raises(SettingsError, match=said):
        opened(**changed)


def test_several_providers_need_to_be_named_with_their_groups(opened, tmp_path):
    environment = sign_in_environment(tmp_path)
    with open(environment["SIPA_AUTH"], "a", encoding="utf-8") as file:  # noqa: PTH123 -- a second entry
        file.write('\n[[provider]]\nid = "land"\ntitle = "Land"\nclient_id = "s"\n'
                   'metadata = "https://land.example/.well-known/openid-configuration"\n')  # fmt: skip
    place = Settings(MUSTERSTADT, tmp_path, "", tmp_path / "files", tmp_path / "r")
    with pytest.raises(SettingsError, match="mehrere Anbieter"):
        open_entrance(place, musterstadt(), environment | {"SIPA_AUTH_SECRET_LAND": "b"})


def test_secrets_do_not_show(entrance):
    shown = repr(entrance)
    assert SECRET not in shown
    assert "geheim" not in shown


def test_the_register_is_readable_for_nobody_else(entrance, place):
    assert [file.stat().st_mode & 0o077 for file in place.record_folder.glob("sitzungen*")] == [0, 0, 0]

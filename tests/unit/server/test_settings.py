"""What Streamlit must be told, and which of its options must not be touched."""

import pytest
from streamlit import config

from server.settings import MUST_BE_EMPTY, MUST_STAY, allowed_hosts, check_streamlit, sign_in_secrets
from sipa_data.access.address import Address
from sipa_data.access.providers import Provider
from sipa_data.errors import SettingsError

ENCRYPTED = Address(public="https://lagebild.example")
HERE = Address(public="http://127.0.0.1:8501")
STADT = Provider(
    "stadt", "Stadtkonto", "https://a.example", "sipa", "openid", asks_userinfo=True, prompt="login", secret="geheim"
)


@pytest.fixture
def option():
    """Set an option of Streamlit for one test."""
    before = {}

    def change(name, value):
        before[name] = config.get_option(name)
        config.set_option(name, value)

    change("server.address", "127.0.0.1")
    change("client.showErrorDetails", "none")
    yield change
    for name, value in before.items():
        config.set_option(name, value)


@pytest.mark.parametrize(("address", "providers"), [(Address(), False), (HERE, True), (ENCRYPTED, True)])
def test_on_this_machine_everything_may_be_tried(option, address, providers):
    check_streamlit(address, has_providers=providers)


@pytest.mark.parametrize("listening", ["0.0.0.0", "192.0.2.7", "lagebild.example", "::", None])
@pytest.mark.parametrize(("address", "providers"), [(Address(), False), (Address(), True), (HERE, True)])
def test_an_address_that_others_reach_needs_a_sign_in_and_a_proxy_that_ends_tls(option, listening, address, providers):
    option("server.address", listening)
    with pytest.raises(SettingsError, match="Adresse laufen, die andere Rechner erreichen"):
        check_streamlit(address, has_providers=providers)


def test_behind_a_named_proxy_others_may_come(option):
    option("server.address", "0.0.0.0")
    check_streamlit(ENCRYPTED, has_providers=True)


@pytest.mark.parametrize("name", MUST_STAY)
def test_options_that_open_a_way_past_the_walls_are_refused(option, name):
    option(name, "full" if name == "client.showErrorDetails" else not MUST_STAY[name])
    with pytest.raises(SettingsError, match=name):
        check_streamlit(ENCRYPTED, has_providers=True)


@pytest.mark.parametrize("name", MUST_BE_EMPTY)
def test_a_request_must_not_say_who_it_comes_from(option, name):
    value = {"X-User": "sub"} if name == "server.trustedUserHeaders" else ["https://a.example"]
    option(name, "a" if name == "server.baseUrlPath" else value)
    with pytest.raises(SettingsError, match=name):
        check_streamlit(ENCRYPTED, has_providers=True)


def test_the_server_answers_under_its_public_name_and_those_of_this_machine():
    assert allowed_hosts(ENCRYPTED) == ["127.0.0.1", "localhost", "[::1]", "lagebild.example"]
    assert allowed_hosts(Address()) == ["127.0.0.1", "localhost", "[::1]"]


def test_streamlit_gets_what_its_sign_in_needs():
    secrets = sign_in_secrets(Address(public="https://lagebild.example", cookie_secret="c"), {"stadt": STADT})
    assert secrets["auth"]["redirect_uri"] == "https://lagebild.example/oauth2callback"
    assert secrets["auth"]["stadt"]["client_kwargs"] == {"scope": "openid", "prompt": "login"}
    assert sign_in_secrets(Address(), {}) == {}

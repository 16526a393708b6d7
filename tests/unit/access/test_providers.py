"""The file of sign-in providers, and what is said when it is wrong."""

import pytest

from sipa_data.access.providers import load_providers
from sipa_data.errors import SipaError

GOOD = """[[provider]]
id = "stadt"
title = "Stadtkonto"
metadata = "https://a.example/.well-known/openid-configuration"
client_id = "sipa"
"""
SECRETS = {"SIPA_AUTH_SECRET_STADT": "geheim"}


@pytest.fixture
def load(tmp_path):
    def read(text, environment=SECRETS):
        file = tmp_path / "anbieter.toml"
        file.write_text(text, encoding="utf-8")
        return load_providers(file, environment)

    return read


def test_a_provider_has_its_secret_from_the_environment_and_never_shows_it(load):
    (provider,) = load(GOOD).values()
    assert (provider.secret, provider.scope, provider.asks_userinfo) == ("geheim", "openid profile", True)
    assert "geheim" not in repr(provider)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("https://a.example", "http://a.example", ["Zeile 4", "nicht verschlüsselt"]),
        ("/.well-known/openid-configuration", "/", ["Zeile 4", "nicht die der Beschreibung"]),
        ('id = "stadt"', 'id = "stadt_1"', ["Zeile 2", "Unterstrich"]),
        ('id = "stadt"', 'id = "Stadt"', ["Zeile 2", "nicht die erwartete Form"]),
        ('client_id = "sipa"', 'scope = "profile"\nclient_id = "sipa"', ["Zeile 5", "Es fehlt „openid“"]),
        ('client_id = "sipa"\n', "", ["client_id", "fehlt"]),
        ('client_id = "sipa"', 'client_id = "s"\nclient_secret = "x"', ["„client_secret“ gibt es hier nicht"]),
        ('client_id = "sipa"', 'client_id = "s"\nrecheck = "nie"', ["„nie“", "„userinfo“"]),
        (GOOD, "", ["keinen Anbieter"]),
        (GOOD, GOOD + GOOD, ["zum zweiten Mal"]),
    ],
)
def test_a_mistake_is_said_in_german(load, old, new, parts):
    with pytest.raises(SipaError) as fault:
        load(GOOD.replace(old, new, 1))
    for part in parts:
        assert part in fault.value.sentence


def test_a_missing_secret_is_named_by_its_variable(load):
    with pytest.raises(SipaError, match="SIPA_AUTH_SECRET_STADT"):
        load(GOOD, {})

"""What the environment says about the way in, and what is said when it cannot be so."""

import random
from base64 import b64encode

import pytest

from sipa_data.access.address import Address, check_secret
from sipa_data.errors import SettingsError


def test_without_settings_the_pages_are_for_this_machine():
    assert Address.from_environment({}) == Address()


def test_a_public_address_is_taken_without_its_slash():
    address = Address.from_environment({"SIPA_PUBLIC_URL": "https://lagebild.example:8443/"})
    assert (address.public, address.host, address.is_encrypted) == (
        "https://lagebild.example:8443",
        "lagebild.example",
        True,
    )


def test_this_machine_may_be_named_without_encryption():
    address = Address.from_environment({"SIPA_PUBLIC_URL": "http://127.0.0.1:8501"})
    assert not address.is_encrypted


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("lagebild.example", "keine Adresse ohne Pfad"),
        ("https://lagebild.example/pfad", "keine Adresse ohne Pfad"),
        ("https://nutzer@lagebild.example", "keine Adresse ohne Pfad"),
        ("ftp://lagebild.example", "keine Adresse ohne Pfad"),
        ("http://lagebild.example", "Proxy, der TLS abschließt"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_german(given, said):
    with pytest.raises(SettingsError, match=said):
        Address.from_environment({"SIPA_PUBLIC_URL": given})


@pytest.mark.parametrize("origin", ["*", "http://www.example.org", "https://a.example/x", "'self'", "https://a;b"])
def test_only_whole_origins_may_frame(origin):
    with pytest.raises(SettingsError, match="SIPA_EMBED"):
        Address.from_environment({"SIPA_EMBED": origin})


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("", "fehlt"), ("changeme", "zu kurz"), ("x" * 64, "nicht zufällig"), ("abc123" * 8, "nicht zuf"),
        ("0123456789" * 4, "nicht zuf"), ("abcdefghijklmnopqrstuvwxyz0123456789", "nicht zuf"),
        ("qwertzuiopasdf" * 3, "nicht zuf"), ("change-this-secret-before-you-deploy", "nicht zuf"),
        ("Bitte-hier-Ihr-Geheimnis-eintragen-12345", "nicht zuf"),
    ],
)  # fmt: skip
def test_a_weak_secret_is_refused_with_the_command_that_makes_a_good_one(secret, said):
    with pytest.raises(SettingsError, match=said) as fault:
        check_secret(secret)
    assert "secrets.token_urlsafe" in fault.value.sentence
    assert secret == "" or secret not in fault.value.sentence


def test_a_random_secret_is_taken():
    check_secret("Zk3-vYq8Lw0nTs7RbXh2PmCd5FgJa9Ue")
    drawn = random.Random(5)
    for _ in range(300):
        check_secret(drawn.randbytes(24).hex())
        check_secret(b64encode(drawn.randbytes(24)).decode())


def test_a_secret_never_shows():
    assert "Zk3" not in repr(Address(cookie_secret="Zk3-vYq8Lw0nTs7RbXh2PmCd5FgJa9Ue"))

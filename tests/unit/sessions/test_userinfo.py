"""What is made of the answers of a provider that is asked about somebody."""

import httpx
import pytest

from sipa_data.access.providers import Provider
from sipa_data.sessions import ProviderSilent, Userinfo

STADT = Provider(
    "stadt", "Stadtkonto", "https://a.example/.well-known/openid-configuration", "sipa", "openid", asks_userinfo=True,
    prompt="login", secret="geheim",
)  # fmt: skip


def asked(answer, endpoint="https://a.example/userinfo"):
    """What comes of one answer; and the requests that were made."""
    requests = []

    def transport(request):
        requests.append(request)
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json={"userinfo_endpoint": endpoint})
        return answer(request) if callable(answer) else answer

    userinfo = Userinfo(httpx.MockTransport(transport))
    try:
        return userinfo.claims(STADT, "zugriff"), requests
    finally:
        userinfo.close()


def test_the_token_is_shown_and_the_claims_come_back():
    claims, requests = asked(httpx.Response(200, json={"sub": "erika", "groups": ["a"]}))
    assert claims == {"sub": "erika", "groups": ["a"]}
    assert requests[-1].headers["Authorization"] == "Bearer zugriff"
    assert "Authorization" not in requests[0].headers


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_means_that_the_token_is_worthless(status):
    assert asked(httpx.Response(status))[0] is None


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(500), httpx.Response(429), httpx.Response(302, headers={"Location": "https://evil.example"}),
     httpx.Response(200, text="<html>"), httpx.Response(200, json=["a"])],
)  # fmt: skip
def test_what_is_no_answer_says_nothing_about_the_person(answer):
    with pytest.raises(ProviderSilent):
        asked(answer)


def test_a_provider_that_cannot_be_reached_is_silent():
    def down(request):
        raise httpx.ConnectError("down", request=request)

    with pytest.raises(ProviderSilent):
        asked(down)


@pytest.mark.parametrize("endpoint", ["http://a.example/userinfo", "ftp://a.example", None, ""])
def test_a_token_is_never_sent_unencrypted(endpoint):
    with pytest.raises(ProviderSilent):
        asked(httpx.Response(200, json={}), endpoint)

"""Sign-in cookies live no longer than a session, and travel only over TLS where there is TLS."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.cookies import StrictCookies
from tests.support.asgi import ask


async def signed_in(_):
    answer = PlainTextResponse("ok")
    answer.set_cookie("_streamlit_user", "a", max_age=30 * 24 * 3600, httponly=True, samesite="lax")
    answer.set_cookie("_streamlit_user_tokens_1", "b", max_age=30 * 24 * 3600)
    answer.set_cookie("_streamlit_session", "c", max_age=14 * 24 * 3600)
    answer.set_cookie("_streamlit_xsrf", "d")
    answer.set_cookie("anderes", "e", max_age=10)
    answer.delete_cookie("_streamlit_user_1")
    return answer


def cookies(*, only_encrypted):
    app = Starlette(
        routes=[Route("/", signed_in)], middleware=[Middleware(StrictCookies, only_encrypted=only_encrypted)]
    )
    return {cookie.split("=")[0]: cookie for cookie in ask(app, "/").headers.get_list("set-cookie")}


@pytest.mark.parametrize("name", ["_streamlit_user", "_streamlit_user_tokens_1", "_streamlit_session"])
def test_an_identity_cookie_lives_for_eight_hours(name):
    assert "Max-Age=28800" in cookies(only_encrypted=False)[name]


def test_deleting_and_foreign_cookies_stay_as_they_are():
    found = cookies(only_encrypted=False)
    assert "Max-Age=0" in found["_streamlit_user_1"]
    assert "Max-Age=10" in found["anderes"]


def test_behind_tls_every_cookie_is_secure_and_without_it_none():
    assert all(cookie.count("Secure") == 1 for cookie in cookies(only_encrypted=True).values())
    assert not any("Secure" in cookie for cookie in cookies(only_encrypted=False).values())
    assert "HttpOnly" in cookies(only_encrypted=True)["_streamlit_user"]

"""After the sign-in people land on the page whose link they followed, and nowhere else."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route

from server.way_back import WayBack
from tests.support.asgi import ask


async def away(_):
    return RedirectResponse("https://anbieter.example/", status_code=302)


async def back(_):
    return RedirectResponse("/", status_code=302)


APP = Starlette(
    routes=[Route("/auth/login", away), Route("/oauth2callback", back)],
    middleware=[Middleware(WayBack, is_page=lambda name: name in {"", "bezirk"})],
)


def noted(referer):
    return list(ask(APP, "/auth/login", headers={"Referer": referer}).headers.get_list("set-cookie"))


def landing(cookie):
    return ask(APP, "/oauth2callback", headers={"Cookie": cookie}).headers["location"]


def test_the_page_with_its_question_is_noted_and_gone_back_to():
    (cookie,) = noted("https://lagebild.example/bezirk?gebiet=Bad+Cannstatt")
    assert cookie == (
        'sipa_ziel="/bezirk?gebiet=Bad+Cannstatt"; Path=/oauth2callback; Max-Age=600; HttpOnly; SameSite=Lax'
    )
    assert landing(cookie.split(";")[0]) == "/bezirk?gebiet=Bad+Cannstatt"


@pytest.mark.parametrize(
    "referer",
    ["", "https://lagebild.example/", "https://lagebild.example/geheim", "https://evil.example/a/b", "https://[x",
     "https://lagebild.example/bezirk?a=%s" % ("x" * 2000), "https://lagebild.example/bezirk?a=b;c"],
)  # fmt: skip
def test_what_is_no_page_of_ours_is_not_noted(referer):
    assert noted(referer) == []


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/geheim", "javascript:alert(1)",
     "/%2F/evil.example", "//evil.example/bezirk", "bezirk\r\nSet-Cookie: a=b"],
)  # fmt: skip
def test_a_forged_note_never_leads_elsewhere(target):
    assert landing(f'sipa_ziel="{target}"') in ("/", "/bezirk")


def test_without_a_note_the_first_page_comes():
    assert landing("a=b") == "/"

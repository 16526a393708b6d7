"""Security headers: on every answer, strict, and without trusting what a request says."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.failures import answer_with_error
from server.headers import ALWAYS, SecurityHeaders, content_security_policy
from tests.support.asgi import ask


async def fine(_):
    return PlainTextResponse("ok", headers={"X-Frame-Options": "SAMEORIGIN"})


async def broken(_):
    raise ZeroDivisionError("secret detail")


@pytest.fixture
def application():
    return Starlette(
        routes=[Route("/gut", fine), Route("/kaputt", broken)],
        middleware=[Middleware(SecurityHeaders, script_hashes=("'sha256-abc='",))],
        exception_handlers={Exception: answer_with_error},
    )


@pytest.mark.parametrize("address", ["/gut", "/gibt-es-nicht", "/kaputt"])
def test_good_unknown_and_failing_addresses_all_carry_the_headers(application, address):
    headers = ask(application, address).headers
    for name, value in ALWAYS.items():
        assert headers[name] == value
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_failing_address_tells_the_reader_an_id_and_nothing_of_the_fault(application, caplog):
    answer = ask(application, "/kaputt")
    assert answer.status_code == 500
    assert '<html lang="de">' in answer.text
    assert "secret detail" not in answer.text
    identifier = answer.text.split("Kennung: ")[1].split("<")[0]
    assert identifier in caplog.text
    assert "secret detail" in caplog.text


def test_only_the_named_inline_scripts_may_run():
    policy = content_security_policy(("'sha256-abc='",), None)
    assert "script-src 'self' 'sha256-abc=';" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


def test_the_websocket_of_the_same_host_is_named_and_no_other():
    policy = content_security_policy((), "lagebild.example:8443")
    assert "connect-src 'self' ws://lagebild.example:8443 wss://lagebild.example:8443;" in policy


@pytest.mark.parametrize(
    "host", ["x; script-src *", "a b", "evil.example\r\nSet-Cookie: a=b", "*", "'unsafe-inline'", ""]
)
def test_a_host_that_is_not_written_like_one_never_reaches_the_policy(host):
    assert content_security_policy((), host) == content_security_policy((), None)


def framed(embedders=(), *, is_encrypted=False):
    middleware = Middleware(SecurityHeaders, script_hashes=(), embedders=embedders, is_encrypted=is_encrypted)
    return ask(Starlette(routes=[Route("/gut", fine)], middleware=[middleware]), "/gut").headers


def test_only_listed_sites_may_put_public_views_into_a_frame():
    headers = framed(("https://www.example.org", "https://rat.example.org"))
    assert "frame-ancestors https://www.example.org https://rat.example.org" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    assert "frame-ancestors 'none'" in framed()["Content-Security-Policy"]
    assert framed()["X-Frame-Options"] == "DENY"


def test_behind_tls_browsers_are_told_never_to_come_without():
    assert framed(is_encrypted=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in framed()


async def boasting(_):
    return PlainTextResponse("ok", headers={"Server": "Rahmenwerk/1.2.3", "X-Powered-By": "Sprache/4"})


def test_no_answer_says_what_it_was_made_with():
    app = Starlette(routes=[Route("/", boasting)], middleware=[Middleware(SecurityHeaders, script_hashes=())])
    assert not {"server", "x-powered-by"} & set(ask(app, "/").headers)

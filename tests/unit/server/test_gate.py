"""Who may knock: only under known names, in demonstrations only from this machine, never at the machinery."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from server.gate import Gate
from tests.support.asgi import run_async


async def fine(_):
    return PlainTextResponse("ok")


async def chat(socket):
    await socket.accept()


def application(*, demonstration=False, uploaders=()):
    everything = Route("/{path:path}", fine, methods=["GET", "PUT", "DELETE", "OPTIONS"])
    return Starlette(
        routes=[WebSocketRoute("/_stcore/stream", chat), everything],
        middleware=[
            Middleware(
                Gate,
                hosts=["127.0.0.1", "localhost", "[::1]", "lagebild.example"],
                is_demonstration=lambda: demonstration,
                may_upload=lambda window: window in uploaders,
            )
        ],
    )


def status(app, path="/", *, method="GET", client=("127.0.0.1", 5), **headers):
    async def request():
        transport = httpx.ASGITransport(app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501") as browser:
            said = {name.replace("_", "-"): value for name, value in headers.items()}
            return (await browser.request(method, path, headers=said)).status_code

    return run_async(request)


def socket_events(app, headers, origin=b"http://127.0.0.1:8501"):
    """What a websocket gets as its first answer."""
    sent = []
    headers = [*headers, *([(b"origin", origin)] if origin else [])]

    async def talk():
        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message["type"])

        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "query_string": b"",
                 "client": ("127.0.0.1", 5), "subprotocols": [], "scheme": "ws", "root_path": ""}  # fmt: skip
        await app(scope, receive, send)

    run_async(talk)
    return sent[0]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "localhost", "[::1]:8501", "lagebild.example", "LAGEBILD.example:443"]
)
def test_known_names_are_answered(host):
    assert status(application(), host=host) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "lagebild.example.evil.example", "evil.example:8501", "127.0.0.1@evil.example", "", "a b", "*",
     "lagebild.example/x", "xlagebild.example"],
)  # fmt: skip
def test_any_other_name_is_turned_away(host):
    assert status(application(), host=host) == 421


def test_a_websocket_under_another_name_is_closed_before_it_opens():
    assert socket_events(application(), [(b"host", b"evil.example")]) == "websocket.close"
    assert socket_events(application(), [(b"host", b"127.0.0.1:8501")]) == "websocket.accept"
    assert socket_events(application(), []) == "websocket.close"


@pytest.mark.parametrize(
    "origin", [b"null", b"https://evil.example", b"http://127.0.0.1:8501.evil.example", b"http://127.0.0.1"]
)
def test_a_websocket_that_no_page_of_ours_has_opened_is_closed(origin):
    assert socket_events(application(), [(b"host", b"127.0.0.1:8501")], origin) == "websocket.close"


def test_what_is_no_browser_says_nothing_of_an_origin():
    assert socket_events(application(), [(b"host", b"127.0.0.1:8501")], None) == "websocket.accept"


def test_two_host_headers_are_none():
    assert socket_events(application(), [(b"host", b"127.0.0.1"), (b"host", b"evil.example")]) == "websocket.close"


@pytest.mark.parametrize(
    "header", ["forwarded", "via", "x_forwarded_for", "x_forwarded_proto", "x_forwarded_host", "x_real_ip"]
)
def test_a_demonstration_is_not_shown_through_a_proxy(header):
    assert status(application(demonstration=True), **{header: "203.0.113.7"}) == 403
    assert status(application(), **{header: "203.0.113.7"}) == 200
    assert socket_events(
        application(demonstration=True),
        [(b"host", b"127.0.0.1"), (header.replace("_", "-").encode(), b"203.0.113.7")],
    ) == "websocket.close"  # fmt: skip


def test_a_demonstration_is_not_shown_to_another_machine():
    assert status(application(demonstration=True), client=("192.0.2.8", 5)) == 403
    assert status(application(demonstration=True), client=("::1", 5)) == 200


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/_stcore/agent"]
)
def test_the_machinery_is_not_public(path):
    assert status(application(), path) == 404


@pytest.mark.parametrize("path", ["/_stcore/metrics%0A", "/_stcore/script-health-check%0a", "/x%00", "/a%0D%0Ab"])
def test_an_address_with_signs_that_nobody_sees_is_none(path):
    """The routes of Starlette end before a line feed, so „metrics“ with one behind it is „metrics“ to them."""
    assert status(application(), path) == httpx.codes.NOT_FOUND


def test_files_are_taken_only_from_windows_whose_role_may_upload():
    app = application(uploaders={"fenster-1"})
    for method in ("PUT", "DELETE"):
        assert status(app, "/_stcore/upload_file/fenster-1/a", method=method) == 200
        assert status(app, "/_stcore/upload_file/fenster-2/a", method=method) == 403

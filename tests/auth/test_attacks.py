"""What a hostile client may try against the real server, each with what comes of it."""

import re
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.support.window import Browser

pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is missing: make test installs it")

PAYLOADS = [
    "' or 1=1 --", "'; drop table uploads; --", '"; attach \'/etc/passwd\' as x; --', "../../../etc/passwd",
    "..%2f..%2fetc", "<script>alert(1)</script>", "![x](https://evil.example/x.png)", "[x](javascript:alert(1))",
    "${7*7}", "{{7*7}}", "\x00", "\u202e", "=cmd|'/c calc'!A1", "A" * 20_000, "%00", "1e999", "-1", "NaN",
]  # fmt: skip
WRITTEN_HTML = re.compile(r"""["'][^"'\n]*<[a-z]+[ >/]""")
"""A tag inside a text of the source."""


@pytest.fixture
def reader(site, provider):
    provider.set_person("rita", "rathaus")
    with Browser(site.address) as opened:
        site.sign_in(opened, "rita")
        yield opened


def drawn(window):
    """Every text that the browser would show, as it was sent."""
    return b"".join(one.SerializeToString() for one in window.received).decode("utf-8", "ignore")


def ends(wire):
    """Whether the server closes a connection, whatever it sends before."""
    try:
        while True:
            wire.recv(timeout=20)
    except ConnectionClosed:
        return True
    except TimeoutError:
        return False


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_parameter_is_run_or_shown_unescaped(reader, payload):
    query = str(httpx.QueryParams({"gebiet": payload, "zeitraum": payload, "fremd": payload, "ansicht": payload}))
    with reader.window("kennzahl-gewalt-faelle", query) as window:
        said = drawn(window.run())
        assert "gibt es unter" in said or "Das hat nicht geklappt" in said
        assert "](https://evil" not in said
        assert "](javascript:" not in said
        assert "root:" not in said
        assert "Traceback" not in said


@pytest.mark.parametrize("payload", ["0", "Atlantis", "' or 1=1", "", "\x00", "A" * 5000])
@pytest.mark.parametrize("label", ["Gebiet", "Zeitraum"])
def test_forged_choices_are_refused_with_a_sentence_or_left_out(reader, label, payload):
    with reader.window("kennzahl-gewalt-faelle") as window:
        box = next(one for one in window.run().elements("selectbox") if one.label == label)
        said = drawn(window.run(WidgetState(id=box.id, string_value=payload)))
        assert "Traceback" not in said
        assert 'File "' not in said


@pytest.mark.parametrize(
    "path",
    ["/../etc/passwd", "/..%2f..%2fetc/passwd", "/static/../../app.py", "/static/%2e%2e/%2e%2e/app.py",
     "/media/../app.py", "/app/static/../app.py", "/.streamlit/config.toml", "/data/stuttgart/roles.toml",
     "/component/x/../../app.py"],
)  # fmt: skip
def test_no_file_of_the_server_can_be_had(site, path):
    parts = urlsplit(site.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b"")).decode("utf-8", "ignore")
    assert answer.split()[1] in ("400", "403", "404")
    for secret in ("root:", "import streamlit", "[server]", "[[role]]"):
        assert secret not in answer


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "lagebild.example"])
def test_a_foreign_host_header_gets_nothing(site, host):
    answer = httpx.get(site.address, headers={"Host": host})
    assert answer.status_code == 421
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_websocket_from_another_site_is_refused(site):
    parts = urlsplit(site.address)
    for origin in ("https://evil.example", "null", f"https://{parts.netloc}.evil.example"):
        with pytest.raises(InvalidStatus), connect(f"ws://{parts.netloc}/_stcore/stream", origin=origin) as wire:
            wire.recv(timeout=5)


@pytest.mark.parametrize(
    "content", [b"\x00" * 2_000_000, b"kein Protobuf \xff", "Text"], ids=["large", "broken", "text"]
)
def test_a_message_that_is_too_large_or_none_ends_only_its_own_connection(site, reader, content):
    with reader.window() as window:
        window.run()
        window.socket.send(content)
        assert ends(window.socket)
    assert httpx.get(f"{site.address}/api/bereit").status_code == httpx.codes.OK


def test_a_client_that_never_finishes_its_request_keeps_nobody_waiting(site):
    parts = urlsplit(site.address)
    lame = [socket.create_connection((parts.hostname, parts.port)) for _ in range(50)]
    try:
        for wire in lame:
            wire.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert httpx.get(f"{site.address}/api/bereit").status_code == httpx.codes.OK
    finally:
        for wire in lame:
            with suppress(OSError):
                wire.close()


def test_messages_that_only_developers_need_do_nothing(site, reader):
    with reader.window() as window:
        window.run()
        for name in ("debug_shutdown_runtime", "debug_disconnect_websocket", "set_run_on_save", "clear_cache"):
            message = BackMsg()
            setattr(message, name, True)
            window.socket.send(message.SerializeToString())
        assert "Sie sehen: Öffentlichkeit" in window.run().text()
    assert httpx.get(f"{site.address}/api/bereit").status_code == httpx.codes.OK


@pytest.mark.parametrize(
    "path",
    ["_stcore/metrics", "_stcore/metrics%0A", "_stcore/script-health-check", "_stcore/agent/openapi.json",
     "_stcore/agent/interact", "_stcore/agent%0A"],
)  # fmt: skip
def test_the_machinery_says_nothing(site, path):
    assert httpx.get(f"{site.address}/{path}").status_code == httpx.codes.NOT_FOUND


@pytest.mark.parametrize(
    "path", ["", "kennzahl-gewalt-faelle", "geheim", "_stcore/metrics", "_stcore/health", "api/bereit"]
)
def test_no_answer_says_what_serves_it(site, path):
    answer = httpx.get(f"{site.address}/{path}")
    said = f"{answer.headers} {answer.text if answer.is_error else ''}".lower()
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers
    assert "uvicorn" not in said
    assert "starlette" not in said


def test_neither_a_refused_websocket_nor_a_broken_request_says_what_serves_it(site):
    parts = urlsplit(site.address)
    with pytest.raises(InvalidStatus) as refused, connect(f"ws://{parts.netloc}/_stcore/stream", origin="null"):
        pass
    assert "server" not in refused.value.response.headers
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as wire:
        wire.sendall(b"KEIN HTTP\r\n\r\n")
        assert b"uvicorn" not in b"".join(iter(lambda: wire.recv(65536), b"")).lower()


ROUTES = [
    "", "bezirk", "unbekannt", "unbekannt.js", "a/b/c", "%0A", "favicon.png", "robots.txt", "static/unbekannt.js",
    "media/unbekannt", "media/unbekannt.csv", "component/x/y.html", "_stcore/bidi-components/x/y.js", "_stcore/health",
    "_stcore/host-config", "_stcore/metrics", "_stcore/stream", "_stcore/upload_file/x/y", "app/static/x",
    "api/bereit", "api/unbekannt", "auth/login", "auth/logout", "oauth2callback", "oauth2callback?error=x",
]  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_every_answer_carries_the_headers_whatever_is_asked_for(site, method):
    """The document, its scripts, files, uploads, the sign-in, refusals, what does not exist, what is not allowed."""
    document = httpx.get(site.address).text
    scripts = re.findall(r'(?:src|href)="\.?/(static/[^"]+)"', document)
    assert scripts
    for path in [*ROUTES, *scripts[:3]]:
        answer = httpx.request(method, f"{site.address}/{path}")
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, path
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe-eval" not in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0], path
        for name in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
            assert answer.headers[name], (path, name)


def test_no_other_site_is_trusted_with_messages_to_the_page(site):
    """Streamlit would take them from every page of its own cloud, where anybody may put one."""
    assert httpx.get(f"{site.address}/_stcore/host-config").json()["allowedOrigins"] == []


@pytest.mark.parametrize("size", ["100000000000", "-1", "x"])
def test_an_upload_that_says_it_is_endless_is_not_waited_for(site, reader, size):
    parts = urlsplit(site.address)
    with reader.window() as window, socket.create_connection((parts.hostname, parts.port), timeout=20) as wire:
        window.run()
        head = f"PUT /_stcore/upload_file/{window.session_id}/1 HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        wire.sendall(f"{head}Content-Length: {size}\r\nConnection: close\r\n\r\n".encode())
        assert wire.recv(65536).split()[1] in (b"400", b"403")


def test_a_file_name_from_a_client_is_never_a_path(site, provider):
    provider.set_person("ana", "analyse")
    with Browser(site.address) as analyst:
        site.sign_in(analyst, "ana")
        with site.window(analyst) as window:
            for name in ("..%2f..%2fx", "../../x", "a/b"):
                answer = analyst.client.put(
                    f"/_stcore/upload_file/{window.session_id}/{name}",
                    files={"file": ("../../../tmp/x.csv", b"a")},
                    headers={"X-Xsrftoken": analyst.client.cookies["_streamlit_xsrf"]},
                )
                assert answer.status_code in (400, 403, 404, 405)


def test_an_upload_without_the_token_against_forgery_is_refused(site, provider):
    provider.set_person("ana", "analyse")
    with Browser(site.address) as analyst:
        site.sign_in(analyst, "ana")
        with site.window(analyst) as window:
            answer = analyst.client.put(f"/_stcore/upload_file/{window.session_id}/1", files={"file": ("a.csv", b"a")})
            assert answer.status_code == httpx.codes.FORBIDDEN


def test_the_search_for_written_html_finds_it():
    assert WRITTEN_HTML.search("""st.html(f'<b>{title}</b>')""")
    assert not WRITTEN_HTML.search("if left < right and SubElement(line, 'td') > 0:")


def test_no_page_allows_html_of_its_own():
    pages = Path(__file__).parents[2] / "pages"
    sources = {file: file.read_text(encoding="utf-8") for file in pages.rglob("*.py")}
    assert not [file for file, text in sources.items() if "unsafe_allow" in text or "components.v1" in text]
    written = [file.name for file, text in sources.items() if WRITTEN_HTML.search(text)]
    assert written == []  # tables and pictures are built by the library of trees, which escapes what is put in

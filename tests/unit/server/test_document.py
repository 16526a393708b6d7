"""The document that every page starts from: German, and served only under addresses that are pages."""

import base64
import hashlib

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from server.document import GermanDocument, UnknownDocument, _replace_once, german_document, inline_script_hashes
from tests.support.asgi import ask

ENGLISH = "<html lang='en'>" + "Streamlit " * 500


async def english(_):
    return HTMLResponse(ENGLISH, headers={"ETag": '"old"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"})


async def plain(_):
    return PlainTextResponse("ok")


@pytest.fixture
def application():
    return Starlette(
        routes=[
            Route("/_stcore/health", plain),
            Route("/media/eigene.html", english),
            Route("/{path:path}", english),
        ],
        middleware=[
            Middleware(GermanDocument, document=b"<html lang='de'>", is_page=lambda name: name in {"", "bezirk"}),
            Middleware(GZipMiddleware, minimum_size=100),
        ],
    )


def test_the_document_of_the_installed_streamlit_becomes_german():
    text = german_document().decode()
    assert text.count('<html lang="de">') == 1
    assert "<title>Lagebild der Sicherheitspartnerschaft</title>" in text
    assert "braucht JavaScript" in text
    for english_word in ("You need to enable", "<title>Streamlit", "service-desc"):
        assert english_word not in text


def test_a_document_of_an_unknown_shape_stops_the_start_instead_of_staying_english():
    with pytest.raises(UnknownDocument, match=r"index\.html"):
        _replace_once('<html lang="en">', "", "<html lang='fr'>")


def test_the_hash_is_that_of_the_scripts_own_text():
    digest = base64.b64encode(hashlib.sha256(b"\n  let a = 1\n").digest()).decode()
    document = b"<script src='x.js'></script><script>\n  let a = 1\n</script>"
    assert inline_script_hashes(document) == (f"'sha256-{digest}'",)


@pytest.mark.parametrize("address", ["/", "/bezirk", "/bezirk?gebiet=Mitte"])
def test_a_page_gets_the_german_document_whatever_was_compressed_or_cached(application, address):
    answer = ask(application, address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.text == "<html lang='de'>"
    assert int(answer.headers["content-length"]) == len("<html lang='de'>")
    assert not {"etag", "last-modified", "content-encoding"} & set(answer.headers)


@pytest.mark.parametrize(
    "address", ["/geheim", "/bezirk/geheim", "/index.html", "/_stcore/unbekannt", "/static/fehlt.js"]
)
def test_an_address_that_is_no_page_is_a_german_404(application, address):
    answer = ask(application, address)
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert "Streamlit" not in answer.text


def test_a_head_request_gets_the_length_and_no_body(application):
    answer = ask(application, "/bezirk", method="HEAD")
    assert answer.headers["content-length"] == str(len("<html lang='de'>"))
    assert answer.content == b""


def test_other_answers_and_files_pass_unchanged(application):
    assert ask(application, "/_stcore/health").text == "ok"
    assert ask(application, "/media/eigene.html").text == ENGLISH

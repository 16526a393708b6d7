"""The one HTML document that Streamlit's frontend starts from, made German.

Streamlit hard-codes ``lang="en"``, so screen readers would read German with English sounds (WCAG 3.1.1), and its title
and its hint for browsers without JavaScript are English. The document is prepared once, when the server starts.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE = "Lagebild der Sicherheitspartnerschaft"
WITHOUT_SCRIPT = "<p>Diese Seite braucht JavaScript. Bitte schalten Sie es für diese Adresse ein.</p>"
OWN_HTML = ("/media/", "/component/", "/app/static/")
"""Paths below which files of their own lie; HTML among them passes unchanged."""

REFUSED = """<!doctype html>
<html lang="de">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Diese Seite gibt es nicht – {title}</title></head>
<body><main><h1>Diese Seite gibt es nicht</h1>
<p>Der Link ist veraltet oder enthält einen Tippfehler. <a href="/">Zum Überblick</a></p></main></body>
</html>
"""


class UnknownDocument(RuntimeError):
    """The installed Streamlit ships a document that is not built as expected."""


def german_document() -> bytes:
    """Streamlit's own document with a German language, title and hint.

    Raises
    ------
    UnknownDocument : a release of Streamlit changed the document, so that one of the places is not there
    """
    text = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    text = _replace_once(r'<html lang="en">', '<html lang="de">', text)
    text = _replace_once(r"<title>.*?</title>", f"<title>{escape(TITLE)}</title>", text)
    text = _replace_once(r"<noscript>.*?</noscript>", f"<noscript>{WITHOUT_SCRIPT}</noscript>", text)
    text = _replace_once(r'<link rel="service-desc"[^>]*>', "", text)  # the agent API is off
    return text.encode()


def inline_script_hashes(document: bytes) -> tuple[str, ...]:
    """The CSP source of every script that stands in the document itself, so that no other inline script runs."""
    scripts = re.findall(rb"<script>(.*?)</script>", document, flags=re.DOTALL)
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts)


def _replace_once(pattern: str, replacement: str, text: str) -> str:
    changed, count = re.subn(pattern, lambda _: replacement, text, count=1, flags=re.DOTALL)
    if count != 1:
        raise UnknownDocument(f"Streamlit {streamlit.__version__}: no {pattern} in its index.html")
    return changed


class GermanDocument:
    """ASGI middleware: every page address answers with the German document, every other with a plain 404.

    Parameters
    ----------
    document : what to serve
    is_page : whether a path, without the leading slash, is a page of the product
    """

    def __init__(self, app: ASGIApp, document: bytes, is_page: Callable[[str], bool]) -> None:
        self.app = app
        self.document = document
        self.is_page = is_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(OWN_HTML):
            await self.app(scope, receive, send)
            return
        name = scope["path"].lstrip("/")
        replaced: bytes | None = None

        async def send_german(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                if headers.get("content-type", "").startswith("text/html"):
                    known = self.is_page(name)
                    replaced = self.document if known else REFUSED.format(title=TITLE).encode()
                    message["status"] = 200 if known else 404
                    for stale in ("accept-ranges", "content-encoding", "content-range", "etag", "last-modified"):
                        del headers[stale]
                    headers["content-length"] = str(len(replaced))
                    headers["cache-control"] = "no-cache"
                message["headers"] = headers.raw
            elif replaced is not None:
                if message.get("more_body"):
                    return
                message["body"] = b"" if scope["method"] == "HEAD" else replaced
            await send(message)

        await self.app(scope, receive, send_german)

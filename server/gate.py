"""Who may knock at all: known hosts, no way round by proxy, nothing of the machinery, no upload without the role."""

import re
from collections.abc import Callable, Collection

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sipa_data.hosts import is_loopback

HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?P<port>:\d{1,5})?")
SAYS_PROXY = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"})
"""Headers that only a proxy sets: whoever sends them does not sit at this machine."""
HIDDEN = frozenset({"/_stcore/metrics", "/_stcore/script-health-check"})
HIDDEN_BELOW = "/_stcore/agent"
UPLOADS = re.compile(r"/_stcore/upload_file/(?P<window>[^/]+)/[^/]+")
PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{sentence}</p></main></body></html>
"""
POLICY_VIOLATION = 1008


class Gate:
    """ASGI middleware that turns requests away before anything looks at them.

    Parameters
    ----------
    hosts : names under which the server answers
    is_demonstration : whether nobody signs in; then only this machine itself may ask
    may_upload : whether a window may send files
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        is_demonstration: Callable[[], bool],
        may_upload: Callable[[str], bool],
    ) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.is_demonstration = is_demonstration
        self.may_upload = may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope) or (_foreign_page(scope) if scope["type"] == "websocket" else None)
        if refusal is None and scope["type"] == "http":
            refusal = await self._no_upload(scope)
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await refusal(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._is_known(headers):
            return _page(421, "Falsche Adresse", "Unter diesem Namen gibt es hier nichts.")
        if self.is_demonstration() and not _sits_here(scope, headers):
            return _page(
                403,
                "Nur auf diesem Rechner",
                "Es ist keine Anmeldung eingerichtet. Im Vorführmodus antwortet der Server nur Browsern auf demselben "
                "Rechner, nicht über einen Proxy.",
            )
        path = scope["path"]
        if not path.isprintable() or path in HIDDEN or path.startswith(HIDDEN_BELOW):  # a route also takes „name\n“
            return _page(404, "Diese Seite gibt es nicht", "Hier ist nichts.")
        return None

    async def _no_upload(self, scope: Scope) -> Response | None:
        """Asked in a thread: it may have to ask the provider."""
        found = UPLOADS.fullmatch(scope["path"])
        if found and scope["method"] != "OPTIONS" and not await run_in_threadpool(self.may_upload, found["window"]):
            return _page(403, "Dafür fehlt die Berechtigung", "Mit dieser Rolle lassen sich keine Dateien hochladen.")
        return None

    def _is_known(self, headers: Headers) -> bool:
        said = headers.getlist("host")
        found = HOST.fullmatch(said[0]) if len(said) == 1 else None
        return found is not None and found["name"].lower().rstrip(".") in self.hosts


def _foreign_page(scope: Scope) -> Response | None:
    """A websocket may only come from a page of ours. Streamlit itself also takes pages without an origin („null“).

    What is no browser says nothing of an origin; it gets no further than somebody who is not signed in, because
    Streamlit reads the identity cookie only where an origin is said.
    """
    headers = Headers(scope=scope)
    if headers.get("origin") in (None, f"http://{headers['host']}", f"https://{headers['host']}"):
        return None
    return _page(403, "Dafür fehlt die Berechtigung", "Diese Verbindung kommt von einer fremden Seite.")


def _sits_here(scope: Scope, headers: Headers) -> bool:
    client = scope.get("client")
    return (client is None or is_loopback(client[0])) and not SAYS_PROXY & set(headers.keys())


def _page(status: int, title: str, sentence: str) -> HTMLResponse:
    return HTMLResponse(PAGE.format(title=title, sentence=sentence), status_code=status)

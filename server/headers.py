"""Security headers on every answer of the server, whatever route it comes from."""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers older than frame-ancestors
    "Referrer-Policy": "same-origin",  # links carry the district and period; other sites need not know
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), "
        "midi=(), payment=(), serial=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}
"""Where TLS ends at a proxy: browsers never come without it again. Whether subdomains follow is the city's decision."""
NOBODY = "'none'"
NO_BANNER = ("server", "x-powered-by")
TAKEN_AWAY = "/media/"
"""Path below which files lie that somebody has taken away: no proxy and no browser keeps a copy."""
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:]+\](:\d{1,5})?")


def content_security_policy(script_hashes: Sequence[str], host: str | None, embedders: Sequence[str] = ()) -> str:
    """What a page may load: this server only, no inline script but Streamlit's own, no frame around it.

    Parameters
    ----------
    script_hashes : CSP sources of the document's own inline scripts
    host : of the request; older browsers do not count the WebSocket of the same host as 'self'. A host that is not
        written like one is left out.
    embedders : origins that may put public views into a frame. Sign-in cookies are not sent into a frame of another
        site (SameSite), so nobody is signed in there.

    Styles are inline because Streamlit writes them so (emotion); ``blob:`` and ``data:`` are pictures and workers
    that the page makes itself.
    """
    sockets = f" ws://{host} wss://{host}" if host and HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *script_hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {' '.join(embedders) or NOBODY}",
        )
    )


class SecurityHeaders:
    """ASGI middleware that sets the headers on every HTTP answer, errors and unknown addresses included.

    Parameters
    ----------
    script_hashes : CSP sources of the document's own inline scripts
    embedders : origins that may put public views into a frame
    is_encrypted : whether people come over TLS
    """

    def __init__(
        self,
        app: ASGIApp,
        script_hashes: Sequence[str],
        embedders: Sequence[str] = (),
        *,
        is_encrypted: bool = False,
    ) -> None:
        self.app = app
        self.script_hashes = tuple(script_hashes)
        self.embedders = tuple(embedders)
        self.always = {**ALWAYS, **(ENCRYPTED if is_encrypted else {})}
        if embedders:
            del self.always["X-Frame-Options"]  # it knows no list; frame-ancestors stands in for it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = content_security_policy(self.script_hashes, Headers(scope=scope).get("host"), self.embedders)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                for unwanted in (*NO_BANNER, "X-Frame-Options"):
                    del headers[unwanted]
                for name, value in self.always.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = policy
                if scope["path"].startswith(TAKEN_AWAY):
                    headers["Cache-Control"] = "no-store"
                message["headers"] = headers.raw
            await send(message)

        await self.app(scope, receive, send_with_headers)

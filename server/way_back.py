"""After the sign-in back to the page whose link was followed; Streamlit itself always returns to the first one."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "sipa_ziel"
LONGEST = 1000
SECONDS = 600


class WayBack:
    """ASGI middleware: notes the page on the way to the provider and goes there on the way back.

    Parameters
    ----------
    is_page : whether a path, without the leading slash, is a page of the product; nothing else is ever gone to
    """

    def __init__(self, app: ASGIApp, is_page: Callable[[str], bool]) -> None:
        self.app = app
        self.is_page = is_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in ("/auth/login", "/oauth2callback"):
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        leaving = scope["path"] == "/auth/login"
        target = self._target(sent.get("referer", "")) if leaving else self._noted(sent.get("cookie", ""))

        async def send_with_target(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                if leaving and target:
                    headers.append("set-cookie", _cookie(target, SECONDS))
                elif not leaving and headers.get("location") == "/":
                    headers.append("set-cookie", _cookie("", 0))
                    if target:
                        headers["location"] = target
                message["headers"] = headers.raw
            await send(message)

        await self.app(scope, receive, send_with_target)

    def _target(self, address: str) -> str | None:
        """Path and question of a page of ours; whatever else stands in an address is left out."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        name = parts.path.lstrip("/")
        if len(address) > LONGEST or not (name or parts.query) or not self.is_page(name):
            return None
        target = f"/{name}" + (f"?{parts.query}" if parts.query else "")
        return target if target.isascii() and target.isprintable() and not set(target) & set(' ";,\\') else None

    def _noted(self, cookies: str) -> str | None:
        found = SimpleCookie(cookies).get(COOKIE) if COOKIE in cookies else None
        return None if found is None else self._target(found.value)


def _cookie(value: str, seconds: int) -> str:
    return f'{COOKIE}="{value}"; Path=/oauth2callback; Max-Age={seconds}; HttpOnly; SameSite=Lax'

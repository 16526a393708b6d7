"""Cookies of the sign-in: only over TLS where there is TLS, and no longer than a session may last."""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sipa_data.access.session import LONGEST

OURS = re.compile(r"_streamlit\w*=")
MAX_AGE = re.compile(r"(?i)max-age=(\d+)")


class StrictCookies:
    """ASGI middleware. Streamlit keeps its identity cookie for thirty days and never marks it ``Secure``.

    Parameters
    ----------
    only_encrypted : whether the public address is https
    """

    def __init__(self, app: ASGIApp, *, only_encrypted: bool) -> None:
        self.app = app
        self.only_encrypted = only_encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                cookies = headers.getlist("set-cookie")
                del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", self._strict(cookie))
                message["headers"] = headers.raw
            await send(message)

        await self.app(scope, receive, send_strict)

    def _strict(self, cookie: str) -> str:
        if OURS.match(cookie):
            cookie = MAX_AGE.sub(_at_most_a_session, cookie)
        if self.only_encrypted and "secure" not in {part.strip().lower() for part in cookie.split(";")}:
            cookie += "; Secure"
        return cookie


def _at_most_a_session(found: re.Match[str]) -> str:
    return f"Max-Age={min(int(found[1]), int(LONGEST.total_seconds()))}"

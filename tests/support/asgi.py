"""Ask an ASGI application without a server."""

import anyio
import httpx
from starlette.types import ASGIApp


def ask(
    application: ASGIApp, address: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> httpx.Response:
    """The answer of the application; a fault in it is an answer too, as it is for a browser."""

    async def request() -> httpx.Response:
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501") as client:
            return await client.request(method, address, headers=headers)

    return anyio.run(request)

"""Ask an ASGI application without a server."""

from concurrent.futures import ThreadPoolExecutor

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

    # In a thread of its own: where a browser runs in this process, its thread has an event loop already.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(anyio.run, request).result()

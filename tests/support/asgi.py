"""Ask an ASGI application without a server."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio
import httpx
from starlette.types import ASGIApp

T = TypeVar("T")


def ask(
    application: ASGIApp, address: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> httpx.Response:
    """The answer of the application; a fault in it is an answer too, as it is for a browser."""

    async def request() -> httpx.Response:
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501") as client:
            return await client.request(method, address, headers=headers)

    return run_async(request)


def run_async(work: Callable[..., Awaitable[T]], *arguments: object) -> T:
    """Run an async function to its end in a thread of its own: Playwright keeps a loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, work, *arguments).result()

"""``/api/bereit``: whether numbers can be had, and from which snapshot. For monitors and load balancers."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.parts.opened import opened_house

LOG = logging.getLogger("sipa")


async def ready(_: Request) -> JSONResponse:
    """200 with the snapshot that a query has just been answered from, else 503."""
    try:
        snapshot = await run_in_threadpool(answering_snapshot)
    except Exception:
        LOG.exception("not ready")
        return JSONResponse({"bereit": False}, status_code=503, headers={"Cache-Control": "no-store"})
    return JSONResponse({"bereit": True, "datenstand": snapshot}, headers={"Cache-Control": "no-store"})


def answering_snapshot() -> int:
    """The snapshot that numbers come from, after its mart has answered a query."""
    mart = opened_house().mart
    mart.rows("uploads")
    return mart.snapshot.id


ROUTES = (Route("/api/bereit", ready, methods=["GET"]),)

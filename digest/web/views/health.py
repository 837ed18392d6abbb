"""Whether the application can do its work, for whoever watches it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from digest.errors import StoreError
from digest.store import archive
from digest.web.site import ThisVisit

router = APIRouter()


@router.get("/health")
def health(visit: ThisVisit) -> JSONResponse:
    """200 and what is there, or 503 and why the store cannot be read."""
    try:
        with visit.store.read() as tx:
            content = {"status": "ok", **archive.counts(tx)}
        code = 200
    except StoreError as error:
        content = {"status": "unavailable", "detail": str(error)}
        code = 503
    return JSONResponse(content, code, headers={"Cache-Control": "no-store"})

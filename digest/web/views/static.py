"""Style sheet and icon; their addresses change with their content, so browsers keep them for good."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from digest.web.failures import not_found
from digest.web.site import ThisVisit

router = APIRouter()


@router.get("/static/{name}")
def static(name: str, visit: ThisVisit) -> Response:
    """A file of the application by its hashed name."""
    asset = visit.site.assets.files.get(name)
    if asset is None:
        raise not_found()
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(asset.content, media_type=asset.media_type, headers=headers)

"""The published feeds over HTTP, with what feed readers need to ask again cheaply."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from digest.store import profiles
from digest.web.conditional import is_current
from digest.web.failures import not_found
from digest.web.feed_files import MEDIA_TYPES
from digest.web.offered import ALL
from digest.web.site import ThisVisit, Visit

router = APIRouter()


@router.get("/feeds/{file}")
def feed(file: str, visit: ThisVisit) -> Response:
    """A public profile's feed or that of all articles; 304 where the reader's copy is current."""
    name, _, form = file.rpartition(".")
    if form not in MEDIA_TYPES:
        raise not_found()
    _must_be_offered(visit, name)
    published = visit.site.feeds.get(name, form)
    if published is None:
        raise not_found()
    headers = {
        "ETag": published.etag,
        "Last-Modified": published.last_modified,
        "Cache-Control": "public, max-age=60",
    }
    if is_current(visit.request.headers, published.etag, published.modified):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(published.content, media_type=MEDIA_TYPES[form], headers=headers)


def _must_be_offered(visit: Visit, name: str) -> None:
    """Only names that the store knows go on to the file system."""
    if name == ALL:
        return
    with visit.store.read() as tx:
        profile = profiles.profile_named(tx, name)
        retired = profile is None and profiles.retired_in_public(tx, name)
    if retired:
        raise HTTPException(HTTPStatus.GONE)
    if profile is None or not profile.public:
        raise not_found()

"""A profile's own page: its keywords, its feeds and its clippings with their reasons."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from digest.pipeline.clippings import clippings_of
from digest.store import clips, profiles
from digest.web.failures import not_found
from digest.web.keywords import keyword_chips
from digest.web.offered import public_profile
from digest.web.pager import PageNumber, Pager
from digest.web.site import ThisVisit

router = APIRouter()

_AT_ONCE = 20


@router.get("/profiles/{name}")
def profile(name: str, visit: ThisVisit, page: PageNumber = 1) -> HTMLResponse:
    """A public profile; 410 when there was one of this name once."""
    with visit.store.read() as tx:
        found = public_profile(tx, name)
        if found is None:
            raise _gone() if profiles.retired_in_public(tx, name) else not_found()
        pager = Pager(page, clips.how_many(tx, found.id), _AT_ONCE)
        rows = clips.by_day(tx, found.id, _AT_ONCE, skip=pager.skip)
        shown = clippings_of(tx, found, rows)
    days = groupby(shown, key=lambda clipping: clipping.article.folio.date)
    return visit.show(
        "profile.html",
        profile=found,
        chips=keyword_chips(found.keywords),
        days=[(day, [(clipping,) for clipping in clippings]) for day, clippings in days],
        pager=pager,
        feeds=[(found.name, found.title)],
    )


def _gone() -> HTTPException:
    return HTTPException(HTTPStatus.GONE)

"""The front page: the newest clippings of all public profiles."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from digest.store import archive, pages
from digest.web.offered import ALL, newest_clippings, offers
from digest.web.site import ThisVisit

router = APIRouter()

_NEWEST = 24


@router.get("/")
def home(visit: ThisVisit) -> HTMLResponse:
    """Newest clippings, front pages first; profiles; the inbox in a line."""
    with visit.store.read() as tx:
        offered = offers(tx)
        newest = newest_clippings(tx, [offer.profile for offer in offered], _NEWEST)
        counts = archive.counts(tx)
        last_checked = pages.last_checked(tx)
    days = groupby(newest, key=lambda clippings: clippings[0].article.folio.date)
    return visit.show(
        "home.html",
        days=[(day, list(stories)) for day, stories in days],
        offers=offered,
        feeds=[(ALL, None), *((offer.profile.name, offer.profile.title) for offer in offered)],
        counts=counts,
        last_checked=last_checked,
    )

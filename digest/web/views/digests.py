"""The archive of digests, each as it was sent but without anybody's own links."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from digest.pipeline.digest_feed import DIGESTS
from digest.store import digests
from digest.store.digests import DigestRow
from digest.web.failures import not_found
from digest.web.offered import ALL
from digest.web.pager import PageNumber, Pager
from digest.web.site import ThisVisit

router = APIRouter()

_AT_ONCE = 30

_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]

_LINK_OUT = re.compile(r'<a\b(?=[^>]*\shref="https?:)')

MAIL_HEADERS = {
    # The mail has its styles in its elements. It may do nothing but be looked at, within our own pages.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation",
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "private, no-cache",
}


@router.get("/digests")
def listed(visit: ThisVisit, page: PageNumber = 1) -> HTMLResponse:
    """All digests that were composed, the last first."""
    with visit.store.read() as tx:
        pager = Pager(page, digests.how_many_composed(tx), _AT_ONCE)
        shown = digests.listed(tx, _AT_ONCE, skip=pager.skip, composed=True)
    feeds = [(DIGESTS, visit.words("digests")), (ALL, None)]
    return visit.show("digests.html", digests=shown, pager=pager, feeds=feeds)


@router.get("/digests/{number}")
def digest(number: _Number, visit: ThisVisit) -> HTMLResponse:
    """A digest in its frame."""
    with visit.store.read() as tx:
        found = _public(tx, number)
    return visit.show("digest.html", digest=found)


@router.get("/digests/{number}/mail")
def mail(number: _Number, visit: ThisVisit) -> HTMLResponse:
    """The mail's own HTML, for the frame."""
    with visit.store.read() as tx:
        found = _public(tx, number)
    return HTMLResponse(framed(found.html or "", found.links or ""), headers=MAIL_HEADERS)


def _public(tx: Connection, number: int) -> DigestRow:
    """The digest of this number, unless it holds clips of a profile that is not public."""
    found = digests.digest_numbered(tx, number)
    if found is None or found.html is None or digests.is_private(tx, found.id):
        raise not_found()
    return found


def framed(html: str, links: str) -> str:
    """A mail without the recipient's `links`; those that lead out of it do so out of the frame."""
    if links:
        html = html.replace(links, "")
    return _LINK_OUT.sub('<a target="_top"', html)

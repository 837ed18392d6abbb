"""The state of inbox, digests and deliveries, in words people understand."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from digest.store import archive, bounces, deliveries, digests, pages
from digest.web.site import ThisVisit

router = APIRouter()

_FILES = 200
_DIGESTS = 14


@router.get("/status")
def status(visit: ThisVisit) -> HTMLResponse:
    """Files with their state and reason, the last digests composed and skipped, mail.

    Mail is told in numbers alone, as everybody may see them.
    """
    with visit.store.read() as tx:
        files = pages.recent_files(tx, _FILES)
        states = pages.file_states(tx)
        return visit.show(
            "status.html",
            files=files,
            states=states,
            unlisted=sum(states.values()) - len(files),
            counts=archive.counts(tx),
            last_checked=pages.last_checked(tx),
            digests=digests.listed(tx, _DIGESTS),
            deliveries=deliveries.tally(tx),
            returned=bounces.tally(tx),
        )

"""What concerns mail, for editors: the schedule, the next digest, subscribers and deliveries."""

from __future__ import annotations

from typing import Final

from fastapi.responses import HTMLResponse

from digest.pipeline.forecast import next_mail, upcoming
from digest.store import deliveries, readership
from digest.web.editing.guard import ThisEditor, editing_router
from digest.web.failures import not_found
from digest.web.pager import PageNumber, Pager
from digest.web.views.digests import MAIL_HEADERS, framed

router = editing_router()

_NEXT: Final = 14
_AT_ONCE: Final = 100


@router.get("/schedule")
def schedule(editor: ThisEditor) -> HTMLResponse:
    """The next digests, and the first of them as it would be now."""
    desk = editor.visit.desk
    has_next = next_mail(desk) is not None
    return editor.show("edit_schedule.html", coming=upcoming(desk, _NEXT), has_next=has_next)


@router.get("/schedule/next")
def following(editor: ThisEditor) -> HTMLResponse:
    """The next digest's HTML, for the frame."""
    html = next_mail(editor.visit.desk)
    if html is None:
        raise not_found()
    return HTMLResponse(framed(html, ""), headers={**MAIL_HEADERS, "Cache-Control": "private, no-store"})


@router.get("/subscribers")
def subscribers(editor: ThisEditor, page: PageNumber = 1) -> HTMLResponse:
    """How many there are in each state; their addresses for those who signed in."""
    with editor.visit.store.read() as tx:
        states = readership.states(tx)
        pager = Pager(page, sum(states.values()), _AT_ONCE)
        shown = readership.subscribers(tx, _AT_ONCE, skip=pager.skip) if editor.account else []
    return editor.show("edit_subscribers.html", states=states, subscribers=shown, pager=pager)


@router.get("/deliveries")
def sendings(editor: ThisEditor, state: str = "") -> HTMLResponse:
    """How many there are in each state, and the last ones; their addresses for those who signed in."""
    with editor.visit.store.read() as tx:
        states = deliveries.tally(tx)
        shown = readership.newest_deliveries(tx, _AT_ONCE, state if state in states else None)
    return editor.show("edit_deliveries.html", states=states, chosen=state, sendings=shown)

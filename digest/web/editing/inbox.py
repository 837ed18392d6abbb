"""The inbox for editors: every file with its state and reason, and another try for those in trouble."""

from __future__ import annotations

from fastapi.responses import HTMLResponse, RedirectResponse

from digest.store import pages
from digest.web.editing.guard import ThisEditor, editing_router
from digest.web.forms import SentForm

router = editing_router()

_SHOWN = 300


@router.get("")
def inbox(editor: ThisEditor) -> HTMLResponse:
    """Files in trouble first, then those checked last."""
    with editor.visit.store.read() as tx:
        files = pages.recent_files(tx, _SHOWN)
        states = pages.file_states(tx)
    return editor.show(
        "edit_inbox.html",
        files=files,
        states=states,
        unlisted=sum(states.values()) - len(files),
    )


@router.post("/retry")
def retry(editor: ThisEditor, sent: SentForm) -> RedirectResponse:
    """Has files in trouble read again with the next pass: the one that is named, or all."""
    path = sent.exact("path")
    with editor.visit.store.write() as tx:
        pages.ask_again(tx, (path,) if path else ())
    return editor.go("edit")

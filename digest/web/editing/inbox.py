"""The inbox for editors: every file with its state and reason, and another try for those in trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi.responses import HTMLResponse, RedirectResponse

from digest.store import pages
from digest.web.editing.guard import Editor, ThisEditor, editing_router
from digest.web.forms import SentForm

router = editing_router()

_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that an editor sent, and why it was refused if it was."""

    name: str
    refused: str = ""


@router.get("")
def inbox(editor: ThisEditor) -> HTMLResponse:
    """Files in trouble first, then those checked last."""
    return show_inbox(editor)


def show_inbox(editor: Editor, sent: Sequence[Sent] | None = None) -> HTMLResponse:
    """The page, after an upload with what became of it."""
    with editor.visit.store.read() as tx:
        files = pages.recent_files(tx, _SHOWN)
        states = pages.file_states(tx)
    return editor.show(
        "edit_inbox.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if any(each.refused for each in sent or ()) else HTTPStatus.OK,
        sent=sent,
        settings=editor.visit.config.inbox,
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

"""The people who may edit: an owner invites them, changes their roles and takes them off."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from fastapi.responses import HTMLResponse

from digest.errors import RequestError
from digest.pipeline import signing_in
from digest.store import accounts
from digest.web.editing.guard import Editor, ThisOwner, editing_router
from digest.web.forms import Form, SentForm

router = editing_router()


@router.get("/people")
def people(owner: ThisOwner) -> HTMLResponse:
    """Everybody with an account."""
    return _shown(owner)


@router.post("/people")
def change(owner: ThisOwner, sent: SentForm) -> HTMLResponse:
    """Does what the pressed button says; a link is shown this once."""
    try:
        return _shown(owner, token=_do(owner, sent), done="" if sent.has("invite") else "saved")
    except RequestError as error:
        return _shown(owner, error=error.reason)


def _do(owner: Editor, sent: Form) -> str:
    """The token of a new link; empty when there is none."""
    desk = owner.visit.desk
    role = "owner" if sent.one("role") == "owner" else "editor"
    if sent.has("invite"):
        return signing_in.invite(desk, role)
    account_id = _id(sent.one("account"))
    if sent.has("link"):
        return signing_in.invite_anew(desk, account_id)
    if sent.has("change"):
        signing_in.change_role(desk, account_id, role)
    if sent.has("remove"):
        if not sent.has("sure"):
            raise RequestError("unsure", "tick the box first")
        signing_in.remove(desk, account_id)
    return ""


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise RequestError("unknown", "there is no such account") from error


def _shown(owner: Editor, *, token: str = "", done: str = "", error: str = "") -> HTMLResponse:
    with owner.visit.store.read() as tx:
        found = accounts.listed(tx)
    link = f"{owner.visit.config.public_url}/join/{token}" if token else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return owner.show(
        "edit_people.html", status=status, people=found, link=link, done=done if not link else "", error=error
    )

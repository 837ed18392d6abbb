"""Signing in and out, and the one-time links by which accounts are made."""

from __future__ import annotations

import re
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from digest.errors import RequestError
from digest.pipeline import signing_in
from digest.pipeline.passwords import SHORTEST
from digest.store.secret_key import secret_key
from digest.web.editing.guard import (
    ThisEditor,
    from_here,
    go,
    guarded,
    in_house,
    is_secure,
    kept_session,
    unkept,
)
from digest.web.editing.session_cookie import drop_session, keep_session
from digest.web.forms import SentForm
from digest.web.site import ThisVisit, Visit

router = APIRouter(dependencies=[Depends(in_house), Depends(from_here)])

_STATUS = {"often": HTTPStatus.TOO_MANY_REQUESTS, "invitation": HTTPStatus.GONE}
_INSIDE = re.compile(r"edit(?:/[A-Za-z0-9_-]+){0,4}", re.ASCII)
"""Where signing in may lead: nothing of another site looks like that."""


def place_within(wanted: str) -> str:
    """The editors' page that was asked for, else their first one.

    >>> [place_within(each) for each in ("edit/profiles", "//evil.example", "edit/../..//evil.example")]
    ['edit/profiles', 'edit', 'edit']
    """
    return wanted if _INSIDE.fullmatch(wanted) else "edit"


@router.get("/sign-in")
def form(visit: ThisVisit, next: str = "") -> HTMLResponse:  # noqa: A002 - the name in the address
    """The form."""
    return _form(visit, place_within(next))


@router.post("/sign-in")
def sign_in(visit: ThisVisit, sent: SentForm, request: Request) -> Response:
    """A session of its own for each sign-in; the one before is ended."""
    name, place = sent.one("name"), place_within(sent.one("next"))
    network = request.client.host if request.client else ""
    try:
        token = signing_in.sign_in(visit.desk, name, sent.exact("password"), network)
    except RequestError as error:
        return _form(visit, place, name, error)
    return _let_in(visit, token, place)


@router.post("/sign-out", dependencies=[Depends(guarded)])
def sign_out(editor: ThisEditor, sent: SentForm) -> Response:
    """Ends the session, or all of the account."""
    signing_in.sign_out(editor.visit.desk, editor.session, everywhere=sent.has("everywhere"))
    response = go(editor.visit, "")
    drop_session(response, secure=is_secure(editor.visit))
    return response


@router.get("/join/{token}")
def invited(token: str, visit: ThisVisit) -> HTMLResponse:
    """What the link is good for; opening it uses nothing up."""
    return _join(visit, token)


@router.post("/join/{token}")
def join(token: str, visit: ThisVisit, sent: SentForm) -> Response:
    """Makes the account, or changes its password, and signs in."""
    name, password = sent.one("name"), sent.exact("password")
    try:
        session = signing_in.join(visit.desk, token, name, password, again=sent.exact("again"))
    except RequestError as error:
        return _join(visit, token, name, error)
    return _let_in(visit, session, "edit")


def _let_in(visit: Visit, token: str, place: str) -> Response:
    if before := kept_session(visit):
        signing_in.sign_out(visit.desk, before)
    response = go(visit, place)
    keep_session(response, token, secret_key(visit.desk.state), secure=is_secure(visit))
    return response


def _form(visit: Visit, place: str, name: str = "", error: RequestError | None = None) -> HTMLResponse:
    page = visit.show("sign_in.html", status=_status(error), place=place, name=name, error=_reason(error))
    return unkept(page)


def _join(visit: Visit, token: str, name: str = "", error: RequestError | None = None) -> HTMLResponse:
    try:
        _, fixed = signing_in.invited(visit.desk, token)
    except RequestError as refused:
        return unkept(visit.show("join_refused.html", status=_status(refused)))
    page = visit.show(
        "join.html",
        status=_status(error),
        token=token,
        name=fixed or name,
        fixed=bool(fixed),
        error=_reason(error),
        shortest=SHORTEST,
    )
    return unkept(page)


def _status(error: RequestError | None) -> int:
    return _STATUS.get(error.reason, HTTPStatus.UNPROCESSABLE_ENTITY) if error else HTTPStatus.OK


def _reason(error: RequestError | None) -> str:
    return error.reason if error else ""

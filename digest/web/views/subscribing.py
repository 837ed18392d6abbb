"""Subscribing by mail: the form, the answer to the question, a reader's own page, unsubscribing.

Only POST changes anything: programs that follow every link of a mail confirm and end nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import HTMLResponse, JSONResponse, Response

from digest.errors import RequestError
from digest.pipeline import subscribing
from digest.web.answers import POLICY
from digest.web.failures import not_found
from digest.web.forms import SentForm
from digest.web.offered import public_profiles
from digest.web.site import ThisVisit, Visit
from digest.web.wishes import WishForm, blank_form, filled_form, form_of_subscription, wish_of

router = APIRouter()

_STATUS = {"often": HTTPStatus.TOO_MANY_REQUESTS, "closed": HTTPStatus.FORBIDDEN}
_EMPTY = UUID(int=0)


@router.get("/subscribe")
def form(visit: ThisVisit, profile: str = "") -> HTMLResponse:
    """The form, with the profile ticked whose page the reader comes from."""
    blank = blank_form(visit.config, visit.language)
    return _form(visit, replace(blank, profiles=(profile,) if profile else ()))


@router.post("/subscribe")
def ask(visit: ThisVisit, sent: SentForm, request: Request) -> HTMLResponse:
    """Takes the wish down and mails the question; the answer does not tell whether the address is known."""
    filled = filled_form(sent, visit.config)
    network = request.client.host if request.client else ""
    wording = visit.words("subscribe_consent")
    try:
        subscribing.ask(visit.desk, filled.address, wish_of(filled), wording=wording, network=network)
    except RequestError as error:
        return _form(visit, filled, error)
    return visit.show("subscribe_asked.html", address=filled.address)


@router.get("/subscribe/{token}")
def question(token: str, visit: ThisVisit) -> HTMLResponse:
    """The button that confirms; opening the page does not."""
    try:
        found = subscribing.asked(visit.desk, token)
    except RequestError as error:
        return _told(visit, error)
    return visit.show("subscribe_confirm.html", subscription=found, error="")


@router.post("/subscribe/{token}")
def confirm(token: str, visit: ThisVisit, sent: SentForm) -> HTMLResponse:
    """Puts the subscription in force."""
    try:
        found = subscribing.confirm(visit.desk, token, again=sent.has("again"))
    except RequestError as error:
        if error.reason == "spared":
            asked = subscribing.asked(visit.desk, token)
            return visit.show("subscribe_confirm.html", subscription=asked, error=error.reason, status=409)
        return _told(visit, error)
    own = subscribing.links_of(visit.desk).own(found.id)
    return visit.show("subscribe_done.html", subscription=found, own=own)


@router.get("/subscription/{token}")
def own(token: str, visit: ThisVisit) -> HTMLResponse:
    """A reader's own page: what they receive, to be changed, paused, ended, taken away or erased."""
    return _own(visit, token)


@router.post("/subscription/{token}")
def change(token: str, visit: ThisVisit, sent: SentForm) -> HTMLResponse:
    """Does what the pressed button says."""
    try:
        done = _do(visit, token, sent)
    except RequestError as error:
        return _told(visit, error) if error.reason == "unknown" else _own(visit, token, error=error)
    if done == "erased":
        return visit.show("subscription_ended.html", done=done)
    return _own(visit, token, done=done)


@router.get("/subscription/{token}/export.json")
def export(token: str, visit: ThisVisit) -> Response:
    """All that is kept of the reader."""
    try:
        kept = subscribing.export(visit.desk, token)
    except RequestError as error:
        raise not_found() from error
    headers = {"Content-Disposition": 'attachment; filename="subscription.json"', **_PRIVATE}
    return JSONResponse(jsonable_encoder(kept), headers=headers)


@router.get("/unsubscribe/{token}")
def leave(token: str, visit: ThisVisit) -> HTMLResponse:
    """The button that unsubscribes; opening the page does not."""
    try:
        found = subscribing.own(visit.desk, token)
    except RequestError as error:
        return _told(visit, error)
    return _private(visit.show("unsubscribe.html", subscriptions=found, token=token))


@router.post("/unsubscribe/{token}")
def left(token: str, visit: ThisVisit, sent: SentForm) -> HTMLResponse:
    """Unsubscribes, by the button or by one click in a mail program (RFC 8058 §3.2)."""
    try:
        subscribing.end(visit.desk, token, every=sent.has("every"))
    except RequestError as error:
        return _told(visit, error)
    return _private(visit.show("subscription_ended.html", done="ended"))


_PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Cache-Control": "private, no-store"}


def _private(response: HTMLResponse) -> HTMLResponse:
    """Its address is a key: it goes into no referrer, index or cache."""
    response.headers.update(_PRIVATE)
    return response


def _form(visit: Visit, filled: WishForm, error: RequestError | None = None) -> HTMLResponse:
    if not visit.config.subscriptions.open and error is None:
        raise not_found()
    status = _STATUS.get(error.reason, HTTPStatus.UNPROCESSABLE_ENTITY) if error else HTTPStatus.OK
    with visit.store.read() as tx:
        offered = public_profiles(tx)
    reason = error.reason if error else ""
    page = visit.show(
        "subscribe.html", status=status, filled=filled, offered=offered, error=reason, guess=error is None
    )
    page.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'"  # guesses the time zone
    return page


def _told(visit: Visit, error: RequestError) -> HTMLResponse:
    status = HTTPStatus.GONE if error.reason == "expired" else HTTPStatus.NOT_FOUND
    return _private(visit.show("subscription_refused.html", status=status, reason=error.reason))


def _own(visit: Visit, token: str, *, done: str = "", error: RequestError | None = None) -> HTMLResponse:
    try:
        found = subscribing.own(visit.desk, token)
    except RequestError as unknown:
        return _told(visit, unknown)
    with visit.store.read() as tx:
        offered = public_profiles(tx)
    shown = [(each, form_of_subscription(each, visit.config)) for each in found]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    reason = error.reason if error else ""
    page = visit.show(
        "subscription.html",
        status=status,
        shown=shown,
        offered=offered,
        token=token,
        done=done,
        error=reason,
    )
    return _private(page)


def _do(visit: Visit, token: str, sent: SentForm) -> str:
    desk, subscription_id = visit.desk, _id(sent.one("subscription"))
    if sent.has("save"):
        subscribing.change(desk, token, subscription_id, wish_of(filled_form(sent, visit.config)))
        return "changed"
    if sent.has("pause"):
        subscribing.pause(desk, token, subscription_id, _day(sent.one("until")))
        return "paused"
    if sent.has("resume"):
        subscribing.pause(desk, token, subscription_id, None)
        return "resumed"
    if sent.has("end"):
        own_token = subscribing.links_of(desk).own(_of_reader(visit, token, subscription_id))
        subscribing.end(desk, own_token)
        return "ended"
    if sent.has("erase") and sent.has("sure"):
        subscribing.erase(desk, token)
        return "erased"
    return "unsure" if sent.has("erase") else ""


def _of_reader(visit: Visit, token: str, subscription_id: UUID) -> UUID:
    if subscription_id not in {each.id for each in subscribing.own(visit.desk, token)}:
        raise RequestError("unknown", "this subscription has ended")
    return subscription_id


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return _EMPTY


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RequestError("pause", "name a day such as 2031-05-06") from error

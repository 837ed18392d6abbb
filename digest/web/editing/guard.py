"""Who may edit: every page of the editors goes through here first, and every change a second time.

editing is off                          → there is no such page
the request names another host          → refused, it may be a name somebody pointed at us
nobody is signed in                     → to the page where that is done
a change that another site sent         → refused
a change without the session's token    → refused
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from digest.pipeline.signing_in import signed_in
from digest.store.accounts import Account
from digest.store.secret_key import secret_key
from digest.web.answers import SAFE_HEADERS
from digest.web.editing.session_cookie import session_of
from digest.web.failures import not_found
from digest.web.forms import Form, SentForm
from digest.web.site import ThisVisit, Visit

POLICY = f"{SAFE_HEADERS['Content-Security-Policy']}; script-src 'self'; connect-src 'self'"
"""Editors' pages may run our own script, and it may ask this server; nothing else."""

PLACES = ("inbox", "doubtful", "profiles", "schedule", "coverage", "subscribers", "deliveries", "people")
"""The editors' pages in the order they are shown; the first is `/edit` itself."""


@dataclass(frozen=True, slots=True)
class Editor:
    """One request of somebody who may edit; without an account where editing is open to anyone."""

    visit: Visit
    account: Account | None
    session: str

    @property
    def name(self) -> str:
        """Who it is, for the record."""
        return self.account.name if self.account else ""

    @property
    def is_owner(self) -> bool:
        """Whether they may invite others."""
        return self.account is not None and self.account.role == "owner"

    @property
    def csrf(self) -> str:
        """What every form of theirs has to bring along; another site cannot know it."""
        return hmac.digest(secret_key(self.visit.desk.state), f"csrf:{self.session}".encode(), "sha256").hex()

    def show(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - as templates take them
        """A page for editors; it is kept nowhere."""
        ours: dict[str, Any] = {"editor": self, "csrf": self.csrf, "desk_places": PLACES, "feeds": []}
        page = self.visit.show(template, status=status, **(ours | values))
        page.headers["Content-Security-Policy"] = POLICY
        return unkept(page)

    def go(self, place: str) -> RedirectResponse:
        """Sends them to another page, an address below the root."""
        return go(self.visit, place)


def unkept(page: HTMLResponse) -> HTMLResponse:
    """The page goes into no cache and no index."""
    page.headers["Cache-Control"] = "private, no-store"
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def go(visit: Visit, place: str) -> RedirectResponse:
    """Sends a visitor to a page of ours, whatever prefix it is reached under."""
    return RedirectResponse(visit.root + place, HTTPStatus.SEE_OTHER)


def is_secure(visit: Visit) -> bool:
    """Whether readers reach the pages by https."""
    return visit.config.public_url.startswith("https:")


def kept_session(visit: Visit) -> str:
    """The token in the visitor's cookie."""
    return session_of(visit.request, secret_key(visit.desk.state), secure=is_secure(visit))


def in_house(visit: ThisVisit) -> None:
    """Editing is on, and the request means us: a name that others point at this machine is no door."""
    if visit.config.web.editing == "off":
        raise not_found()
    if not _is_ours(visit, visit.request.headers.get("host", "")):
        raise HTTPException(HTTPStatus.MISDIRECTED_REQUEST)


def _is_ours(visit: Visit, host: str) -> bool:
    """An address cannot be pointed elsewhere, so each is ours; of names those that are configured."""
    name = _name_in(host)
    own = {"localhost", urlsplit(visit.config.public_url).hostname, *map(str.lower, visit.config.web.hosts)}
    return name is not None and (name in own or _is_address(name))


def _name_in(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def from_here(visit: ThisVisit) -> None:
    """A change was asked for on a page of ours; browsers say where (Fetch §3.2, Fetch Metadata §2.3)."""
    if visit.request.method == "GET":
        return
    site, origin = (visit.request.headers.get(name) for name in ("sec-fetch-site", "origin"))
    own = {visit.request.headers.get("host", ""), urlsplit(visit.config.public_url).netloc}
    foreign = site not in {"same-origin", "none"} if site else origin and origin.partition("//")[2] not in own
    if foreign:
        raise HTTPException(HTTPStatus.FORBIDDEN)


def editor_of(visit: ThisVisit) -> Editor:
    """Whoever asks, when they may edit."""
    if visit.config.web.editing == "open":
        return Editor(visit, None, "")
    session = kept_session(visit)
    account = signed_in(visit.desk, session) if session else None
    if account is None:
        raise _to_sign_in(visit.request, visit)
    return Editor(visit, account, session)


def _to_sign_in(request: Request, visit: Visit) -> HTTPException:
    """What was sent is lost, so only pages that are read are come back to."""
    back = {"next": request.url.path.lstrip("/")} if request.method == "GET" else {}
    where = f"{visit.root}sign-in" + (f"?{urlencode(back)}" if back else "")
    return HTTPException(HTTPStatus.SEE_OTHER, headers={"Location": where})


ThisEditor = Annotated[Editor, Depends(editor_of)]
"""Declares a view's parameter as the editor it answers."""


def owner_of(editor: ThisEditor) -> Editor:
    """Whoever asks, when they are an owner."""
    if not editor.is_owner:
        raise HTTPException(HTTPStatus.FORBIDDEN)
    return editor


ThisOwner = Annotated[Editor, Depends(owner_of)]
"""Declares a view's parameter as the owner it answers."""


def with_token(editor: Editor, form: Form) -> None:
    """A change brings the session's token along."""
    if not hmac.compare_digest(form.one("csrf").encode(), editor.csrf.encode()):
        raise HTTPException(HTTPStatus.FORBIDDEN)


def guarded(editor: ThisEditor, form: SentForm) -> None:
    """A change is the editor's own."""
    if editor.visit.request.method != "GET":
        with_token(editor, form)


def editing_router() -> APIRouter:
    """Routes below `/edit` that let nobody else in."""
    return APIRouter(prefix="/edit", dependencies=[Depends(in_house), Depends(from_here), Depends(guarded)])

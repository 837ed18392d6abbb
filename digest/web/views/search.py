"""Search for readers: one line, a few filters, the articles found with their hits marked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from digest.errors import ProfileSyntaxError
from digest.model import Kind
from digest.pipeline.search import Asked, Sort, search_archive
from digest.rank.query import LONGEST_QUERY
from digest.store import archive
from digest.web.offered import ALL
from digest.web.remedies import Fault, fault_of
from digest.web.site import ThisVisit, Visit

router = APIRouter()

_LAST_PLACE: Final = (1 << 63) - 1
_KINDS: Final = tuple(kind for kind in get_args(Kind) if kind != "note")
_LONGEST_NAME: Final = 100
_EMPTY = Literal[""]
"""What a browser sends for a field that was left alone."""


@router.get("/search")
def search(  # noqa: PLR0913, PLR0917 - one for each field of the form
    visit: ThisVisit,
    q: str = "",
    since: Annotated[date | _EMPTY, Query(alias="from")] = "",
    until: Annotated[date | _EMPTY, Query(alias="to")] = "",
    paper: Annotated[str, Query(max_length=_LONGEST_NAME)] = "",
    kind: Kind | _EMPTY = "",
    sort: Sort = "score",
    start: Annotated[int, Query(ge=0, le=_LAST_PLACE)] = 0,
) -> HTMLResponse:
    """The form, and what was found when something was asked for."""
    asked = Asked(
        q.strip(), since or None, until or None, paper or None, kind or None, sort=sort, start=start
    )
    if not (asked.text or asked.since or asked.until or asked.paper or asked.kind):
        return _show(visit, asked)
    try:
        found = search_archive(visit.store, asked, datetime.now(UTC))
    except ProfileSyntaxError as error:
        fault = fault_of(error, visit.language)
        return _show(visit, asked, status=HTTPStatus.UNPROCESSABLE_ENTITY, fault=fault)
    return _show(visit, asked, found=found)


def _show(visit: Visit, asked: Asked, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - as templates take them
    with visit.store.read() as tx:
        papers = archive.papers(tx)
    nothing: dict[str, Fault | None] = {"found": None, "fault": None}
    return visit.show(
        "search.html",
        status=status,
        asked=asked,
        papers=papers if asked.paper in {None, *papers} else [*papers, asked.paper],
        kinds=_KINDS,
        longest=LONGEST_QUERY,
        address_from=partial(_address, asked),
        feeds=[(ALL, None)],
        **(nothing | values),
    )


def _address(asked: Asked, **changes: object) -> str:
    """The same search with other values, as the part of its address from the question mark."""
    values: dict[str, object] = {
        "q": asked.text,
        "from": asked.since,
        "to": asked.until,
        "paper": asked.paper,
        "kind": asked.kind,
        "sort": asked.sort,
        "start": 0,
    }
    named = {name: value for name, value in (values | changes).items() if value}
    return "?" + urlencode({name: str(value) for name, value in named.items()})

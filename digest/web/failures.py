"""Turns what goes wrong into pages people can read, in their language and without a traceback."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from digest.errors import StoreError
from digest.web.answers import SAFE_HEADERS
from digest.web.site import visit_of

EXPLAINED = (403, 404, 405, 410, 413, 421, 422, 500, 503)
"""Statuses with words of their own; others are told as 404 (ours to blame: 500)."""


def not_found() -> HTTPException:
    """To be raised where there is nothing to show."""
    return HTTPException(HTTPStatus.NOT_FOUND)


def show_failures(app: FastAPI) -> None:
    """Gives the application its error pages."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(StoreError, _unavailable)
    app.add_exception_handler(Exception, _broken)


def _refused(request: Request, error: Exception) -> Response:
    status, headers = (
        (error.status_code, error.headers or {}) if isinstance(error, HTTPException) else (500, {})
    )
    if status == HTTPStatus.SEE_OTHER:
        return Response(status_code=status, headers=headers)
    response = _page(request, status)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = headers.get("Allow", "GET")
        response.headers["Allow"] = "GET, HEAD" if allowed == "GET" else allowed
    return response


def _misunderstood(request: Request, error: Exception) -> Response:
    """An address that names nothing possible is not found; a wrong query is refused."""
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    in_path = any(fault["loc"][0] == "path" for fault in faults)
    return _page(request, 404 if in_path else 422)


def _unavailable(request: Request, error: Exception) -> Response:
    response = _page(request, 503, str(error))
    response.headers["Retry-After"] = "30"
    return response


def _broken(request: Request, error: Exception) -> Response:
    """The server's log has the traceback; this answer does not pass through the application's middleware."""
    del error
    response = _page(request, 500)
    for name, value in SAFE_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _page(request: Request, status: int, detail: str = "") -> Response:
    told = status if status in EXPLAINED else 500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 404
    return visit_of(request).show("error.html", status=status, told=told, detail=detail)

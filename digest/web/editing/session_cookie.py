"""The cookie a session is kept in: signed, out of reach of scripts and of other sites."""

from __future__ import annotations

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from digest.pipeline.signing_in import SESSION

_NAME = "digest-session"
_SALT = "session cookie"


def cookie_name(*, secure: bool) -> str:
    """`__Host-` binds it to this very host and to https (RFC 6265bis §4.1.3.2)."""
    return f"__Host-{_NAME}" if secure else _NAME


def session_of(request: Request, secret: bytes, *, secure: bool) -> str:
    """The session's token; empty when there is no cookie or we did not sign it."""
    kept = request.cookies.get(cookie_name(secure=secure), "")
    try:
        return str(URLSafeSerializer(secret, salt=_SALT).loads(kept))
    except BadSignature:
        return ""


def keep_session(response: Response, token: str, secret: bytes, *, secure: bool) -> None:
    """Has the browser keep the session as long as it lasts."""
    response.set_cookie(
        cookie_name(secure=secure),
        str(URLSafeSerializer(secret, salt=_SALT).dumps(token)),
        max_age=int(SESSION.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def drop_session(response: Response, *, secure: bool) -> None:
    """Has the browser forget it."""
    response.delete_cookie(cookie_name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")

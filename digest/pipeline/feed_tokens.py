"""Tokens to the feeds of private profiles: given, listed, taken back and checked; each is shown once."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from digest.errors import DigestError
from digest.model import Profile
from digest.pipeline.desk import Desk
from digest.store import Store, feed_tokens, profiles
from digest.store.feed_tokens import FeedToken, Opened

_BYTES = 32
_LENGTH = 43
"""Of 32 bytes in URL-safe base64."""
_NAME_LENGTH = 64
_HOUR = timedelta(hours=1)


def add_token(desk: Desk, profile_name: str, name: str) -> str:
    """Gives out a new token to a profile's feeds, named after whose it is; it cannot be shown again.

    Raises:
        DigestError: There is no such profile, or the name is taken or none.
    """
    name = name.strip()
    if not name or len(name) > _NAME_LENGTH or not name.isprintable():
        raise DigestError(f"a token's name is one line of at most {_NAME_LENGTH} characters")
    token = secrets.token_urlsafe(_BYTES)
    with desk.store.write() as tx:
        profile = _profile(tx, profile_name)
        if name in {known.name for known in feed_tokens.of_profile(tx, profile.id)}:
            raise DigestError(
                f"{profile_name} has a token {name!r} already; choose another --name, or revoke it"
            )
        feed_tokens.add(tx, profile.id, name, _hashed(token), desk.clock())
    return token


def tokens_of(desk: Desk, profile_name: str) -> list[FeedToken]:
    """The profile's tokens, oldest first.

    Raises:
        DigestError: There is no such profile.
    """
    with desk.store.read() as tx:
        return feed_tokens.of_profile(tx, _profile(tx, profile_name).id)


def revoke_token(desk: Desk, profile_name: str, name: str) -> None:
    """Takes a token back; whoever has it is refused from now on.

    Raises:
        DigestError: There is no such profile, or no such token.
    """
    with desk.store.write() as tx:
        if not feed_tokens.revoke(tx, _profile(tx, profile_name).id, name.strip()):
            raise DigestError(
                f"{profile_name} has no token {name!r}; see `digest feeds token list {profile_name}`"
            )


def opened_by(store: Store, token: str, now: datetime) -> Opened | None:
    """What a token opens; its use is noted at most once an hour."""
    if len(token) != _LENGTH:
        return None
    with store.read() as tx:
        opened = feed_tokens.opened_by(tx, _hashed(token))
    if opened and (opened.token.used is None or now - opened.token.used >= _HOUR):
        with store.write() as tx:
            feed_tokens.mark_used(tx, opened.token.id, now)
    return opened


def token_place(key: bytes) -> str:
    """What stands in private feeds where a reader's token goes; no page can guess it, none can hold it."""
    return hmac.new(key, b"where a feed token goes", hashlib.sha256).hexdigest()


def _hashed(token: str) -> str:
    """A token is random enough that nothing slower is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _profile(tx: Connection, name: str) -> Profile:
    profile = profiles.profile_named(tx, name)
    if profile is None:
        raise DigestError(f"there is no profile {name!r}; `digest run` takes over those of config.toml")
    return profile
